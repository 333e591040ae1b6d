public import Retail

/// How long buyers take to pay. Whether they pay at all is `Channel.paidShare`.
public struct PaymentPlan: Sendable, Equatable {
    public var lag: LagLaw
    public init(lag: LagLaw = .tmall2020) { self.lag = lag }
}

/// Capture 抓单 and review 审单 of paid orders.
public struct HandlingPlan: Sendable, Equatable {
    /// Orders are fetched from the channel at multiples of this time.
    public var captureInterval: Instant
    /// Part of orders the rules let pass without a clerk.
    public var automaticShare: Rate
    public var clerks: Int
    /// Mean time a clerk needs for an order (exponential).
    public var reviewTime: Instant
    /// Shift of the clerks, seconds after midnight.
    public var opens: Int32
    public var closes: Int32

    public init(
        captureInterval: Instant = Instant(seconds: 60), automaticShare: Rate = Rate(partsPerMillion: 950_000),
        clerks: Int = 12, reviewTime: Instant = Instant(seconds: 90), opens: Int32 = 8 * 3_600,
        closes: Int32 = 22 * 3_600
    ) {
        self.captureInterval = captureInterval
        self.automaticShare = automaticShare
        self.clerks = clerks
        self.reviewTime = reviewTime
        self.opens = opens
        self.closes = closes
    }
}

/// How nodes are chosen: freight plus handling plus these, least first.
public struct RoutingPlan: Sendable, Equatable {
    /// Parcels an order may be split into, 1 to 4.
    public var maximumParcels: Int
    public var costPerKilometre: UnitPrice
    /// What an hour of waiting at a node's pick stations is worth.
    public var costPerBacklogHour: UnitPrice
    /// What each step slower than the tier asked for is worth to the buyer.
    public var costPerTierStep: UnitPrice
    /// Days until the end of which a parcel is promised, by `ServiceTier.number`; the one-hour tier is promised
    /// within the hour instead. Released after the node's cut-off, the count begins a day later.
    public var promiseDays: [Int32]
    /// Promised days of a standard parcel to an export region.
    public var exportPromiseDays: Int32

    public init(
        maximumParcels: Int = 3, costPerKilometre: UnitPrice = UnitPrice(units: 20),
        costPerBacklogHour: UnitPrice = UnitPrice(units: 5_000), costPerTierStep: UnitPrice = UnitPrice(units: 10_000),
        promiseDays: [Int32] = [0, 0, 1, 3],
        exportPromiseDays: Int32 = 10
    ) {
        self.maximumParcels = maximumParcels
        self.costPerKilometre = costPerKilometre
        self.costPerBacklogHour = costPerBacklogHour
        self.costPerTierStep = costPerTierStep
        self.promiseDays = promiseDays
        self.exportPromiseDays = exportPromiseDays
    }
}

/// Pick stations. Their number, rate and shift are the node's.
public struct FulfilmentPlan: Sendable, Equatable {
    /// Standard deviation over mean of the time an order takes to pick, given its lines (log-normal).
    public var pickVariation: Double
    public init(pickVariation: Double = 0.25) { self.pickVariation = pickVariation }
}

/// Cancellations and returns. What a segment sends back is `Segment.returnRate`.
public struct AfterSalesPlan: Sendable, Equatable {
    /// Part of paid orders whose buyer cancels, and the mean time until then (exponential). An order that has been
    /// released to a warehouse by then is refused at the door instead.
    public var cancellationRate: Rate
    public var cancellationDelay: Instant
    /// Mean and standard deviation of the time from door to our dock, days (log-normal).
    public var returnDelay: Double
    public var returnDelayDeviation: Double
    /// Time returned goods are blocked for inspection.
    public var inspection: Instant
    /// Part of returned lines fit to be sold again; the rest is written down.
    public var restockShare: Rate
    /// Freight of a returned parcel.
    public var returnFreight: UnitPrice

    public init(
        cancellationRate: Rate = Rate(partsPerMillion: 20_000),
        cancellationDelay: Instant = Instant(seconds: 4 * 3_600), returnDelay: Double = 7,
        returnDelayDeviation: Double = 4, inspection: Instant = Instant(seconds: 24 * 3_600),
        restockShare: Rate = Rate(partsPerMillion: 850_000), returnFreight: UnitPrice = UnitPrice(units: 30_000)
    ) {
        self.cancellationRate = cancellationRate
        self.cancellationDelay = cancellationDelay
        self.returnDelay = returnDelay
        self.returnDelayDeviation = returnDelayDeviation
        self.inspection = inspection
        self.restockShare = restockShare
        self.returnFreight = returnFreight
    }
}

/// Rates and costs the books need. Commission and payment fee are the channel's.
public struct CostPlan: Sendable, Equatable {
    /// Value added tax contained in prices.
    public var vat: Rate
    public var packagingPerParcel: UnitPrice
    /// Paid to the buyer of a late order, and of an order with oversold goods.
    public var lateCompensation: Amount
    public var oversoldCompensation: Amount
    /// Part of settlement lines whose amount differs from what was expected, and how far it is off.
    public var settlementErrorRate: Rate
    public var settlementErrorSize: Rate
    /// Differences up to this are written off automatically.
    public var settlementTolerance: Amount

    public init(
        vat: Rate = Rate(partsPerMillion: 200_000), packagingPerParcel: UnitPrice = UnitPrice(units: 3_000),
        lateCompensation: Amount = .zero, oversoldCompensation: Amount = .zero,
        settlementErrorRate: Rate = Rate(partsPerMillion: 5_000),
        settlementErrorSize: Rate = Rate(partsPerMillion: 20_000), settlementTolerance: Amount = Amount(minor: 1)
    ) {
        self.vat = vat
        self.packagingPerParcel = packagingPerParcel
        self.lateCompensation = lateCompensation
        self.oversoldCompensation = oversoldCompensation
        self.settlementErrorRate = settlementErrorRate
        self.settlementErrorSize = settlementErrorSize
        self.settlementTolerance = settlementTolerance
    }
}

/// When stock is looked at and reordered. Levels and lead times are the stock rows'.
public struct ReplenishmentPlan: Sendable, Equatable {
    /// Seconds after midnight of each review of rows supplied from a node upstream (transfers).
    public var transferReviews: [Int32]
    /// Seconds after midnight of each review of rows supplied from outside.
    public var supplierReviews: [Int32]
    /// Cost of moving a unit between our nodes.
    public var transferCostPerUnit: UnitPrice

    public init(
        transferReviews: [Int32] = [2 * 3_600, 8 * 3_600, 14 * 3_600, 20 * 3_600],
        supplierReviews: [Int32] = [7 * 3_600], transferCostPerUnit: UnitPrice = UnitPrice(units: 100)
    ) {
        self.transferReviews = transferReviews
        self.supplierReviews = supplierReviews
        self.transferCostPerUnit = transferCostPerUnit
    }
}
