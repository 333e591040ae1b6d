/// What a buyer is promised (时效层).
public enum ServiceTier: String, Sendable, CaseIterable, Codable {
    case oneHour = "one_hour"
    case sameDay = "same_day"
    case nextDay = "next_day"
    case standard

    /// Dense number for tables by tier.
    public var number: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// A carrier (承运商). Row of `carriers.csv`.
public struct Carrier: Sendable, Equatable, Codable {
    public typealias Index = DenseIndex<Carrier>

    public var code: String
    public var name: String
    /// Parcels it takes in a day over all nodes.
    public var dailyCapacity: Int64
    /// Parcels it takes in an hour over all nodes; 0 is no limit but the day's.
    public var hourlyCapacity: Int64
    /// Latest hand-over for departure the same day, seconds after midnight.
    public var cutOff: Int32

    public init(code: String, name: String, dailyCapacity: Int64, cutOff: Int32, hourlyCapacity: Int64 = 0) {
        self.code = code
        self.name = name
        self.dailyCapacity = dailyCapacity
        self.hourlyCapacity = hourlyCapacity
        self.cutOff = cutOff
    }
}

/// A carrier's price and time for a zone and tier. Row of `rates.csv`.
public struct RateCard: Sendable, Equatable {
    public var carrier: Carrier.Index
    /// Matches `Region.zone`.
    public var zone: String
    public var tier: ServiceTier
    /// First weight in grams (首重) and its price; then a price for each further step begun (续重).
    public var firstWeight: Int32
    public var firstPrice: UnitPrice
    public var stepWeight: Int32
    public var stepPrice: UnitPrice
    /// Mean and standard deviation of the time from departure to door, hours.
    public var transit: Double
    public var transitDeviation: Double
    /// Longest distance served, kilometres; 0 is any.
    public var maximumDistance: Double

    public init(
        carrier: Carrier.Index, zone: String, tier: ServiceTier, firstWeight: Int32, firstPrice: UnitPrice,
        stepWeight: Int32, stepPrice: UnitPrice, transit: Double, transitDeviation: Double, maximumDistance: Double = 0
    ) {
        self.carrier = carrier
        self.zone = zone
        self.tier = tier
        self.firstWeight = firstWeight
        self.firstPrice = firstPrice
        self.stepWeight = stepWeight
        self.stepPrice = stepPrice
        self.transit = transit
        self.transitDeviation = transitDeviation
        self.maximumDistance = maximumDistance
    }

    /// The price of a parcel of `grams`.
    @inlinable public func price(grams: Int64) -> UnitPrice {
        UnitPrice(units: firstPrice.units + Self.steps(grams, firstWeight, stepWeight) * stepPrice.units)
    }

    /// How many steps of weight beyond the first a parcel of `grams` is charged, begun ones in full.
    @inlinable public static func steps(_ grams: Int64, _ firstWeight: Int32, _ stepWeight: Int32) -> Int64 {
        let beyond = max(0, grams - Int64(firstWeight))
        return stepWeight > 0 ? (beyond + Int64(stepWeight) - 1) / Int64(stepWeight) : 0
    }
}
