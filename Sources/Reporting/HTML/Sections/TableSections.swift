import Retail

/// The SKUs that lost the most margin for want of stock.
enum LossSection {
    private static let shown = 15

    static func build(_ context: ReportContext) -> SectionView? {
        guard let table = context.table("sku_losses"), let losses = table.numbers("lost_margin") else { return nil }
        let order = ResultTable.descending(losses).filter { losses[$0] > 0 }
        guard !order.isEmpty else {
            return SectionView(
                anchor: "losses", title: context.text("losses"), lead: context.text("losses_none"), blocks: [])
        }
        let scale: Double
        if case .money(let minor) = NumberText.Kind(table.unit("lost_margin"), context.input.currency) {
            scale = minor
        } else {
            scale = 1
        }
        let total = losses.reduce(0) { $0 + ($1.isFinite ? max(0, $1) : 0) } / scale
        let top = Array(order.prefix(shown))
        let part = top.reduce(0) { $0 + losses[$1] } / scale
        let more = order.count > top.count ? context.text("losses_more", String(order.count - top.count)) : nil
        let view = context.view(
            table.picking(top), caption: context.text("losses_table"), bars: ["lost_margin"], more: more)
        return SectionView(
            anchor: "losses", title: context.text("losses"),
            lead: context.text(
                "losses_lead", String(top.count), context.numbers.money(part),
                context.numbers.percent(total > 0 ? part / total : 0), context.numbers.money(total)),
            blocks: [BlockView(grid: view)])
    }
}

/// What was promised to buyers and kept, and who carried it.
enum ServiceSection {
    static func build(_ context: ReportContext) -> SectionView? {
        var blocks: [BlockView] = []
        if let tiers = context.table("tiers") {
            let view = context.view(tiers, caption: context.text("tiers_table"), bars: ["within_promise"])
            blocks.append(BlockView(grid: view))
        }
        if let hour = context.table("hour_outcomes"), (hour.numbers("orders") ?? []).contains(where: { $0 > 0 }) {
            blocks.append(BlockView(grid: context.view(hour, caption: context.text("hour_table"), bars: ["orders"])))
            if let fronts = context.table("the_hour"), fronts.rowCount > 0 {
                blocks.append(
                    BlockView(fold: context.fold(context.view(fronts, caption: context.text("hour_fronts_table")))))
            }
        }
        if let carriers = context.table("carriers") {
            blocks.append(
                BlockView(
                    grid: context.view(
                        carriers, caption: context.text("carriers_table"), bars: ["on_time", "peak_load"])))
        }
        guard !blocks.isEmpty else { return nil }
        return SectionView(
            anchor: "service", title: context.text("service"), lead: context.text("service_lead"), blocks: blocks)
    }
}

/// What the channels owed and paid.
enum SettlementSection {
    static func build(_ context: ReportContext) -> SectionView? {
        guard let table = context.table("settlement") else { return nil }
        return SectionView(
            anchor: "settlement", title: context.text("settlement"), lead: context.text("settlement_lead"),
            blocks: [BlockView(grid: context.view(table, caption: context.text("settlement_table")))])
    }
}

/// How every order ended, and what each stage counted on the way.
enum OrderSection {
    static func build(_ context: ReportContext) -> SectionView? {
        guard var table = context.table("order_states") else { return nil }
        if let orders = table.numbers("orders") {
            let total = orders.reduce(0, +)
            if total > 0 { table.columns.append(Column("share", unit: "share", .real(orders.map { $0 / total }))) }
        }
        var blocks = [BlockView(grid: context.view(table, caption: context.text("states_table"), bars: ["share"]))]
        if let stages = context.table("stages") {
            let view = context.view(stages, caption: context.text("stages_table"))
            blocks.append(
                BlockView(fold: FoldView(summary: context.text("stages_table"), isOpen: false, content: view)))
        }
        return SectionView(
            anchor: "orders", title: context.text("orders"), lead: context.text("orders_lead"), blocks: blocks)
    }
}
