/// What the values of a column are and how they are written.
public enum ColumnKind: Sendable, Equatable {
    /// A short name other rows refer to; blanks at its ends do not count.
    case code
    case text
    /// One of a few words.
    case choice([String])
    /// Money for one unit: a plain decimal in the currency's major unit, kept to 1/10,000.
    case price
    /// A sum of money: a plain decimal in the currency's major unit, kept to the minor unit.
    case amount
    /// A share as a decimal fraction (0.125 is 12.5 %), kept to parts per million.
    case rate
    case integer
    case real
    /// `2011-11-28`.
    case date
    /// `2011-11-28T09:30:00`; a date alone is its midnight.
    case time
    /// `18:00`, `24:00` being the end of the day.
    case clock
    /// `1` or `0` (`true`, `false` are read too).
    case flag
    /// `all`; `category:LEVEL1|LEVEL2|LEVEL3` with one to three levels; or `skus:CODE|CODE`.
    case scope
    /// A date, a time on the hour, or a whole number: the step of a panel.
    case step

    var word: String {
        switch self {
        case .code: "code"
        case .text: "text"
        case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        case .price: "price"
        case .amount: "amount"
        case .rate: "rate"
        case .integer: "integer"
        case .real: "number"
        case .date: "date"
        case .time: "date and time"
        case .clock: "time of day"
        case .flag: "0 or 1"
        case .scope: "scope"
        case .step: "date, hour or number"
        }
    }
}

/// What a column needs.
public enum ColumnNeed: Sendable, Equatable {
    /// The column must be there, and every row must have a value.
    case required
    /// The column must be there; an empty field means unknown.
    case mayBeEmpty
    /// Column or field may be absent; this text is read instead (empty: there is no value).
    case optional(String)
}

/// One column of a file: the one place its name, form, default, unit, range and meaning are written down.
public struct ColumnSchema: Sendable, Equatable {
    public var name: String
    public var kind: ColumnKind
    public var need: ColumnNeed
    public var unit: String
    /// Smallest and largest value, in the column's unit.
    public var minimum: Double
    public var maximum: Double
    public var meaning: String

    init(
        _ name: String, _ kind: ColumnKind, unit: String = "", min: Double? = nil, max: Double? = nil,
        _ meaning: String
    ) {
        self.init(name, kind, .required, unit: unit, min: min, max: max, meaning)
    }

    init(
        _ name: String, _ kind: ColumnKind, _ need: ColumnNeed, unit: String = "", min: Double? = nil,
        max: Double? = nil, _ meaning: String
    ) {
        self.name = name
        self.kind = kind
        self.need = need
        self.unit = unit
        self.meaning = meaning
        switch kind {
        case .price:
            (minimum, maximum) = (min ?? 0, max ?? 1e9)
        case .amount:
            (minimum, maximum) = (min ?? 0, max ?? 1e12)
        case .rate:
            (minimum, maximum) = (min ?? 0, max ?? 1)
        case .integer:
            (minimum, maximum) = (min ?? 0, max ?? 2_147_483_647)
        default:
            (minimum, maximum) = (min ?? 0, max ?? 1e12)
        }
    }

    /// Whether the column may be left out.
    var isOptional: Bool {
        if case .optional = need { true } else { false }
    }

    /// Whether a range says anything about this kind of column.
    var isNumber: Bool {
        switch kind {
        case .price, .amount, .rate, .integer, .real: true
        default: false
        }
    }
}

/// One file of a data set folder.
public struct TableSchema: Sendable, Equatable {
    /// Name without `.csv` or `.csv.gz`.
    public var name: String
    public var meaning: String
    /// Columns that together name a row once; empty where rows may repeat.
    public var key: [String]
    /// What holds when the file is not there.
    public var absent: String
    public var columns: [ColumnSchema]

    init(_ name: String, _ meaning: String, key: [String] = [], absent: String, _ columns: [ColumnSchema]) {
        self.name = name
        self.meaning = meaning
        self.key = key
        self.absent = absent
        self.columns = columns
    }

    public var isObligatory: Bool { name == "demand" }
    func position(_ column: String) -> Int? { columns.firstIndex { $0.name == column } }
}
