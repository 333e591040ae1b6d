/// ISO 4217 currency: one per workspace, held by the table, never by the row.
public struct Currency: Hashable, Sendable, Codable {
    /// Three capital letters, such as `CNY`.
    public let code: String
    /// Decimal places of the minor unit: 2 for most, 0 for JPY, 3 for BHD.
    public let minorDigits: Int

    public init?(code: String) {
        guard code.utf8.count == 3, code.utf8.allSatisfy({ $0 >= 65 && $0 <= 90 }) else { return nil }
        self.code = code
        self.minorDigits = Self.otherMinorDigits[code] ?? 2
    }

    public static let cny = Currency(unchecked: "CNY", minorDigits: 2)
    public static let gbp = Currency(unchecked: "GBP", minorDigits: 2)

    private init(unchecked code: String, minorDigits: Int) {
        self.code = code
        self.minorDigits = minorDigits
    }

    /// The ISO 4217 currencies whose minor unit is not a hundredth.
    private static let otherMinorDigits: [String: Int] = [
        "BHD": 3, "CLP": 0, "IQD": 3, "ISK": 0, "JOD": 3, "JPY": 0, "KRW": 0, "KWD": 3, "OMR": 3, "TND": 3,
        "UGX": 0, "VND": 0, "XAF": 0, "XOF": 0,
    ]

    /// Ten-thousandths of the major unit in one minor unit: 100 when the minor unit is a cent.
    public var unitsPerMinor: Int64 {
        switch minorDigits {
        case 0: 10_000
        case 1: 1_000
        case 2: 100
        case 3: 10
        default: 1
        }
    }

    /// Minor units in one major unit.
    public var minorPerMajor: Int64 { 10_000 / unitsPerMinor }
}

/// A price or cost of one base unit, in ten-thousandths of the currency's major unit.
@frozen public struct UnitPrice: Hashable, Comparable, Sendable, Codable {
    public var units: Int64
    @inlinable public init(units: Int64) { self.units = units }
    public static let zero = UnitPrice(units: 0)
    @inlinable public static func < (a: Self, b: Self) -> Bool { a.units < b.units }
    /// In major units, for statistics and charts only.
    public var major: Double { Double(units) / 10_000 }

    /// The amount of `quantity` units, rounded once, half away from zero.
    /// - Throws: `QuantityError.overflow` when the product leaves 64 bits.
    @inlinable
    public func amount(_ quantity: Int64, in currency: Currency) throws(QuantityError) -> Amount {
        let (product, overflow) = units.multipliedReportingOverflow(by: quantity)
        if overflow { throw .overflow("unit price times quantity") }
        return Amount(minor: roundedDivision(product, by: currency.unitsPerMinor))
    }

    /// This price times a rate, rounded half away from zero (saturating at the ends of 64 bits).
    @inlinable public func scaled(by rate: Rate) -> UnitPrice { UnitPrice(units: rate.of(units)) }
}

/// An amount of money in minor units (cents, 分).
@frozen public struct Amount: Hashable, Comparable, Sendable, Codable {
    public var minor: Int64
    @inlinable public init(minor: Int64) { self.minor = minor }
    public static let zero = Amount(minor: 0)
    @inlinable public static func < (a: Self, b: Self) -> Bool { a.minor < b.minor }
    @inlinable public static func + (a: Self, b: Self) -> Self { Amount(minor: a.minor + b.minor) }
    @inlinable public static func - (a: Self, b: Self) -> Self { Amount(minor: a.minor - b.minor) }
    @inlinable public static func += (a: inout Self, b: Self) { a.minor += b.minor }
    @inlinable public static func -= (a: inout Self, b: Self) { a.minor -= b.minor }
    @inlinable public static prefix func - (a: Self) -> Self { Amount(minor: -a.minor) }
    /// In major units, for statistics and charts only.
    public func major(in currency: Currency) -> Double { Double(minor) / Double(currency.minorPerMajor) }
}

/// A share or rate in parts per million: 3 % is 30,000.
@frozen public struct Rate: Hashable, Comparable, Sendable, Codable {
    public var partsPerMillion: Int64
    @inlinable public init(partsPerMillion: Int64) { self.partsPerMillion = partsPerMillion }
    public static let zero = Rate(partsPerMillion: 0)
    public static let one = Rate(partsPerMillion: 1_000_000)
    @inlinable public static func < (a: Self, b: Self) -> Bool { a.partsPerMillion < b.partsPerMillion }
    @inlinable public var fraction: Double { Double(partsPerMillion) / 1e6 }

    /// `value` times this rate, rounded half away from zero; saturates instead of trapping.
    @inlinable
    public func of(_ value: Int64) -> Int64 {
        let (product, overflow) = value.multipliedReportingOverflow(by: partsPerMillion)
        if !overflow { return roundedDivision(product, by: 1_000_000) }
        let exact = (Double(value) * fraction).rounded(.toNearestOrAwayFromZero)
        if exact >= 9.2e18 { return .max }
        if exact <= -9.2e18 { return .min }
        return Int64(exact)
    }

    /// The part of an amount this rate stands for.
    @inlinable public func of(_ amount: Amount) -> Amount { Amount(minor: of(amount.minor)) }
}

/// `numerator / denominator` rounded half away from zero. `denominator` must be positive.
@inlinable
public func roundedDivision(_ numerator: Int64, by denominator: Int64) -> Int64 {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    let magnitude = remainder.magnitude
    guard magnitude >= denominator.magnitude - magnitude else { return quotient }
    return numerator < 0 ? quotient - 1 : quotient + 1
}
