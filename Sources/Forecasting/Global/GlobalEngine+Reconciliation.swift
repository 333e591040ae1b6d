import NumericCore
import Retail

extension GlobalEngine {
    /// Steps ahead that are solved side by side.
    private static let width = 7

    /// Means of the series from each origin that agree with the totals' own forecasts over all levels by weighted least
    /// squares: every node weighs by its errors at past origins. Other ways to agree are done with by then.
    ///
    /// - Parameters:
    ///   - made: origins, and the means of the series from each; the last is the present.
    ///   - groups: forecasts of the stage's nodes by origin, which reach further back.
    func reconciled(_ made: [(origin: Int, bottom: [Float])], groups: [Int: [Double]], threads: Int)
        async throws(ForecastError) -> [[Float]]
    {
        guard options.reconciliation == .leastSquares else { return made.map(\.bottom) }
        let reconciliation = Reconciliation(hierarchy)
        let base = made.map { self.base($0.bottom, groups[$0.origin] ?? [], reconciliation) }
        let judges = made.indices.filter { made[$0].origin + horizon <= origin }
        let metric: ErrorMetric
        do {
            metric = try ErrorMetric(
                .independent(variances(judges.map { (made[$0].origin, base[$0]) })), hierarchy)
        } catch {
            throw .reconciliation("\(error)")
        }
        let pieces = chunks(count: horizon, of: GlobalEngine.width)
        let first = hierarchy.nodes - hierarchy.series
        let solved = await concurrentMap(chunks: made.count * pieces.count, threads: threads) { k -> [Double] in
            let (whole, steps) = (base[k / pieces.count], pieces[k % pieces.count])
            let part = (0..<self.hierarchy.nodes).flatMap { node in steps.map { whole[node * self.horizon + $0] } }
            let nodes = reconciliation.reconciled(
                part, width: steps.count, metric: metric, silent: part[(first * steps.count)...].map { $0 == 0 })
            return Array(nodes[(first * steps.count)...])
        }
        return made.indices.map { k in
            var out = [Float](repeating: 0, count: hierarchy.series * horizon)
            for (p, steps) in pieces.enumerated() {
                let part = solved[k * pieces.count + p]
                for s in 0..<hierarchy.series {
                    for (j, h) in steps.enumerated() { out[s * horizon + h] = Float(part[s * steps.count + j]) }
                }
            }
            return out
        }
    }

    /// Forecasts of all nodes as they are: the stage's of its levels, sums of the series of the others.
    private func base(_ bottom: [Float], _ groups: [Double], _ reconciliation: Reconciliation) -> [Double] {
        var base = reconciliation.bottomUp(bottom.map(Double.init), width: horizon)
        guard groups.count == stage.hierarchy.nodes * horizon else { return base }
        for (place, level) in stagePlaces {
            let from = stage.hierarchy.offsets[place] * horizon..<stage.hierarchy.offsets[place + 1] * horizon
            let to = hierarchy.offsets[level] * horizon..<hierarchy.offsets[level + 1] * horizon
            base.replaceSubrange(to, with: groups[from])
        }
        return base
    }

    /// Levels of the stage, and where they stand in the whole hierarchy.
    private var stagePlaces: [(place: Int, level: Int)] {
        let own = hierarchy.levels.indices.dropLast().first { hierarchy.levels[$0].of == parents.of }
        return Array(stage.levels.enumerated().map { ($0, $1) })
            + (own.map { [(stage.hierarchy.levels.count - 1, $0)] } ?? [])
    }

    /// Mean squared errors of all nodes at the judged origins, none of them nothing.
    private func variances(_ judged: [(origin: Int, base: [Double])]) -> [Double] {
        var squares = [Double](repeating: 0, count: hierarchy.nodes)
        for level in hierarchy.levels.indices {
            for (from, base) in judged {
                let actual = hierarchy.history(panel.demand, level: level, steps: from..<from + horizon)
                let first = hierarchy.offsets[level] * horizon
                for i in actual.indices {
                    let error = actual[i] - base[first + i]
                    squares[hierarchy.offsets[level] + i / horizon] += error * error
                }
            }
        }
        return meanSquares(squares, count: judged.count * horizon)
    }
}

/// Sums of squares over their number, with a floor that keeps what never erred from ruling all.
func meanSquares(_ squares: [Double], count: Int) -> [Double] {
    let count = Double(max(1, count))
    let mean = squares.reduce(0, +) / count / Double(max(1, squares.count))
    return squares.map { max($0 / count, 1e-6 * mean, 1e-9) }
}
