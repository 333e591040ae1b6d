import Foundation
import NumericCore
public import Retail

extension TradeEffects {
    /// How far effects learnt before the last part of the past brought the forecasts of that part closer: the squared error
    /// of the mean of four same weekdays with the effects over that without, on the days that a price or promotion moves.
    /// Nil where there are too few such days.
    ///
    /// Prices and promotions of the part held out count as known. Errors are over the mean of their series, so that no
    /// series speaks for all.
    ///
    /// - Parameter share: of the axis that is held out, at most eight weeks.
    public static func errorRatio(_ dataset: Dataset, share: Double = 0.2, threads: Int) async -> Double? {
        let panel = dataset.demand
        let count = panel.axis.count
        let cut = count - min(56, Int(Double(count) * share))
        guard panel.axis.step == .day, cut >= 56, cut < count, let drivers = TradeDrivers(dataset, horizon: 0) else {
            return nil
        }
        var past = DemandPanel(axis: TimeAxis(step: .day, origin: panel.axis.origin, count: cut))
        var inStock: [Bool] = []
        for s in panel.keys.indices {
            let kept = max(0, min(panel.offsets[s + 1] - panel.offsets[s], cut - Int(panel.starts[s])))
            past.append(
                name: panel.names[s], key: panel.keys[s], start: min(cut, Int(panel.starts[s])),
                Array(panel.cells(s).prefix(kept)))
            if !dataset.demandInStock.isEmpty {
                inStock += dataset.demandInStock[panel.offsets[s]..<panel.offsets[s] + kept]
            }
        }
        guard
            let learnt = await DemandEffects(
                past, drivers, calendar: dataset.calendar, inStock: inStock, threads: threads)
        else { return nil }
        let daily = learnt.effects(of: drivers)
        let history = EffectHistory(panel, drivers, inStock: dataset.demandInStock)
        let blocks = chunks(count: panel.seriesCount, of: 16)
        let sums = await concurrentMap(chunks: blocks.count, threads: threads) { k -> (Double, Double, Int) in
            var (with, without, cells) = (0.0, 0.0, 0)
            for s in blocks[k] where history.weights[s] > 0 {
                let (demand, effect) = (history.cells(s), daily.series(s).logarithm)
                for day in cut..<count where demand[day].isFinite {
                    let back = (1...4).map { cut + (day - cut) % 7 - 7 * $0 }.filter { $0 >= 0 && demand[$0].isFinite }
                    let moved = abs(effect[day]) > moves || back.contains { abs(effect[$0]) > moves }
                    guard moved, !back.isEmpty else { continue }
                    let plain = back.reduce(0) { $0 + demand[$1] } / Double(back.count)
                    let ordinary = back.reduce(0) { $0 + demand[$1] / exp(effect[$1]) } / Double(back.count)
                    let made = ordinary * exp(effect[day])
                    without += (demand[day] - plain) * (demand[day] - plain) / history.weights[s]
                    with += (demand[day] - made) * (demand[day] - made) / history.weights[s]
                    cells += 1
                }
            }
            return (with, without, cells)
        }
        let (with, without) = (sums.reduce(0) { $0 + $1.0 }, sums.reduce(0) { $0 + $1.1 })
        guard sums.reduce(0, { $0 + $1.2 }) >= fewest, without > 0, with.isFinite else { return nil }
        return with / without
    }

    /// Effects that at least did no harm in the backtest of `errorRatio`; where that can tell nothing, those of data with
    /// promotions.
    ///
    /// - Returns: the effects, nil where there are none or they did harm, and the ratio of errors.
    public static func proven(
        _ dataset: Dataset, horizon: Int, threads: Int
    ) async -> (effects: TradeEffects?, ratio: Double?) {
        let ratio = await errorRatio(dataset, threads: threads)
        guard ratio.map({ $0 <= 1 }) ?? !dataset.promotions.isEmpty else { return (nil, ratio) }
        return (await TradeEffects(dataset, horizon: horizon, threads: threads), ratio)
    }

    /// A day is moved by an effect on the logarithm beyond this.
    private static var moves: Double { 0.02 }
    /// Fewer days than this tell nothing.
    private static var fewest: Int { 30 }
}
