import Retail

/// Stock and service by node: stock at start and end, the share of its own regions' demand a node filled itself, work
/// done and its cost; stock layers below.
enum StockSection {
    static func build(_ context: ReportContext) -> SectionView? {
        guard let table = context.table("nodes"), let codes = table.texts("node") else { return nil }
        let names = codes.map(context.place)
        var panels: [ChartPanel] = []
        let height = String(80 + 40 * codes.count)
        if context.hasCharts, let start = table.numbers("on_hand_start"), let end = table.numbers("on_hand_end") {
            let spec = ChartSpec(
                kind: .bar, labels: names,
                series: [
                    .init(name: words("column", "on_hand_start", context.language), role: .third, values: start),
                    .init(name: words("column", "on_hand_end", context.language), role: .first, values: end),
                ], format: "number", unit: context.numbers.unit("units"))
            panels.append(
                ChartPanel(
                    chartID: "node-stock", panelTitle: context.text("stock_chart"),
                    description: context.text("stock_chart"),
                    json: spec.json, size: height))
        }
        if context.hasCharts, let rates = table.numbers("home_fill_rate") {
            let spec = ChartSpec(
                kind: .dot, labels: names,
                series: [.init(name: words("column", "home_fill_rate", context.language), role: .first, values: rates)],
                format: "share", unit: "", beginsAtZero: false)
            panels.append(
                ChartPanel(
                    chartID: "node-fill", panelTitle: context.text("fill_chart"),
                    description: context.text("fill_chart"), json: spec.json, size: height))
        }
        let view = context.view(
            table, caption: context.text("nodes_table"), bars: ["home_fill_rate", "peak_utilisation", "split_share"])
        var blocks: [BlockView] = []
        if !panels.isEmpty { blocks.append(BlockView(chart: ChartView(panels: panels))) }
        blocks.append(BlockView(grid: view))
        if let layers = context.table("stock_layers") {
            blocks.append(
                BlockView(
                    fold: FoldView(
                        summary: context.text("layers"), isOpen: false,
                        content: context.view(layers, caption: context.text("layers")))))
        }
        return SectionView(
            anchor: "stock", title: context.text("stock"), lead: lead(table, names, context), blocks: blocks)
    }

    private static func lead(_ table: ResultTable, _ names: [String], _ context: ReportContext) -> String {
        guard let rates = table.numbers("home_fill_rate"),
            let worst = ResultTable.descending(rates).last(where: { rates[$0].isFinite })
        else { return context.text("stock_lead_bare", String(names.count)) }
        return context.text("stock_lead", String(names.count), names[worst], context.numbers.percent(rates[worst]))
    }
}
