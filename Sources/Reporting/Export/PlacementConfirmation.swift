import Placement
public import Retail
public import Scenarios
public import Simulation

extension PreparedScenario {
    /// What the plan promises beside what a simulation of it found.
    public func confirmation(_ result: RunResult) -> ResultTable? {
        guard let placement else { return nil }
        let (problem, solution) = (placement.problem, placement.solution)
        // Orders that ask for the hour and have a front warehouse in reach, as a part of all orders.
        let weights = problem.weights.reduce(0, +)
        let served = solution.assignment.indices.reduce(0) {
            $0 + (solution.assignment[$1] == nil ? 0 : problem.weights[$1])
        }
        let reach = weights > 0 ? oneHourShare * served / weights : 0
        // Of those, the part whose every article the front warehouse holds.
        var whole = 0.0
        for (region, site) in solution.assignment.enumerated() {
            guard let site, weights > 0 else { continue }
            let code = dataset.candidates[site].code
            let held = assortments.first { network.nodes[$0.node.position].code == code }
            whole +=
                oneHourShare * problem.weights[region] / weights
                * (held.map { $0.problem.baskets.fill($0.isHeld) } ?? 1)
        }
        func figure(_ key: String) -> Double {
            let found = result.figures.first { $0.key == key }?.replications ?? []
            return found.isEmpty ? .nan : found.reduce(0, +) / Double(found.count)
        }
        func tier(_ column: String) -> Double {
            guard let table = result.tables.first(where: { $0.name == "tiers" }), let tiers = table.texts("tier"),
                let row = tiers.firstIndex(of: ServiceTier.oneHour.rawValue), let values = table.numbers(column)
            else { return .nan }
            return values[row]
        }
        let rows: [(String, String, Double, Double)] = [
            ("orders_in_reach_of_the_hour", "share", reach, .nan),
            ("orders_served_within_the_hour", "share", whole, figure("one_hour_share")),
            ("one_hour_orders_in_time", "share", 1, tier("within_promise")),
            ("hours_from_order_to_door", "hours", 1, tier("order_to_door")),
        ]
        return ResultTable(
            "placement_confirmation",
            [
                Column("measure", .text(rows.map(\.0))), Column("unit", .text(rows.map(\.1))),
                Column("promised", .real(rows.map(\.2))), Column("simulated", .real(rows.map(\.3))),
            ])
    }
}
