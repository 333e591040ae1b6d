import Placement
import Retail

extension SettingTable {
    /// What a placement asks beyond cost, distance and the hour.
    static let placement: [Setting] = [
        Setting("network.candidates", .path),
        Setting("network.travel", .path),
        Setting("network.reach_time", .duration(60...86_400)),
        Setting("network.objective", .choice(LocationProblem.Objective.allCases.map(\.rawValue)), "expected"),
        Setting("network.cases", .list),
        Setting("network.cases[].code", .code, required: true),
        Setting("network.cases[].probability", .rate(0...100), required: true),
        Setting("network.cases[].factor", .factor(0...1_000), "1"),
        Setting("network.cases[].regions", .choiceOrCodes(["all"]), "all"),
        Setting("network.capacity", .choice(["unlimited", "picks"]), "unlimited"),
        Setting("network.sizes", .list),
        Setting("network.sizes[].code", .code, required: true),
        Setting("network.sizes[].orders", .integer(0...1_000_000_000), required: true),
        Setting("network.sizes[].fixed_cost", .factor(0...1_000), "1"),
        Setting("network.sizes[].scale", .factor(0.001...1_000), "1"),
        Setting("network.sourcing", .choice(["parts", "single"]), "parts"),
        Setting("network.holding_rate", .rate(0...1_000), "0 %"),
        Setting("network.delivery_cost", .amount(0...1_000_000), "0"),
        Setting("network.transfer_cost", .amount(0...10_000), "0"),
        Setting("network.work_limit", .integer(1...1_000_000_000_000), "200000"),
    ]
}
