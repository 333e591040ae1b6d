import Retail

extension Schema {
    static let network: [TableSchema] = [
        nodes, candidates, regions, channels, segments, carriers, rates, calendar, events,
    ]

    static let nodes = TableSchema(
        "nodes", "Warehouses and stores that exist (节点).", key: ["code"],
        absent: "one central warehouse `main` at the first region", nodeColumns(kind: nil))

    static let candidates = TableSchema(
        "candidates", "Places where a front warehouse could be opened. The columns of `nodes`.", key: ["code"],
        absent: "there are none", nodeColumns(kind: "front"))

    /// Measured ways, read beside a data set; see `network.travel` of a scenario.
    static let travel = TableSchema(
        "travel", "Measured ways between nodes or candidates and regions.", key: ["from", "to"],
        absent: "great circles times a factor",
        [
            ColumnSchema("from", .code, "code of a node, candidate or region"),
            ColumnSchema("to", .code, "code of another"),
            ColumnSchema("kilometres", .real, .optional(""), unit: "km", max: 50_000, "by road"),
            ColumnSchema("minutes", .real, .optional(""), unit: "min", max: 1_000_000, "on the road"),
        ])

    private static func nodeColumns(kind: String?) -> [ColumnSchema] {
        [
            ColumnSchema("code", .code, "code of the node"),
            ColumnSchema("name", .text, .optional(""), "name for people"),
            ColumnSchema(
                "kind", .choice(NodeKind.allCases.map(\.rawValue)), kind.map { .optional($0) } ?? .required,
                "kind of place"),
            ColumnSchema("latitude", .real, unit: "degrees north", min: -90, max: 90, "WGS 84 latitude"),
            ColumnSchema("longitude", .real, unit: "degrees east", min: -180, max: 180, "WGS 84 longitude"),
            ColumnSchema(
                "picks_per_hour", .integer, .optional("600"), unit: "order lines per hour",
                "lines all stations together can pick"),
            ColumnSchema("stations", .integer, .optional("10"), min: 1, max: 100_000, "parallel pick stations"),
            ColumnSchema("cut_off", .clock, .optional("18:00"), "latest release to leave the same day"),
            ColumnSchema("opens", .clock, .optional("06:00"), "start of the pick shift"),
            ColumnSchema("closes", .clock, .optional("22:00"), "end of the pick shift"),
            ColumnSchema(
                "fixed_cost_per_day", .amount, .optional("0"), unit: "currency per day", "cost of being open"),
            ColumnSchema("cost_per_line", .price, .optional("0"), unit: "currency per order line", "handling cost"),
            ColumnSchema(
                "storage", .integer, .optional("0"), unit: "dm³", max: 9e15, "storage volume; 0: unlimited"),
            ColumnSchema(
                "replenished_from", .code, .optional(""), "code of the node it is replenished from; empty: suppliers"),
            ColumnSchema(
                "synchronisation_lag", .integer, .optional("0"), unit: "seconds", max: 86_400,
                "between reports to the centre of goods that came on sale; 0: at once"),
            ColumnSchema(
                "pack_stations", .integer, .optional("0"), max: 100_000,
                "pack stations; 0: as the scenario says for all nodes"),
            ColumnSchema(
                "dock_capacity", .integer, .optional("0"), unit: "units per day", max: 1e12,
                "units the receiving docks take in a day; 0: as the scenario says for all nodes"),
            ColumnSchema(
                "transfer_hours", .real, .optional("0"), unit: "hours", max: 1_440,
                "from the node it is replenished from, on average; 0: as the scenario says for all nodes"),
            ColumnSchema(
                "transfer_deviation", .real, .optional("0"), unit: "hours", max: 1_440,
                "standard deviation of `transfer_hours`"),
        ]
    }

    static let regions = TableSchema(
        "regions", "Demand points (区域).", key: ["code"],
        absent: "the regions of `demand`, or one region `all`, at 0° north 0° east",
        [
            ColumnSchema("code", .code, "code of the region"),
            ColumnSchema("name", .text, .optional(""), "name for people"),
            ColumnSchema("latitude", .real, unit: "degrees north", min: -90, max: 90, "WGS 84 latitude"),
            ColumnSchema("longitude", .real, unit: "degrees east", min: -180, max: 180, "WGS 84 longitude"),
            ColumnSchema("tier", .integer, .optional("1"), min: 1, max: 9, "city tier, 1 the largest"),
            ColumnSchema("population", .integer, .optional("0"), unit: "people", max: 2e10, "inhabitants"),
            ColumnSchema("zone", .text, .optional("default"), "zone of the carriers' rate cards"),
            ColumnSchema("is_export", .flag, .optional("0"), "orders leave the country"),
        ])

