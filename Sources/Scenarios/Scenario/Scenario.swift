public import Replenishment
public import Retail

/// A scenario, typed: what happens, with what, for how long. Decoded from a YAML file by `ScenarioLoader`;
/// codes are resolved against a data set only when it is prepared.
public struct Scenario: Sendable {
    public var name: String
    public var about: String
    /// The data set's folder, relative to the working directory or absolute, as the loader resolved it.
    public var dataFolder: String
    public var seed: UInt64
    public var replications: Int
    public var clock: Clock
    public var demand: Demand
    public var promotions: [ScenarioPromotion]
    /// Prices other than the data's.
    public var prices: [ScenarioPrice]
    /// People's changes to the forecast, beside those of the data.
    public var adjustments: [ScenarioAdjustment]
    public var network: NetworkPlan
    public var stock: Stock
    public var payment: Payment
    public var handling: Handling
    public var pickup: Pickup
    public var routing: Routing
    public var fulfilment: Fulfilment
    public var afterSales: AfterSales
    public var replenishment: ReplenishmentPlan
    public var costs: Costs
    /// How nodes are chosen and work, parcels travel and come back, suppliers deliver.
    public var flow: ScenarioFlow
    /// What goes wrong, and when.
    public var faults: [ScenarioFault]
    /// Laws measured on past orders, as `granary calibrate` writes them.
    public var measured: MeasuredLaws

    /// Days that the forecast looks ahead at least, beyond what the clock asks for.
    var leastForecast = 0

    /// What held before this plan took over, when it does so in mid-run.
    public var branch: ScenarioBranch?

    /// The scenario as one file: `extends` resolved, overrides laid in. Loading it gives this scenario again.
    public var text: String
    /// Where each key path was written.
    public var places: [String: SourcePlace]
    /// What was written, `extends` resolved and overrides laid in.
    let settings: SettingsNode

    public struct Clock: Sendable, Equatable {
        public var start: Day
        public var days: Int
        /// IANA name.
        public var zone: String

        /// One past the last day.
        public var end: Day { start + days }
    }

    public struct Demand: Sendable, Equatable {
        /// Simulated orders for each order forecast.
        public var volume: Double
        /// Price elasticity of demand where a promotion states none; negative.
        public var elasticity: Double
        /// The last day of history the forecast may see.
        public var historyThrough: Day
        /// Part of buyers who ask for each `ServiceTier`, by its number; adds up to one.
        public var tiers: [Rate]
        /// Height of the evening hump over the mean minute of the day.
        public var evening: Double
        public var spikes: [ScenarioSpike]
        public var live: [ScenarioShow]
        /// Part of orders that get a recommended article.
        public var attach: Rate
        /// Buyers told apart; 0: every order has one of its own.
        public var customers: Int64
        /// Part of buyers who fill up an order for a saving within reach, what is within reach as a part of the
        /// threshold, and the part of such goods that comes back.
        public var chase: Rate
        public var chaseGap: Rate
        public var chaseReturn: Rate
        /// Each replication draws what is asked for from the forecast's joint distribution, instead of its mean.
        public var isSampled: Bool
        /// Where the effects of prices and promotions come from.
        public var effects: EffectSource
    }

    public struct NetworkPlan: Sendable, Equatable {
        public var frontWarehouses: FrontWarehouses
        public var maximumSites: Int
        public var minimumSites: Int
        /// Candidates that must be opened, and that may not be.
        public var requiredSites: [String]
        public var forbiddenSites: [String]
        /// Most that the fixed costs of all open sites may come to a day; nil: no limit.
        public var fixedCostBudget: Money?
        /// Road kilometres a front warehouse serves.
        public var radius: Double
        public var roadFactor: Double
        /// What serving one order within the hour is worth.
        public var oneHourValue: Money
        /// Demand a front warehouse is stocked for, days.
        public var coverDays: Double
        public var wishes: PlacementWishes
    }

    public enum FrontWarehouses: Sendable, Equatable {
        /// Chosen among the data set's candidates by the placement solver.
        case placed
        case none
        /// These candidates, whatever they cost.
        case listed([String])
    }

    public enum Sharing: String, Sendable, CaseIterable, Codable { case shared, ratio, quota, priority }

    public struct Stock: Sendable, Equatable {
        public var sharing: Sharing
        /// Channel code and share; channels not named get an equal part of what is left.
        public var shares: [ChannelSetting<Rate>]
        /// Units of each SKU never published.
        public var buffer: Int64
        /// Warehouse figure to shop; nil: as the data set's channels say.
        public var channelLag: Instant?
        public var service: ServicePolicy
        /// Factor on the opening stock after `volume`.
        public var opening: Double
        /// Priority of each channel, 1 the first; channels not named come last.
        public var ranks: [ChannelSetting<Int>]
        /// Warehouse to centre; nil: as the data set's nodes say.
        public var nodeLag: Instant?
        /// How often unused quotas are shared out again; nil: never.
        public var rebalancing: Instant?
        public var countErrors: Rate
        /// Part of the errors where less is there than the books say.
        public var countLosses: Rate
        public var countErrorSize: Rate
        public var countsPerDay: Int
        public var countedShare: Rate
    }

