import Retail
import Simulation

/// Stock cut into silos.
enum Quotas {
    /// Units of each SKU that each channel owns, channels x SKUs. A stated share is of the opening stock; channels
    /// without one divide what is left by their forecast of the article.
    static func share(
        _ rows: StockRows, _ shares: [Rate?], _ scenario: Scenario, _ dataset: Dataset, _ step: DemandStep
    ) -> [[Quantity]] {
        let (channels, days, skus) = (dataset.channels.count, scenario.clock.days, dataset.skus.count)
        let stated = shares.reduce(Int64(0)) { $0 + ($1?.partsPerMillion ?? 0) }
        let left = max(0, Rate.one.partsPerMillion - stated)
        let expected = ExpectedUnits(step, channels: channels, days: days, skus: skus)
        var quotas = [[Quantity]](repeating: [Quantity](repeating: 0, count: skus), count: channels)
        for sku in 0..<skus {
            let open = (0..<channels).filter { shares[$0] == nil }
            var units = open.map { expected.units($0, sku) }
            if units.reduce(0, +) <= 0 { units = open.map { expected.total($0) } }
            let sum = units.reduce(0, +)
            var weights = shares.map { $0?.partsPerMillion ?? 0 }
            for (i, channel) in open.enumerated() {
                weights[channel] = Int64((Double(left) * (sum > 0 ? units[i] / sum : 1 / Double(open.count))).rounded())
            }
            // What no channel owns is nobody's: the last weight takes it out of the division.
            weights.append(open.isEmpty ? left : 0)
            let parts = (try? allocateByLargestRemainder(rows.opening(SKU.Index(sku)), over: weights)) ?? []
            for channel in 0..<channels where channel < parts.count {
                quotas[channel][sku] = Quantity(clamping: parts[channel])
            }
        }
        return quotas
    }
}

/// Units of each article that a channel's baskets hold over the simulated days.
private struct ExpectedUnits {
    private let values: [Double]
    private let skus: Int

    init(_ step: DemandStep, channels: Int, days: Int, skus: Int) {
        self.skus = skus
        var values = [Double](repeating: 0, count: channels * skus)
        let plan = step.plan
        for channel in 0..<channels {
            for day in 0..<days {
                for template in plan.baskets.templates(channel) {
                    let weight = plan.basketWeights[day * plan.baskets.count + template]
                    for line in plan.baskets.lines(template) {
                        let sku = plan.baskets.skus[line].position
                        let factor = step.promotionFactors[(channel * days + day) * skus + sku]
                        let asked = Double(plan.multipliers[(channel * days + day) * skus + sku])
                        values[channel * skus + sku] +=
                            weight * Double(plan.baskets.quantities[line]) * asked * factor
                    }
                }
            }
        }
        self.values = values
    }

    func units(_ channel: Int, _ sku: Int) -> Double { values[channel * skus + sku] }
    func total(_ channel: Int) -> Double { values[channel * skus..<(channel + 1) * skus].reduce(0, +) }
}
