public import Retail

extension StockHealth {
    /// A class of rows summed up.
    private struct Sum {
        var rows = 0
        var inStock = 0
        var value = 0.0
        var planned = 0.0
        /// Cost of what is sold in a day.
        var flow = 0.0
        /// In stock, weighted by demand.
        var served = 0.0
        var plannedServed = 0.0
        var weight = 0.0

        mutating func add(_ row: Row, _ cost: Double) {
            rows += 1
            inStock += row.isInStock ? 1 : 0
            value += row.value
            planned += row.plannedValue
            flow += row.perDay * cost
            weight += row.perDay
            served += row.isInStock ? row.perDay : 0
            plannedServed += row.perDay * row.plannedInStock
        }
    }

    /// One line for each class, and one for all: what there is, and what the plan would make of it.
    public func classes(_ names: SuggestionNames) -> ResultTable {
        var sums: [String: Sum] = [:]
        for row in rows {
            let cost = names.skus[row.sku.position].unitCost.major
            for key in [row.abc.rawValue + row.xyz.rawValue, row.abc.rawValue, "all"] {
                sums[key, default: Sum()].add(row, cost)
            }
        }
        let keys =
            ["all"] + ABC.allCases.map(\.rawValue)
            + ABC.allCases.flatMap { abc in XYZ.allCases.map { abc.rawValue + $0.rawValue } }
        return Self.table("stock_health", "class", keys.filter { sums[$0] != nil }, sums, names.currency)
    }

    /// One line for each span of days of cover, and for the age of the goods where receipts are on record.
    public func ageing(_ names: SuggestionNames) -> ResultTable {
        var sums: [String: Sum] = [:]
        for row in rows where row.onHand > 0 {
            let cost = names.skus[row.sku.position].unitCost.major
            sums["cover " + Self.span(row.turnoverDays ?? .infinity), default: Sum()].add(row, cost)
            sums["age " + (row.age.map { Self.span(Double($0)) } ?? "unknown"), default: Sum()].add(row, cost)
        }
        let keys = ["cover", "age"].flatMap { kind in (Self.spans.map(\.name) + ["unknown"]).map { kind + " " + $0 } }
        return Self.table("stock_ageing", "span", keys.filter { sums[$0] != nil }, sums, names.currency)
    }

    private static let spans: [(upTo: Double, name: String)] = [
        (30, "0-30"), (60, "31-60"), (90, "61-90"), (180, "91-180"), (365, "181-365"), (.infinity, "over 365"),
    ]

    private static func span(_ days: Double) -> String { spans.first { days <= $0.upTo }?.name ?? "over 365" }

    private static func table(
        _ name: String, _ heading: String, _ keys: [String], _ sums: [String: Sum], _ currency: Currency
    ) -> ResultTable {
        let list = keys.map { sums[$0] ?? Sum() }
        func real(_ name: String, _ unit: String, _ value: (Sum) -> Double) -> Column {
            Column(name, unit: unit, .real(list.map(value)))
        }
        return ResultTable(
            name,
            [
                Column(heading, .text(keys)),
                Column("stock_rows", unit: "rows", .integer(list.map { Int64($0.rows) })),
                real("stock_value", currency.code, \.value),
                real("turnover_days", "days") { $0.flow > 0 ? $0.value / $0.flow : .nan },
                real("in_stock_share", "share") { $0.rows > 0 ? Double($0.inStock) / Double($0.rows) : .nan },
                real("in_stock_by_demand", "share") { $0.weight > 0 ? $0.served / $0.weight : .nan },
                real("planned_value", currency.code, \.planned),
                real("planned_turnover_days", "days") { $0.flow > 0 ? $0.planned / $0.flow : .nan },
                real("planned_in_stock", "share") { $0.weight > 0 ? $0.plannedServed / $0.weight : .nan },
                real("value_change", currency.code) { $0.planned - $0.value },
            ])
    }

    /// One line for each SKU and node, dearest first.
    public func details(_ names: SuggestionNames) -> ResultTable {
        let list = rows.sorted { ($1.value, $0.sku, $0.node) < ($0.value, $1.sku, $1.node) }
        func real(_ name: String, _ unit: String, _ value: (Row) -> Double) -> Column {
            Column(name, unit: unit, .real(list.map(value)))
        }
        return ResultTable(
            "stock_rows",
            [
                Column("sku", .text(list.map { names.skuCode($0.sku) })),
                Column("name", .text(list.map { names.sku($0.sku) })),
                Column("node", .text(list.map { names.nodeCode($0.node) })),
                Column("class", .text(list.map { $0.abc.rawValue + $0.xyz.rawValue })),
                Column("on_hand", unit: "units", .integer(list.map(\.onHand))),
                real("stock_value", names.currency.code, \.value), real("demand_a_day", "units", \.perDay),
                real("turnover_days", "days") { $0.turnoverDays ?? .nan },
                real("age", "days") { $0.age.map(Double.init) ?? .nan },
                real("planned_value", names.currency.code, \.plannedValue),
                real("value_change", names.currency.code) { $0.plannedValue - $0.value },
            ])
    }
}
