import Datasets
import Foundation
public import Retail

/// How the command line prints data.
public enum OutputFormat: String, Sendable, CaseIterable {
    /// Aligned columns for people.
    case table
    case csv
    /// Exact numbers, for programs.
    case json
}

/// A result table as text, ending in a line feed.
/// - Parameters:
///   - table: rows and columns with units.
///   - format: `table` translates column names and groups digits; `csv` and `json` keep codes and exact numbers.
///   - currency: how amounts are written in `table`.
public func render(
    _ table: ResultTable, as format: OutputFormat, language: Language = .english, currency: Currency = .gbp
) -> String {
    switch format {
    case .table: alignedText(table, NumberText(language: language, currency: currency))
    case .csv: String(decoding: csv(table), as: UTF8.self)
    case .json: jsonText(table)
    }
}

/// Headline figures as text: a line each, with the 95 % interval.
public func render(
    _ figures: [Figure], as format: OutputFormat, language: Language = .english, currency: Currency = .gbp
) -> String {
    guard format == .table else { return render(figureTable(figures), as: format, language: language) }
    let numbers = NumberText(language: language, currency: currency)
    let rows = figures.map { figure -> (String, String, String) in
        let text = numbers.interval(mean: figure.mean, halfWidth: figure.halfWidth, unit: figure.unit)
        return (singleLine(words("figure", figure.key, language)), text.mean, text.plusMinus ?? "")
    }
    let widths = rows.reduce((0, 0, 0)) { widest, row in
        (
            max(widest.0, displayWidth(row.0)), max(widest.1, displayWidth(row.1)), max(widest.2, displayWidth(row.2))
        )
    }
    return rows.map { row in
        let line =
            padded(row.0, to: widths.0, right: false) + "  " + padded(row.1, to: widths.1, right: true) + "  "
            + padded(row.2, to: widths.2, right: false)
        return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
    }.joined()
}

/// Figures as a result table: `figure`, `unit`, `mean`, `half_width`, `replications`.
public func figureTable(_ figures: [Figure]) -> ResultTable {
    ResultTable(
        "figures",
        [
            Column("figure", .text(figures.map(\.key))),
            Column("unit", .text(figures.map(\.unit))),
            Column("mean", .real(figures.map(\.mean))),
            Column("half_width", .real(figures.map(\.halfWidth))),
            Column("replications", .integer(figures.map { Int64($0.replications.count) })),
        ])
}

private func alignedText(_ table: ResultTable, _ numbers: NumberText) -> String {
    let columns = table.columns.map { column -> (head: [String], cells: [String], right: Bool) in
        let format = ColumnFormat(column, numbers)
        let head = [singleLine(format.heading), singleLine(format.unitLabel ?? "")]
        return (head, (0..<column.values.count).map { singleLine(format.text($0)) }, format.isNumeric)
    }
    let widths = columns.map { column in (column.head + column.cells).map(displayWidth).max() ?? 0 }
    func line(_ cell: (Int) -> String) -> String {
        var text = ""
        for c in columns.indices {
            text += (c > 0 ? "  " : "") + padded(cell(c), to: widths[c], right: columns[c].right)
        }
        while text.last == " " { text.removeLast() }
        return text + "\n"
    }
    var result = line { columns[$0].head[0] }
    if columns.contains(where: { !$0.head[1].isEmpty }) { result += line { columns[$0].head[1] } }
    result += line { String(repeating: "─", count: widths[$0]) }
    for row in 0..<table.rowCount { result += line { row < columns[$0].cells.count ? columns[$0].cells[row] : "" } }
    return result
}
