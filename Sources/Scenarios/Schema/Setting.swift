public import Retail

/// One key of the scenario file: the row of the table from which decoding, the JSON Schema, the documentation and
/// the planner's form are made.
public struct Setting: Sendable, Equatable {
    /// `stock.service_level`; `promotions[].depth` for a key of every item of a list.
    public var path: String
    public var kind: SettingKind
    /// As it would be written; nil when there is no fixed default (`defaultNote` says what holds instead).
    public var fallback: String?
    public var isRequired: Bool
    /// May be changed in mid-run, by a branch of the scenario at a later moment.
    public var isMutableInRun: Bool

    init(
        _ path: String, _ kind: SettingKind, _ fallback: String? = nil, required: Bool = false, inRun: Bool = false
    ) {
        self.path = path
        self.kind = kind
        self.fallback = fallback
        isRequired = required
        isMutableInRun = inRun
    }

    /// What the setting does, in plain words.
    public func meaning(_ language: Language) -> String { Catalogue.text("setting.\(path)", language) }

    /// What holds when the key is absent and the table has no fixed default; empty when there is one.
    public func defaultNote(_ language: Language) -> String {
        let key = "setting.\(path).default"
        return Catalogue.contains(key) ? Catalogue.text(key, language) : ""
    }

    /// The last key of the path.
    public var key: String { String(path.split(separator: ".").last ?? "") }
    /// The path without its last key; empty at the top.
    public var parent: String { path.contains(".") ? String(path.prefix(path.count - key.count - 1)) : "" }
}

/// The whole scenario file, key by key, in the order of the documentation.
public enum SettingTable {
    /// The version of the file format this build writes and reads.
    public static let version: Int64 = 1

    public static let settings: [Setting] =
        head + clock + demand + demandExtras + changing(promotions + promotionExtras) + whatIf + network + placement
        + stock + stockExtras
        + payment + handling + handlingExtras + routing + fulfilment + carriers + afterSales + replenishment + costs
        + changing(faults) + measured + models

    /// Lists that may be written anew in mid-run, every key of them.
    private static func changing(_ settings: [Setting]) -> [Setting] {
        settings.map {
            var setting = $0
            setting.isMutableInRun = true
            return setting
        }
    }

    private static let byPath = Dictionary(uniqueKeysWithValues: settings.map { ($0.path, $0) })

    /// The setting of a path, indices (`promotions[2].depth`) allowed.
    public static func setting(_ path: String) -> Setting? { byPath[generic(path)] }

    /// The keys that may stand directly below a path; "" is the top of the file.
    public static func children(of path: String) -> [Setting] {
        let parent = generic(path)
        return settings.filter { $0.parent == parent }
    }

    /// `promotions[2].depth` as `promotions[].depth`.
    static func generic(_ path: String) -> String {
        guard path.contains("[") else { return path }
        var result = ""
        var inside = false
        for character in path {
            if character == "]" { inside = false }
            if !inside { result.append(character) }
            if character == "[" { inside = true }
        }
        return result
    }

    private static let any: ClosedRange<Double> = 0...1_000_000_000

    private static let head: [Setting] = [
        Setting("granary", .version, required: true),
        Setting("extends", .path),
        Setting("name", .text(80)),
        Setting("description", .text(2_000)),
        Setting("data", .path, required: true),
        Setting("seed", .integer(0...Int64.max), "1"),
        Setting("replications", .integer(1...10_000), "10"),
        Setting("branch_at", .moment),
        Setting("before", .scenario),
    ]

    private static let clock: [Setting] = [
        Setting("clock", .section),
        Setting("clock.start", .day, required: true),
        Setting("clock.days", .integer(1...60), "1"),
        Setting("clock.zone", .zone, "UTC"),
    ]

    private static let demand: [Setting] = [
        Setting("demand", .section),
        Setting("demand.volume", .factor(0.001...1_000_000), "1", inRun: true),
        Setting("demand.elasticity", .factor(-10...0), "-1.5", inRun: true),
        Setting("demand.history_through", .day),
    ]

