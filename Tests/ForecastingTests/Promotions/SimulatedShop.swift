import Foundation
import NumericCore
import Retail

@testable import Forecasting

/// A shop whose price elasticities, promotion effects, dips and cannibalisation are known.
struct SimulatedShop {
    var panel: DemandPanel
    var drivers: TradeDrivers
    var elasticities: [Double] = []

    static let uplift = 0.4
    static let dip = -0.35
    static let wait = -0.25
    static let cannibalisation = -0.7
    /// Standard deviation of elasticities within a category and between categories.
    static let within = 0.4

    /// - Parameters:
    ///   - level: mean units a day of the slowest article; others sell up to eight times as much.
    ///   - halo: what the rest of the wider category being cheaper adds; categories are of one kind in pairs then.
    init(
        seed: UInt64, categories: Int = 5, articles: Int = 12, days: Int = 540, level: Double = 2, further: Int = 0,
        halo: Double = 0
    ) {
        var random = RandomStream(
            seed: seed, stream: RandomStreamID.verification.rawValue, entity: 77, replication: 0)
        func normal() -> Double { Normal.quantile(min(max(random.uniform(), 1e-12), 1 - 1e-12)) }
        let count = categories * articles
        let known = days + further
        var price = [Float](repeating: 0, count: count * known)
        var runs: [[PromotionRun]] = []
        for series in 0..<count {
            // The ordinary price moves every two months or so, a promotion comes every seven weeks.
            var day = Int(random.uniform() * 60)
            var now = 0.0
            for t in 0..<known {
                if t == day {
                    now = 0.12 * normal()
                    day += 40 + Int(random.uniform() * 50)
                }
                price[series * known + t] = Float(now)
            }
            var own: [PromotionRun] = []
            var from = 10 + Int(random.uniform() * 40)
            while from + 7 < known {
                own.append(
                    PromotionRun(
                        kind: .priceCut, depth: [0.1, 0.2, 0.3, 0.4][Int(random.uniform() * 4)], first: from,
                        last: from + 6))
                from += 35 + Int(random.uniform() * 35)
            }
            runs.append(own)
        }
        let category = (0..<count).map { $0 / articles }
        drivers = TradeDrivers(
            days: known, price: price, runs: runs, category: category, market: category,
            family: category.map { halo == 0 ? 0 : $0 / 2 },
            categories: (0..<categories).map { "c\($0)" })
        let sizes = (0..<count).map { _ in level * exp(random.uniform() * log(8)) }
        let columns: [EffectColumn] = [.price, .kind(.priceCut), .after, .before, .rivals, .neighbours]
        let design = EffectDesign(drivers, columns: columns, weights: sizes)
        let centres = (0..<categories).map { _ in -2 + 0.4 * normal() }
        var demand: [[Double]] = []
        for series in 0..<count {
            let elasticity = centres[category[series]] + Self.within * normal()
            elasticities.append(elasticity)
            let effects = [elasticity, Self.uplift, Self.dip, Self.wait, Self.cannibalisation, halo]
            let rows = design.rows(series)
            var cells: [Double] = []
            for t in 0..<days {
                var mean = log(sizes[series]) + 0.25 * sin(2 * Double.pi * Double(t) / 365.25)
                mean += [0, 0, 0.05, 0.1, 0.2, 0.4, 0.3][t % 7]
                for j in 0..<columns.count { mean += rows[t * columns.count + j] * effects[j] }
                // Negative binomial as a Poisson with a gamma mean: variance m + m² / 6.
                let rate = exp(mean) * random.gamma(shape: 6, scale: 1.0 / 6)
                cells.append(Double(random.poisson(mean: rate)))
            }
            demand.append(cells)
        }
        panel = dailyPanel(demand)
    }
}
