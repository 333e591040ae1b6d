import Retail

extension Schema {
    static let assortment: [TableSchema] = [products, listings, prices, promotions]

    static let products = TableSchema(
        "products", "What is sold: one row for each SKU.", key: ["sku"],
        absent: "the SKUs are those of `demand`, with the defaults of the columns here",
        [
            ColumnSchema("sku", .code, "code of the SKU"),
            ColumnSchema("name", .text, .optional(""), "name for people"),
            ColumnSchema("category1", .text, .optional(""), "first level of the category (大类)"),
            ColumnSchema("category2", .text, .optional(""), "second level (中类)"),
            ColumnSchema("category3", .text, .optional(""), "third level (小类)"),
            ColumnSchema(
                "role", .choice(ProductRole.allCases.map(\.rawValue)), .optional("regular"), "role in the shop (商品角色)"),
            ColumnSchema(
                "handling", .choice(Handling.allCases.map(\.rawValue)), .optional("normal"), "how it must be handled"),
            ColumnSchema(
                "base_unit", .choice(BaseUnit.allCases.map(\.rawValue)), .optional("piece"),
                "what one unit of every quantity is"),
            ColumnSchema("case_pack", .integer, .optional("1"), unit: "base units", min: 1, "units in a case (箱规)"),
            ColumnSchema("weight", .integer, .optional("500"), unit: "g per base unit", "weight"),
            ColumnSchema("volume", .integer, .optional("1000"), unit: "cm³ per base unit", "volume"),
            ColumnSchema("list_price", .price, .optional("10"), unit: "currency per base unit", "ordinary price"),
            ColumnSchema(
                "unit_cost", .price, .optional(""), unit: "currency per base unit",
                "cost of goods; empty: 60 % of the list price"),
            ColumnSchema(
                "shop", .text, .optional(""), "seller whose article it is, for savings shop by shop; empty: ours"),
            ColumnSchema(
                "shelf_life", .integer, .optional("0"), unit: "days", max: 36_500,
                "days from receipt to expiry; 0: never expires"),
            ColumnSchema(
                "shortage_cost", .price, .optional(""), unit: "currency per base unit",
                "what a unit short costs, for plans at least cost; empty: its margin at the list price"),
            ColumnSchema(
                "salvage_value", .price, .optional(""), unit: "currency per base unit",
                "what a unit that expires still brings; empty: nothing"),
            ColumnSchema(
                "service_level", .rate, .optional(""), min: 0.5, max: 0.9999,
                "part of replenishment cycles without stockout promised for this SKU; empty: as the plan has it"),
        ])

    static let listings = TableSchema(
        "listings", "When a SKU is on sale in a channel. Periods of one SKU and channel may not overlap.",
        key: ["sku", "channel", "from"], absent: "there are none: every SKU is always on sale in every channel",
        [
            ColumnSchema("sku", .code, "code in `products`"),
            ColumnSchema("channel", .code, "code in `channels`"),
            ColumnSchema("from", .date, "first day on sale"),
            ColumnSchema("through", .date, .optional("2199-12-31"), "last day on sale"),
        ])

    static let prices = TableSchema(
        "prices",
        "Prices that differ from the list price, also for members of a segment and from a quantity on. Periods of one "
            + "SKU, channel, segment and minimum quantity may not overlap.",
        key: ["sku", "channel", "segment", "minimum_quantity", "from"],
        absent: "there are none: the list price always holds",
        [
            ColumnSchema("sku", .code, "code in `products`"),
            ColumnSchema("channel", .code, .optional(""), "code in `channels`; empty: every channel"),
            ColumnSchema("from", .date, "first day of the price"),
            ColumnSchema("through", .date, .optional("2199-12-31"), "last day of the price"),
            ColumnSchema("price", .price, unit: "currency per base unit", "the price"),
            ColumnSchema(
                "segment", .code, .optional(""), "code in `segments`: a member price (会员价); empty: everybody"),
            ColumnSchema(
                "minimum_quantity", .integer, .optional("1"), unit: "base units", min: 1,
                "units of one line from which it holds (quantity break)"),
        ])

    static let promotions = TableSchema(
        "promotions",
        "Promotions past and planned. Two of one kind, channel and scope may not overlap in time.",
        key: ["code"], absent: "there are none",
        [
            ColumnSchema("code", .code, "code of the promotion"),
            ColumnSchema("name", .text, .optional(""), "name for people"),
            ColumnSchema("kind", .choice(PromotionKind.allCases.map(\.rawValue)), "kind of promotion (活动)"),
            ColumnSchema("begins", .time, "first moment"),
            ColumnSchema("ends", .time, "one past the last moment"),
            ColumnSchema("channel", .code, .optional(""), "code in `channels`; empty: every channel"),
            ColumnSchema("scope", .scope, .optional("all"), "the SKUs it covers"),
            ColumnSchema("depth_rate", .rate, .optional("0"), "part taken off the price (price cut, flash sale)"),
            ColumnSchema(
                "threshold", .amount, .optional("0"), unit: "currency", "spend from which `saving` is given (满减)"),
            ColumnSchema("saving", .amount, .optional("0"), unit: "currency", "what is taken off an order"),
            ColumnSchema(
                "cap", .integer, .optional(""), unit: "base units", max: 9e15,
                "units on offer over all orders; empty: unlimited"),
            ColumnSchema("merchant_rate", .rate, .optional("1"), "part of the discount the merchant bears"),
            ColumnSchema(
                "elasticity", .real, .optional("0"), min: -100, max: 0, "assumed price elasticity of demand"),
            ColumnSchema(
                "uplift", .real, .optional("1"), max: 1_000, "stated multiplier of demand where no price moves"),
        ])
}
