public import Retail

/// A purchase suggestion with its codes and names put in: a row a buyer can read without the data set at hand.
public struct SuggestionLine: Sendable, Equatable {
    public var suggestion: PurchaseSuggestion
    public var sku: String
    public var skuName: String
    public var supplier: String
    public var supplierName: String
    public var node: String
    public var nodeName: String
    /// One sentence: why this much, now.
    public var reason: String

    public init(
        _ suggestion: PurchaseSuggestion, sku: String, skuName: String, supplier: String, supplierName: String,
        node: String, nodeName: String, reason: String
    ) {
        self.suggestion = suggestion
        self.sku = sku
        self.skuName = skuName
        self.supplier = supplier
        self.supplierName = supplierName
        self.node = node
        self.nodeName = nodeName
        self.reason = reason
    }
}

/// All suggestions as one table, in the order given. Unit cost and value are in major units; days are ISO dates,
/// and `stockout` is empty when stock lasts.
public func suggestionTable(_ lines: [SuggestionLine], currency: Currency) -> ResultTable {
    func whole(_ name: String, _ value: (PurchaseSuggestion) -> Int64) -> Column {
        Column(name, unit: "units", .integer(lines.map { value($0.suggestion) }))
    }
    func real(_ name: String, _ unit: String, _ value: (PurchaseSuggestion) -> Double) -> Column {
        Column(name, unit: unit, .real(lines.map { value($0.suggestion) }))
    }
    func text(_ name: String, _ value: (SuggestionLine) -> String) -> Column {
        Column(name, .text(lines.map(value)))
    }
    let identity = [
        text("supplier", \.supplier), text("supplier_name", \.supplierName), text("sku", \.sku),
        text("sku_name", \.skuName), text("node", \.node),
    ]
    let order = [
        whole("quantity") { $0.quantity.final },
        real("unit_cost", currency.code) { $0.unitCost.major },
        real("value", currency.code) { $0.value.major(in: currency) },
        text("order_by") { $0.suggestion.orderBy.description },
        text("receipt") { $0.suggestion.receipt.description },
        text("stockout") { $0.suggestion.stockout?.description ?? "" },
    ]
    let position = [
        whole("on_hand", \.onHand), whole("reserved", \.reserved), whole("in_transit", \.inTransit),
        whole("on_order", \.onOrder), whole("backordered", \.backordered), whole("position", \.position),
    ]
    let target = [
        real("demand_mean", "units", \.demandMean), real("demand_p10", "units", \.demandP10),
        real("demand_p50", "units", \.demandP50), real("demand_p90", "units", \.demandP90),
        whole("safety_stock", \.safetyStock), whole("reorder_point", \.reorderPoint),
        whole("order_up_to", \.orderUpTo),
    ]
    let chain = [
        whole("need") { $0.quantity.need }, whole("after_minimum") { $0.quantity.afterMinimum },
        whole("after_multiple") { $0.quantity.afterMultiple }, whole("after_break") { $0.quantity.afterBreak },
    ]
    let effect = [
        real("cover_before", "days", \.daysOfCoverBefore), real("cover_after", "days", \.daysOfCoverAfter),
        real("stockout_probability", "share", \.stockoutProbability), text("reason", \.reason),
    ]
    return ResultTable("suggestions", identity + order + position + target + chain + effect)
}
