public import Retail

/// How long buyers take to pay. Whether they pay at all is `Channel.paidShare`.
public struct PaymentPlan: Sendable, Equatable {
    public var lag: LagLaw
    /// Part of the orders that will not be paid which their buyers call off before the time-out, at any moment of it
    /// alike; the others just run out.
    public var withdrawn: Rate

    public init(lag: LagLaw = .tmall2020, withdrawn: Rate = .zero) {
        self.lag = lag
        self.withdrawn = withdrawn
    }
}

/// Who the buyers are, as far as it matters that two orders come from one.
public struct CustomerPlan: Sendable, Equatable {
    /// Buyers over all segments and regions, in proportion to their orders; 0 makes every order a buyer's only one.
    public var count: Int64
    /// 凑单: part of buyers within `chaseGap` (a part of the threshold) of a saving who add goods to reach it, and part
    /// of what was added so that is sent back, refunded at its allocated price.
    public var chase: Rate
    public var chaseGap: Rate
    public var chaseReturn: Rate

    public init(
        count: Int64 = 0, chase: Rate = .zero, chaseGap: Rate = Rate(partsPerMillion: 200_000),
        chaseReturn: Rate = Rate(partsPerMillion: 500_000)
    ) {
        self.count = count
        self.chase = chase
        self.chaseGap = chaseGap
        self.chaseReturn = chaseReturn
    }
}

/// Fetching orders from stores.
public struct PickupPlan: Sendable, Equatable {
    /// How far a buyer's store may be, road kilometres.
    public var radius: Double
    /// Mean time from ready to fetched (exponential), and how long an order is kept.
    public var delay: Instant
    public var keep: Instant
    /// Part of orders that are never fetched: they go back on the shelf and are refunded.
    public var forgotten: Rate

    public init(
        radius: Double = 30, delay: Instant = Instant(seconds: 5 * 3_600), keep: Instant = Instant(seconds: 3 * 86_400),
        forgotten: Rate = Rate(partsPerMillion: 30_000)
    ) {
        self.radius = radius
        self.delay = delay
        self.keep = keep
        self.forgotten = forgotten
    }
}

/// Fraud among paid orders, and the rule that looks for it. What the rule flags a clerk examines: fraud is rejected,
/// honest orders pass. What it misses is sent, and its payment charged back.
public struct FraudPlan: Sendable, Equatable {
    public var share: Rate
    /// Part of fraudulent, and of honest, orders that the rule flags.
    public var detection: Rate
    public var falseAlarms: Rate

    public init(share: Rate = .zero, detection: Rate = Rate(partsPerMillion: 900_000), falseAlarms: Rate = .zero) {
        self.share = share
        self.detection = detection
        self.falseAlarms = falseAlarms
    }
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
    /// Shift of the clerks, seconds after midnight; equal ends are round the clock.
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
    public var fraud: FraudPlan
    /// 合单: orders wait this long after capture, and those of one buyer, channel and node that meet meanwhile are sent
    /// as one; nil merges none.
    public var mergeWindow: Instant?

    public init(
        captureInterval: Instant = Instant(seconds: 60), automaticShare: Rate = Rate(partsPerMillion: 950_000),
        clerks: Int = 12, reviewTime: Instant = Instant(seconds: 90), opens: Int32 = 8 * 3_600,
        closes: Int32 = 22 * 3_600, addressFaults: Rate = .zero, answerTime: Instant = Instant(seconds: 2 * 3_600),
        remarks: Rate = .zero, priceAnomaly: Rate? = nil, releaseBacklog: Instant? = nil,
        retryInterval: Instant = Instant(seconds: 300), fraud: FraudPlan = FraudPlan(), mergeWindow: Instant? = nil
    ) {
        self.fraud = fraud
        self.mergeWindow = mergeWindow
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
