public import Retail
public import Simulation

/// What a scenario says of the way of goods and orders beyond the basic keys: how nodes are chosen, how they work,
/// how parcels travel and come back, how suppliers deliver.
public struct ScenarioFlow: Sendable, Equatable {
    /// Parcels, kilometre and backlog cost are the basic keys' and are laid in later.
    public var routing: RoutingPlan
    public var packStations: Int
    public var overtimeCost: UnitPrice
    public var shortPicks: Rate
    public var inbound: InboundPlan
    /// Riders of each front warehouse; nil: no limit.
    public var riders: Int?
    public var riderWait: Instant
    /// On days for which the calendar names an event.
    public var eventCapacity: Double
    public var eventSurcharge: Rate
    /// What is left of the carriers' capacity at the Chinese New Year.
    public var festivalCapacity: Double
    /// How often orders are fetched from the shops, and the clerks' shift, seconds after midnight.
    public var captureInterval: Instant
    public var clerksOpen: Int32
    public var clerksClose: Int32
    public var transferCost: UnitPrice
    /// Part of settlement lines that differ from what is expected, and by how much.
    public var settlementErrors: Rate
    public var settlementErrorSize: Rate
    /// Cancellation rate, inspection and write-down are the basic keys' and are laid in later.
    public var afterSales: AfterSalesPlan
    /// Suppliers' calendars, capacities and delivery habits apply, not their lead times alone.
    public var keepsSupplierTerms: Bool
    public var rollingWeight: Double
    public var lateral: Bool
    public var presaleMoves: Instant?
    public var presaleShipWithin: Instant?
    /// How long transfers take; when nodes are looked at for them, and suppliers' goods reordered, seconds after midnight.
    public var transfers: TransferTimes
    public var transferReviews: [Int32]
    public var purchaseReviews: [Int32]
    /// Standard deviation of a picking time over its mean.
    public var pickVariation: Double
    /// How often an order held back from a full node is looked at again.
    public var retryInterval: Instant
    /// Settlement differences up to this are written off; nil: one minor unit.
    public var settlementTolerance: Money?
    /// Middle and breadth of the evening hump of orders.
    public var eveningAt: Instant
    public var eveningBreadth: Instant

