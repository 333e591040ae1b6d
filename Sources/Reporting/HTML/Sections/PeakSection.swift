import Retail

/// Orders per minute against capacity: the whole period, and the busiest day at a finer grain.
enum PeakSection {
    static func build(_ context: ReportContext) -> SectionView? {
        guard let table = context.table("orders_by_minute"), let minutes = table.numbers("minute") else { return nil }
        let flow = MinuteFlow(table, minutes)
        guard !flow.columns.isEmpty else { return nil }
        var blocks: [BlockView] = []
        if context.hasCharts {
            let whole = flow.panels(rows: 0..<minutes.count, points: 500, prefix: "minute", title: nil, context)
            blocks.append(BlockView(chart: ChartView(panels: whole)))
            if let busiest = flow.busiestDay, busiest.count < minutes.count, let first = busiest.first {
                let day = context.input.firstDay.map { context.numbers.day($0 + Int(minutes[first]) / 1_440) } ?? ""
                let panels = flow.panels(rows: busiest, points: 300, prefix: "peak", title: day, context)
                blocks.append(BlockView(chart: ChartView(panels: panels)))
            }
        }
        blocks.append(
            BlockView(fold: context.fold(context.view(flow.hourly(context), caption: context.text("peak_table")))))
        blocks.append(BlockView(note: context.text("peak_note")))
        return SectionView(anchor: "peak", title: context.text("peak"), lead: lead(flow, context), blocks: blocks)
    }

    private static func lead(_ flow: MinuteFlow, _ context: ReportContext) -> String {
        var text = ""
        if let placed = flow.values("placed"), let peak = placed.indices.max(by: { placed[$0] < placed[$1] }) {
            text = context.text(
                "peak_lead", context.numbers.decimal(placed[peak], placed[peak] < 100 ? 1 : 0),
                context.clock(Int(flow.minutes[peak])))
        }
        if let picked = flow.values("picked"), let capacity = flow.values("pick_capacity") {
            // By the quarter-hour: within a minute the count of orders finished is mostly chance.
            let quarters = stride(from: 0, to: capacity.count, by: 15).map { $0..<min($0 + 15, capacity.count) }
            let open = quarters.filter { capacity[$0].reduce(0, +) > 0 }
            let full = open.count { picked[$0].reduce(0, +) >= capacity[$0].reduce(0, +) * 0.98 }
            if !open.isEmpty {
                text = context.sentences(
                    text, context.text("peak_full", context.numbers.percent(Double(full) / Double(open.count))))
            }
        }
        return text.isEmpty ? context.text("peak_lead_bare") : text
    }
}