    static let channels = TableSchema(
        "channels", "Where orders come from (渠道).", key: ["code"],
        absent: "the channels of `demand`, or one channel `shop`, with the defaults here",
        [
            ColumnSchema("code", .code, "code of the channel"),
            ColumnSchema("name", .text, .optional(""), "name for people"),
            ColumnSchema(
                "kind", .choice(ChannelKind.allCases.map(\.rawValue)), .optional("own"), "kind of channel"),
            ColumnSchema("commission_rate", .rate, .optional("0"), "commission on the paid amount"),
            ColumnSchema("payment_fee_rate", .rate, .optional("0"), "payment fee on the paid amount"),
            ColumnSchema(
                "settlement_days", .integer, .optional("7"), unit: "days", max: 3_650,
                "from delivery until the channel pays out (账期)"),
            ColumnSchema(
                "synchronisation_lag", .integer, .optional("30"), unit: "seconds", max: 86_400,
                "until a change of stock shows in the shop"),
            ColumnSchema("paid_rate", .rate, .optional("1"), "part of orders that is paid"),
        ])

    static let segments = TableSchema(
        "segments", "Groups of customers. The shares should add up to 1.", key: ["code"],
        absent: "one segment `all` with share 1 and no returns",
        [
            ColumnSchema("code", .code, "code of the segment"),
            ColumnSchema("name", .text, .optional(""), "name for people"),
            ColumnSchema("share_rate", .rate, "part of orders it places"),
            ColumnSchema("return_rate", .rate, .optional("0"), "part of delivered lines it sends back"),
            ColumnSchema(
                "conversion", .real, .optional("1"), min: 0.000_001, max: 1_000_000,
                "orders per visit as a factor on the others' (转化率); the shares are then shares of visits"),
            ColumnSchema(
                "price_sensitivity", .real, .optional("1"), max: 100,
                "exponent on what price promotions do to its quantities; 0: does not look at prices"),
        ])

    static let carriers = TableSchema(
        "carriers", "Who delivers (承运商).", key: ["code"],
        absent: "one carrier `carrier` that serves every zone next day and standard",
        [
            ColumnSchema("code", .code, "code of the carrier"),
            ColumnSchema("name", .text, .optional(""), "name for people"),
            ColumnSchema(
                "daily_capacity", .integer, .optional("1000000"), unit: "parcels per day", max: 9e15,
                "parcels over all nodes"),
            ColumnSchema("cut_off", .clock, .optional("18:00"), "latest hand-over to leave the same day"),
            ColumnSchema(
                "hourly_capacity", .integer, .optional("0"), unit: "parcels per hour", max: 9e15,
                "parcels over all nodes in an hour; 0: no limit but the day's"),
        ])

    static let rates = TableSchema(
        "rates", "Rate cards: price and time of a carrier by zone and tier.", key: ["carrier", "zone", "tier"],
        absent: "3.00 for the first kilogram, 1.00 for each further one; 24 h next day, 72 h standard",
        [
            ColumnSchema("carrier", .code, "code in `carriers`"),
            ColumnSchema("zone", .text, .optional("default"), "zone in `regions`"),
            ColumnSchema("tier", .choice(ServiceTier.allCases.map(\.rawValue)), "service tier (时效层)"),
            ColumnSchema("first_weight", .integer, .optional("1000"), unit: "g", "first weight (首重)"),
            ColumnSchema("first_price", .price, unit: "currency", "price of the first weight"),
            ColumnSchema("step_weight", .integer, .optional("1000"), unit: "g", "each further step (续重)"),
            ColumnSchema("step_price", .price, .optional("0"), unit: "currency", "price of a step begun"),
            ColumnSchema("transit", .real, unit: "hours", max: 8_760, "mean time from departure to door"),
            ColumnSchema(
                "transit_deviation", .real, .optional("0"), unit: "hours", max: 8_760, "its standard deviation"),
            ColumnSchema(
                "maximum_distance", .real, .optional("0"), unit: "km", max: 50_000, "longest distance; 0: any"),
        ])

    static let calendar = TableSchema(
        "calendar", "Closed days and named events. Days not listed are open and without event.", key: ["date"],
        absent: "every day is open",
        [
            ColumnSchema("date", .date, "the day"),
            ColumnSchema(
                "is_open", .flag, .optional("1"),
                "0: no orders are taken, and the day's demand is missing, not zero"),
            ColumnSchema("event", .text, .optional(""), "name of the holiday or event"),
        ])

    static let events = TableSchema(
        "events",
        """
        Holidays and shopping events over several days, beside those of the country that `dataset` names. One of the \
        same name in the same year goes before the country's; public holidays stated for a year that is not in the \
        country's table make that year known.
        """,
        key: ["name", "from"], absent: "there are none but those of the country and of `calendar`",
        [
            ColumnSchema("name", .text, "name, the same from year to year"),
            ColumnSchema(
                "kind", .choice(CalendarEventKind.allCases.map(\.rawValue)), .optional("shopping"),
                "public_holiday (放假), make_up_work (调休上班), shopping (大促) or observance"),
            ColumnSchema("from", .date, "first day"),
            ColumnSchema("through", .date, "last day"),
            ColumnSchema(
                "build_up", .integer, .optional("0"), unit: "days", max: 366,
                "days before in which demand builds up or waits (蓄水)"),
            ColumnSchema("dip", .integer, .optional("0"), unit: "days", max: 366, "days after that feel it"),
            ColumnSchema("source", .text, .optional(""), "where the dates come from"),
        ])
}
