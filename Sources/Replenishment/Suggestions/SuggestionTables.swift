public import Retail

/// Transfers and targets in the one form in which results are stored, exported and reported.
public enum SuggestionTables {
    /// One row per transfer suggestion.
    public static func transfers(
        _ transfers: [TransferSuggestion], names: SuggestionNames, language: Language = .english
    ) -> ResultTable {
        func whole(_ name: String, _ value: (TransferSuggestion) -> Int64) -> Column {
            Column(name, unit: "units", .integer(transfers.map(value)))
        }
        func text(_ name: String, _ value: (TransferSuggestion) -> String) -> Column {
            Column(name, .text(transfers.map(value)))
        }
        return ResultTable(
            "transfer_suggestions",
            [
                text("sku") { names.skuCode($0.sku) },
                text("name") { names.sku($0.sku) },
                text("from") { names.nodeCode($0.from) },
                text("to") { names.nodeCode($0.to) },
                whole("quantity") { $0.quantity },
                whole("need") { $0.need },
                whole("available") { $0.available },
                whole("position") { $0.position },
                whole("reorder_point") { $0.reorderPoint },
                whole("order_up_to") { $0.orderUpTo },
                text("receipt") { $0.receipt.description },
                text("reason") { SuggestionEngine.reason($0, names: names, language: language) },
            ])
    }

    /// One row per stock target.
    public static func targets(_ plan: StockPlan, names: SuggestionNames) -> ResultTable {
        let targets = plan.targets
        return ResultTable(
            "stock_targets",
            [
                Column("sku", .text(targets.map { names.skuCode($0.sku) })),
                Column("node", .text(targets.map { names.nodeCode($0.node) })),
                Column("demand_mean", unit: "units", .real(targets.map(\.mean))),
                Column("demand_deviation", unit: "units", .real(targets.map(\.deviation))),
                Column("safety_stock", unit: "units", .integer(targets.map(\.safetyStock))),
                Column("reorder_point", unit: "units", .integer(targets.map(\.reorderPoint))),
                Column("order_up_to", unit: "units", .integer(targets.map(\.orderUpTo))),
                Column("law", .text(targets.map(\.law))),
            ])
    }
}
