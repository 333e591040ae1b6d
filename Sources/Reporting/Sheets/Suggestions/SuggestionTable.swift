import Replenishment
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
        whole("quantity", \.orderQuantity), whole("suggested", \.quantity.final),
        real("unit_cost", currency.code, \.unitCost.major),
        real("value", currency.code) { $0.orderValue(in: currency).major(in: currency) },
        real("volume", "litres") { Double($0.volume) / 1_000 },
        text("order_by", \.orderBy.description), text("receipt", \.receipt.description),
        text("stockout") { $0.stockout?.description ?? "" }, text("first_gap") { $0.firstGap?.description ?? "" },
    ]
    let decision = [
        text("state") { words("state", $0.status.state.rawValue, language) },
        real("drift", "units") { $0.status.drift.map(Double.init) ?? .nan },
        text("marks") { $0.status.marks.map { words("mark", $0.rawValue, language) }.joined(separator: "; ") },
        text("decided_by", \.status.by), text("decided_reason", \.status.reason),
        text("valid_until") { $0.status.until?.description ?? "" }, text("order_code", \.status.order),
    ]
    let position = [
        whole("on_hand", \.onHand), whole("reserved", \.reserved), whole("in_transit", \.inTransit),
        whole("on_order", \.onOrder), whole("backordered", \.backordered), whole("expiring", \.expiring),
        whole("position", \.position),
    ]
    let target = [
        real("demand_mean", "units", \.demandMean), real("demand_p10", "units", \.demandP10),
        real("demand_p50", "units", \.demandP50), real("demand_p90", "units", \.demandP90),
        whole("safety_stock", \.safetyStock), text("safety_stock_source") { safetyStockSource($0.line, language) },
        whole("reorder_point", \.reorderPoint),
        text("reorder_point_source") { reorderPointSource($0.line, language) }, whole("order_up_to", \.orderUpTo),
    ]
    let chain = [
        whole("minimum_quantity", \.minimumQuantity), whole("order_multiple", \.orderMultiple),
        whole("need", \.quantity.need), whole("after_minimum", \.quantity.afterMinimum),
        whole("after_multiple", \.quantity.afterMultiple),
        text("rounding") { words("rounding", $0.quantity.rounding.rawValue, language) },
        whole("after_break", \.quantity.afterBreak), whole("after_order_value", \.quantity.afterOrderValue),
        whole("after_container", \.quantity.afterContainer), whole("after_limits", \.quantity.afterLimits),
        whole("after_budget", \.quantity.afterBudget),
        text("below_order_value") { words("answer", $0.isBelowOrderValue ? "yes" : "no", language) },
        text("below_container") { words("answer", $0.isBelowContainer ? "yes" : "no", language) },
        real("forced_days", "days", \.forcedDays),
    ]
    let choice = [
        text("part") { words("part", $0.part.rawValue, language) },
        real("effective_cost", currency.code, \.effectiveCost.major), text("next_supplier", \.rival),
        real("next_supplier_cost", currency.code) { $0.rival.isEmpty ? .nan : $0.rivalCost.major },
    ]
    let effect = [
        real("cover_before", "days", \.daysOfCoverBefore), real("cover_after", "days", \.daysOfCoverAfter),
        real("stockout_probability", "share", \.stockoutProbability),
        real("margin_at_risk", currency.code) { $0.marginAtRisk.major(in: currency) },
        text("urgency") { words("urgency", $0.urgency.rawValue, language) }, text("reason") { $0.reason(language) },
    ]
    return ResultTable(
        "suggestions", identity + order + decision + position + target + chain + choice + effect)
}

/// The columns of `suggestionTable` that fit beside each other on a screen; the others are in its files and
/// explanations.
public func suggestionOverview(_ rows: [SuggestionRow], currency: Currency, language: Language) -> ResultTable {
    let all = suggestionTable(rows, currency: currency, language: language)
    var names = [
        "supplier", "sku", "sku_name", "node", "quantity", "value", "order_by", "receipt", "stockout", "first_gap",
        "cover_before", "cover_after", "stockout_probability", "urgency", "state",
    ]
    // What was decided, where anything was.
    if rows.contains(where: { $0.status.at != nil }) { names += ["drift", "marks", "valid_until", "decided_by"] }
    return ResultTable(all.name, names.compactMap { name in all.columns.first { $0.name == name } })
}

extension SuggestionRow {
    /// What the quantity to be ordered costs at the line's unit cost.
    public func orderValue(in currency: Currency) -> Amount {
        if orderQuantity == line.quantity.final { return line.value }
        // Quantities read back are limited far below what could overflow.
        return (try? line.unitCost.amount(orderQuantity, in: currency)) ?? .zero
    }
}
