import Foundation
public import Retail

/// A value of a scenario after it passed the schema: exact, in the unit the engine counts in.
enum SettingValue: Sendable, Equatable {
    case text(String)
    case day(Day)
    case moment(CivilTime)
    case integer(Int64)
    case number(Double)
    case duration(Instant)
    case rate(Rate)
    case money(Money)
    case codes([String])
    case scope(ScopeText)
    case perChannel([ChannelValue])
    /// A list of mappings; its items are settings of their own under `path[i]`.
    case list(count: Int)

    struct ChannelValue: Sendable, Equatable {
        var channel: String
        var value: SettingValue
    }
}

/// Money as written in a scenario: exact to a ten-thousandth, with the currency that was named.
public struct Money: Sendable, Equatable {
    /// Ten-thousandths of the major unit.
    public var units: Int64
    /// ISO 4217 code; nil for a default, which is meant in the data set's currency.
    public var currency: String?

    public init(units: Int64, currency: String?) {
        self.units = units
        self.currency = currency
    }

    /// As a price of one unit.
    public var price: UnitPrice { UnitPrice(units: units) }

    /// In minor units of a currency, rounded half away from zero.
    public func amount(in currency: Currency) -> Amount {
        Amount(minor: roundedDivision(units, by: currency.unitsPerMinor))
    }
}

/// Which goods a promotion covers, by codes, before a data set resolves them.
public enum ScopeText: Sendable, Equatable {
    case everything
    case category([String])
    case skus([String])
}

/// Why a scalar was refused; the checker adds the place.
enum ScalarFault: Error, Equatable { case kind, unit, range }

extension SettingKind {
    /// Reads one scalar of this kind.
    func parse(_ raw: String) throws(ScalarFault) -> SettingValue {
        let text = raw.trimmingCharacters(in: .whitespaces)
        switch self {
        case .version, .scope, .choiceOrCodes, .perChannel, .list, .section, .scenario: throw .kind
        case .text(let maximum):
            guard text.count <= maximum else { throw .range }
            return .text(text)
        case .path:
            guard !text.isEmpty, !text.contains("\0"), text.utf8.count <= 1_024 else { throw .kind }
            return .text(text)
        case .day:
            guard let day = Day(iso: text) else { throw .kind }
            return .day(day)
        case .moment:
            guard let moment = CivilTime(iso: text), text.utf8.count > 10 else { throw .kind }
            return .moment(moment)
        case .zone:
            guard TimeZone(identifier: text) != nil, text.contains("/") || text == "UTC" else { throw .kind }
            return .text(text)
        case .integer(let range):
            guard text.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == "-" || $0 == "+") }), !text.isEmpty else {
                throw .kind
            }
            guard let value = Int64(text) else { throw text.contains(where: \.isNumber) ? .range : .kind }
            guard range.contains(value) else { throw .range }
            return .integer(value)
        case .factor(let range):
            guard let value = plainDecimal(text) else { throw .kind }
            guard range.contains(value) else { throw .range }
            return .number(value)
        case .duration(let range):
            let (number, unit) = try split(text, scale: 6)
            let units: [String: Int64] = ["s": 1, "min": 60, "h": 3_600, "d": 86_400]
            guard let length = units[unit] else { throw .unit }
            let (micros, overflow) = number.multipliedReportingOverflow(by: length)
            guard !overflow, micros >= range.lowerBound * 1_000_000, micros <= range.upperBound * 1_000_000 else {
                throw .range
            }
            return .duration(Instant(microseconds: micros))
        case .rate(let range):
            let (number, unit) = try split(text, scale: 4)
            guard unit == "%" else { throw .unit }
            guard range.contains(Double(number) / 10_000) else { throw .range }
            return .rate(Rate(partsPerMillion: number))
        case .amount(let range):
            let (number, unit) = try split(text, scale: 4)
            guard Currency(code: unit) != nil else { throw .unit }
            guard range.contains(Double(number) / 10_000) else { throw .range }
            return .money(Money(units: number, currency: unit))
        case .frequency(let range):
            let head = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-" || $0 == "+") }
            guard let value = plainDecimal(String(head)) else { throw .kind }
            let units: [String: Double] = ["/s": 1, "/min": 60, "/h": 3_600, "/d": 86_400]
            let unit = text.dropFirst(head.count).trimmingCharacters(in: .whitespaces)
            guard let length = units[unit] else { throw .unit }
            guard range.contains(value / length) else { throw .range }
            return .number(value / length)
        case .integerOr(_, let word) where text == word: return .text(text)
        case .integerOr(let range, _): return try SettingKind.integer(range).parse(text)
        case .distance(let range):
            let (number, unit) = try split(text, scale: 3)
            guard unit == "km" else { throw .unit }
            guard range.contains(Double(number) / 1_000) else { throw .range }
            return .number(Double(number) / 1_000)
        case .choice(let words):
            guard words.contains(text) else { throw .kind }
            return .text(text)
        case .code:
            guard !text.isEmpty, text.utf8.count <= 64 else { throw .kind }
            return .text(text)
        }
    }

    /// Number and unit of `12.50 GBP` or `90s`; the number exact at ten to the `scale`.
    private func split(_ text: String, scale: Int) throws(ScalarFault) -> (number: Int64, unit: String) {
        let head = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-" || $0 == "+") }
        let unit = text.dropFirst(head.count).trimmingCharacters(in: .whitespaces)
        guard !head.isEmpty else { throw .kind }
        let number = try exactDecimal(head, scale: scale)
        // The missing unit is the error to name, even where the number alone would be out of range.
        guard !unit.isEmpty else { throw .unit }
        return (number, unit)
    }
}

/// A decimal such as `-12.50` as a whole number of ten-to-the-minus-`scale`; nothing is rounded.
func exactDecimal(_ text: some StringProtocol, scale: Int) throws(ScalarFault) -> Int64 {
    var digits = Substring(text)
    var negative = false
    if let sign = digits.first, sign == "-" || sign == "+" {
        negative = sign == "-"
        digits = digits.dropFirst()
    }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { ("0"..."9").contains($0) } })
    else { throw .kind }
    let fraction = parts.count == 2 ? String(parts[1]) : ""
    guard fraction.count <= scale else { throw .kind }
    let padded = String(parts[0]) + fraction + String(repeating: "0", count: scale - fraction.count)
    guard let value = Int64(padded) else { throw .range }
    return negative ? -value : value
}

/// A plain decimal without exponent; nil for anything else, `nan` and `inf` included.
func plainDecimal(_ text: String) -> Double? {
    var digits = Substring(text)
    if let sign = digits.first, sign == "-" || sign == "+" { digits = digits.dropFirst() }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), text.utf8.count <= 32,
        parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { ("0"..."9").contains($0) } })
    else { return nil }
    return Double(text)
}
