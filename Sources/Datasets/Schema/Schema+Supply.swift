import Retail

extension Schema {
    static let supplySide: [TableSchema] = [suppliers, supply, supplierCalendar, purchaseHistory]

    static let suppliers = TableSchema(
        "suppliers", "Who goods are bought from.", key: ["code"],
        absent: "one supplier `supplier` with a lead time of 7 days (standard deviation 2)",
        [
            ColumnSchema("code", .code, "code of the supplier"),
            ColumnSchema("name", .text, .optional(""), "name for people"),
            ColumnSchema(
                "tier", .choice(SupplierTier.allCases.map(\.rawValue)), .optional("wholesaler"), "place in the trade"),
            ColumnSchema(
                "lead_time", .real, .optional(""), unit: "days", max: 1_000,
                "mean from order to dock; empty: 7, and suggestions name it as a fault of the data"),
            ColumnSchema(
                "lead_time_deviation", .real, .optional("2"), unit: "days", max: 1_000, "its standard deviation"),
            ColumnSchema(
                "review_period", .integer, .optional("7"), unit: "days", min: 1, max: 1_000, "between two orders"),
            ColumnSchema(
                "minimum_order_value", .amount, .optional("0"), unit: "currency", "smallest value of an order"),
            ColumnSchema("payment_days", .integer, .optional("30"), unit: "days", max: 3_650, "payment term (账期)"),
            ColumnSchema("accepts_returns", .flag, .optional("0"), "unsold goods may go back (退供)"),
            ColumnSchema(
                "weekly_capacity", .integer, .optional("0"), unit: "base units per week", max: 1e12,
                "what it sends off in a week; 0: no limit"),
            ColumnSchema(
                "delivery_days", .text, .optional("1111111"),
                "seven digits from Monday to Sunday, 1 where it delivers and 0 where not"),
            ColumnSchema("short_rate", .rate, .optional("0"), "part of deliveries that are short"),
            ColumnSchema("short_part_rate", .rate, .optional("1"), "part of a short delivery that comes"),
            ColumnSchema("late_rate", .rate, .optional("0"), "part of deliveries that are late"),
            ColumnSchema("late_days", .real, .optional("0"), unit: "days", max: 400, "mean of the days they are late"),
            ColumnSchema(
                "minimum_order_units", .integer, .optional(""), unit: "base units", max: 9e15,
                "smallest count of units over all lines of an order; empty: none"),
            ColumnSchema(
                "container_volume", .integer, .optional(""), unit: "dm³", max: 9e12,
                "volume of a container or truck; empty: goods come loose"),
            ColumnSchema(
                "container_fill_rate", .rate, .optional(""),
                "part of its volume from which a container is sent; empty: 0.9"),
            ColumnSchema("consignment", .flag, .optional(""), "goods are paid for when sold (代销)"),
            ColumnSchema("tax_rate", .rate, .optional(""), "value added tax on purchases; empty: none"),
            ColumnSchema("prices_include_tax", .flag, .optional(""), "the prices of `supply` hold the tax"),
            ColumnSchema(
                "container_freight", .amount, .optional(""), unit: "currency",
                "what each begun container or truck costs to bring; empty: freight is in the prices"),
            ColumnSchema(
                "order_cost", .amount, .optional(""), unit: "currency", "what an order costs, whatever is in it"),
        ])

    static let supply = TableSchema(
        "supply", "What a supplier asks for a SKU: one row for each price break.",
        key: ["sku", "supplier", "from_quantity"],
        absent: "every SKU comes from the first supplier at its unit cost, by the case",
        [
            ColumnSchema("sku", .code, "code in `products`"),
            ColumnSchema("supplier", .code, "code in `suppliers`"),
            ColumnSchema(
                "minimum_quantity", .integer, .optional("1"), unit: "base units", min: 1, "smallest order line"),
            ColumnSchema(
                "order_multiple", .integer, .optional("1"), unit: "base units", min: 1, "lines are multiples of this"),
            ColumnSchema(
                "from_quantity", .integer, .optional("1"), unit: "base units", min: 1,
                "the cost holds for all units of a line from this quantity on"),
            ColumnSchema("unit_cost", .price, unit: "currency per base unit", "cost of one unit"),
            ColumnSchema(
                "break_rule", .choice(PriceBreakRule.allCases.map(\.rawValue)), .optional(""),
                "`all_units` (also where empty): a break's cost holds for the whole line; `incremental`: for the "
                    + "units from it on"),
            ColumnSchema(
                "lead_time", .real, .optional(""), unit: "days", max: 1_000,
                "mean from order to dock for this SKU; empty: the supplier's"),
            ColumnSchema("contract_from", .date, .optional(""), "first day to order on these terms; empty: open"),
            ColumnSchema("contract_through", .date, .optional(""), "last day to order on these terms; empty: open"),
        ])

    static let supplierCalendar = TableSchema(
        "supplier_calendar",
        "Days on which a supplier neither makes nor ships, such as the Chinese New Year: goods are bought ahead.",
        key: ["supplier", "from"], absent: "there are none: suppliers work every day",
        [
            ColumnSchema("supplier", .code, "code in `suppliers`"),
            ColumnSchema("from", .date, "first day closed"),
            ColumnSchema("through", .date, "last day closed"),
            ColumnSchema("reason", .text, .optional(""), "why"),
        ])

    static let purchaseHistory = TableSchema(
        "purchase_history", "Past purchase lines, from which lead times and reliability are learnt.",
        absent: "there are none",
        [
            ColumnSchema("sku", .code, "code in `products`"),
            ColumnSchema("supplier", .code, "code in `suppliers`"),
            ColumnSchema("quantity", .integer, unit: "base units", "units ordered"),
            ColumnSchema("ordered", .date, "day of the order"),
            ColumnSchema("promised", .date, "day promised"),
            ColumnSchema("received", .date, .optional(""), "day received; empty: never"),
            ColumnSchema(
                "received_quantity", .integer, .optional(""), unit: "base units",
                "units that came; empty: all that was ordered, where there is a day of receipt"),
            ColumnSchema(
                "rejected_quantity", .integer, .optional(""), unit: "base units",
                "part of them refused on inspection; empty: none"),
            ColumnSchema(
                "unit_cost", .price, .optional(""), unit: "currency per base unit", "cost paid; empty: unknown"),
        ])
}
