public import Retail

/// How the cells of one column are written: one count of decimals for the column, so that digits stand under
/// each other; codes in words.
struct ColumnFormat {
    let column: Column
    let numbers: NumberText
    let heading: String
    /// What stands under the heading; nil when each cell says it (percent) or there is none.
    let unitLabel: String?
    let isNumeric: Bool
    private let kind: NumberText.Kind
    /// Nil where each cell has its own, because the column mixes quantities of different size.
    private let digits: Int?

    init(_ column: Column, _ numbers: NumberText) {
        self.column = column
        self.numbers = numbers
        heading = words("column", column.name, numbers.language)
        kind = NumberText.Kind(column.unit, numbers.currency)
        switch column.values {
        case .text:
            isNumeric = false
            digits = 0
        case .integer(let values):
            isNumeric = true
            digits =
                kind == .plain || kind == .minutes
                ? 0 : Self.digits(of: values.lazy.map(Double.init), kind: kind, currency: numbers.currency)
        case .real(let values):
            isNumeric = true
            digits = Self.digits(of: values.lazy.map { $0 }, kind: kind, currency: numbers.currency)
        }
        let unit: String? =
            switch kind {
            case .share: nil
            case .money: numbers.currency.code
            case .minutes, .plain: column.unit.isEmpty ? nil : numbers.unit(column.unit)
            }
        // `Orders` counted in `orders` need not say so twice.
        unitLabel = unit?.lowercased() == heading.lowercased() ? nil : unit
    }

    func text(_ row: Int) -> String {
        switch column.values {
        case .text(let values):
            Self.prefixes[column.name].map { words($0, values[row], numbers.language) } ?? values[row]
        case .integer(let values):
            switch kind {
            case .plain, .minutes: column.name == "year" ? String(values[row]) : numbers.whole(values[row])
            default: text(Double(values[row]))
            }
        case .real(let values): text(values[row])
        }
    }

    private func text(_ value: Double) -> String {
        switch kind {
        case .share: numbers.percent(value, digits ?? 1)
        case .money(let scale): numbers.decimal(value / scale, digits ?? numbers.currency.minorDigits)
        case .minutes, .plain: numbers.decimal(value, digits ?? NumberText.usefulDigits(value))
        }
    }

    /// Text columns whose values are codes, and where the catalogue keeps their words.
    fileprivate static let prefixes = [
        "tier": "code.tier", "kind": "code.kind", "layer": "code.layer", "stage": "code.stage", "what": "code.what",
        "step": "pnl", "activity": "code.activity", "return_reason": "code.return_reason", "state": "state",
        "figure": "figure", "expires": "code.expires", "outcome": "code.outcome", "network": "code.network",
        "stopped": "code.stopped", "objective": "code.objective", "exception": "exception",
        "supplier_tier": "code.supplier_tier", "lead_time_used": "code.lead_time_used", "move": "code.move",
        "second_order": "answer", "class": "code.class", "span": "code.span",
    ]

    private static func digits(of values: some Sequence<Double>, kind: NumberText.Kind, currency: Currency) -> Int? {
        var largest = 0.0
        var hasSmall = false
        var isWhole = true
        for value in values where value.isFinite {
            largest = max(largest, abs(value))
            hasSmall = hasSmall || (abs(value) < 1 && value != 0)
            isWhole = isWhole && value == value.rounded()
        }
        switch kind {
        case .share: return largest < 0.02 ? 2 : 1
        case .money(let scale): return largest / scale >= 1_000 ? 0 : currency.minorDigits
        case .minutes, .plain:
            if largest >= 1_000 && hasSmall { return nil }
            return isWhole || largest >= 1_000 ? 0 : (largest >= 1 ? 1 : 3)
        }
    }
}

/// The words for what stands in a text column of a table where its values are codes; else the text itself.
public func wordsOf(_ text: String, in column: String, _ language: Language) -> String {
    ColumnFormat.prefixes[column].map { words($0, text, language) } ?? text
}
