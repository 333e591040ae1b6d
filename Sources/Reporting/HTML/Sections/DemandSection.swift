import Retail

/// Demand against forecast: for each channel the band between the 10 % and 90 % quantiles, the mean forecast, what
/// the simulation drew, and what really happened.
enum DemandSection {
    private static let panelLimit = 6

    static func build(_ context: ReportContext) -> SectionView? {
        guard let table = context.table("demand_by_day"), let days = table.texts("day"),
            let channels = table.texts("channel")
        else { return nil }
        var rows: [String: [Int]] = [:]
        for (row, channel) in channels.enumerated() { rows[channel, default: []].append(row) }
        let forecast = table.numbers("forecast_units") ?? []
        func size(_ channel: String) -> Double {
            (rows[channel] ?? []).reduce(0) {
                $0 + (forecast.indices.contains($1) && forecast[$1].isFinite ? forecast[$1] : 0)
            }
        }
        let ordered = rows.keys.sorted { (size($1), $0) < (size($0), $1) }
        var blocks: [BlockView] = []
        let view = context.view(table, caption: context.text("demand_table"))
        let panels = ordered.prefix(panelLimit).enumerated().map { i, channel in
            panel(table, days, channel, rows[channel] ?? [], "demand-\(i)", context)
        }
        blocks.append(BlockView(chart: ChartView(panels: context.hasCharts ? panels : [], numbers: context.fold(view))))
        if table.numbers("actual_units")?.contains(where: \.isFinite) == true {
            blocks.append(BlockView(note: context.text("demand_note")))
        }
        return SectionView(
            anchor: "demand", title: context.text("demand"), lead: lead(table, context), blocks: blocks)
    }

    private static func panel(
        _ table: ResultTable, _ days: [String], _ channel: String, _ rows: [Int], _ id: String, _ context: ReportContext
    ) -> ChartPanel {
        let roles: [(String, ChartSpec.Role, String)] = [
            ("p10", .low, "p10"), ("p90", .high, "band"), ("forecast_units", .forecast, "forecast"),
            ("simulated_units", .simulated, "simulated"), ("actual_units", .actual, "actual"),
        ]
        let series = roles.compactMap { column, role, word -> ChartSpec.Series? in
            guard let values = table.numbers(column) else { return nil }
            let picked = rows.map { values[$0] }
            guard picked.contains(where: \.isFinite) else { return nil }
            return ChartSpec.Series(name: context.text("series_" + word), role: role, values: picked)
        }
        let name = context.place(channel)
        let spec = ChartSpec(
            kind: .line, labels: rows.map { context.dayText(days[$0]) }, series: series, format: "number",
            unit: context.text("units_per_day"))
        return ChartPanel(
            chartID: id, panelTitle: name, description: context.text("demand_chart", name), json: spec.json, size: "280"
        )
    }

    private static func lead(_ table: ResultTable, _ context: ReportContext) -> String {
        func sum(_ column: String) -> Double? {
            guard let values = table.numbers(column)?.filter(\.isFinite), !values.isEmpty else { return nil }
            return values.reduce(0, +)
        }
        guard let forecast = sum("forecast_units"), let simulated = sum("simulated_units") else {
            return context.text("demand_lead_bare")
        }
        var text = context.text(
            "demand_lead", context.numbers.decimal(forecast, 0), context.numbers.decimal(simulated, 0))
        if let actual = sum("actual_units"), let happened = table.numbers("actual_units"),
            let low = table.numbers("p10"), let high = table.numbers("p90")
        {
            let known = happened.indices.filter { happened[$0].isFinite && low[$0].isFinite && high[$0].isFinite }
            let inside = known.count { happened[$0] >= low[$0] && happened[$0] <= high[$0] }
            text = context.sentences(
                text,
                context.text("demand_actual", context.numbers.decimal(actual, 0), String(inside), String(known.count)))
        }
        return text
    }
}
