import Retail

/// Keys of presales, live shows, buyers' ways, fraud, merging and the books of the stock.
extension SettingTable {
    static let demandExtras: [Setting] = [
        Setting("demand.tiers", .section),
        Setting("demand.tiers.one_hour", .rate(0...100), "30 %"),
        Setting("demand.tiers.same_day", .rate(0...100), "10 %"),
        Setting("demand.tiers.next_day", .rate(0...100), "30 %"),
        Setting("demand.tiers.standard", .rate(0...100), "30 %"),
        Setting("demand.evening", .factor(0...100), "0"),
        Setting("demand.spikes", .list),
        Setting("demand.spikes[].at", .moment, required: true),
        Setting("demand.spikes[].channel", .code),
        Setting("demand.spikes[].fast", .factor(0...100_000), "0"),
        Setting("demand.spikes[].slow", .factor(0...100_000), "0"),
        Setting("demand.live", .list),
        Setting("demand.live[].code", .code, required: true),
        Setting("demand.live[].channel", .code, required: true),
        Setting("demand.live[].begins", .moment, required: true),
        Setting("demand.live[].ends", .moment, required: true),
        Setting("demand.live[].factor", .factor(1...100_000), required: true),
        Setting("demand.live[].return_rate", .rate(0...100), required: true),
        Setting("demand.attach", .rate(0...100), "0 %"),
        Setting("demand.uncertainty", .choice(["expected", "sampled"]), "expected"),
        Setting("demand.customers", .integer(0...1_000_000_000), "0"),
        Setting("demand.chase", .rate(0...100), "0 %", inRun: true),
        Setting("demand.chase_gap", .rate(0...100), "20 %", inRun: true),
        Setting("demand.chase_return", .rate(0...100), "50 %", inRun: true),
    ]

    static let promotionExtras: [Setting] = [
        Setting("promotions[].over", .choice(["all", "shop"]), "all"),
        Setting("promotions[].per_customer", .integer(1...1_000_000)),
        Setting("promotions[].deduct", .choice(["order", "payment", "deposit"])),
        Setting("promotions[].pay_within", .duration(1...7 * 86_400)),
        Setting("promotions[].reserve", .rate(0...100), "0 %"),
        Setting("promotions[].deposit", .rate(0...100), "10 %"),
        Setting("promotions[].balance_begins", .moment),
        Setting("promotions[].balance_ends", .moment),
        Setting("promotions[].balance_paid", .rate(0...100), "92 %"),
        Setting("promotions[].sells", .choice(["shelves", "receipts"]), "shelves"),
    ]

    static let stockExtras: [Setting] = [
        Setting("stock.ranks", .perChannel(.integer(1...1_000))),
        Setting("stock.node_lag", .duration(0...86_400)),
        Setting("stock.rebalancing", .duration(60...60 * 86_400)),
        Setting("stock.count_errors", .rate(0...100), "0 %"),
        Setting("stock.count_error_size", .rate(0...100), "5 %"),
        Setting("stock.counts_per_day", .integer(0...24), "0"),
        Setting("stock.counted_share", .rate(0...100), "100 %"),
        Setting("stock.promises", .list),
        Setting("stock.promises[].role", .choice(ProductRole.allCases.map(\.rawValue))),
        Setting("stock.promises[].margin", .rate(0...100)),
        Setting("stock.promises[].target", .choice(ServiceTarget.kinds), "cycle"),
        Setting("stock.promises[].level", .rate(50...99.99), "95 %"),
        Setting("stock.assortment_service", .rate(50...99.99)),
        Setting("stock.assortment_money", .amount(0...1e12)),
        Setting("stock.assortment_weight", .choice(["units", "margin"]), "units"),
    ]

    static let handlingExtras: [Setting] = [
        Setting("after_sales.second_choice", .rate(0...100), "0 %", inRun: true),
        Setting("after_sales.outlet_price", .rate(0...100), "0 %"),
        Setting("after_sales.outlet_every", .duration(3_600...60 * 86_400), "1 d"),
        Setting("pickup", .section),
        Setting("pickup.shares", .perChannel(.rate(0...100)), inRun: true),
        Setting("pickup.radius", .distance(0...500), "30 km"),
        Setting("pickup.delay", .duration(0...30 * 86_400), "5 h", inRun: true),
        Setting("pickup.keep", .duration(0...60 * 86_400), "3 d", inRun: true),
        Setting("pickup.forgotten", .rate(0...100), "3 %", inRun: true),
        Setting("handling.fraud", .rate(0...100), "0 %", inRun: true),
        Setting("handling.fraud_detection", .rate(0...100), "90 %", inRun: true),
        Setting("handling.fraud_false_alarms", .rate(0...100), "0 %", inRun: true),
        Setting("handling.merge_window", .duration(0...7 * 86_400), inRun: true),
    ]
}
