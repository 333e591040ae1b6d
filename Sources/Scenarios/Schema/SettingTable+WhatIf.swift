import Retail

/// Keys of what-if prices and of people's changes to the forecast.
extension SettingTable {
    static let whatIf: [Setting] = [
        Setting("demand.effects", .choice(Scenario.EffectSource.allCases.map(\.rawValue)), "stated"),
        Setting("prices", .list),
        Setting("prices[].scope", .scope, "everything"),
        Setting("prices[].channel", .code),
        Setting("prices[].from", .day),
        Setting("prices[].through", .day),
        Setting("prices[].change", .rate(-95...1_000)),
        Setting("prices[].price", .amount(0.0001...1_000_000_000)),
        Setting("adjustments", .list),
        Setting("adjustments[].scope", .scope, "everything"),
        Setting("adjustments[].channel", .code),
        Setting("adjustments[].region", .code),
        Setting("adjustments[].from", .day),
        Setting("adjustments[].through", .day),
        Setting("adjustments[].kind", .choice(Adjustment.Kind.allCases.map(\.rawValue)), required: true),
        Setting("adjustments[].value", .factor(-1_000_000_000_000...1_000_000_000_000), required: true),
        Setting("adjustments[].author", .text(80)),
        Setting("adjustments[].reason", .text(2_000)),
        Setting("adjustments[].expires", .day),
    ]
}
