public import Retail

/// Suggestions and targets in the one form in which results are stored, exported and reported.
public enum SuggestionTables {
    /// One row per purchase suggestion, in the order given. Prices and values in major units of the currency.
    public static func purchases(
        _ suggestions: [PurchaseSuggestion], names: SuggestionNames, language: Language = .english
    ) -> ResultTable {
        func whole(_ name: String, _ unit: String = "units", _ value: (PurchaseSuggestion) -> Int64) -> Column {
            Column(name, unit: unit, .integer(suggestions.map(value)))
        }
        func real(_ name: String, _ unit: String, _ value: (PurchaseSuggestion) -> Double) -> Column {
            Column(name, unit: unit, .real(suggestions.map(value)))
        }
        func text(_ name: String, _ value: (PurchaseSuggestion) -> String) -> Column {
            Column(name, .text(suggestions.map(value)))
        }
        let currency = names.currency
        return ResultTable(
            "purchase_suggestions",
            [
                text("supplier") { names.supplierCode($0.supplier) },
                text("supplier_name") { names.supplier($0.supplier) },
                text("sku") { names.skuCode($0.sku) },
                text("name") { names.sku($0.sku) },
                text("node") { names.nodeCode($0.node) },
                text("urgency") { $0.isLate ? "late" : $0.stockout == nil ? "normal" : "soon" },
                whole("quantity") { $0.quantity.final },
                real("unit_cost", currency.code) { $0.unitCost.major },
                real("value", currency.code) { $0.value.major(in: currency) },
                text("order_by") { $0.orderBy.description },
                text("receipt") { $0.receipt.description },
                text("stockout") { $0.stockout?.description ?? "" },
                whole("on_hand") { $0.onHand },
                whole("reserved") { $0.reserved },
                whole("in_transit") { $0.inTransit },
                whole("on_order") { $0.onOrder },
                whole("backordered") { $0.backordered },
                whole("expiring") { $0.expiring },
                whole("position") { $0.position },
                real("demand_mean", "units") { $0.demandMean },
                real("demand_p10", "units") { $0.demandP10 },
                real("demand_p50", "units") { $0.demandP50 },
                real("demand_p90", "units") { $0.demandP90 },
                whole("safety_stock") { $0.safetyStock },
                whole("reorder_point") { $0.reorderPoint },
                whole("order_up_to") { $0.orderUpTo },
                whole("need") { $0.quantity.need },
                whole("after_minimum") { $0.quantity.afterMinimum },
                whole("after_multiple") { $0.quantity.afterMultiple },
                whole("after_price_break") { $0.quantity.afterBreak },
                whole("after_order_value") { $0.quantity.afterOrderValue },
                real("days_of_cover_before", "days") { $0.daysOfCoverBefore },
                real("days_of_cover_after", "days") { $0.daysOfCoverAfter },
                real("stockout_probability", "share") { $0.stockoutProbability },
                real("margin_at_risk", currency.code) { $0.marginAtRisk.major(in: currency) },
                whole("below_order_value", "") { $0.isBelowOrderValue ? 1 : 0 },
                text("reason") { SuggestionEngine.reason($0, names: names, language: language) },
            ])
    }

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
