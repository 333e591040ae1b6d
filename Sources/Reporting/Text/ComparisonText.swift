public import Retail
public import Scenarios

/// A comparison as text: each figure with its own unit and decimals, and beside each later run its difference to the
/// first with the half-width of the 95 % interval; `*` where that interval leaves out zero.
public func render(
    _ comparison: Comparison, as format: OutputFormat, language: Language = .english, currency: Currency = .gbp
) -> String {
    guard format == .table else { return render(comparison.table, as: format, language: language) }
    let numbers = NumberText(language: language, currency: currency)
    var columns: [(cells: [String], right: Bool)] = [
        ([""] + comparison.figures.map { singleLine(words("figure", $0.key, language)) }, false)
    ]
    for run in comparison.runs.indices {
        columns.append(
            (
                ["[\(run + 1)]"]
                    + comparison.figures.map { figure in
                        figure.values[run].map {
                            numbers.interval(mean: $0.mean, halfWidth: $0.halfWidth, unit: figure.unit).mean
                        } ?? "–"
                    }, true
            ))
        guard run > 0 else { continue }
        let differences = comparison.figures.map { figure -> (mean: String, range: String) in
            guard let difference = figure.differences[run] else { return ("–", "") }
            let text = numbers.interval(
                mean: difference.mean, halfWidth: difference.halfWidth ?? 0, unit: figure.unit)
            let sign = difference.mean > 0 ? "+" : ""
            return (sign + text.mean, (text.plusMinus ?? "") + (difference.isSignificant == true ? " *" : ""))
        }
        columns.append((["[\(run + 1)] − [1]"] + differences.map(\.mean), true))
        columns.append(([""] + differences.map(\.range), false))
    }
    var text = comparison.runs.enumerated().map { "[\($0 + 1)] \(singleLine($1))\n" }.joined() + "\n"
    let widths = columns.map { $0.cells.map(displayWidth).max() ?? 0 }
    for row in 0...comparison.figures.count {
        var line = ""
        for (place, column) in columns.enumerated() {
            line += (place > 0 ? "  " : "") + padded(column.cells[row], to: widths[place], right: column.right)
        }
        while line.last == " " { line.removeLast() }
        text += line + "\n"
    }
    return text
}
