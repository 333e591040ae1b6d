import Retail

/// What every section builder needs at hand: the input, the language, numbers as text, tables as views.
struct ReportContext {
    let input: ReportInput
    let numbers: NumberText
    let hasCharts: Bool

    init(_ input: ReportInput, hasCharts: Bool) {
        self.input = input
        self.hasCharts = hasCharts
        numbers = NumberText(language: input.language, currency: input.currency)
    }

    var language: Language { input.language }

    func text(_ key: String, _ arguments: String...) -> String {
        Catalogue.text("report." + key, language, arguments: arguments)
    }

    /// Sentences one after the other: a blank between them, except in Chinese.
    func sentences(_ parts: String?...) -> String {
        parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: language == .chinese ? "" : " ")
    }

    func table(_ name: String) -> ResultTable? {
        input.tables.first { $0.name == name && $0.rowCount > 0 }
    }

    /// `minute` minutes after midnight of the first day, as `Mon 28 Nov 20:05`, or `20:05` without the day.
    func clock(_ minute: Int, withDay: Bool = true) -> String {
        let day = Int((Double(minute) / 1_440).rounded(.down))
        let rest = minute - day * 1_440
        let time = (rest / 60 < 10 ? "0" : "") + "\(rest / 60):" + (rest % 60 < 10 ? "0" : "") + "\(rest % 60)"
        guard withDay else { return time }
        guard let first = input.firstDay else { return text("day_number", String(day + 1)) + " " + time }
        return numbers.day(first + day) + " " + time
    }

    /// The word for a place's code: its name when known.
    func place(_ code: String) -> String { input.placeNames[code] ?? words("code.place", code, language) }

    /// The word for a segment of buyers: the name its data set gives it, or the catalogue's for the usual codes where that
    /// name is in another script.
    func segment(_ code: String) -> String {
        if let name = input.placeNames[code], language == .english || !name.utf8.allSatisfy({ $0 < 128 }) {
            return name
        }
        return words("code.segment", code, language)
    }

    /// A heading that counts as days: ISO text becomes `Mon 28 Nov`.
    func dayText(_ iso: String) -> String { Day(iso: iso).map(numbers.day) ?? iso }

    /// `2011-11-28T12:00:00` as `Mon 28 Nov 12:00`; the time is left out at midnight.
    private func momentText(_ iso: String) -> String {
        guard let day = Day(iso: iso.prefix(10)) else { return iso }
        let time = iso.dropFirst(11).prefix(5)
        return numbers.day(day) + (time.isEmpty || time == "00:00" ? "" : " " + time)
    }

    /// A table as a view.
    /// - Parameters:
    ///   - columns: names in order; nil shows all.
    ///   - bars: columns whose numbers get a bar behind, scaled to the largest of the column.
    ///   - total: row numbers to set off as totals.
    func view(
        _ table: ResultTable, caption: String, columns: [String]? = nil, bars: Set<String> = [], totals: Set<Int> = [],
        more: String? = nil
    ) -> TableView {
        let shown =
            columns.map { names in names.compactMap { name in table.columns.first { $0.name == name } } }
            ?? table.columns
        let formats = shown.map { ColumnFormat($0, numbers) }
        let lengths = shown.map { bars.contains($0.name) ? Self.barLengths($0) : nil }
        let heads = formats.map {
            TableView.Head(text: $0.heading, headUnit: $0.unitLabel, css: $0.isNumeric ? "n" : "t")
        }
        let rows = (0..<table.rowCount).map { row in
            TableView.Row(
                css: totals.contains(row) ? "total" : "",
                cells: shown.indices.map { c in cell(shown[c], formats[c], row, isFirst: c == 0, bar: lengths[c]?[row])
                })
        }
        return TableView(caption: caption, heads: heads, rows: rows, more: more)
    }

    private func cell(
        _ column: Column, _ format: ColumnFormat, _ row: Int, isFirst: Bool, bar: String?
    ) -> TableView.Cell {
        var cell = TableView.Cell(text: format.text(row), css: format.isNumeric ? "n" : "t", isHead: isFirst)
        if !format.isNumeric {
            switch column.name {
            case "day", "order_by", "receipt", "stockout", "hour":
                cell.text = dayText(cell.text)
                cell.css = "t nw"
            case "begins", "ends":
                cell.text = momentText(cell.text)
                cell.css = "t nw"
            case "kind", "tier", "state", "step", "layer": cell.css = "t nw"
            case "sku": cell.small = input.skuNames[cell.text]
            case "node", "from", "to":
                if let name = input.placeNames[cell.text], name != cell.text {
                    cell.small = cell.text
                    cell.text = name
                } else {
                    cell.text = words("code.place", cell.text, language)
                }
            case "channel", "carrier", "region", "supplier": cell.text = place(cell.text)
            case "segment": cell.text = segment(cell.text)
            default: break
            }
        }
        cell.bar = bar
        return cell
    }

    /// Percent of the cell's width for each row: shares against one, others against the largest of the column.
    private static func barLengths(_ column: Column) -> [String?] {
        let values = ResultTable("", [column]).numbers(column.name) ?? []
        let longest = column.unit == "share" ? 1 : values.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
        return values.map { value in
            guard longest > 0, value.isFinite else { return nil }
            return "\((min(1, abs(value) / longest) * 1_000).rounded() / 10)"
        }
    }

    func fold(_ table: TableView) -> FoldView {
        FoldView(summary: text("numbers_of", table.caption), isOpen: !hasCharts, content: table)
    }
}
