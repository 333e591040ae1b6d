public import Retail
public import Store

/// Decisions as a table, in the order given.
public func decisionTable(_ decisions: [Decision]) -> ResultTable {
    func text(_ name: String, _ value: (Decision) -> String) -> Column { Column(name, .text(decisions.map(value))) }
    return ResultTable(
        "decisions",
        [
            text("at") { CivilTime(seconds: $0.at).description }, text("decided_by", \.by),
            text("sku", \.key.sku), text("supplier", \.key.supplier), text("node", \.key.node),
            text("state", \.state.rawValue),
            Column(
                "quantity", unit: "units", .integer(decisions.map { $0.quantity ?? $0.suggested.quantity })),
            Column("suggested", unit: "units", .integer(decisions.map(\.suggested.quantity))),
            text("order_code", \.order), text("due") { $0.due?.description ?? "" },
            text("valid_until") { $0.until?.description ?? "" }, text("decided_reason", \.reason),
        ])
}

/// Orders placed and not received yet, in the order given, with the days they are late.
public func outstandingTable(_ orders: [OutstandingOrder], today: Day) -> ResultTable {
    func text(_ name: String, _ value: (OutstandingOrder) -> String) -> Column {
        Column(name, .text(orders.map(value)))
    }
    return ResultTable(
        "outstanding_orders",
        [
            text("order_code", \.order), text("sku", \.key.sku), text("supplier", \.key.supplier),
            text("node", \.key.node), Column("quantity", unit: "units", .integer(orders.map(\.quantity))),
            text("due") { $0.due?.description ?? "" },
            Column("days_late", unit: "days", .integer(orders.map { max(0, Int64(today - ($0.due ?? today))) })),
            text("at") { CivilTime(seconds: $0.placed).description },
        ])
}
