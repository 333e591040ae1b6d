import Retail

extension Schema {
    static let stockSide: [TableSchema] = [stock, lots, openOrders, budgets, adjustments]

    static let stock = TableSchema(
        "stock", "Stock of SKUs at nodes when the data end.", key: ["sku", "node"],
        absent: "28 days of the latest mean demand at the first node",
        [
            ColumnSchema("sku", .code, "code in `products`"),
            ColumnSchema("node", .code, "code in `nodes`"),
            ColumnSchema("on_hand", .integer, unit: "base units", "book stock"),
            ColumnSchema(
                "reserved", .integer, .optional("0"), unit: "base units", "part of it promised to orders"),
        ])

    static let lots = TableSchema(
        "lots", "Lots of stock with their expiry.", key: ["sku", "node", "lot"],
        absent: "there are none: lots are not told apart",
        [
            ColumnSchema("sku", .code, "code in `products`"),
            ColumnSchema("node", .code, "code in `nodes`"),
            ColumnSchema("lot", .code, "code of the lot"),
            ColumnSchema("expires", .date, .optional(""), "last day it may be sold; empty: never expires"),
            ColumnSchema("quantity", .integer, unit: "base units", "units of the lot"),
            ColumnSchema(
                "owner", .text, .optional(""), "who owns it (货主); empty: we do. Goods of others are paid for when sold"),
            ColumnSchema(
                "grade", .choice(LotGrade.allCases.map(\.rawValue)), .optional("sellable"),
                "whether it may be sold (良品/次品)"),
        ])

    static let openOrders = TableSchema(
        "open_orders", "Goods ordered and not yet received.", key: ["code", "sku"], absent: "there are none",
        [
            ColumnSchema("code", .code, "code of the purchase or transfer order"),
            ColumnSchema("sku", .code, "code in `products`"),
            ColumnSchema("supplier", .code, .optional(""), "code in `suppliers`; empty: a transfer of our own"),
            ColumnSchema("node", .code, "code in `nodes` it goes to"),
            ColumnSchema("quantity", .integer, unit: "base units", min: 1, "units still to come"),
            ColumnSchema("due", .date, "day expected"),
        ])

    static let budgets = TableSchema(
        "budgets", "Money that may be spent on purchases.", key: ["name", "from"],
        absent: "there are none: purchases have no limit",
        [
            ColumnSchema("name", .text, "name of the budget"),
            ColumnSchema("from", .date, "first day"),
            ColumnSchema("through", .date, "last day"),
            ColumnSchema("amount", .amount, unit: "currency", "the money"),
        ])

    static let adjustments = TableSchema(
        "adjustments",
        """
        People's changes to the forecast, applied after the model in the order of the rows. A set or added value is \
        that of the whole scope on each day, spread over its series as the forecast stands.
        """,
        absent: "there are none",
        [
            ColumnSchema("scope", .scope, "the SKUs it covers"),
            ColumnSchema("channel", .code, .optional(""), "code in `channels`; empty: every channel"),
            ColumnSchema("region", .code, .optional(""), "code in `regions`; empty: every region"),
            ColumnSchema("from", .date, "first day"),
            ColumnSchema("through", .date, "last day"),
            ColumnSchema("kind", .choice(Adjustment.Kind.allCases.map(\.rawValue)), "set, add or multiply"),
            ColumnSchema("value", .real, min: -1e12, "units a day, or the factor"),
            ColumnSchema("author", .text, .optional(""), "who changed it"),
            ColumnSchema("reason", .text, .optional(""), "why"),
            ColumnSchema("expires", .date, .optional(""), "after this day it no longer counts"),
            ColumnSchema(
                "made", .date, .optional(""),
                "day it was made, whose forecast it is scored against; empty: the day before `from`"),
        ])
}