    private static let promotions: [Setting] = [
        Setting("promotions", .list),
        Setting("promotions[].code", .code, required: true),
        Setting("promotions[].name", .text(80)),
        Setting(
            "promotions[].kind", .choice(PromotionKind.allCases.map(\.rawValue)),
            required: true),
        Setting("promotions[].scope", .scope, "everything"),
        Setting("promotions[].begins", .moment, required: true),
        Setting("promotions[].ends", .moment, required: true),
        Setting("promotions[].channel", .code),
        Setting("promotions[].depth", .rate(0...95)),
        Setting("promotions[].threshold", .amount(any)),
        Setting("promotions[].saving", .amount(any)),
        Setting("promotions[].cap", .integer(1...1_000_000_000)),
        Setting("promotions[].stacking", .choice(PromotionStacking.allCases.map(\.rawValue))),
        Setting("promotions[].times", .integer(1...1_000), "1"),
        Setting("promotions[].held_by", .rate(0...100), "100 %"),
        Setting("promotions[].gift", .code),
        Setting("promotions[].gift_quantity", .integer(1...1_000_000), "1"),
        Setting("promotions[].merchant_share", .rate(0...100), "100 %"),
        Setting("promotions[].elasticity", .factor(-10...0)),
        Setting("promotions[].uplift", .factor(0.01...1_000), "1"),
    ]

    private static let network: [Setting] = [
        Setting("network", .section),
        Setting("network.front_warehouses", .choiceOrCodes(["placed", "none"]), "placed"),
        Setting("network.maximum_sites", .integer(1...1_000), "4"),
        Setting("network.minimum_sites", .integer(0...1_000), "0"),
        Setting("network.required_sites", .choiceOrCodes(["none"]), "none"),
        Setting("network.forbidden_sites", .choiceOrCodes(["none"]), "none"),
        Setting("network.fixed_cost_budget", .amount(any)),
        Setting("network.radius", .distance(0.1...500), "25 km"),
        Setting("network.road_factor", .factor(1...3), "1.3"),
        Setting("network.one_hour_value", .amount(0...10_000), "2"),
        Setting("network.cover", .duration(3_600...60 * 86_400), "1 d"),
    ]

    private static let stock: [Setting] = [
        Setting("stock", .section),
        Setting("stock.sharing", .choice(["shared", "ratio", "quota", "priority"]), "shared"),
        Setting("stock.shares", .perChannel(.rate(0...100)), inRun: true),
        Setting("stock.buffer", .integer(0...1_000_000), "0", inRun: true),
        Setting("stock.channel_lag", .duration(0...86_400), inRun: true),
        Setting("stock.service_target", .choice(ServiceTarget.kinds), "cycle"),
        Setting("stock.service_level", .rate(50...99.99), "95 %"),
        Setting("stock.opening", .factor(0...1_000), "1"),
    ]

    private static let payment: [Setting] = [
        Setting("payment", .section),
        Setting("payment.deduct", .choice(["order", "payment", "deposit"]), "order"),
        Setting("payment.deduct_by_channel", .perChannel(.choice(["order", "payment", "deposit"]))),
        Setting("payment.time_out", .duration(1...7 * 86_400), "30 min", inRun: true),
        Setting("payment.time_out_by_channel", .perChannel(.duration(1...7 * 86_400))),
        Setting("payment.withdrawn", .rate(0...100), "0 %", inRun: true),
    ]

    private static let handling: [Setting] =
        [
            Setting("handling", .section),
            Setting("handling.automatic_share", .rate(0...100), "95 %", inRun: true),
            Setting("handling.clerks", .integer(1...10_000), "12", inRun: true),
            Setting("handling.review_time", .duration(1...86_400), "90 s", inRun: true),
            Setting("handling.address_faults", .rate(0...100), "0 %", inRun: true),
            Setting("handling.answer_time", .duration(0...30 * 86_400), "2 h", inRun: true),
            Setting("handling.remarks", .rate(0...100), "0 %", inRun: true),
            Setting("handling.price_anomaly", .rate(0...100), inRun: true),
            Setting("handling.release_backlog", .duration(60...30 * 86_400), inRun: true),
        ] + flowHandling

