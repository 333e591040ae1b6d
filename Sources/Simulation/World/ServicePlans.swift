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
