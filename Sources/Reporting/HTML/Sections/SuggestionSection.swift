import Retail
import Store

/// What to buy: the suggestions of greatest value, with the reason of each.
enum SuggestionSection {
    private static let shown = 15

    static func build(_ context: ReportContext) -> SectionView? {
        let lines = context.input.suggestions.filter { $0.quantity.final > 0 }
        guard !lines.isEmpty else { return nil }
        let currency = context.input.currency
        let sorted = lines.sorted { ($1.value, $0.sku, $0.node) < ($0.value, $1.sku, $1.node) }
        let top = Array(sorted.prefix(shown))
        var table = suggestionTable(top, currency: currency, language: context.language)
        table.columns = table.columns.map { column in
            guard column.name == "supplier" else { return column }
            return Column("supplier", .text(top.map { $0.supplierName.isEmpty ? $0.supplier : $0.supplierName }))
        }
        let skuNames = Dictionary(top.map { ($0.sku, $0.skuName) }, uniquingKeysWith: { first, _ in first })
        var input = context.input
        input.skuNames.merge(skuNames) { _, new in new }
        var view = ReportContext(input, hasCharts: context.hasCharts).view(
            table, caption: context.text("suggestions_table"),
            columns: [
                "sku", "supplier", "node", "quantity", "value", "order_by", "stockout", "cover_before", "reason",
            ],
            bars: ["value"])
        for row in view.rows.indices { view.rows[row].cells[view.rows[row].cells.count - 1].css = "t prose" }
        if lines.count > top.count { view.more = context.text("suggestions_more", String(lines.count - top.count)) }
        let total = lines.reduce(0.0) { $0 + $1.value.major(in: currency) }
        let suppliers = Set(lines.map(\.supplier)).count
        let earliest = lines.map(\.orderBy).min()
        let urgent = lines.count { $0.orderBy == earliest }
        var lead = context.text(
            "suggestions_lead", context.numbers.whole(Int64(lines.count)), String(suppliers),
            context.numbers.money(total))
        if let earliest {
            lead = context.sentences(
                lead, context.text("suggestions_urgent", String(urgent), context.numbers.day(earliest)))
        }
        var blocks = [BlockView(grid: view)]
        if !context.input.suggestionFiles.isEmpty {
            let files = context.input.suggestionFiles.joined(separator: context.language == .chinese ? "、" : ", ")
            blocks.append(BlockView(note: context.text("suggestions_files", files)))
        }
        if let transfers = transfers(context) { blocks.append(BlockView(fold: transfers)) }
        return SectionView(
            anchor: "suggestions", title: context.text("suggestions"), lead: lead, blocks: blocks)
    }

    /// Goods to move between our own nodes, the largest first.
    private static func transfers(_ context: ReportContext) -> FoldView? {
        guard let table = context.table("transfers"), let quantities = table.numbers("quantity") else { return nil }
        let order = ResultTable.descending(quantities)
        let top = Array(order.prefix(shown))
        let more = order.count > top.count ? context.text("transfers_more", String(order.count - top.count)) : nil
        let caption = context.text("transfers", context.numbers.whole(Int64(order.count)))
        return FoldView(
            summary: caption, isOpen: false,
            content: context.view(table.picking(top), caption: caption, bars: ["quantity"], more: more))
    }
}
