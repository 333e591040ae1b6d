public import Retail

/// By which rule a node is chosen among those that could send an order.
public enum RoutingRule: String, Sendable, CaseIterable, Codable {
    /// The one whose parcel costs least, all told: the score below.
    case cheapest
    /// The one nearest to the buyer.
    case nearest
    /// The one that serves the buyer's region by a fixed table, if it has everything; else the nearest.
    case fixed
}

/// How nodes are chosen: filters first, then a score, least first.
///
/// The score of a parcel is freight + handling of its lines + distance + load + each tier slower than asked + a day
/// lost by a missed cut-off + what its stock is missed by others - the markdown its surplus is spared; all in money.
public struct RoutingPlan: Sendable, Equatable {
    public var rule: RoutingRule
    /// The rule used so far: what it would have chosen and what that would have cost is recorded beside each
    /// decision (baseline in shadow). Nil records nothing.
    public var shadow: RoutingRule?
    /// Parcels an order may be split into, 1 to 4.
    public var maximumParcels: Int
    /// Split an order although one node has everything, when two parcels cost less than one.
    public var splitsWhenCheaper: Bool
    /// What each further parcel is worth avoiding, beside its freight and packaging.
    public var costPerSplit: UnitPrice
    public var costPerKilometre: UnitPrice
    /// What an hour of waiting at a node's pick stations is worth.
    public var costPerBacklogHour: UnitPrice
    /// What each step slower than the tier asked for is worth to the buyer.
    public var costPerTierStep: UnitPrice
    /// What leaving a day later, past the node's cut-off, is worth.
    public var costPerLateDay: UnitPrice
    /// What it is worth to leave a unit where it empties a shelf: charged in the proportion the units left fall short
    /// of the row's order-up-to level.
    public var costOfImbalance: UnitPrice
    /// Part of the unit cost that is spared for each unit taken from above the row's order-up-to level.
    public var markdownRisk: Rate
    /// Kinds of node that send parcels of the ordinary tiers.
    public var senders: Set<NodeKind>
    /// Front warehouses send ordinary parcels only of what no other node has: their stock is kept for the hour.
    public var keepsFronts: Bool
    /// Kinds of node that may send bulky and hazardous goods.
    public var bulkySenders: Set<NodeKind>
    public var hazardousSenders: Set<NodeKind>
    /// A node whose next free station is further away is not considered while another is; nil considers all.
    public var maximumBacklog: Instant?
    /// Carriers that are full on the day are not counted on.
    public var seesCarriers: Bool
    /// Days until the end of which a parcel is promised, by `ServiceTier.number`; the one-hour tier is promised
    /// within the hour instead. Released after the node's cut-off, the count begins a day later.
    public var promiseDays: [Int32]
    /// Promised days of a standard parcel to an export region.
    public var exportPromiseDays: Int32

    public init(
        rule: RoutingRule = .cheapest, shadow: RoutingRule? = nil, maximumParcels: Int = 3,
        splitsWhenCheaper: Bool = false, costPerSplit: UnitPrice = UnitPrice(units: 0),
        costPerKilometre: UnitPrice = UnitPrice(units: 20), costPerBacklogHour: UnitPrice = UnitPrice(units: 5_000),
        costPerTierStep: UnitPrice = UnitPrice(units: 10_000), costPerLateDay: UnitPrice = UnitPrice(units: 0),
        costOfImbalance: UnitPrice = UnitPrice(units: 0), markdownRisk: Rate = .zero,
        senders: Set<NodeKind> = Set(NodeKind.allCases), keepsFronts: Bool = false,
        bulkySenders: Set<NodeKind> = Set(NodeKind.allCases),
        hazardousSenders: Set<NodeKind> = Set(NodeKind.allCases), maximumBacklog: Instant? = nil,
        seesCarriers: Bool = false, promiseDays: [Int32] = [0, 0, 1, 3], exportPromiseDays: Int32 = 10
    ) {
        self.rule = rule
        self.shadow = shadow
        self.maximumParcels = maximumParcels
        self.splitsWhenCheaper = splitsWhenCheaper
        self.costPerSplit = costPerSplit
        self.costPerKilometre = costPerKilometre
        self.costPerBacklogHour = costPerBacklogHour
        self.costPerTierStep = costPerTierStep
        self.costPerLateDay = costPerLateDay
        self.costOfImbalance = costOfImbalance
        self.markdownRisk = markdownRisk
        self.senders = senders
        self.keepsFronts = keepsFronts
        self.bulkySenders = bulkySenders
        self.hazardousSenders = hazardousSenders
        self.maximumBacklog = maximumBacklog
        self.seesCarriers = seesCarriers
        self.promiseDays = promiseDays
        self.exportPromiseDays = exportPromiseDays
    }
}
