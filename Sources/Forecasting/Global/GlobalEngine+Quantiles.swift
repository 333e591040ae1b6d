import Foundation
import NumericCore
import Retail

extension GlobalEngine {
    /// Levels whose typical node sells more than this a step are totals; the others are counts.
    private static let counted: Float = 30
    /// Series of a counted level that teach its table, at most.
    private static let teachers = 8_000

    /// Quantiles of every node: nodes x horizon x levels.
    ///
    /// - Parameters:
    ///   - means: of all nodes, nodes x horizon.
    ///   - judged: past origins, and the bottom means forecast from each.
    ///   - groups: forecasts of the parents by origin, which reach further back.
    func quantiles(
        _ means: [Float], judged: [(origin: Int, bottom: [Float])], groups: [Int: [Double]], threads: Int
    ) async -> [Float] {
        let parentOf = hierarchy.levels.map { parentGroups($0) }
        let totals = hierarchy.levels.indices.filter { level in
            parentOf[level] != nil || median(means, level) >= GlobalEngine.counted
        }
        let errors = await concurrentMap(chunks: totals.count, threads: threads) { k in
            let level = totals[k]
            return parentOf[level].map { self.groupErrors(level, $0, groups) } ?? self.errors(level, judged)
        }
        let spread = AggregateSpread(errors, horizon: horizon, block: cadence.block, levels: options.quantiles)
        let made = await concurrentMap(chunks: hierarchy.levels.count, threads: threads) { level -> [Float] in
            let nodes = self.hierarchy.offsets[level]..<self.hierarchy.offsets[level + 1]
            var out: [Float] = []
            out.reserveCapacity(nodes.count * self.horizon * self.options.quantiles.count)
            if let place = totals.firstIndex(of: level) {
                for (k, node) in nodes.enumerated() {
                    for h in 0..<self.horizon {
                        spread.append(means[node * self.horizon + h], level: place, node: k, step: h, to: &out)
                    }
                }
            } else {
                let recent = self.recent(level, judged.map(\.origin))
                let tables = (0..<self.cadence.blocks(self.horizon)).map { block in
                    CountTable(self.cases(level, block, judged, recent), levels: self.options.quantiles)
                }
                for (k, node) in nodes.enumerated() {
                    let dispersion = recent.dispersion(k, self.origin)
                    for h in 0..<self.horizon {
                        tables[h / self.cadence.block].append(
                            means[node * self.horizon + h], dispersion: dispersion, to: &out)
                    }
                }
            }
            return out
        }
        return made.flatMap(\.self)
    }

    private func median(_ means: [Float], _ level: Int) -> Float {
        let nodes = hierarchy.offsets[level]..<hierarchy.offsets[level + 1]
        let sizes = nodes.map { node in means[node * horizon..<(node + 1) * horizon].reduce(0, +) / Float(horizon) }
        return sizes.sorted()[sizes.count / 2]
    }

    /// The group of each parent at a level that the parents are nested in; nil for other levels.
    private func parentGroups(_ level: Hierarchy.Level) -> [Int32]? {
        Hierarchy(levels: [level, parents]).groups(of: 1, in: 0)
    }

    /// Relative errors of a level whose groups are sums of parents, from all past origins of the parents.
    private func groupErrors(_ level: Int, _ groupOf: [Int32], _ groups: [Int: [Double]]) -> AggregateSpread.Errors {
        let nodes = hierarchy.levels[level].groups.count
        let past = groups.keys.filter { $0 + horizon <= origin }.sorted()
        var forecast = [Double](repeating: 0, count: nodes * past.count * horizon)
        var actual = forecast
        for (k, from) in past.enumerated() {
            guard let made = groups[from] else { continue }
            for (g, group) in groupOf.enumerated() {
                for h in 0..<horizon {
                    let place = (Int(group) * past.count + k) * horizon + h
                    forecast[place] += made[g * horizon + h]
                    actual[place] += parentHistory[g * origin + from + h]
                }
            }
        }
        return AggregateSpread.Errors(
            nodes: nodes, relative: zip(forecast, actual).map { $0 > 0 ? Float($1 / $0 - 1) : .nan })
    }

    /// Relative errors of any level from the judged origins.
    private func errors(_ level: Int, _ judged: [(origin: Int, bottom: [Float])]) -> AggregateSpread.Errors {
        let nodes = hierarchy.levels[level].groups.count
        let sums = judged.map { hierarchy.totals($0.bottom, width: horizon, level: level) }
        let history = hierarchy.history(panel.demand, level: level)
        var relative: [Float] = []
        for node in 0..<nodes {
            for (k, (from, _)) in judged.enumerated() {
                for h in 0..<horizon {
                    let forecast = sums[k][node * horizon + h]
                    let actual = Float(history[node * origin + from + h])
                    relative.append(forecast > 0 ? actual / forecast - 1 : .nan)
                }
            }
        }
        return AggregateSpread.Errors(nodes: nodes, relative: relative)
    }

    /// Forecasts of the past of one level, so many blocks ahead.
    private func cases(_ level: Int, _ block: Int, _ judged: [(origin: Int, bottom: [Float])], _ recent: RecentDemand)
        -> [CountTable.Case]
    {
        let steps = block * cadence.block..<min(horizon, (block + 1) * cadence.block)
        let nodes = hierarchy.levels[level].groups.count
        let stride = max(1, nodes / GlobalEngine.teachers)
        var cases: [CountTable.Case] = []
        for (from, bottom) in judged {
            let sums = hierarchy.totals(bottom, width: horizon, level: level)
            for node in Swift.stride(from: from / horizon % stride, to: nodes, by: stride) {
                let dispersion = recent.dispersion(node, from)
                for h in steps {
                    cases.append(
                        CountTable.Case(
                            forecast: sums[node * horizon + h], actual: recent.value(node, from + h),
                            dispersion: dispersion))
                }
            }
        }
        return cases
    }

    private func recent(_ level: Int, _ origins: [Int]) -> RecentDemand {
        let window = cadence.windows[4]
        let from = max(0, (origins.min() ?? origin) - window)
        return RecentDemand(
            values: hierarchy.history(panel.demand, level: level, steps: from..<origin), from: from,
            width: origin - from, window: window)
    }
}

/// The last stretch of demand of all nodes of a level.
private struct RecentDemand {
    /// Row-major nodes x width, the first column being step `from`.
    var values: [Double]
    var from: Int
    var width: Int
    var window: Int

    func value(_ node: Int, _ step: Int) -> Float { Float(values[node * width + step - from]) }

    /// Variance over mean in the window before an origin; 1 where nothing was sold.
    func dispersion(_ node: Int, _ origin: Int) -> Float {
        let start = max(from, origin - window)
        guard origin > start else { return 1 }
        var (sum, squares) = (0.0, 0.0)
        for step in start..<origin {
            let value = values[node * width + step - from]
            sum += value
            squares += value * value
        }
        guard sum > 0 else { return 1 }
        return Float(squares / sum - sum / Double(origin - start))
    }
}
