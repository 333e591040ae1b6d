import Retail

extension Schema {
    static let history: [TableSchema] = [demand, orders, orderLines, shipments, returns, settlements, signals]

    static let demand = TableSchema(
        "demand",
        """
        Units demanded by step, the one obligatory file; rows in any order. A series lives from its first row to the \
        last date of the file; inside its life a day without a row is zero demand when open and missing when closed. \
        Sales on a closed day are kept, counted and noted. The long format `unique_id,ds,y` is read too: there each \
        series ends with its own last row, and a step without a row is missing.
        """,
        key: ["date", "sku", "channel", "region"], absent: "an error",
        [
            ColumnSchema("date", .step, "`2011-11-28`, `2011-11-28T09:00` for hours, or a whole number"),
            ColumnSchema("sku", .code, "code in `products`"),
            ColumnSchema("channel", .code, .optional(""), "code in `channels`; empty: summed over channels"),
            ColumnSchema("region", .code, .optional(""), "code in `regions`; empty: summed over regions"),
            ColumnSchema("quantity", .real, .mayBeEmpty, unit: "base units", "units; empty: unknown (a missing cell)"),
            ColumnSchema("price", .price, .optional(""), unit: "currency per base unit", "mean price of the step"),
            ColumnSchema(
                "in_stock", .flag, .optional(""),
                "whether the SKU could be bought throughout; 0: sold out, sales are a lower bound; empty: yes, unless `stock` is 0"
            ),
            ColumnSchema(
                "stock", .real, .optional(""), unit: "base units",
                "units left at the end of the step; 0: sold out; empty: unknown"),
        ])

    static let longPanel = TableSchema(
        "demand", "A panel in the long format.", key: ["unique_id", "ds"], absent: "an error",
        [
            ColumnSchema("unique_id", .code, "name of the series"),
            ColumnSchema("ds", .step, "date, time on the hour, or whole number"),
            ColumnSchema("y", .real, .mayBeEmpty, min: -1e12, "value; empty: missing"),
            ColumnSchema("in_stock", .flag, .optional(""), "0: sold out, the value is a lower bound; empty: 1"),
            ColumnSchema("stock", .real, .optional(""), "left at the end of the step; 0: sold out; empty: unknown"),
        ])

    static let orders = TableSchema(
        "orders", "Past orders.", key: ["order"], absent: "there are none",
        [
            ColumnSchema("order", .code, "code of the order"),
            ColumnSchema("placed", .time, "moment it was placed"),
            ColumnSchema("channel", .code, .optional(""), "code in `channels`; empty: the first"),
            ColumnSchema("region", .code, .optional(""), "code in `regions`; empty: the first"),
            ColumnSchema("segment", .code, .optional(""), "code in `segments`; empty: unknown"),
            ColumnSchema("paid", .time, .optional(""), "moment it was paid; empty: not paid, or not known"),
            ColumnSchema(
                "state", .choice(OrderFate.allCases.map(\.rawValue)), .optional(""),
                "how it stands; empty or `open`: on its way, or not known"),
            ColumnSchema(
                "weight", .real, .optional(""), max: 1e9,
                "orders of the population it stands for, in a weighted sample; empty: 1"),
        ])

    static let orderLines = TableSchema(
        "order_lines", "Lines of past orders; an order may have several lines of one SKU.", absent: "there are none",
        [
            ColumnSchema("order", .code, "code in `orders`"),
            ColumnSchema("sku", .code, "code in `products`"),
            ColumnSchema("quantity", .integer, unit: "base units", min: 1, "units ordered"),
            ColumnSchema("price", .price, unit: "currency per base unit", "transaction price"),
            ColumnSchema(
                "cancelled", .integer, .optional("0"), unit: "base units",
                "units of the line cancelled or sent back later"),
        ])

    static let shipments = TableSchema(
        "shipments", "Parcels of past orders.", absent: "there are none",
        [
            ColumnSchema("order", .code, "code in `orders`"),
            ColumnSchema("node", .code, "code in `nodes`"),
            ColumnSchema("carrier", .code, "code in `carriers`"),
            ColumnSchema("shipped", .time, "moment of departure"),
            ColumnSchema("delivered", .time, .optional(""), "moment of delivery; empty: never"),
            ColumnSchema("freight", .amount, .optional("0"), unit: "currency", "freight paid"),
        ])

    static let returns = TableSchema(
        "returns", "Goods cancelled or sent back.", absent: "there are none",
        [
            ColumnSchema("order", .code, "code in `orders`"),
            ColumnSchema("sku", .code, "code in `products`"),
            ColumnSchema("returned", .time, "moment of the return"),
            ColumnSchema("quantity", .integer, unit: "base units", min: 1, "units returned"),
            ColumnSchema("reason", .text, .optional(""), "reason given"),
        ])

    static let settlements = TableSchema(
        "settlements", "Lines of channels' and carriers' statements.", absent: "there are none",
        [
            ColumnSchema("statement", .code, "code of the statement"),
            ColumnSchema("order", .code, .optional(""), "order it refers to"),
            ColumnSchema("kind", .text, "principal, commission, refund, ..."),
            ColumnSchema("amount", .amount, unit: "currency", min: -1e12, "amount; negative: we pay"),
            ColumnSchema("posted", .date, "day of posting"),
        ])

    static let signals = TableSchema(
        "signals",
        "What buyers show before a promotion that they mean to buy in it: a promotion's forecast follows it day by day.",
        key: ["date", "sku", "promotion", "kind"], absent: "there are none",
        [
            ColumnSchema("date", .date, "the day"),
            ColumnSchema("sku", .code, "code in `products`"),
            ColumnSchema("promotion", .code, "code in `promotions`"),
            ColumnSchema(
                "kind", .choice(PromotionSignal.Kind.allCases.map(\.rawValue)),
                "deposit (定金), cart (加购) or favourite (收藏)"),
            ColumnSchema("quantity", .real, unit: "base units", "units new on that day"),
        ])
}
