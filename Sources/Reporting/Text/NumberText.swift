import Foundation
public import Retail

/// Numbers as people read them: thousands separated, decimals no finer than what is known, the unit beside.
/// The same in English and 中文 but for the words of units.
public struct NumberText: Sendable {
    public var language: Language
    public var currency: Currency

    public init(language: Language, currency: Currency) {
        self.language = language
        self.currency = currency
    }

    // MARK: Plain numbers

    /// `1,234,567`; minus is U+2212, which is as wide as a digit.
    public func whole(_ value: Int64) -> String {
        (value < 0 ? "\u{2212}" : "") + Self.grouped(String(value.magnitude))
    }

    /// A number with a fixed count of decimals; `–` for what is not a number.
    public func decimal(_ value: Double, _ digits: Int) -> String {
        guard value.isFinite else { return value.isNaN ? "–" : (value < 0 ? "\u{2212}∞" : "∞") }
        let text = String(format: "%.\(max(0, digits))f", abs(value))
        let parts = text.split(separator: ".", maxSplits: 1)
        let isZero = !text.contains { $0 >= "1" && $0 <= "9" }
        return (value < 0 && !isZero ? "\u{2212}" : "") + Self.grouped(String(parts[0]))
            + (parts.count > 1 ? "." + parts[1] : "")
    }

    /// A share as a percentage.
    public func percent(_ share: Double, _ digits: Int = 1) -> String {
        guard share.isFinite else { return "–" }
        return decimal(share * 100, digits) + " %"
    }

    /// Minutes as a person says them: `45 s`, `12 min`, `3 h 05 min`, `2 d 4 h`.
    public func minutes(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        let sign = value < 0 ? "\u{2212}" : ""
        let seconds = abs(value) * 60
        if seconds < 59.5 { return sign + decimal(seconds, seconds < 10 ? 1 : 0) + " " + unit("s") }
        let total = Int64(min(seconds / 60, 9e15).rounded())
        if total < 60 { return sign + "\(total) " + unit("min") }
        if total < 48 * 60 {
            let rest = total % 60
            return sign + "\(total / 60) " + unit("h")
                + (rest > 0 ? (rest < 10 ? " 0" : " ") + "\(rest) " + unit("min") : "")
        }
        let hours = (total + 30) / 60
        return sign + "\(hours / 24) " + unit("d") + (hours % 24 > 0 ? " \(hours % 24) " + unit("h") : "")
    }

    // MARK: Values with units

    /// A value in its unit, as it stands in running text: `98.7 %`, `£12,345`, `1,250 orders`.
    public func value(_ value: Double, unit name: String, digits: Int? = nil) -> String {
        switch Kind(name, currency) {
        case .share: return percent(value, digits ?? 1)
        case .money(let scale): return money(value / scale, digits: digits)
        case .minutes: return digits == nil ? minutes(value) : decimal(value, digits ?? 0) + " " + unit(name)
        case .plain:
            let number = decimal(value, digits ?? Self.usefulDigits(value))
            return name.isEmpty ? number : number + " " + unit(name)
        }
    }

    /// A mean and the half-width of its interval, both to the decimals the half-width supports:
    /// two significant digits of the half-width, the mean cut at the same place.
    public func interval(mean: Double, halfWidth: Double, unit name: String) -> (mean: String, plusMinus: String?) {
        let parts = intervalParts(mean: mean, halfWidth: halfWidth, unit: name)
        return (parts.mean + (parts.unit.map { " " + $0 } ?? ""), parts.plusMinus)
    }

