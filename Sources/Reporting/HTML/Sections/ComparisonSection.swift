import Retail

/// Scenarios side by side, with the difference of each to the first under the same luck.
enum ComparisonSection {
    static func build(_ context: ReportContext) -> SectionView? {
        guard let comparison = context.input.comparison, comparison.names.count > 1, !comparison.rows.isEmpty else {
            return nil
        }
        var heads = [TableView.Head(text: words("column", "figure", context.language), headUnit: nil, css: "t")]
        heads += comparison.names.enumerated().flatMap { i, name -> [TableView.Head] in
            let value = TableView.Head(text: name, headUnit: nil, css: "n")
            guard i > 0 else { return [value] }
            return [value, TableView.Head(text: context.text("difference"), headUnit: nil, css: "n")]
        }
        var significant = 0
        let rows = comparison.rows.map { row in
            var cells = [TableView.Cell(text: words("figure", row.key, context.language), css: "t", isHead: true)]
            for i in comparison.names.indices {
                if i < row.values.count, let cell = row.values[i] {
                    let value = context.numbers.interval(mean: cell.mean, halfWidth: cell.halfWidth, unit: row.unit)
                    cells.append(.init(text: value.mean, css: "n", small: value.plusMinus))
                } else {
                    cells.append(.init(text: "–", css: "n"))
                }
                if i == 0 { continue }
                guard i <= row.differences.count, let difference = row.differences[i - 1] else {
                    cells.append(.init(text: "–", css: "n"))
                    continue
                }
                if isSignificant(difference) { significant += 1 }
                cells.append(cell(difference, row.unit, context))
            }
            return TableView.Row(cells: cells)
        }
        let count = comparison.rows.count * (comparison.names.count - 1)
        return SectionView(
            anchor: "comparison", title: context.text("comparison"),
            lead: context.text("comparison_lead", comparison.names[0], String(significant), String(count)),
            blocks: [
                BlockView(grid: TableView(caption: context.text("comparison_table"), heads: heads, rows: rows)),
                BlockView(note: context.text("comparison_note")),
            ])
    }

    /// The interval of the difference leaves out zero.
    static func isSignificant(_ difference: ComparisonView.Cell) -> Bool {
        difference.halfWidth > 0 && abs(difference.mean) > difference.halfWidth
    }

    private static func cell(_ difference: ComparisonView.Cell, _ unit: String, _ context: ReportContext)
        -> TableView.Cell
    {
        let text: (mean: String, plusMinus: String?)
        if unit == "share" {
            // The difference of two percentages is counted in percentage points.
            let points = context.numbers.interval(
                mean: difference.mean * 100, halfWidth: difference.halfWidth * 100, unit: "pp")
            text = points
        } else {
            text = context.numbers.interval(mean: difference.mean, halfWidth: difference.halfWidth, unit: unit)
        }
        let isSignificant = isSignificant(difference)
        let mark = isSignificant ? (difference.mean > 0 ? "▲ +" : "▼ ") : (difference.mean > 0 ? "+" : "")
        return TableView.Cell(
            text: mark + text.mean, css: "n" + (isSignificant ? (difference.mean > 0 ? " up" : " down") : ""),
            small: text.plusMinus)
    }
}
