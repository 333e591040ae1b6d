extension Catalogue {
    /// The vocabulary of the trade.
    static let common: [CatalogueEntry] = [
        .init("app.name", "Granary", "粮仓"),
        .init("term.sku", "SKU", "商品"),
        .init("term.channel", "Channel", "渠道"),
        .init("term.region", "Region", "区域"),
        .init("term.node", "Node", "节点"),
        .init("term.node_kind", "Kind of node", "节点类型"),
        .init("term.supplier", "Supplier", "供应商"),
        .init("term.carrier", "Carrier", "承运商"),
        .init("term.category", "Category", "品类"),
        .init("term.day", "Day", "日期"),
        .init("term.units", "Units", "件数"),
        .init("term.orders", "Orders", "订单"),
        .init("term.lines", "Lines", "订单行"),
    ]
}
