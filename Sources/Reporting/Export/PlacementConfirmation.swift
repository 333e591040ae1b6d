import Placement
public import Retail
public import Scenarios
public import Simulation

extension PreparedScenario {
    /// What the plan promises beside what a simulation of it found.
    public func confirmation(_ result: RunResult) -> ResultTable? {
        guard let promise = oneHourPromise() else { return nil }
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
        func column(_ name: String, _ unit: String, _ promised: Double, _ simulated: Double) -> Column {
            Column(name, unit: unit, .real([promised, simulated]))
        }
        return ResultTable(
            "placement_confirmation",
            [
                Column("plan", .text(["promised", "simulated"])),
                // Who is in reach is a matter of the map, not of luck.
                column("orders_in_reach", "share", promise.reach, promise.reach),
                column("orders_within_the_hour", "share", promise.served, figure("one_hour_share")),
                column("in_time", "share", 1, tier("within_promise")),
                column("order_to_door", "hours", 1, tier("order_to_door")),
            ])
    }
}
