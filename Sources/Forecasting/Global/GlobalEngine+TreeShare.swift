import Foundation
import Retail

extension GlobalEngine {
    /// How much of what the trees over the series say about the parents is believed beside the parents' own forecasts.
    private static let usualShare = 0.1
    /// Origins that are forecast again to learn it, and as how many of them what is usual counts.
    private static let rehearsals = 4
    private static let usualWeight = 4.0

    /// What is usual; with time for it, what would have been best at the last origins, each forecast from nothing but what
    /// was known before it, drawn towards what is usual. Bottom-up, only the profile over the days is the parents'.
    func treeShare(threads: Int) async throws(ForecastError) -> Double {
        guard options.reconciliation != .bottomUp else { return 1 }
        guard options.isThorough else { return GlobalEngine.usualShare }
        var (along, length, count) = (0.0, 0.0, 0.0)
        for k in 1...GlobalEngine.rehearsals {
            let then = origin - k * max(horizon, 4 * cadence.block)
            // Less than two years teach the trees nothing of a year.
            guard then > 2 * cadence.year + cadence.windows[4] else { break }
            if Task.isCancelled { throw .cancelled }
            var quick = options
            (quick.isThorough, quick.quantiles, quick.reconciliation) = (false, [], .middleOut)
            let engine = try GlobalEngine(panel.before(then), horizon: horizon, options: quick)
            let groups = try await engine.groupForecasts(threads: threads).parents
            let totals = await engine.blockMeans(groups, asked: [then], threads: threads)
            let found = evidence(totals[0], groups[then] ?? [], from: then)
            along += found.along
            length += found.length
            count += 1
        }
        guard length > 0 else { return GlobalEngine.usualShare }
        let usual = GlobalEngine.usualWeight * length / count
        return min(1, max(0, (along + usual * GlobalEngine.usualShare) / (length + usual)))
    }

    /// Products and squares, by the parents' size, of how far the sums of the series stand from the parents' forecasts and
    /// how far what was sold does, in logarithms block by block.
    private func evidence(_ totals: [Float], _ forecast: [Double], from then: Int) -> (along: Double, length: Double) {
        let blocks = horizon / cadence.block
        let width = cadence.blocks(horizon)
        var sums = [Double](repeating: 0, count: parents.groups.count * width)
        for (s, parent) in parents.of.enumerated() {
            for block in 0..<width { sums[Int(parent) * width + block] += Double(totals[s * width + block]) }
        }
        var (along, length) = (0.0, 0.0)
        for g in parents.groups.indices {
            for block in 0..<blocks {
                let steps = block * cadence.block..<(block + 1) * cadence.block
                let said = steps.reduce(0) { $0 + forecast[g * horizon + $1] }
                let sold = steps.reduce(0) { $0 + parentHistory[g * origin + then + $1] }
                let whole = sums[g * width + block]
                guard said > 0, sold > 0, whole > 0 else { continue }
                let (off, missed) = (log(whole / said), log(sold / said))
                along += said * off * missed
                length += said * off * off
            }
        }
        return (along, length)
    }
}