    /// The same with the unit apart where it is a word; nil where the number carries it (percent, money).
    func intervalParts(
        mean: Double, halfWidth: Double, unit name: String
    ) -> (mean: String, unit: String?, plusMinus: String?) {
        let kind = Kind(name, currency)
        let scale: Double =
            switch kind {
            case .share: 100
            case .money(let minor): 1 / minor
            case .minutes, .plain: 1
            }
        let known = abs(halfWidth * scale)
        // A half-width far below the mean's sixth digit is rounding, not spread.
        guard known > 1e-6 * abs(mean * scale), known.isFinite else {
            guard case .plain = kind else { return (value(mean, unit: name), nil, nil) }
            return (decimal(mean, Self.usefulDigits(mean)), name.isEmpty ? nil : unit(name), nil)
        }
        let digits = min(6, max(0, 1 - Int(log10(known).rounded(.down))))
        switch kind {
        case .share:
            return (percent(mean, digits), nil, "± " + decimal(known, digits) + " " + unit("pp"))
        case .money:
            return (
                money(mean * scale, digits: digits >= 1 ? currency.minorDigits : 0), nil,
                "± " + money(known, digits: digits >= 1 ? currency.minorDigits : 0)
            )
        case .minutes, .plain:
            return (decimal(mean, digits), name.isEmpty ? nil : unit(name), "± " + decimal(known, digits))
        }
    }

    /// An amount in major units with the currency's sign in front.
    public func money(_ major: Double, digits: Int? = nil) -> String {
        guard major.isFinite else { return "–" }
        let places = min(currency.minorDigits, digits ?? (abs(major) >= 1_000 ? 0 : currency.minorDigits))
        let number = decimal(abs(major), places)
        let isZero = !number.contains { $0 >= "1" && $0 <= "9" }
        return (major < 0 && !isZero ? "\u{2212}" : "") + currencySign + number
    }

    public var currencySign: String {
        switch currency.code {
        case "GBP": "£"
        case "CNY", "JPY": "¥"
        case "EUR": "€"
        case "USD": "$"
        default: currency.code + "\u{A0}"
        }
    }

    /// The word for a unit in this language; the unit itself when the catalogue has none.
    public func unit(_ name: String) -> String {
        if name.hasPrefix("per ") { return Catalogue.text("unit.per", language, String(name.dropFirst(4))) }
        let key = "unit." + name
        return Catalogue.contains(key) ? Catalogue.text(key, language) : name
    }

    // MARK: Days

    /// `Mon 28 Nov` or `11月28日 周一`.
    public func day(_ day: Day) -> String {
        let (_, month, date) = day.components
        return Catalogue.text(
            "report.day", language, Catalogue.text("report.weekday.\(day.weekday)", language), String(date),
            Catalogue.text("report.month.\(month)", language))
    }

    /// What a unit means for the way a number is written.
    enum Kind: Equatable {
        case share
        /// Divide by `scale` for major units: 1, or the minor units in a major one.
        case money(scale: Double)
        case minutes
        case plain

        init(_ unit: String, _ currency: Currency) {
            if unit == "share" {
                self = .share
            } else if unit == currency.code {
                self = .money(scale: 1)
            } else if Self.minorNames.contains(unit) || (unit.hasPrefix(currency.code) && unit.hasSuffix("minor")) {
                self = .money(scale: Double(currency.minorPerMajor))
            } else if unit == "minutes" || unit == "min" {
                self = .minutes
            } else {
                self = .plain
            }
        }

        private static let minorNames: Set<String> = ["minor", "minor units", "minor_units", "pence", "cents", "fen"]
    }

    /// Decimals worth printing without an interval to go by: whole from a hundred up, else three significant.
    static func usefulDigits(_ value: Double) -> Int {
        let size = abs(value)
        if !size.isFinite || size == size.rounded() || size >= 100 { return 0 }
        return size >= 10 ? 1 : (size >= 1 ? 2 : 3)
    }

    private static func grouped(_ digits: String) -> String {
        var result = ""
        result.reserveCapacity(digits.utf8.count * 4 / 3 + 1)
        for (i, digit) in digits.enumerated() {
            if i > 0, (digits.utf8.count - i).isMultiple(of: 3) { result.append(",") }
            result.append(digit)
        }
        return result
    }
}
