import Retail

/// Where an order's time goes, and what works and waits at the nodes.
enum FlowSection {
    static func build(_ context: ReportContext) -> SectionView? {
        guard let time = context.table("time_spent") else { return nil }
        func caption(_ table: ResultTable) -> String { words("table", table.name, context.language) }
        var blocks = [
            BlockView(
                grid: context.view(time, caption: caption(time), bars: ["share"], totals: [max(0, time.rowCount - 1)]))
        ]
        if let work = context.table("node_work") {
            // Packing, docks and overtime where a scenario has them.
            let used = work.withoutEmptyColumns()
            if used.columns.count > 1 {
                blocks.append(BlockView(grid: context.view(used, caption: caption(work), bars: ["carried_over"])))
            }
        }
        if let backlog = context.table("backlog"), let parcels = backlog.numbers("parcels") {
            let waiting = backlog.picking(parcels.indices.filter { parcels[$0] > 0 })
            if waiting.rowCount > 0 {
                blocks.append(
                    BlockView(
                        fold: FoldView(
                            summary: caption(backlog), isOpen: false,
                            content: context.view(waiting, caption: caption(backlog), bars: ["parcels"]))))
            }
        }
        if let reasons = context.table("return_reasons"), reasons.rowCount > 0 {
            blocks.append(BlockView(grid: context.view(reasons, caption: caption(reasons), bars: ["orders"])))
        }
        return SectionView(
            anchor: "flow", title: context.text("flow"), lead: context.text("flow_lead"), blocks: blocks)
    }
}

/// What the rule used before would have done, where one runs in shadow.
enum RoutingSection {
    static func build(_ context: ReportContext) -> SectionView? {
        guard let table = context.table("routing_shadow"), let orders = table.numbers("orders"),
            orders.contains(where: { $0 > 0 }), let different = table.numbers("different"),
            let saving = table.numbers("saving")
        else { return nil }
        let saved = saving.reduce(0, +)
        let scale: Double
        if case .money(let minor) = NumberText.Kind(table.unit("saving"), context.input.currency) {
            scale = minor
        } else {
            scale = 1
        }
        let shown = table.picking(ResultTable.descending(saving).filter { orders[$0] > 0 })
        return SectionView(
            anchor: "routing", title: context.text("routing"),
            lead: context.text(
                "routing_lead", context.numbers.whole(Int64(different.reduce(0, +))),
                context.numbers.money(saved / scale)),
            blocks: [
                BlockView(
                    grid: context.view(
                        shown, caption: words("table", table.name, context.language), bars: ["different"]))
            ])
    }
}

/// What each segment of buyers ordered and sent back.
enum BuyerSection {
    static func build(_ context: ReportContext) -> SectionView? {
        guard let table = context.table("segments"), table.rowCount > 1 else { return nil }
        return SectionView(
            anchor: "buyers", title: context.text("buyers"), lead: context.text("buyers_lead"),
            blocks: [
                BlockView(
                    grid: context.view(
                        table, caption: words("table", table.name, context.language), bars: ["orders"]))
            ])
    }
}
