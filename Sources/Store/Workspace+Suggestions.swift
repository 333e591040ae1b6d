import GRDB
import Retail

extension Database {
    func insert(suggestions: [SuggestionRow], run: RunID) throws {
        let places = Array(repeating: "?", count: 34).joined(separator: ", ")
        let statement = try makeStatement(sql: "INSERT INTO suggestions VALUES (\(places))")
        for (position, line) in suggestions.enumerated() {
            try statement.execute(arguments: [
                run.number, position, line.sku, line.skuName, line.supplier, line.supplierName, line.node,
                line.onHand, line.reserved, line.inTransit, line.onOrder, line.backordered,
                line.demandMean, line.demandP10, line.demandP50, line.demandP90,
                line.safetyStock, line.reorderPoint, line.orderUpTo,
                line.quantity.need, line.quantity.afterMinimum, line.quantity.afterMultiple, line.quantity.afterBreak,
                line.unitCost.units, line.value.minor,
                line.orderBy.number, line.receipt.number, line.stockout?.number,
                line.daysOfCoverBefore, line.daysOfCoverAfter, line.stockoutProbability,
                line.reasonEnglish, line.reasonChinese,
                line.state.rawValue,
            ])
        }
    }
}

extension SuggestionRow {
    init(_ row: Row, _ path: String) throws {
        guard let state = SuggestionState(rawValue: row["state"]) else {
            throw StoreError.damaged(path: path, what: "a suggestion has an unknown state")
        }
        self.state = state
        sku = row["sku"]
        skuName = row["sku_name"]
        supplier = row["supplier"]
        supplierName = row["supplier_name"]
        node = row["node"]
        onHand = row["on_hand"]
        reserved = row["reserved"]
        inTransit = row["in_transit"]
        onOrder = row["on_order"]
        backordered = row["backordered"]
        demandMean = row["demand_mean"] ?? .nan
        demandP10 = row["demand_p10"] ?? .nan
        demandP50 = row["demand_p50"] ?? .nan
        demandP90 = row["demand_p90"] ?? .nan
        safetyStock = row["safety_stock"]
        reorderPoint = row["reorder_point"]
        orderUpTo = row["order_up_to"]
        quantity = QuantityChain(
            need: row["need"], afterMinimum: row["after_minimum"], afterMultiple: row["after_multiple"],
            afterBreak: row["after_break"])
        unitCost = UnitPrice(units: row["unit_cost"])
        value = Amount(minor: row["value"])
        orderBy = Day(number: row["order_by"])
        receipt = Day(number: row["receipt"])
        stockout = (row["stockout"] as Int32?).map(Day.init(number:))
        daysOfCoverBefore = row["cover_before"] ?? .nan
        daysOfCoverAfter = row["cover_after"] ?? .nan
        stockoutProbability = row["stockout_probability"] ?? .nan
        reasonEnglish = row["reason_en"]
        reasonChinese = row["reason_zh"]
    }
}
