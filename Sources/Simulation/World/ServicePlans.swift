import Foundation
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
    /// Part of orders with an address no rule can read: a clerk asks the buyer, and the order is held until the
    /// answer, an exponential time of mean `answerTime` after the review.
    public var addressFaults: Rate
    public var answerTime: Instant
    /// Part of orders with a buyer's remark, which a clerk must read.
    public var remarks: Rate
    /// A clerk looks at orders whose discounts exceed this part of their list value; nil looks at none of them.
    public var priceAnomaly: Rate?
    /// Orders are not released to a node whose next free pick station is further away than this; they are looked at
    /// again every `retryInterval`. Nil releases everything at once.
    public var releaseBacklog: Instant?
    public var retryInterval: Instant

    public init(
        captureInterval: Instant = Instant(seconds: 60), automaticShare: Rate = Rate(partsPerMillion: 950_000),
        clerks: Int = 12, reviewTime: Instant = Instant(seconds: 90), opens: Int32 = 8 * 3_600,
        closes: Int32 = 22 * 3_600, addressFaults: Rate = .zero, answerTime: Instant = Instant(seconds: 2 * 3_600),
        remarks: Rate = .zero, priceAnomaly: Rate? = nil, releaseBacklog: Instant? = nil,
        retryInterval: Instant = Instant(seconds: 300)
    ) {
        self.captureInterval = captureInterval
        self.automaticShare = automaticShare
        self.clerks = clerks
        self.reviewTime = reviewTime
        self.opens = opens
        self.closes = closes
        self.addressFaults = addressFaults
        self.answerTime = answerTime
        self.remarks = remarks
        self.priceAnomaly = priceAnomaly
        self.releaseBacklog = releaseBacklog
        self.retryInterval = retryInterval
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
    /// Orders released between two multiples of this time are picked from the later one on; zero is waveless.
    public var waveInterval: Instant
    /// Walking: parcels picked on one tour, zones a node's shelves fall into, and the time to walk to and through a
    /// zone. A tour of n lines visits z (1 - (1 - 1/z)^n) of z zones on average, and its parcels share the walk.
    public var batchSize: Int
    public var zones: Int
    public var zoneWalk: Instant
    /// Time to pack a parcel, at the same station.
    public var packTime: Instant

    public init(
        pickVariation: Double = 0.25, waveInterval: Instant = .start, batchSize: Int = 1, zones: Int = 1,
        zoneWalk: Instant = .start, packTime: Instant = .start
    ) {
        self.pickVariation = pickVariation
        self.waveInterval = waveInterval
        self.batchSize = batchSize
        self.zones = zones
        self.zoneWalk = zoneWalk
        self.packTime = packTime
    }

    /// Mean microseconds of walking and packing for a parcel of so many lines.
    func fixedTime(lines: Int) -> Double {
        let packing = Double(packTime.microseconds)
        guard zoneWalk.microseconds > 0 else { return packing }
        let (places, parcels) = (Double(zones), Double(batchSize))
        let visited = places * (1 - pow(1 - 1 / places, Double(lines) * parcels))
        return packing + visited * Double(zoneWalk.microseconds) / parcels
    }
}

/// Parcels on the road, beyond what carriers and rates say.
public struct ShippingPlan: Sendable, Equatable {
    /// The platform's clock: an order must have left this long after it was paid; nil sets no clock.
    public var shipWithin: Instant?
    /// Paid to the buyer of an order that leaves later.
    public var lateShippingCompensation: Amount
    /// Part of delivery attempts that fail; the carrier comes again after `retryDelay`. After the last attempt the
    /// parcel waits for the buyer at a pick-up point.
    public var failedAttempts: Rate
    public var retryDelay: Instant
    public var maximumAttempts: Int

    public init(
        shipWithin: Instant? = nil, lateShippingCompensation: Amount = .zero, failedAttempts: Rate = .zero,
        retryDelay: Instant = .day, maximumAttempts: Int = 3
    ) {
        self.shipWithin = shipWithin
        self.lateShippingCompensation = lateShippingCompensation
        self.failedAttempts = failedAttempts
        self.retryDelay = retryDelay
        self.maximumAttempts = maximumAttempts
    }
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
