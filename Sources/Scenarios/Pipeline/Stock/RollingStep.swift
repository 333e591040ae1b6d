import Replenishment
import Retail
import Simulation

extension StockStep {
    /// What the simulator's rolling forecast starts from: the expected demand of every stock row, how it is fed and what
    /// it is held for.
    func rolling(_ scenario: Scenario, rows: StockRows) -> RollingPlan {
        let first = min(max(0, scenario.clock.start - demand.start), demand.horizon - 1)
        let days = demand.horizon - first
        func key(_ sku: SKU.Index, _ node: Node.Index) -> Int64 { Int64(sku.raw) << 32 | Int64(node.raw) }
        let known = Dictionary(
            (0..<demand.rowCount).map { (key(demand.skus[$0], demand.nodes[$0]), $0) },
            uniquingKeysWith: { first, _ in first })
        let targets = Dictionary(
            plan.targets.map { (key($0.sku, $0.node), Self.service($0)) }, uniquingKeysWith: { first, _ in first })
        var rolling = RollingPlan(
            days: days, mean: [Float](repeating: 0, count: rows.rows.count * days),
            deviation: [Float](repeating: 0, count: rows.rows.count * days),
            rows: [RollingPlan.Row?](repeating: nil, count: rows.rows.count), costs: scenario.replenishment.costs)
        for (place, stocked) in rows.rows.enumerated() {
            let at = key(stocked.sku, stocked.node)
            guard let row = known[at] else { continue }
            for day in 0..<days {
                rolling.mean[place * days + day] = Float(demand.mean[row * demand.horizon + first + day])
                rolling.deviation[place * days + day] = Float(demand.deviation[row * demand.horizon + first + day])
            }
            // Levels of policies solved row by row stay as they are.
            let isKept = scenario.replenishment.policy.isSpecial && stocked.reorderPoint == stocked.orderUpTo - 1
            if let feed = feeds[row], let target = targets[at], !isKept {
                rolling.rows[place] = RollingPlan.Row(feed: feed, target: target)
            }
        }
        return rolling
    }

    /// A level chosen by cost is held on to by the service it came to.
    private static func service(_ target: StockTarget) -> ServiceTarget {
        if case .cost(let share) = target.basis.service { return .cycle(min(max(share, 0.5), 0.9999)) }
        return target.basis.service
    }
}
