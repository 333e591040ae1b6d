import GRDB
import Retail

extension Database {
    func insert(suggestions: [SuggestionRow], run: RunID) throws {
        let columns = SuggestionRow.columns
        let places = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        let statement = try makeStatement(
            sql: "INSERT INTO suggestions (\(columns.joined(separator: ", "))) VALUES (\(places))")
        for (position, row) in suggestions.enumerated() {
            try statement.execute(arguments: row.arguments(run: run, position: position))
        }
    }
}

extension SuggestionRow {
    /// In the order of `arguments`.
    fileprivate static let columns = [
        "run", "position", "sku", "sku_name", "supplier", "supplier_name", "node",
        "on_hand", "reserved", "in_transit", "on_order", "backordered", "expiring",
        "demand_mean", "demand_p10", "demand_p50", "demand_p90",
        "safety_stock", "reorder_point", "order_up_to",
        "need", "after_minimum", "after_multiple", "after_break", "after_order_value", "below_order_value",
        "unit_cost", "value", "margin_at_risk",
        "order_by", "receipt", "stockout",
        "cover_before", "cover_after", "stockout_probability",
        "reason_en", "reason_zh", "state",
    ]

    fileprivate func arguments(run: RunID, position: Int) -> StatementArguments {
        let quantity = line.quantity
        return [
            run.number, position, sku, skuName, supplier, supplierName, node,
            line.onHand, line.reserved, line.inTransit, line.onOrder, line.backordered, line.expiring,
            line.demandMean, line.demandP10, line.demandP50, line.demandP90,
            line.safetyStock, line.reorderPoint, line.orderUpTo,
            quantity.need, quantity.afterMinimum, quantity.afterMultiple, quantity.afterBreak,
            quantity.afterOrderValue, line.isBelowOrderValue,
            line.unitCost.units, line.value.minor, line.marginAtRisk.minor,
            line.orderBy.number, line.receipt.number, line.stockout?.number,
            line.daysOfCoverBefore, line.daysOfCoverAfter, line.stockoutProbability,
            reasonEnglish, reasonChinese, state.rawValue,
        ]
    }

    init(_ row: Row, _ path: String) throws {
        guard let state = SuggestionState(rawValue: row["state"]) else {
            throw StoreError.damaged(path: path, what: "a suggestion has an unknown state")
        }
        self.init(
            sku: row["sku"], skuName: row["sku_name"], supplier: row["supplier"], supplierName: row["supplier_name"],
            node: row["node"], line: PurchaseLine(row), reasonEnglish: row["reason_en"],
            reasonChinese: row["reason_zh"], state: state)
    }
}

extension PurchaseLine {
    fileprivate init(_ row: Row) {
        self.init(
            onHand: row["on_hand"], reserved: row["reserved"], inTransit: row["in_transit"], onOrder: row["on_order"],
            backordered: row["backordered"], expiring: row["expiring"], demandMean: row["demand_mean"] ?? .nan,
            demandP10: row["demand_p10"] ?? .nan, demandP50: row["demand_p50"] ?? .nan,
            demandP90: row["demand_p90"] ?? .nan, safetyStock: row["safety_stock"],
            reorderPoint: row["reorder_point"], orderUpTo: row["order_up_to"],
            quantity: QuantityChain(
                need: row["need"], afterMinimum: row["after_minimum"], afterMultiple: row["after_multiple"],
                afterBreak: row["after_break"], afterOrderValue: row["after_order_value"]),
            unitCost: UnitPrice(units: row["unit_cost"]), value: Amount(minor: row["value"]),
            isBelowOrderValue: row["below_order_value"], orderBy: Day(number: row["order_by"]),
            receipt: Day(number: row["receipt"]), stockout: (row["stockout"] as Int32?).map(Day.init(number:)),
            daysOfCoverBefore: row["cover_before"] ?? .nan, daysOfCoverAfter: row["cover_after"] ?? .nan,
            stockoutProbability: row["stockout_probability"] ?? .nan,
            marginAtRisk: Amount(minor: row["margin_at_risk"]))
    }
}
