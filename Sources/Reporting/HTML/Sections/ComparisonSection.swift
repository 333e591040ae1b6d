import Retail

/// Scenarios side by side, with the difference of each to the first under the same luck.
enum ComparisonSection {
    static func build(_ context: ReportContext) -> SectionView? {
        guard let comparison = context.input.comparison, comparison.names.count > 1, !comparison.rows.isEmpty else {
            return nil
        }
        // In view: the headline figures and whatever differs beyond chance; the rest on demand.
        let isMain = comparison.rows.map { row in
            HeadlineSection.first.contains(row.key) || row.differences.contains { $0.map(isSignificant) ?? false }
        }
        let count = comparison.rows.reduce(0) { $0 + $1.differences.count }
        let significant = comparison.rows.reduce(0) { sum, row in
            sum + row.differences.count { $0.map(isSignificant) ?? false }
        }
        let caption = context.text("comparison_table")
        var blocks = [
            BlockView(
                grid: table(comparison, comparison.rows.indices.filter { isMain[$0] }, caption, context)),
            BlockView(note: context.text("comparison_note")),
        ]
        let others = comparison.rows.indices.filter { !isMain[$0] }
        if !others.isEmpty {
            let summary = context.text("comparison_others", String(others.count))
            blocks.append(
                BlockView(
                    fold: FoldView(
                        summary: summary, isOpen: false, content: table(comparison, others, summary, context))))
        }
        return SectionView(
            anchor: "comparison", title: context.text("comparison"),
            lead: context.text("comparison_lead", comparison.names[0], String(significant), String(count)),
            blocks: blocks)
    }

    private static func table(
        _ comparison: ComparisonView, _ shown: [Int], _ caption: String, _ context: ReportContext
    ) -> TableView {
        var heads = [TableView.Head(text: words("column", "figure", context.language), headUnit: nil, css: "t")]
        for (i, name) in comparison.names.enumerated() {
            heads.append(.init(text: name, headUnit: nil, css: "n"))
            if i > 0 { heads.append(.init(text: context.text("difference"), headUnit: nil, css: "n")) }
        }
        let rows = shown.map { TableView.Row(cells: cells(comparison.rows[$0], comparison.names.count, context)) }
        return TableView(caption: caption, heads: heads, rows: rows)
    }

    private static func cells(
        _ row: ComparisonView.Row, _ count: Int, _ context: ReportContext
    ) -> [TableView.Cell] {
        var cells = [TableView.Cell(text: words("figure", row.key, context.language), css: "t", isHead: true)]
        for i in 0..<count {
            if i < row.values.count, let cell = row.values[i] {
                let value = context.numbers.interval(mean: cell.mean, halfWidth: cell.halfWidth, unit: row.unit)
                cells.append(.init(text: value.mean, css: "n", small: value.plusMinus))
            } else {
                cells.append(.init(text: "–", css: "n"))
            }
            if i == 0 { continue }
            if i <= row.differences.count, let difference = row.differences[i - 1] {
                cells.append(cell(difference, row.unit, context))
            } else {
                cells.append(.init(text: "–", css: "n"))
            }
        }
        return cells
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
