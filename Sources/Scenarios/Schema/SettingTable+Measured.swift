import Retail

extension SettingTable {
    /// Laws measured on past orders: what `granary calibrate` writes.
    static let measured: [Setting] =
        [
            Setting("demand.hours", .list),
            Setting("demand.hours[].hour", .integer(0...23), required: true),
            Setting("demand.hours[].share", .rate(0...100), required: true),
            Setting("payment.paid_share", .rate(0...100)),
            Setting("after_sales.return_rate", .rate(0...100)),
            Setting("carriers.lanes", .list),
            Setting("carriers.lanes[].from", .code),
            Setting("carriers.lanes[].to", .code),
            Setting("carriers.lanes[].tier", .choice(ServiceTier.allCases.map(\.rawValue))),
            Setting("carriers.lanes[].within", .distance(0.1...50_000)),
            Setting("carriers.lanes[].first_weight", .integer(1...1_000_000_000), "1000"),
            Setting("carriers.lanes[].first_price", .amount(0...1_000_000)),
            Setting("carriers.lanes[].step_weight", .integer(1...1_000_000_000), "1000"),
            Setting("carriers.lanes[].step_price", .amount(0...1_000_000), "0"),
        ] + law("payment.lag", "time") + law("after_sales.return_time", "time")
        + law("carriers.lanes[].transit", "time")
        + law("carriers.lanes[].spread", "factor") + law("carriers.lanes[].heavy_spread", "factor")

    /// A law by quantiles: a list of shares with the value at each.
    private static func law(_ path: String, _ value: String) -> [Setting] {
        let kind: SettingKind = value == "time" ? .duration(0...1_000_000_000) : .factor(0...1_000_000)
        return [
            Setting(path, .list), Setting("\(path)[].share", .rate(0...99.9999), required: true),
            Setting("\(path)[].\(value)", kind, required: true),
        ]
    }
}
