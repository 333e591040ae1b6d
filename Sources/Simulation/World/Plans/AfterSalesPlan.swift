public import Retail

/// Why goods come back.
public enum ReturnReason: String, Sendable, CaseIterable, Codable {
    /// Within the time in which no reason need be given (七天无理由).
    case noReason = "no_reason"
    case defective
    case wrongItem = "wrong_item"
    case damaged
    case late
}

/// What a reason means for goods and money.
public struct ReturnReasonTerms: Sendable, Equatable {
    public var reason: ReturnReason
    /// Part of returned orders.
    public var share: Rate
    /// Part of the lines fit to be sold again.
    public var restockShare: Rate
    /// The merchant pays the way back; else the buyer, or his insurance.
    public var merchantPays: Bool

    public init(reason: ReturnReason, share: Rate, restockShare: Rate, merchantPays: Bool) {
        self.reason = reason
        self.share = share
        self.restockShare = restockShare
        self.merchantPays = merchantPays
    }
}

/// Where second choice goes: an outlet takes all of it every so often.
public struct OutletPlan: Sendable, Equatable {
    /// What it pays, as a part of the list price, tax included.
    public var price: Rate
    public var interval: Instant

    public init(price: Rate, interval: Instant = .day) {
        self.price = price
        self.interval = interval
    }
}

/// Cancellations, refusals, returns, exchanges, visits and questions. What a segment sends back is
/// `Segment.returnRate`.
public struct AfterSalesPlan: Sendable, Equatable {
    /// Part of paid orders whose buyer cancels, and the mean time until then (exponential). An order that has been
    /// released to a warehouse by then is refused at the door instead.
    public var cancellationRate: Rate
    public var cancellationDelay: Instant
    /// Part of orders refused at the door, beside those.
    public var refusalRate: Rate
    /// Mean and standard deviation of the time from door to our dock, days (log-normal).
    public var returnDelay: Double
    public var returnDelayDeviation: Double
    /// Goes before mean and deviation where it has been measured.
    public var returnLaw: LagLaw?
    /// Nil keeps second choice on the shelf.
    public var outlet: OutletPlan?
    /// Time returned goods are blocked for inspection.
    public var inspection: Instant
    /// Part of returned lines fit to be sold again; the rest is written down. Holds for refused orders, and for all
    /// when no reasons are given.
    public var restockShare: Rate
    /// Part of the lines not fit to be sold again that is kept as second choice (次品) rather than written down.
    public var secondShare: Rate
    /// Why orders are returned; the shares add up to one. Empty knows no reasons.
    public var reasons: [ReturnReasonTerms]
    /// Freight of a returned parcel.
    public var returnFreight: UnitPrice
    /// Part of returned orders whose buyer wants the same goods again: they are sent after inspection when there is
    /// stock, else refunded.
    public var exchangeShare: Rate
    /// Part of orders insured against return freight (运费险), its premium, paid by the merchant when the order leaves.
    public var insuredShare: Rate
    public var insurancePremium: UnitPrice
    /// Installation: part of delivered orders with bulky goods that are visited, and what a visit costs.
    public var installationShare: Rate
    /// Repair: part of delivered and kept orders visited within a mean `repairDelay` (exponential).
    public var repairShare: Rate
    public var repairDelay: Instant
    public var visitCost: UnitPrice
    /// Questions to customer service: mean number for each order (Poisson), the more for an order that is late or
    /// comes back, and what one costs.
    public var contactsPerOrder: Double
    public var contactsWhenTroubled: Double
    public var contactCost: UnitPrice

    public init(
        cancellationRate: Rate = Rate(partsPerMillion: 20_000),
        cancellationDelay: Instant = Instant(seconds: 4 * 3_600), refusalRate: Rate = .zero, returnDelay: Double = 7,
        returnDelayDeviation: Double = 4, inspection: Instant = Instant(seconds: 24 * 3_600),
        restockShare: Rate = Rate(partsPerMillion: 850_000), reasons: [ReturnReasonTerms] = [],
        returnFreight: UnitPrice = UnitPrice(units: 30_000), exchangeShare: Rate = .zero, insuredShare: Rate = .zero,
        insurancePremium: UnitPrice = UnitPrice(units: 0), installationShare: Rate = .zero, repairShare: Rate = .zero,
        repairDelay: Instant = .day * 14, visitCost: UnitPrice = UnitPrice(units: 0), contactsPerOrder: Double = 0,
        contactsWhenTroubled: Double = 0, contactCost: UnitPrice = UnitPrice(units: 0), secondShare: Rate = .zero,
        outlet: OutletPlan? = nil
    ) {
        self.outlet = outlet
        self.secondShare = secondShare
        self.cancellationRate = cancellationRate
        self.cancellationDelay = cancellationDelay
        self.refusalRate = refusalRate
        self.returnDelay = returnDelay
        self.returnDelayDeviation = returnDelayDeviation
        self.inspection = inspection
        self.restockShare = restockShare
        self.reasons = reasons
        self.returnFreight = returnFreight
        self.exchangeShare = exchangeShare
        self.insuredShare = insuredShare
        self.insurancePremium = insurancePremium
        self.installationShare = installationShare
        self.repairShare = repairShare
        self.repairDelay = repairDelay
        self.visitCost = visitCost
        self.contactsPerOrder = contactsPerOrder
        self.contactsWhenTroubled = contactsWhenTroubled
        self.contactCost = contactCost
    }
}
