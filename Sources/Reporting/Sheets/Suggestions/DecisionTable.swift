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
