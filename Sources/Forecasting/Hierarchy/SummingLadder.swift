/// How all totals of a hierarchy are summed up in few passes over the series: each level from the smallest finer level
/// that it is a coarsening of. M5's eleven levels of totals cost two passes over its series instead of eleven.
struct SummingLadder: Sendable {
    private struct Rung: Sendable {
        /// The first node of the level, and the first of the one below that it is summed from.
        var to: Int
        var from: Int
        /// The group of each group of the finer level.
        var of: [Int32]
    }

    private let nodes: Int
    private let series: Int
    /// Finer levels first: what a rung reads is complete.
    private let rungs: [Rung]

    init(_ hierarchy: Hierarchy) {
        nodes = hierarchy.nodes
        series = hierarchy.series
        let last = hierarchy.levels.count - 1
        let order = (0..<last).sorted { a, b in
            (hierarchy.levels[b].groups.count, b) < (hierarchy.levels[a].groups.count, a)
        }
        var rungs: [Rung] = []
        for (place, level) in order.enumerated() {
            // The smallest first; the series themselves always serve.
            let finer = order[..<place].reversed().lazy.compactMap { from in
                hierarchy.groups(of: from, in: level).map { (from, $0) }
            }.first
            let (from, of) = finer ?? (last, hierarchy.levels[level].of)
            rungs.append(Rung(to: hierarchy.offsets[level], from: hierarchy.offsets[from], of: of))
        }
        self.rungs = rungs
    }

    /// Rows of the series summed up to all nodes: row-major nodes x `width`.
    func summed<Value: FloatingPoint>(_ bottom: [Value], width: Int) -> [Value] {
        var out = [Value](repeating: 0, count: (nodes - series) * width)
        out.reserveCapacity(nodes * width)
        out += bottom
        out.withUnsafeMutableBufferPointer { out in
            for rung in rungs {
                for (k, group) in rung.of.enumerated() {
                    let (to, from) = ((rung.to &+ Int(group)) &* width, (rung.from &+ k) &* width)
                    for j in 0..<width { out[to &+ j] += out[from &+ j] }
                }
            }
        }
        return out
    }

    /// Node values handed down to the series, each the sum over all nodes it belongs to: the transpose of `summed`.
    func handedDown<Value: FloatingPoint>(_ values: [Value], width: Int) -> [Value] {
        var values = values
        values.withUnsafeMutableBufferPointer { values in
            for rung in rungs.reversed() {
                for (k, group) in rung.of.enumerated() {
                    let (from, to) = ((rung.to &+ Int(group)) &* width, (rung.from &+ k) &* width)
                    for j in 0..<width { values[to &+ j] += values[from &+ j] }
                }
            }
        }
        return Array(values[((nodes - series) * width)...])
    }
}

extension Hierarchy {
    /// The group at level `coarse` that each group of level `fine` lies in; nil where one lies in several.
    func groups(of fine: Int, in coarse: Int) -> [Int32]? {
        var groups = [Int32](repeating: -1, count: levels[fine].groups.count)
        for (group, wanted) in zip(levels[fine].of, levels[coarse].of) {
            if groups[Int(group)] < 0 { groups[Int(group)] = wanted }
            if groups[Int(group)] != wanted { return nil }
        }
        return groups
    }
}
