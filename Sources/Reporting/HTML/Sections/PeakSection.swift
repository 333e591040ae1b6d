import Retail

/// Orders per minute against capacity: the whole period, and the busiest day at a finer grain.
enum PeakSection {
    static func build(_ context: ReportContext) -> SectionView? {
        guard let table = context.table("orders_by_minute"), let minutes = table.numbers("minute") else { return nil }
        let flow = MinuteFlow(table, minutes)
        guard !flow.columns.isEmpty else { return nil }
        var panels: [ChartPanel] = []
        if context.hasCharts {
            panels = flow.panels(rows: 0..<minutes.count, points: 500, prefix: "minute", title: nil, context)
            if let busiest = flow.busiestDay, busiest.count < minutes.count, let first = busiest.first {
                let day = context.input.firstDay.map { context.numbers.day($0 + Int(minutes[first]) / 1_440) } ?? ""
                panels += flow.panels(rows: busiest, points: 300, prefix: "peak", title: day, context)
            }
        }
        let hourly = context.view(
            flow.hourly(context), caption: context.text("peak_table"))
        return SectionView(
            anchor: "peak", title: context.text("peak"), lead: lead(flow, context),
            blocks: [
                BlockView(chart: ChartView(panels: panels, numbers: context.fold(hourly))),
                BlockView(note: context.text("peak_note")),
            ])
    }

    private static func lead(_ flow: MinuteFlow, _ context: ReportContext) -> String {
        var text = ""
        if let placed = flow.values("placed"), let peak = placed.indices.max(by: { placed[$0] < placed[$1] }) {
            text = context.text(
                "peak_lead", context.numbers.decimal(placed[peak], placed[peak] < 100 ? 1 : 0),
                context.clock(Int(flow.minutes[peak])))
        }
        if let picked = flow.values("picked"), let capacity = flow.values("pick_capacity") {
            let open = capacity.indices.filter { capacity[$0] > 0 }
            let full = open.count { picked[$0] >= capacity[$0] * 0.98 }
            if !open.isEmpty {
                text +=
                    (text.isEmpty ? "" : " ")
                    + context.text("peak_full", context.numbers.percent(Double(full) / Double(open.count)))
            }
        }
        return text.isEmpty ? context.text("peak_lead_bare") : text
    }
}