    init(_ read: SettingsReader) {
        func price(_ path: String) -> UnitPrice { read.money(path)?.price ?? UnitPrice(units: 0) }
        func rate(_ path: String) -> Rate { read.rate(path) ?? .zero }
        func kinds(_ path: String) -> Set<NodeKind> {
            guard let codes = read.codes(path) else { return Set(NodeKind.allCases) }
            return Set(codes.compactMap(NodeKind.init(rawValue:)))
        }
        routing = RoutingPlan(
            rule: read.choice("routing.rule", .cheapest),
            shadow: read.text("routing.shadow").flatMap(RoutingRule.init(rawValue:)),
            splitsWhenCheaper: read.text("routing.split") == "when_cheaper", costPerSplit: price("routing.split_cost"),
            costPerTierStep: price("routing.tier_cost"), costPerLateDay: price("routing.late_day_cost"),
            costOfImbalance: price("routing.imbalance_cost"), markdownRisk: rate("routing.markdown_risk"),
            senders: kinds("routing.senders"), keepsFronts: read.text("routing.front_stock") != "shared",
            bulkySenders: kinds("routing.bulky_senders"),
            hazardousSenders: kinds("routing.hazardous_senders"),
            maximumBacklog: read.duration("routing.maximum_backlog"),
            seesCarriers: read.text("routing.full_carriers") == "avoided",
            promiseDays: ServiceTier.allCases.map { tier in
                tier == .oneHour ? 0 : Self.days(read, "routing.promise.\(tier.rawValue)")
            }, exportPromiseDays: Self.days(read, "routing.promise.export"))
        transfers = TransferTimes(read)
        let (first, every) = (
            Int32((read.duration("replenishment.transfers_from") ?? .start).seconds),
            Int32((read.duration("replenishment.transfers_every") ?? .day).seconds)
        )
        transferReviews = Array(stride(from: first, to: 86_400, by: Int(every)))
        purchaseReviews = [Int32((read.duration("replenishment.purchases_at") ?? .start).seconds)]
        pickVariation = read.rate("fulfilment.pick_variation")?.fraction ?? 0
        retryInterval = read.duration("handling.retry_every") ?? .minute
        settlementTolerance = read.money("costs.settlement_tolerance")
        eveningAt = read.duration("demand.evening_at") ?? .start
        eveningBreadth = read.duration("demand.evening_breadth") ?? .hour
        captureInterval = read.duration("handling.capture_every") ?? .minute
        clerksOpen = Int32((read.duration("handling.opens") ?? .hour * 8).seconds)
        clerksClose = Int32((read.duration("handling.closes") ?? .hour * 22).seconds)
        transferCost = price("replenishment.transfer_cost")
        settlementErrors = rate("costs.settlement_errors")
        settlementErrorSize = rate("costs.settlement_error_size")
        packStations = Int(read.integer("fulfilment.pack_stations") ?? 0)
        overtimeCost = price("fulfilment.overtime_cost")
        shortPicks = rate("fulfilment.short_picks")
        inbound = InboundPlan(
            dailyCapacity: read.integer("inbound.daily_capacity"),
            opens: Int32((read.duration("inbound.opens") ?? .hour * 8).seconds),
            putAway: read.duration("inbound.put_away") ?? .start,
            limitsStorage: read.text("inbound.storage") == "enforced")
        riders = read.integer("carriers.riders").map { Int($0) }
        riderWait = read.duration("carriers.rider_wait") ?? .minute * 20
        eventCapacity = read.number("carriers.event_capacity") ?? 1
        eventSurcharge = rate("carriers.event_surcharge")
        festivalCapacity = read.number("carriers.spring_festival_capacity") ?? 1
        afterSales = AfterSalesPlan(
            cancellationDelay: read.duration("after_sales.cancellation_time") ?? .hour * 4,
            refusalRate: rate("after_sales.refusal_rate"),
            reasons: (0..<read.count("after_sales.reasons")).compactMap { number in
                let path = "after_sales.reasons[\(number)]"
                guard let reason = read.text("\(path).reason").flatMap(ReturnReason.init(rawValue:)) else { return nil }
                return ReturnReasonTerms(
                    reason: reason, share: rate("\(path).share"),
                    restockShare: Rate(partsPerMillion: 1_000_000 - rate("\(path).write_down").partsPerMillion),
                    merchantPays: read.text("\(path).freight") != "buyer")
            },
            returnFreight: price("after_sales.return_freight"), exchangeShare: rate("after_sales.exchange_share"),
            insuredShare: rate("after_sales.insured_share"), insurancePremium: price("after_sales.insurance_premium"),
            installationShare: rate("after_sales.installation_share"),
            repairShare: rate("after_sales.repair_share"),
            repairDelay: read.duration("after_sales.repair_delay") ?? .day * 14,
            visitCost: price("after_sales.visit_cost"),
            contactsPerOrder: read.number("after_sales.contacts_per_order") ?? 0,
            contactsWhenTroubled: read.number("after_sales.contacts_when_troubled") ?? 0,
            contactCost: price("after_sales.contact_cost"))
        keepsSupplierTerms = read.text("replenishment.supplier_terms") == "kept"
        rollingWeight = read.number("replenishment.rolling_weight") ?? 0
        presaleMoves = read.duration("replenishment.presale_moves")
        presaleShipWithin = read.duration("carriers.presale_ship_within")
        lateral = read.text("replenishment.lateral") == "when_upstream_is_empty"
    }

    /// Whole days of a promise; `ScenarioRules` refuses others.
    private static func days(_ read: SettingsReader, _ path: String) -> Int32 {
        Int32((read.duration(path) ?? .start).seconds / 86_400)
    }

    /// Keys of whole days.
    static let promiseKeys = ["same_day", "next_day", "standard", "export"].map { "routing.promise.\($0)" }

    /// Keys whose lists hold kinds of node.
    static let kindKeys = ["routing.senders", "routing.bulky_senders", "routing.hazardous_senders"]
}