    public enum Deduction: String, Sendable, CaseIterable, Codable { case order, payment, deposit }

    public struct Payment: Sendable, Equatable {
        public var deduct: Deduction
        public var deductByChannel: [ChannelSetting<Deduction>]
        public var timeOut: Instant
        public var timeOutByChannel: [ChannelSetting<Instant>]
        /// Part of unpaid orders that buyers call off before the time-out.
        public var withdrawn: Rate
    }

    public struct Pickup: Sendable, Equatable {
        /// Part of each channel's buyers who would fetch their order from a store.
        public var shares: [ChannelSetting<Rate>]
        /// Road kilometres.
        public var radius: Double
        public var delay: Instant
        public var keep: Instant
        public var forgotten: Rate
    }

    public struct Handling: Sendable, Equatable {
        public var automaticShare: Rate
        public var clerks: Int
        public var reviewTime: Instant
        /// Part of orders held until the buyer has said where to send them, and the mean time until then.
        public var addressFaults: Rate
        public var answerTime: Instant
        public var remarks: Rate
        /// Discount beyond which a clerk looks; nil: never.
        public var priceAnomaly: Rate?
        /// Work waiting at a node beyond which no more orders are released to it; nil: no limit.
        public var releaseBacklog: Instant?
        public var fraud: Rate
        public var fraudDetection: Rate
        public var fraudFalseAlarms: Rate
        /// How long orders wait for others of their buyer; nil: they do not.
        public var mergeWindow: Instant?
    }

    public struct Routing: Sendable, Equatable {
        public var maximumParcels: Int
        public var costPerKilometre: Money
        /// What an hour of waiting at a node's pick stations is worth.
        public var costPerBacklogHour: Money
    }

    public struct Fulfilment: Sendable, Equatable {
        /// Factor on every node's picks per hour.
        public var capacity: Double
        /// Added to the end of every pick shift.
        public var overtime: Instant
        /// Factor on every carrier's daily capacity.
        public var carrierCapacity: Double
        /// Zero is waveless.
        public var waveInterval: Instant
        public var batchSize: Int
        public var zones: Int
        public var zoneWalk: Instant
        public var packTime: Instant
        public var failedAttempts: Rate
        public var retryDelay: Instant
        public var maximumAttempts: Int
        /// The platform's clock from payment to departure; nil: none.
        public var shipWithin: Instant?
    }

    public struct AfterSales: Sendable, Equatable {
        public var cancellationRate: Rate
        public var returnMultiplier: Double
        public var inspectionTime: Instant
        public var writeDown: Rate
        /// Part of goods not fit to be sold again that is kept as second choice.
        public var secondChoice: Rate
        /// What an outlet pays for it, as a part of the list price, and how often it takes it; zero keeps it.
        public var outletPrice: Rate
        public var outletEvery: Instant
    }

    public enum Policy: String, Sendable, CaseIterable, Codable {
        /// Order up to S at every review.
        case reviewOrderUpTo = "r_s"
        /// At a review order up to S when the position is at or below s.
        case reviewReorderPoint = "r_s_S"
        /// The same whenever the position falls to s.
        case reorderPoint = "s_S"
        /// Whenever the position falls to r, lots of Q = S - s.
        case lots = "r_Q"
        /// At a review lots of Q until the position is above s.
        case reviewLots = "r_s_nQ"
        /// Every unit again as soon as it is sold.
        case baseStock = "base_stock"
        /// At a review the fast supplier up to one level, the cheap one up to another.
        case dualIndex = "dual_index"
        /// At every review up to the level that weighs what expires against what is missed.
        case perishable

        /// Levels are solved beside the plan's (`PolicyStep`).
        var isSpecial: Bool { self == .dualIndex || self == .perishable }

        var kind: PolicyKind {
            switch self {
            case .reviewOrderUpTo, .dualIndex, .perishable: .orderUpTo
            case .reviewReorderPoint: .minMax
            case .reorderPoint: .continuousMinMax
            case .lots: .fixedLot
            case .reviewLots: .lotReview
            case .baseStock: .baseStock
            }
        }
    }

    public struct ReplenishmentPlan: Sendable, Equatable {
        public var policy: Policy
        /// Days between reviews; nil: as the data set's suppliers say.
        public var reviewDays: Double?
        public var costs = InventoryCosts()
    }

    public struct Costs: Sendable, Equatable {
        public var vat: Rate
        /// For each parcel.
        public var packaging: Money
        /// Paid for each order delivered after its promise.
        public var lateCompensation: Money
        /// Paid for each order with goods that were sold twice.
        public var oversoldCompensation: Money
        /// Paid for each order that leaves after the platform's clock.
        public var lateShippingCompensation: Money
    }
}