    private static let routing: [Setting] =
        [
            Setting("routing", .section),
            Setting("routing.maximum_parcels", .integer(1...4), "3", inRun: true),
            Setting("routing.kilometre_cost", .amount(0...1_000), "0.002", inRun: true),
            Setting("routing.backlog_cost", .amount(0...10_000), "0.50", inRun: true),
        ] + flowRouting

    private static let fulfilment: [Setting] =
        [
            Setting("fulfilment", .section),
            Setting("fulfilment.capacity", .factor(0.001...1_000_000), "1", inRun: true),
            Setting("fulfilment.overtime", .duration(0...12 * 3_600), "0 s", inRun: true),
            Setting("fulfilment.wave_interval", .duration(0...86_400), "0 s", inRun: true),
            Setting("fulfilment.batch_size", .integer(1...10_000), "1", inRun: true),
            Setting("fulfilment.zones", .integer(1...10_000), "1"),
            Setting("fulfilment.zone_walk", .duration(0...3_600), "0 s", inRun: true),
            Setting("fulfilment.pack_time", .duration(0...3_600), "0 s", inRun: true),
        ] + flowFulfilment

    private static let carriers: [Setting] =
        [
            Setting("carriers", .section),
            Setting("carriers.capacity", .factor(0.001...1_000_000), "1", inRun: true),
            Setting("carriers.failed_attempts", .rate(0...99), "0 %", inRun: true),
            Setting("carriers.retry_delay", .duration(0...30 * 86_400), "1 d", inRun: true),
            Setting("carriers.maximum_attempts", .integer(1...10), "3", inRun: true),
            Setting("carriers.ship_within", .duration(1...365 * 86_400)),
        ] + flowCarriers

    private static let afterSales: [Setting] =
        [
            Setting("after_sales", .section),
            Setting("after_sales.cancellation_rate", .rate(0...100), "2 %", inRun: true),
            Setting("after_sales.return_multiplier", .factor(0...50), "1", inRun: true),
            Setting("after_sales.inspection_time", .duration(0...30 * 86_400), "1 d"),
            Setting("after_sales.write_down", .rate(0...100), "15 %"),
        ] + flowAfterSales

    private static let replenishment: [Setting] =
        [
            Setting("replenishment", .section),
            Setting("replenishment.policy", .choice(Scenario.Policy.allCases.map(\.rawValue)), "r_s_S"),
            Setting("replenishment.review", .duration(86_400...60 * 86_400)),
        ] + flowReplenishment

    private static let faults: [Setting] = [
        Setting("faults", .list),
        Setting("faults[].code", .code, required: true),
        Setting(
            "faults[].kind",
            .choice(["system_pause", "node_outage", "carrier", "demand_shock", "supplier_delay", "late_stock"]),
            required: true),
        Setting("faults[].begins", .moment, required: true),
        Setting("faults[].ends", .moment, required: true),
        Setting("faults[].node", .code),
        Setting("faults[].carrier", .code),
        Setting("faults[].channel", .code),
        Setting("faults[].region", .code),
        Setting("faults[].capacity", .factor(0...1_000), "1"),
        Setting("faults[].surcharge", .rate(0...1_000), "0 %"),
        Setting("faults[].factor", .factor(0...1_000), "1"),
        Setting("faults[].supplier", .code),
        Setting("faults[].delay", .duration(0...400 * 86_400), "1 d"),
    ]

    private static let costs: [Setting] = [
        Setting("costs", .section),
        Setting("costs.vat", .rate(0...100), "20 %", inRun: true),
        Setting("costs.packaging", .amount(0...10_000), "0.30", inRun: true),
        Setting("costs.late_compensation", .amount(0...10_000), "0", inRun: true),
        Setting("costs.late_shipping_compensation", .amount(0...10_000), "0", inRun: true),
        Setting("costs.oversold_compensation", .amount(0...10_000), "0", inRun: true),
        Setting("costs.settlement_errors", .rate(0...100), "0.5 %", inRun: true),
        Setting("costs.settlement_error_size", .rate(0...100), "2 %", inRun: true),
        Setting("costs.settlement_tolerance", .amount(0...10_000), inRun: true),
    ]
}
