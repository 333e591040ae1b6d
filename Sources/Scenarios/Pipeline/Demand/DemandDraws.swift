import Forecasting
import Retail
import Simulation

/// What each replication's demand is beside the expected one, drawn from the forecast's joint distribution.
///
/// The simulator draws orders and baskets itself, so that a part of what the forecast calls uncertain comes of its own
/// accord: as much as a count of that mean varies. It is taken out of each article's factor; what is left is how far the
/// forecast may be off, and does not shrink as the volume grows.
struct DemandDraws: Sendable {
    private let sampler: JointSampler
    private let dataset: Dataset
    private let scenario: Scenario
    private let mix: OrderMix
    /// Expected units, row-major channels x days x SKUs.
    private let expected: [Double]
    /// Part of each cell's deviation that is the forecast's, same shape.
    private let parts: [Double]

    init(_ forecast: Forecast, _ dataset: Dataset, _ scenario: Scenario, _ mix: OrderMix) {
        let history = dataset.demand.before(dataset.demand.axis.index(of: scenario.demand.historyThrough) + 1)
        sampler = JointSampler(forecast, history: history)
        (self.dataset, self.scenario, self.mix) = (dataset, scenario, mix)
        expected = Self.units(forecast, dataset, scenario, mix)
        // Variances add over the series of a cell as the sampler would have them, to first order: independent.
        var spread = forecast
        let (first, last) = (0, forecast.levels.count - 1)
        for cell in forecast.mean.indices {
            let width =
                last > first
                ? (forecast.quantiles[cell * forecast.levels.count + last]
                    - forecast.quantiles[cell * forecast.levels.count + first]) / 3.29 : 0
            spread.mean[cell] = width * width
        }
        let variances = Self.units(spread, dataset, scenario, mix)
        parts = zip(expected, variances).map { $1 > 0 ? max(0, 1 - $0 / $1).squareRoot() : 0 }
    }

    private static func units(
        _ forecast: Forecast, _ dataset: Dataset, _ scenario: Scenario, _ mix: OrderMix
    ) -> [Double] {
        let units = ForecastUnits(forecast, dataset, scenario, mix)
        return dataset.channels.indices.flatMap { channel in
            (0..<scenario.clock.days).flatMap { units.ordinary(channel, $0) }
        }
    }

    /// The factors of one replication. The orders of a channel's day move with its units, lines with what is left.
    var luck: @Sendable (UInt64, UInt32) -> DemandLuck {
        { seed, replication in
            var drawn = sampler.forecast
            drawn.mean = sampler.sample(replication, seed: seed)
            let units = Self.units(drawn, dataset, scenario, mix)
            let skus = dataset.skus.count
            let cells = dataset.channels.count * scenario.clock.days
            var luck = DemandLuck(orders: [], units: [Float](repeating: 1, count: units.count))
            for cell in 0..<cells {
                var (wanted, met) = (0.0, 0.0)
                let range = cell * skus..<(cell + 1) * skus
                for k in range where expected[k] > 0 {
                    let factor = max(0, 1 + parts[k] * (units[k] / expected[k] - 1))
                    luck.units[k] = Float(factor)
                    wanted += expected[k]
                    met += expected[k] * factor
                }
                let whole = wanted > 0 ? met / wanted : 1
                luck.orders.append(whole)
                guard whole > 0 else { continue }
                for k in range where expected[k] > 0 { luck.units[k] /= Float(whole) }
            }
            return luck
        }
    }
}
