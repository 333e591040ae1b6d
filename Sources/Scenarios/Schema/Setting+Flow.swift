import Retail
import Simulation

/// Keys of the way of goods and orders beyond the basic ones; each list follows the basic keys of its section.
extension SettingTable {
    private static let reach: ClosedRange<Double> = 0...1_000_000

    static let flowRouting: [Setting] = [
        Setting("routing.rule", .choice(RoutingRule.allCases.map(\.rawValue)), "cheapest", inRun: true),
        Setting("routing.shadow", .choice(RoutingRule.allCases.map(\.rawValue))),
        Setting("routing.split", .choice(["when_needed", "when_cheaper"]), "when_needed", inRun: true),
        Setting("routing.split_cost", .amount(reach), "0", inRun: true),
        Setting("routing.tier_cost", .amount(reach), "1", inRun: true),
        Setting("routing.late_day_cost", .amount(reach), "0", inRun: true),
        Setting("routing.imbalance_cost", .amount(reach), "0", inRun: true),
        Setting("routing.markdown_risk", .rate(0...100), "0 %", inRun: true),
        Setting("routing.maximum_backlog", .duration(60...30 * 86_400), inRun: true),
        Setting("routing.full_carriers", .choice(["ignored", "avoided"]), "ignored", inRun: true),
        Setting("routing.senders", .choiceOrCodes(["every_kind"]), "every_kind", inRun: true),
        Setting("routing.front_stock", .choice(["for_the_hour", "shared"]), "for_the_hour", inRun: true),
        Setting("routing.bulky_senders", .choiceOrCodes(["every_kind"]), "every_kind", inRun: true),
        Setting("routing.hazardous_senders", .choiceOrCodes(["every_kind"]), "every_kind", inRun: true),
        Setting("routing.promise", .section),
        Setting("routing.promise.same_day", .duration(0...60 * 86_400), "0 d", inRun: true),
        Setting("routing.promise.next_day", .duration(0...60 * 86_400), "1 d", inRun: true),
        Setting("routing.promise.standard", .duration(0...60 * 86_400), "3 d", inRun: true),
        Setting("routing.promise.export", .duration(0...60 * 86_400), "10 d", inRun: true),
    ]

    static let flowHandling: [Setting] = [
        Setting("handling.capture_every", .duration(1...86_400), "1 min", inRun: true),
        Setting("handling.opens", .duration(0...86_399), "8 h", inRun: true),
        Setting("handling.closes", .duration(0...86_400), "22 h", inRun: true),
        Setting("handling.retry_every", .duration(60...86_400), "5 min", inRun: true),
    ]

    static let flowFulfilment: [Setting] = [
        Setting("fulfilment.pack_stations", .integer(0...100), "0", inRun: true),
        Setting("fulfilment.overtime_cost", .amount(reach), "0", inRun: true),
        Setting("fulfilment.short_picks", .rate(0...100), "0 %", inRun: true),
        Setting("fulfilment.pick_variation", .rate(0...500), "25 %", inRun: true),
        Setting("inbound", .section),
        Setting("inbound.daily_capacity", .integer(1...1_000_000_000_000), inRun: true),
        Setting("inbound.opens", .duration(0...86_399), "8 h", inRun: true),
        Setting("inbound.put_away", .duration(0...60 * 86_400), "0 s", inRun: true),
        Setting("inbound.storage", .choice(["ignored", "enforced"]), "ignored"),
    ]

    static let flowCarriers: [Setting] = [
        Setting("carriers.presale_ship_within", .duration(1...365 * 86_400), inRun: true),
        Setting("carriers.riders", .integer(1...100_000), inRun: true),
        Setting("carriers.rider_wait", .duration(0...86_400), "20 min", inRun: true),
        Setting("carriers.event_capacity", .factor(0...1_000), "1", inRun: true),
        Setting("carriers.event_surcharge", .rate(0...1_000), "0 %", inRun: true),
        Setting("carriers.spring_festival_capacity", .factor(0...1), "1", inRun: true),
    ]

    static let flowAfterSales: [Setting] = [
        Setting("after_sales.cancellation_time", .duration(0...30 * 86_400), "4 h", inRun: true),
        Setting("after_sales.refusal_rate", .rate(0...100), "0 %", inRun: true),
        Setting("after_sales.return_freight", .amount(reach), "3", inRun: true),
        Setting("after_sales.reasons", .list),
        Setting(
            "after_sales.reasons[].reason", .choice(ReturnReason.allCases.map(\.rawValue)), required: true),
        Setting("after_sales.reasons[].share", .rate(0...100), required: true),
        Setting("after_sales.reasons[].write_down", .rate(0...100), "15 %"),
        Setting("after_sales.reasons[].freight", .choice(["merchant", "buyer"]), "merchant"),
        Setting("after_sales.exchange_share", .rate(0...100), "0 %", inRun: true),
        Setting("after_sales.insured_share", .rate(0...100), "0 %", inRun: true),
        Setting("after_sales.insurance_premium", .amount(reach), "0", inRun: true),
        Setting("after_sales.installation_share", .rate(0...100), "0 %", inRun: true),
        Setting("after_sales.repair_share", .rate(0...100), "0 %", inRun: true),
        Setting("after_sales.repair_delay", .duration(0...400 * 86_400), "14 d", inRun: true),
        Setting("after_sales.visit_cost", .amount(reach), "0", inRun: true),
        Setting("after_sales.contacts_per_order", .factor(0...100), "0", inRun: true),
        Setting("after_sales.contacts_when_troubled", .factor(0...100), "0", inRun: true),
        Setting("after_sales.contact_cost", .amount(reach), "0", inRun: true),
    ]

    static let flowReplenishment: [Setting] = [
        Setting("replenishment.holding_rate", .rate(0...1_000), "25 %"),
        Setting("replenishment.line_cost", .amount(0...1e6)),
        Setting("replenishment.transfer_cost", .amount(0...1_000), "0.01", inRun: true),
        Setting("replenishment.transfer_time", .duration(0...60 * 86_400), "1 d"),
        Setting("replenishment.transfer_deviation", .duration(0...60 * 86_400), "6 h"),
        Setting("replenishment.front_transfer_time", .duration(0...60 * 86_400), "6 h"),
        Setting("replenishment.front_transfer_deviation", .duration(0...60 * 86_400), "72 min"),
        Setting("replenishment.transfers_from", .duration(0...86_399), "2 h"),
        Setting("replenishment.transfers_every", .duration(600...86_400), "6 h"),
        Setting("replenishment.purchases_at", .duration(0...86_399), "7 h"),
        Setting("replenishment.supplier_terms", .choice(["ignored", "kept"]), "ignored"),
        Setting("replenishment.rolling_weight", .factor(0...1), "0", inRun: true),
        Setting("replenishment.presale_moves", .duration(0...60 * 86_400)),
        Setting("replenishment.lateral", .choice(["never", "when_upstream_is_empty"]), "never", inRun: true),
    ]
}
