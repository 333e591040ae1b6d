/// Part of order lines that a level serves in full, from the part of units that levels serve.
///
/// A line takes its units one after the other: of j units the first finds what the line finds, the next one unit less, and
/// so on. So the part F of units served by a level is that of lines that find anything, G, seen through the places that
/// units have in their lines, F(x) = sum of P(J > k) G(x - k) / E[J]; solved for G this is a renewal equation,
///
///     G(x) = E[J] (F(x) - F(x - 1)) + sum of P(J = j) G(x - j),
///
/// and a line of j units is served in full where one of a single unit is with j - 1 units less. Nothing is assumed of when
/// lines come, nor of the policy, but that their sizes are alike at all times.
struct LineFill {
    private let sizes: [LineSizes.Size]
    private let capped: [LineSizes.Size]
    private let lump: Lumps
    private let mean: Double
    /// F is 0 at this level and below.
    private let bottom: Int64
    private let fill: (Double) -> Double

    /// Steps of the renewal equation that are taken; beyond, a line finds what its units find with half a lump more.
    private static let mostSteps: Int64 = 1_000_000

    /// - Parameters:
    ///   - lot: S - s under (R, s, S); 0 under (R, S).
    ///   - fill: part of units that a level serves.
    init(_ sizes: [LineSizes.Size], lot: Int64, fill: @escaping (Double) -> Double) {
        (self.sizes, self.fill) = (sizes, fill)
        capped = Lumps.capped(sizes)
        lump = Lumps(sizes)
        mean = capped.reduce(0) { $0 + $1.share * Double($1.units) }
        bottom = -max(0, lot)
    }

    func rate(_ level: Int64) -> Double {
        guard !sizes.isEmpty else { return fill(Double(level)) }
        return isShort(level) ? whole(found(through: level), level) : shifted(level)
    }

    /// The smallest level of 0 or more that serves a part of all lines in full.
    func level(_ share: Double, near start: Int64) -> Int64 {
        guard !sizes.isEmpty else { return start }
        var top = max(16, 2 * start)
        while isShort(top) {
            let found = found(through: top)
            if let level = (0...top).first(where: { whole(found, $0) >= share }) { return level }
            top *= 2
        }
        return LevelSearch.lowestWhole(from: Double(start)) { shifted(Int64($0)) >= share }
    }

    private func isShort(_ level: Int64) -> Bool {
        level < Self.mostSteps && (level - bottom) * Int64(sizes.count) <= Self.mostSteps
    }

    /// G from `bottom` to a level.
    private func found(through level: Int64) -> [Double] {
        var result = [0.0]
        guard level > bottom else { return result }
        result.reserveCapacity(Int(level - bottom) + 1)
        var before = fill(Double(bottom))
        for place in 1...Int(level - bottom) {
            let here = fill(Double(bottom + Int64(place)))
            var sum = mean * (here - before)
            for size in capped where size.units <= place { sum += size.share * result[place - Int(size.units)] }
            result.append(min(1, max(0, sum)))
            before = here
        }
        return result
    }

    private func whole(_ found: [Double], _ level: Int64) -> Double {
        sizes.reduce(0) { sum, size in
            let place = level + 1 - size.units - bottom
            return place > 0 ? sum + size.share * found[Int(place)] : sum
        }
    }

    private func shifted(_ level: Int64) -> Double {
        sizes.reduce(0) { sum, size in
            let last = Double(level + 1 - size.units)
            return sum + size.share * max(0, min(fill(last + lump.overshoot.mean), mean * fill(last)))
        }
    }
}
