import Forecasting
import Retail

/// What deposits, carts and favourites known by the last day of the history do to the forecast of the promotions ahead.
///
/// Signals speak of what a promotion will sell, the forecast is of demand without it: the two meet at the forecast with the
/// promotion's own effect on it, measured or stated, which is taken off again.
enum SignalStep {
    static func apply(
        _ forecast: Forecast, _ dataset: Dataset, promotions: [Promotion], through: Day, trade: TradeEffects?
    ) -> (forecast: Forecast, assumptions: [Assumption]) {
        guard !dataset.signals.isEmpty else { return (forecast, []) }
        var known = dataset.before(dataset.demand.axis.index(of: through) + 1)
        known.signals = dataset.signals.filter { $0.day <= through }
        let planned = Set(promotions.map(\.code))
        known.promotions = dataset.promotions.filter { !planned.contains($0.code) } + promotions
        let lifted = trade?.applied(to: forecast) ?? lifted(forecast, promotions, dataset.skus)
        let (renewed, outcomes) = lifted.updated(by: known)
        let notes = outcomes.map { Assumption(subject: "signals.csv", text: $0.summary) }
        guard outcomes.contains(where: { $0.state == .updated }) else { return (forecast, notes) }
        var result = forecast
        let width = forecast.levels.count
        for cell in forecast.mean.indices where lifted.mean[cell] > 0 && renewed.mean[cell] != lifted.mean[cell] {
            let back = forecast.mean[cell] / lifted.mean[cell]
            result.mean[cell] = renewed.mean[cell] * back
            for k in cell * width..<(cell + 1) * width { result.quantiles[k] = renewed.quantiles[k] * back }
        }
        carryTotals(from: forecast, to: &result)
        return (result, notes)
    }

    /// The forecast times what the promotions state.
    private static func lifted(_ forecast: Forecast, _ promotions: [Promotion], _ skus: [SKU]) -> Forecast {
        var result = forecast
        let width = forecast.levels.count
        for promotion in promotions {
            let lift = PlannedPromotions.lift(promotion)
            guard lift != 1, lift.isFinite, lift > 0 else { continue }
            for step in 0..<forecast.horizon {
                let midnight = CivilTime(forecast.axis.day(step)).seconds
                let overlap =
                    min(promotion.ends.seconds, midnight + 86_400) - max(promotion.begins.seconds, midnight)
                guard overlap > 0 else { continue }
                let factor = 1 + (lift - 1) * Double(overlap) / 86_400
                for (s, key) in forecast.keys.enumerated() {
                    guard let sku = key.sku, promotion.scope.covers(sku, skus) else { continue }
                    if let channel = promotion.channel, let own = key.channel, own != channel { continue }
                    let cell = s * forecast.horizon + step
                    result.mean[cell] *= factor
                    for k in cell * width..<(cell + 1) * width { result.quantiles[k] *= factor }
                }
            }
        }
        return result
    }

    /// Totals of a channel follow the sums of their series.
    private static func carryTotals(from before: Forecast, to after: inout Forecast) {
        let width = before.levels.count
        for (row, key) in before.keys.enumerated() where key.sku == nil {
            let members = before.keys.indices.filter {
                before.keys[$0].sku != nil && before.keys[$0].channel == key.channel
            }
            for step in 0..<before.horizon {
                let old = members.reduce(0.0) { $0 + before.mean($1, step) }
                let new = members.reduce(0.0) { $0 + after.mean($1, step) }
                guard old > 0, new != old else { continue }
                let cell = row * before.horizon + step
                after.mean[cell] *= new / old
                for k in cell * width..<(cell + 1) * width { after.quantiles[k] *= new / old }
            }
        }
    }
}
