extension SettingTable {
    /// The sections that make a file a bare model rather than a promotion day.
    static let modelKeys = ["queueing", "inventory"]

    /// The keys at the top of a bare model's file.
    static func keys(ofModel model: String) -> [String] {
        ["granary", "extends", "name", "description", "seed", "replications", model]
    }

    /// The words for laws of times.
    static let timeLaws = ["exponential", "deterministic", "erlang", "gamma", "log_normal", "hyperexponential"]

    private static let ages: ClosedRange<Int64> = 0...1_000_000_000_000
    private static let rates: ClosedRange<Double> = 0...1_000_000_000
    private static let costs: ClosedRange<Double> = 0...1_000_000_000
    private static let levels: ClosedRange<Int64> = -1_000_000...1_000_000_000

    static let models: [Setting] = queueing + inventory

    private static let queueing: [Setting] = [
        Setting("queueing", .section),
        Setting("queueing.measure", .choice(["steady", "transient"]), "steady"),
        Setting("queueing.unit", .choice(["s", "min", "h", "d"]), "h"),
        Setting("queueing.warm_up", .duration(ages), "0 s"),
        Setting("queueing.length", .duration(ages), required: true),
        Setting("queueing.arrivals", .section),
        Setting("queueing.arrivals.law", .choice(["poisson", "sinusoid", "spike"]), "poisson"),
        Setting("queueing.arrivals.rate", .frequency(rates), required: true),
        Setting("queueing.arrivals.amplitude", .rate(0...100), "0 %"),
        Setting("queueing.arrivals.period", .duration(1...1_000_000_000_000), "1 d"),
        Setting("queueing.arrivals.bursts", .list),
        Setting("queueing.arrivals.bursts[].height", .frequency(rates), required: true),
        Setting("queueing.arrivals.bursts[].decay", .duration(ages), required: true),
        Setting("queueing.arrivals.bursts[].at", .duration(ages), "0 s"),
        Setting("queueing.stations", .list, required: true),
        Setting("queueing.stations[].name", .code),
        Setting("queueing.stations[].servers", .integerOr(1...1_000_000, "unlimited"), "1"),
        Setting("queueing.stations[].service", .choice(timeLaws), "exponential"),
        Setting("queueing.stations[].mean", .duration(ages)),
        Setting("queueing.stations[].rate", .frequency(rates)),
        Setting("queueing.stations[].phases", .integer(1...10_000)),
        Setting("queueing.stations[].variation", .factor(0...1_000)),
        Setting("queueing.stations[].waiting_room", .integer(0...10_000_000)),
        Setting("queueing.stations[].rework", .rate(0...99), "0 %"),
        Setting("queueing.stations[].rework_to", .code),
        Setting("queueing.observe", .list),
        Setting("queueing.observe[].from", .duration(ages)),
        Setting("queueing.observe[].to", .duration(ages)),
        Setting("queueing.observe[].at", .duration(ages)),
        Setting("queueing.observe[].every", .duration(ages)),
    ]

    private static let inventory: [Setting] = [
        Setting("inventory", .section),
        Setting("inventory.review", .choice(["periodic", "continuous"]), "periodic"),
        Setting("inventory.period", .duration(1...1_000_000_000), "1 d"),
        Setting("inventory.warm_up", .duration(ages), "0 s"),
        Setting("inventory.length", .duration(ages), required: true),
        Setting("inventory.policy", .choice(["base_stock", "r_q", "s_S", "moving_average"]), required: true),
        Setting("inventory.reorder_point", .integer(levels)),
        Setting("inventory.order_up_to", .integer(levels)),
        Setting("inventory.quantity", .integer(1...1_000_000_000)),
        Setting("inventory.window", .integer(1...10_000)),
        Setting("inventory.unfilled", .choice(["backorder", "lost"]), "backorder"),
        Setting("inventory.demand", .section),
        Setting(
            "inventory.demand.law", .choice(["poisson", "negative_binomial", "normal", "deterministic"]), "poisson"),
        Setting("inventory.demand.mean", .frequency(rates), required: true),
        Setting("inventory.demand.deviation", .factor(0...1_000_000_000)),
        Setting("inventory.lead_time", .section),
        Setting("inventory.lead_time.law", .choice(timeLaws), "deterministic"),
        Setting("inventory.lead_time.mean", .duration(ages), "0 s"),
        Setting("inventory.lead_time.phases", .integer(1...10_000)),
        Setting("inventory.lead_time.variation", .factor(0...1_000)),
        Setting("inventory.costs", .section),
        Setting("inventory.costs.holding", .amount(costs), "0"),
        Setting("inventory.costs.backorder", .amount(costs), "0"),
        Setting("inventory.costs.lost", .amount(costs), "0"),
        Setting("inventory.costs.order", .amount(costs), "0"),
    ]
}
