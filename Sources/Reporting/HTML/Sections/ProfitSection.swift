import Retail

/// Profit and loss as a ladder: each step stands on the one before.
enum ProfitSection {
    static func build(_ context: ReportContext) -> SectionView? {
        guard let table = context.table("profit_and_loss"), let steps = table.texts("step"),
            let raw = table.numbers("amount")
        else { return nil }
        let scale: Double
        if case .money(let minor) = NumberText.Kind(table.unit("amount"), context.input.currency) {
            scale = minor
        } else {
            scale = 1
        }
        let amounts = raw.map { $0 / scale }
        let ladder = Ladder(amounts)
        let names = steps.map { words("pnl", $0, context.language) }
        // The picture leaves out steps without an amount; the table below shows them all.
        let drawn = amounts.indices.filter { amounts[$0] != 0 || ladder.totals.contains($0) }
        func series(_ role: ChartSpec.Role, _ key: String, where isIncluded: (Int) -> Bool) -> ChartSpec.Series {
            ChartSpec.Series(
                name: context.text(key), role: role,
                values: drawn.map { isIncluded($0) ? ladder.ends[$0] : .nan },
                starts: drawn.map { isIncluded($0) ? ladder.starts[$0] : .nan })
        }
        let spec = ChartSpec(
            kind: .ladder, labels: drawn.map { names[$0] },
            series: [
                series(.third, "ladder_total") { ladder.totals.contains($0) },
                series(.first, "ladder_gain") { !ladder.totals.contains($0) && amounts[$0] >= 0 },
                series(.second, "ladder_cost") { !ladder.totals.contains($0) && amounts[$0] < 0 },
            ], format: "money", unit: "")
        var shown = table
        // Rates of a profit and loss account are read against net revenue.
        let base = steps.firstIndex(of: "net_revenue") ?? 0
        if amounts[base] != 0 {
            shown.columns.append(
                Column(
                    base == 0 ? "share_of_first" : "share_of_net", unit: "share",
                    .real(amounts.map { $0 / amounts[base] })))
        }
        let view = context.view(shown, caption: context.text("profit_table"), totals: ladder.totals)
        let panel = ChartPanel(
            chartID: "ladder", panelTitle: context.text("profit_chart", context.input.currency.code),
            description: context.text("profit_chart", context.input.currency.code), json: spec.json,
            size: String(60 + 30 * drawn.count))
        var blocks: [BlockView] = []
        if context.hasCharts { blocks.append(BlockView(chart: ChartView(panels: [panel], isBeside: true))) }
        blocks.append(BlockView(grid: view))
        if let channels = context.table("channels") {
            blocks.append(BlockView(grid: context.view(channels, caption: context.text("channels_table"))))
        }
        return SectionView(
            anchor: "profit", title: context.text("profit"), lead: lead(names, amounts, base, ladder, context),
            blocks: blocks
        )
    }

    private static func lead(
        _ names: [String], _ amounts: [Double], _ base: Int, _ ladder: Ladder, _ context: ReportContext
    ) -> String {
        guard let last = amounts.indices.last, last > base, amounts[base] != 0 else {
            return context.text("profit_lead_bare")
        }
        let steepest = amounts.indices.filter { $0 > base && !ladder.totals.contains($0) }.min {
            amounts[$0] < amounts[$1]
        }
        var text = context.text(
            "profit_lead", names[last], context.numbers.money(amounts[last]),
            context.numbers.percent(amounts[last] / amounts[base]), names[base])
        if let steepest, amounts[steepest] < 0 {
            text = context.sentences(
                text, context.text("profit_steepest", names[steepest], context.numbers.money(-amounts[steepest])))
        }
        return text
    }
}

/// Steps of a ladder told apart: a step is a total when it repeats the sum of the steps before it, else it is an
/// addition to that sum. Where it stands follows from that.
struct Ladder {
    var starts: [Double] = []
    var ends: [Double] = []
    var totals: Set<Int> = []

    init(_ amounts: [Double]) {
        var sum = 0.0
        for (i, amount) in amounts.enumerated() {
            let tolerance = 0.02 + 1e-9 * abs(sum)
            if i == 0 || (i > 1 && abs(amount - sum) <= tolerance && amount != 0) {
                starts.append(0)
                ends.append(amount)
                totals.insert(i)
                sum = amount
            } else {
                starts.append(sum)
                ends.append(sum + amount)
                sum += amount
            }
        }
    }
}
