import Foundation
import Retail

extension GlobalEngine {
    /// The forecasts of the parents that the series are aligned to, out of those of the stage's nodes.
    func parentForecasts(_ nodes: [Double]) -> [Double] {
        let parents = stage.parents(of: nodes, width: horizon)
        guard options.reconciliation == .topDown, stage.hierarchy.levels.count > 1 else { return parents }
        // The coarsest total's, split down by what the parents' own say.
        let reconciliation = Reconciliation(stage.hierarchy)
        let total = stage.hierarchy.offsets[1]
        var out = parents
        for h in 0..<horizon {
            let split = reconciliation.middleOut(
                (0..<total).map { nodes[$0 * horizon + h] }, level: 0,
                shares: (0..<self.parents.groups.count).map { parents[$0 * horizon + h] })
            for g in self.parents.groups.indices { out[g * horizon + h] = split[stage.firstParent + g] }
        }
        return out
    }

    /// Spreads block totals over the steps by the parent's profile, and aligns their sums to the parent: the
    /// regression's forecast and the sum of the series, averaged geometrically.
    ///
    /// - Parameter share: how much the sum of the series counts.
    func spread(_ totals: [Float], _ forecast: [Double], blocks: Int, share: Double) -> [Float] {
        let count = hierarchy.series
        var sums = [Double](repeating: 0, count: parents.groups.count * blocks)
        for s in 0..<count {
            for block in 0..<blocks { sums[Int(parents.of[s]) * blocks + block] += Double(totals[s * blocks + block]) }
        }
        var factors = [Double](repeating: 0, count: sums.count)
        for place in sums.indices where sums[place] > 0 {
            let (g, block) = (place / blocks, place % blocks)
            let steps = block * cadence.block..<min(horizon, (block + 1) * cadence.block)
            let regression = steps.reduce(0) { $0 + forecast[g * horizon + $1] }
            let whole = sums[place] * Double(steps.count) / Double(cadence.block)
            // Wherever the two differ beyond reason the regression holds.
            let ratio = regression > 0 ? min(2, max(0.5, whole / regression)) : 1
            factors[place] = pow(ratio, share) / sums[place]
        }
        var means = [Float](repeating: 0, count: count * horizon)
        for s in 0..<count {
            let g = Int(parents.of[s])
            for h in 0..<horizon {
                let block = h / cadence.block
                means[s * horizon + h] = Float(
                    Double(totals[s * blocks + block]) * factors[g * blocks + block] * forecast[g * horizon + h])
            }
        }
        return means
    }
}
