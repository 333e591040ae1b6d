import Foundation
import Replenishment
import Retail

@testable import Simulation

/// What is known of how much more, or less, is asked for than was planned: of each SKU units asked for and units
/// planned, both forgotten a little with every look, half a day or more apart.
struct PlainForecast {
    let plan: RollingPlan
    let weight: Double
    /// Units planned by SKU and day, over the rows that suppliers serve.
    private(set) var planned: [[Float]]
    /// How much wilder than Poisson each SKU's plan is.
    private var wildness: [Double] = []
    private var asked: [Double] = []
    private var expected: [Double] = []
    private var counted: [Int64]
    private var last: Int64 = 0

    init?(_ world: World) {
        guard world.replenishment.rollingWeight > 0, let plan = world.replenishment.rolling else { return nil }
        self.plan = plan
        weight = world.replenishment.rollingWeight
        planned = world.skus.codes.map { _ in [Float](repeating: 0, count: plan.days) }
        counted = world.skus.codes.map { _ in 0 }
        var variances = world.skus.codes.map { _ in 0.0 }
        for (index, row) in world.stock.rows.enumerated()
        where world.network.upstream[row.node.position] == nil {
            for day in 0..<plan.days {
                planned[row.sku.position][day] += plan.mean[index * plan.days + day]
                let deviation = Double(plan.deviation[index * plan.days + day])
                variances[row.sku.position] += deviation * deviation
            }
        }
        for (sku, days) in planned.enumerated() {
            let total = days.reduce(0) { $0 + Double($1) }
            wildness.append(total > 0 ? max(1, variances[sku] / total) : 1)
            // In the long run one look in 1 / weight days' demand is remembered.
            let memory = total > 0 ? total / Double(plan.days) / weight / wildness[sku] : 0
            asked.append(memory)
            expected.append(memory)
        }
    }

    mutating func look(_ units: [Int64], _ now: Int64) {
        guard now - last >= PlainShop.day / 2 else { return }
        for sku in planned.indices {
            var due = 0.0
            for day in last / PlainShop.day...now / PlainShop.day {
                let (begins, ends) = (max(last, day * PlainShop.day), min(now, (day + 1) * PlainShop.day))
                let mean = Double(planned[sku][min(Int(day), plan.days - 1)])
                due += mean * Double(max(0, ends - begins)) / Double(PlainShop.day)
            }
            let new = Double(units[sku] - counted[sku])
            counted[sku] = units[sku]
            if due <= 0 && expected[sku] <= 0 { continue }
            asked[sku] = (1 - weight) * asked[sku] + new / wildness[sku]
            expected[sku] = (1 - weight) * expected[sku] + due / wildness[sku]
        }
        last = now
    }

    /// The levels of a row for the days to come, by the formulas of every plan.
    func levels(_ row: Int, _ sku: Int, _ now: Int64) -> (reorderPoint: Int64, orderUpTo: Int64)? {
        guard let terms = plan.rows[row], expected[sku] > 0 else { return nil }
        let rate = asked[sku] / expected[sku]
        let today = min(Int(now / PlainShop.day), plan.days - 1)
        let reach = terms.feed.leadTime + 2 * terms.feed.leadTimeDeviation + Double(terms.feed.reviewPeriod) + 8
        let days = (today..<min(plan.days, today + Int(reach.rounded(.up)))).map { row * plan.days + $0 }
        let daily = DailyDemand(
            mean: days.map { Double(plan.mean[$0]) * rate },
            deviation: days.map { Double(plan.deviation[$0]) * rate.squareRoot() })
        let doubt = asked[sku] > 0 ? min(1, 1 / asked[sku]) : 0
        guard
            let new = try? RowPlan(
                daily: daily, feed: terms.feed, target: terms.target, costs: plan.costs, levelDoubt: doubt)
        else { return nil }
        return (new.reorderPoint, new.isInLots ? max(0, new.reorderPoint) + 1 : new.orderUpTo)
    }
}
