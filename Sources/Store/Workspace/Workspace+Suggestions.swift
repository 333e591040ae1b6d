import GRDB
import Retail

extension SuggestionRow {
    /// Name of each stored column with its value, in the order they are written.
    fileprivate static let columns: Columns = identity + stock + target + chain + money + time + reasons

    fileprivate typealias Columns = [(
        name: String, value: @Sendable (SuggestionRow) -> (any DatabaseValueConvertible)?
    )]

    private static let identity: Columns = [
        ("sku", { $0.sku }), ("sku_name", { $0.skuName }), ("supplier", { $0.supplier }),
        ("supplier_name", { $0.supplierName }), ("node", { $0.node }), ("rival", { $0.rival }),
    ]

    private static let reasons: Columns = [("reason_en", { $0.reasonEnglish }), ("reason_zh", { $0.reasonChinese })]

    private static let stock: Columns = [
        ("on_hand", { $0.onHand }), ("reserved", { $0.reserved }), ("in_transit", { $0.inTransit }),
        ("on_order", { $0.onOrder }), ("backordered", { $0.backordered }), ("expiring", { $0.expiring }),
    ]

    private static let target: Columns = [
        ("demand_mean", { $0.demandMean }), ("demand_p10", { $0.demandP10 }), ("demand_p50", { $0.demandP50 }),
        ("demand_p90", { $0.demandP90 }), ("safety_stock", { $0.safetyStock }),
        ("reorder_point", { $0.reorderPoint }), ("order_up_to", { $0.orderUpTo }), ("law", { $0.law }),
        ("service", { $0.basis.service.kind }), ("service_level", { $0.basis.service.level }),
        ("lead_time", { $0.basis.leadTime }), ("lead_time_deviation", { $0.basis.leadTimeDeviation }),
        ("lead_time_source", { $0.basis.leadTimeSource.code }), ("review_period", { $0.basis.reviewPeriod }),
        ("law_fit", { $0.basis.fit }),
    ]

    private static let chain: Columns = [
        ("minimum_quantity", { $0.minimumQuantity }), ("order_multiple", { $0.orderMultiple }),
        ("need", { $0.quantity.need }), ("after_minimum", { $0.quantity.afterMinimum }),
        ("after_multiple", { $0.quantity.afterMultiple }), ("rounding", { $0.quantity.rounding.rawValue }),
        ("after_break", { $0.quantity.afterBreak }), ("after_order_value", { $0.quantity.afterOrderValue }),
        ("after_container", { $0.quantity.afterContainer }), ("after_limits", { $0.quantity.afterLimits }),
        ("after_budget", { $0.quantity.afterBudget }),
        ("below_order_value", { $0.isBelowOrderValue }), ("below_container", { $0.isBelowContainer }),
    ]

    private static let money: Columns = [
        ("unit_cost", { $0.unitCost.units }), ("value", { $0.value.minor }), ("volume", { $0.volume }),
        ("effective_cost", { $0.effectiveCost.units }), ("rival_cost", { $0.rivalCost.units }),
        ("part", { $0.part.rawValue }), ("forced_days", { $0.forcedDays }),
        ("margin_at_risk", { $0.marginAtRisk.minor }),
    ]

    private static let time: Columns = [
        ("order_by", { $0.orderBy.number }), ("receipt", { $0.receipt.number }),
        ("stockout", { $0.stockout?.number }), ("first_gap", { $0.firstGap?.number }),
        ("cover_before", { $0.daysOfCoverBefore }), ("cover_after", { $0.daysOfCoverAfter }),
        ("stockout_probability", { $0.stockoutProbability }),
    ]

    init(_ row: Row, _ path: String) throws {
        let words: (rounding: RoundingRule?, part: OrderPart?, source: LeadTimeSource?, service: ServiceTarget?) = (
            RoundingRule(rawValue: row["rounding"]), OrderPart(rawValue: row["part"]),
            LeadTimeSource(code: row["lead_time_source"]),
            ServiceTarget(kind: row["service"], level: row["service_level"] ?? .nan)
        )
        guard let rounding = words.rounding, let part = words.part, let source = words.source,
            let service = words.service
        else { throw StoreError.damaged(path: path, what: "a suggestion holds an unknown word") }
        let basis = TargetBasis(
            service: service, leadTime: row["lead_time"] ?? .nan, leadTimeDeviation: row["lead_time_deviation"] ?? .nan,
            leadTimeSource: source, reviewPeriod: row["review_period"], fit: row["law_fit"])
        self.init(
            sku: row["sku"], skuName: row["sku_name"], supplier: row["supplier"], supplierName: row["supplier_name"],
            node: row["node"], rival: row["rival"],
            line: PurchaseLine(row, basis: basis, rounding: rounding, part: part), reasonEnglish: row["reason_en"],
            reasonChinese: row["reason_zh"])
    }
}

extension PurchaseLine {
    fileprivate init(_ row: Row, basis: TargetBasis, rounding: RoundingRule, part: OrderPart) {
        self.init(
            onHand: row["on_hand"], reserved: row["reserved"], inTransit: row["in_transit"], onOrder: row["on_order"],
            backordered: row["backordered"], expiring: row["expiring"], demandMean: row["demand_mean"] ?? .nan,
            demandP10: row["demand_p10"] ?? .nan, demandP50: row["demand_p50"] ?? .nan,
            demandP90: row["demand_p90"] ?? .nan, safetyStock: row["safety_stock"],
            reorderPoint: row["reorder_point"], orderUpTo: row["order_up_to"], law: row["law"], basis: basis,
            minimumQuantity: row["minimum_quantity"], orderMultiple: row["order_multiple"],
            quantity: QuantityChain(
                need: row["need"], afterMinimum: row["after_minimum"], afterMultiple: row["after_multiple"],
                rounding: rounding, afterBreak: row["after_break"], afterOrderValue: row["after_order_value"],
                afterContainer: row["after_container"], afterLimits: row["after_limits"],
                afterBudget: row["after_budget"]),
            unitCost: UnitPrice(units: row["unit_cost"]), value: Amount(minor: row["value"]), volume: row["volume"],
            effectiveCost: UnitPrice(units: row["effective_cost"]), rivalCost: UnitPrice(units: row["rival_cost"]),
            part: part, isBelowOrderValue: row["below_order_value"], isBelowContainer: row["below_container"],
            forcedDays: row["forced_days"] ?? .nan, orderBy: Day(number: row["order_by"]),
            receipt: Day(number: row["receipt"]), stockout: (row["stockout"] as Int32?).map(Day.init(number:)),
            firstGap: (row["first_gap"] as Int32?).map(Day.init(number:)),
            daysOfCoverBefore: row["cover_before"] ?? .nan, daysOfCoverAfter: row["cover_after"] ?? .nan,
            stockoutProbability: row["stockout_probability"] ?? .nan,
            marginAtRisk: Amount(minor: row["margin_at_risk"]))
    }
}

extension Database {
    func insert(lines: [SuggestionRow], book: BookID) throws {
        let columns = SuggestionRow.columns
        let names = ["book", "position"] + columns.map(\.name)
        let places = Array(repeating: "?", count: names.count).joined(separator: ", ")
        let statement = try makeStatement(
            sql: "INSERT INTO book_lines (\(names.joined(separator: ", "))) VALUES (\(places))")
        for (position, row) in lines.enumerated() {
            try statement.execute(
                arguments: StatementArguments(
                    [book.number, Int64(position)] as [(any DatabaseValueConvertible)?]
                        + columns.map { $0.value(row) }))
        }
    }
}
