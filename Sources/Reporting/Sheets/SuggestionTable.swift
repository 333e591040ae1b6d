public import Retail
public import Store

/// All suggestions as one table, in the order given. Unit cost and value are in major units; days are ISO dates,
/// and `stockout` is empty when stock lasts.
public func suggestionTable(_ rows: [SuggestionRow], currency: Currency, language: Language) -> ResultTable {
    func whole(_ name: String, _ value: (SuggestionRow) -> Int64) -> Column {
        Column(name, unit: "units", .integer(rows.map(value)))
    }
    func real(_ name: String, _ unit: String, _ value: (SuggestionRow) -> Double) -> Column {
        Column(name, unit: unit, .real(rows.map(value)))
    }
    func text(_ name: String, _ value: (SuggestionRow) -> String) -> Column { Column(name, .text(rows.map(value))) }
    let identity = [
        text("supplier", \.supplier), text("supplier_name", \.supplierName), text("sku", \.sku),
        text("sku_name", \.skuName), text("node", \.node),
    ]
    let order = [
        whole("quantity", \.quantity.final), real("unit_cost", currency.code, \.unitCost.major),
        real("value", currency.code) { $0.value.major(in: currency) },
        text("order_by", \.orderBy.description), text("receipt", \.receipt.description),
        text("stockout") { $0.stockout?.description ?? "" },
    ]
    let position = [
        whole("on_hand", \.onHand), whole("reserved", \.reserved), whole("in_transit", \.inTransit),
        whole("on_order", \.onOrder), whole("backordered", \.backordered), whole("expiring", \.expiring),
        whole("position", \.position),
    ]
    let target = [
        real("demand_mean", "units", \.demandMean), real("demand_p10", "units", \.demandP10),
        real("demand_p50", "units", \.demandP50), real("demand_p90", "units", \.demandP90),
        whole("safety_stock", \.safetyStock), whole("reorder_point", \.reorderPoint),
        whole("order_up_to", \.orderUpTo),
    ]
    let chain = [
        whole("need", \.quantity.need), whole("after_minimum", \.quantity.afterMinimum),
        whole("after_multiple", \.quantity.afterMultiple), whole("after_break", \.quantity.afterBreak),
        whole("after_order_value", \.quantity.afterOrderValue),
        text("below_order_value") { words("answer", $0.isBelowOrderValue ? "yes" : "no", language) },
    ]
    let effect = [
        real("cover_before", "days", \.daysOfCoverBefore), real("cover_after", "days", \.daysOfCoverAfter),
        real("stockout_probability", "share", \.stockoutProbability),
        real("margin_at_risk", currency.code) { $0.marginAtRisk.major(in: currency) },
        text("urgency") { words("urgency", $0.urgency.rawValue, language) },
        text("state") { words("state", $0.state.rawValue, language) }, text("reason") { $0.reason(language) },
    ]
    return ResultTable("suggestions", identity + order + position + target + chain + effect)
}
