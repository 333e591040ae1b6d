import Retail
import Simulation

/// The forecast read by channel, day of the clock and article.
struct ForecastUnits {
    private let forecast: Forecast
    private let dataset: Dataset
    private let scenario: Scenario
    private let mix: OrderMix
    /// Steps from the forecast's first day to the clock's.
    private let offset: Int

    init(_ forecast: Forecast, _ dataset: Dataset, _ scenario: Scenario, _ mix: OrderMix) {
        self.forecast = forecast
        self.dataset = dataset
        self.scenario = scenario
        self.mix = mix
        offset = scenario.clock.start - forecast.axis.origin
    }

    /// Expected units of each SKU on a day before promotions and volume. A series without a channel is shared out by
    /// past orders.
    func ordinary(_ channel: Int, _ day: Int) -> [Double] {
        var units = [Double](repeating: 0, count: dataset.skus.count)
        for series in forecast.keys.indices {
            guard let sku = forecast.keys[series].sku else { continue }
            let share: Double
            if let owner = forecast.keys[series].channel {
                if owner.position != channel { continue }
                share = 1
            } else {
                share = mix.channelShares[channel]
            }
            units[sku.position] += share * forecast.mean(series, offset + day)
        }
        return units
    }

    /// Forecast, its interval and what really happened, by day and channel, at the volume.
    ///
    /// The interval is that of the channel's total, laid around the sum of the articles' means: it speaks of the shop
    /// as it is, so that what really happened (times the volume) can be held against it.
    func expectation(factors: [Double]) -> DemandExpectation {
        let (channels, days, skus) = (dataset.channels.count, scenario.clock.days, dataset.skus.count)
        let volume = scenario.demand.volume
        var result = DemandExpectation()
        for day in 0..<days {
            for channel in 0..<channels {
                let units = ordinary(channel, day)
                let cell = (channel * days + day) * skus
                var mean = 0.0
                for sku in 0..<skus { mean += units[sku] * factors[cell + sku] }
                mean *= volume
                let (low, high) = relativeInterval(channel, day)
                result.forecast.append(mean)
                result.p10.append(mean * low)
                result.p90.append(mean * high)
            }
        }
        result.actual = actual()
        return result
    }

    /// The 10 % and 90 % quantiles of a channel's total, relative to its mean; 1 where there is no such series.
    private func relativeInterval(_ channel: Int, _ day: Int) -> (Double, Double) {
        let total = forecast.keys.firstIndex {
            $0.sku == nil && $0.region == nil && $0.channel?.position == channel
        }
        guard let total, let low = forecast.levels.firstIndex(of: 0.1), let high = forecast.levels.firstIndex(of: 0.9)
        else { return (1, 1) }
        let mean = forecast.mean(total, offset + day)
        guard mean > 0 else { return (1, 1) }
        return (
            forecast.quantile(total, offset + day, level: low) / mean,
            forecast.quantile(total, offset + day, level: high) / mean
        )
    }

    /// Units really sold on the clock's days times the volume; empty when the data end before the clock does.
    private func actual() -> [Double] {
        let panel = dataset.demand
        let first = panel.axis.index(of: scenario.clock.start)
        let (channels, days) = (dataset.channels.count, scenario.clock.days)
        guard first >= 0, first + days <= panel.axis.count else { return [] }
        var units = [Double](repeating: 0, count: days * channels)
        for series in panel.keys.indices where panel.keys[series].sku != nil {
            for day in 0..<days {
                let cell = first + day - Int(panel.starts[series])
                guard cell >= 0, cell < panel.offsets[series + 1] - panel.offsets[series] else { continue }
                let at = panel.offsets[series] + cell
                guard !panel.missing[at] else { continue }
                let value = Double(panel.values[at]) * scenario.demand.volume
                if let channel = panel.keys[series].channel {
                    units[day * channels + channel.position] += value
                } else {
                    for channel in 0..<channels {
                        units[day * channels + channel] += value * mix.channelShares[channel]
                    }
                }
            }
        }
        return units
    }
}
