import Retail

/// The figures a planner is asked for first, as cards; the rest in a table.
enum HeadlineSection {
    /// Shown as cards when the run has them, in this order.
    static let first = [
        "orders", "gmv_placed", "gmv_paid", "net_revenue", "contribution_margin", "fill_rate", "lost_margin",
        "on_time_share", "oversold_orders", "peak_orders_per_minute",
    ]
    private static let cardCount = 10

    static func build(_ context: ReportContext) -> SectionView? {
        let figures = context.input.figures
        guard !figures.isEmpty else { return nil }
        var chosen = first.compactMap { key in figures.first { $0.key == key } }
        chosen += figures.filter { figure in !first.contains(figure.key) }
        chosen = Array(chosen.prefix(cardCount))
        let cards = chosen.map { figure -> CardView in
            let text = context.numbers.intervalParts(mean: figure.mean, halfWidth: figure.halfWidth, unit: figure.unit)
            return CardView(
                label: words("figure", figure.key, context.language), value: text.mean, cardUnit: text.unit,
                plusMinus: text.plusMinus)
        }
        var blocks = [BlockView(cards: CardsView(items: cards))]
        blocks.append(
            BlockView(fold: FoldView(summary: context.text("all_figures"), isOpen: false, content: all(context))))
        if let promotions = context.table("promotions") {
            blocks.append(BlockView(grid: context.view(promotions, caption: context.text("promotions"))))
        }
        let lead =
            context.input.origin.replications > 1
            ? context.text("headline_lead", String(context.input.origin.replications))
            : context.text("headline_lead_one")
        return SectionView(anchor: "headline", title: context.text("headline"), lead: lead, blocks: blocks)
    }

    /// Every figure with its interval and the least and greatest replication.
    private static func all(_ context: ReportContext) -> TableView {
        let heads = ["figure", "mean", "half_width", "least", "greatest"].enumerated().map { i, name in
            TableView.Head(text: words("column", name, context.language), headUnit: nil, css: i == 0 ? "t" : "n")
        }
        let rows = context.input.figures.map { figure in
            let text = context.numbers.interval(mean: figure.mean, halfWidth: figure.halfWidth, unit: figure.unit)
            func bound(_ value: Double?) -> String {
                value.map { context.numbers.value($0, unit: figure.unit) } ?? "–"
            }
            let cells = [
                text.mean, text.plusMinus ?? "–", bound(figure.replications.min()), bound(figure.replications.max()),
            ]
            return TableView.Row(
                cells: [.init(text: words("figure", figure.key, context.language), css: "t", isHead: true)]
                    + cells.map { .init(text: $0, css: "n") })
        }
        return TableView(caption: context.text("all_figures"), heads: heads, rows: rows)
    }
}
