public import Retail

/// Parcels on the road, beyond what carriers and rates say.
public struct ShippingPlan: Sendable, Equatable {
    /// The platform's clock: an order must have left this long after it was paid; nil sets no clock.
    public var shipWithin: Instant?
    /// The clock of presale orders, from the payment of the balance; nil: as the others'.
    public var presaleShipWithin: Instant?
    /// Paid to the buyer of an order that leaves later.
    public var lateShippingCompensation: Amount
    /// Part of delivery attempts that fail; the carrier comes again after `retryDelay`. After the last attempt the
    /// parcel waits for the buyer at a pick-up point.
    public var failedAttempts: Rate
    public var retryDelay: Instant
    public var maximumAttempts: Int
    /// Riders of each front warehouse: a one-hour parcel waits for the first that is back; nil is no limit. A tour
    /// takes twice the transit time. An order is not promised the hour where no rider is back within `riderWait`.
    public var riders: Int?
    public var riderWait: Instant

    public init(
        shipWithin: Instant? = nil, presaleShipWithin: Instant? = nil, lateShippingCompensation: Amount = .zero,
        failedAttempts: Rate = .zero,
        retryDelay: Instant = .day, maximumAttempts: Int = 3, riders: Int? = nil,
        riderWait: Instant = Instant(seconds: 1_200)
    ) {
        self.shipWithin = shipWithin
        self.presaleShipWithin = presaleShipWithin
        self.lateShippingCompensation = lateShippingCompensation
        self.failedAttempts = failedAttempts
        self.retryDelay = retryDelay
        self.maximumAttempts = maximumAttempts
        self.riders = riders
        self.riderWait = riderWait
    }
}
