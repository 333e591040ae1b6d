public import Retail

/// One sheet of a workbook: a header row and columns of equal length.
public struct Sheet: Sendable, Equatable {
    /// How the cells of a column are stored and shown.
    public enum Style: Sendable, Equatable {
        case text
        /// Long text, wrapped.
        case prose
        case whole
        case decimal(Int)
        /// Major units with the currency's decimals.
        case money(Currency)
        case percent
        /// ISO days (`2011-11-28`) stored as spreadsheet dates; other text stays text, empty stays empty.
        case date
    }

    public struct SheetColumn: Sendable, Equatable {
        public var heading: String
        public var style: Style
        /// In characters of the default font.
        public var width: Double
        public var values: ColumnValues
        /// The total of this column means nothing and is left empty.
        public var leavesTotalEmpty = false

        public init(_ heading: String, _ style: Style, width: Double, _ values: ColumnValues) {
            self.heading = heading
            self.style = style
            self.width = width
            self.values = values
        }
    }

    /// A line above the headings: what, and its value.
    public struct HeadLine: Sendable, Equatable {
        public enum Value: Sendable, Equatable {
            case text(String)
            case number(Double)
            case date(Day)
        }

        public var label: String
        public var value: Value

        public init(_ label: String, _ value: Value) {
            self.label = label
            self.value = value
        }
    }

    public var name: String
    /// What stands above the headings, with an empty line between.
    public var head: [HeadLine] = []
    public var columns: [SheetColumn]
    /// Columns that stay in view when scrolling sideways.
    public var frozenColumns: Int
    /// The last row is a total: bold, and outside the filter.
    public var endsInTotal: Bool

    public init(name: String, columns: [SheetColumn], frozenColumns: Int = 0, endsInTotal: Bool = false) {
        self.name = name
        self.columns = columns
        self.frozenColumns = frozenColumns
        self.endsInTotal = endsInTotal
    }

    public var rowCount: Int { columns.map(\.values.count).max() ?? 0 }

    /// A result table as a sheet, headings in words with their units.
    public init(_ table: ResultTable, language: Language, currency: Currency) {
        let numbers = NumberText(language: language, currency: currency)
        self.init(
            name: words("table", table.name, language),
            columns: table.columns.map { column in
                let kind = NumberText.Kind(column.unit, currency)
                let format = ColumnFormat(column, numbers)
                let heading = format.heading + (format.unitLabel.map { " (\($0))" } ?? "")
                var values = column.values
                var style: Style
                switch (kind, column.values) {
                case (_, .text): style = .text
                case (.share, _): style = .percent
                case (.money(let scale), .integer(let minor)):
                    style = .money(currency)
                    values = .real(minor.map { Double($0) / scale })
                case (.money(let scale), .real(let amounts)):
                    style = .money(currency)
                    values = .real(amounts.map { $0 / scale })
                case (_, .integer): style = .whole
                case (_, .real): style = .decimal(2)
                }
                return SheetColumn(heading, style, width: Double(max(10, displayWidth(heading) + 3)), values)
            })
    }
}
