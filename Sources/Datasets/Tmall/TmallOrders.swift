import Retail

/// Imports the public file of 28,010 Tmall orders of February 2020 (订单编号, 总金额, 买家实际支付金额, 收货地址,
/// 订单创建时间, 订单付款时间, 退款金额): when orders were created and paid, from which province, and what was refunded.
///
/// The file has no products: every order is one unit of one SKU at its total amount.
public enum TmallOrders {
    private static let columns = ["订单编号", "总金额", "买家实际支付金额", "收货地址", "订单创建时间", "订单付款时间", "退款金额"]

    /// Reads the file (plain or gzip) and writes a data set folder.
    /// - Throws: everything wrong with the file, or why the folder cannot be written; nothing is left half-written.
    /// - Returns: where every line went.
    public static func importFile(_ path: String, to folder: String) throws -> ImportSummary {
        let table = try ForeignTable(path: path, columns: columns)
        let log = IssueLog()
        var (unpaid, refunded, kept): (Int, Int, Int) = (0, 0, 0)
        var demand: [String: Int] = [:]
        let sink = try FolderSink(folder)
        let orders = try sink.table("orders", ["order", "placed", "channel", "region", "paid", "state"])
        let lines = try sink.table("order_lines", ["order", "sku", "quantity", "price", "cancelled"])
        for row in table.rows.indices {
            let cells = table.rows[row]
            guard let province = ChinesePlaces.province(cells[3]) else {
                log.add(table.issue(row, 3, "is no province of China", "write its Chinese name, such as 浙江省"))
                continue
            }
            let (placed, paid) = (table.time(row, 4, log), table.time(row, 5, log))
            let (total, back) = (table.number(row, 1, log), table.number(row, 6, log))
            guard let placed else {
                if cells[4].isEmpty { log.add(table.issue(row, 4, "must be given", "fill it in")) }
                continue
            }
            if let paid, paid < placed {
                log.add(table.issue(row, 5, "lies before the order was created", "correct the times"))
            }
            guard total >= 0, total < 1e9, log.isEmpty else { continue }
            let code = "T\(cells[0])"
            orders.text(code)
            orders.text(placed.description)
            orders.text("tmall")
            orders.text(province.code)
            if let paid { orders.text(paid.description) } else { orders.empty() }
            orders.text(paid == nil ? "unpaid" : "open")
            try orders.endRow()
            let isBack = paid != nil && back > 0
            lines.text(code)
            lines.text("goods")
            lines.integer(1)
            lines.price(UnitPrice(units: Int64((total * 10_000).rounded())))
            lines.integer(isBack ? 1 : 0)
            try lines.endRow()
            demand["\(placed.day)|\(province.code)", default: 0] += 1
            if paid == nil { unpaid += 1 } else if isBack { refunded += 1 } else { kept += 1 }
        }
        try log.check()
        try writeRest(sink, demand)
        try sink.finish()
        func entry(_ reason: String, _ lines: Int, _ rule: String) -> ImportSummary.Entry {
            .init(reason: reason, isKept: true, lines: lines, units: Int64(lines), rule: rule)
        }
        return ImportSummary(
            source: table.digest, totalLines: table.rows.count,
            entries: [
                entry("unpaid", unpaid, "orders without a payment time"),
                entry("refunded", refunded, "paid orders with a refund, full or in part: one unit cancelled"),
                entry("paid", kept, "paid orders without a refund"),
            ], notes: [])
    }

    private static func writeRest(_ sink: FolderSink, _ demand: [String: Int]) throws {
        try describe(
            sink, name: "tmall-2020-02", currency: "CNY", zone: "Asia/Shanghai",
            [
                ("products.csv", "The source has no products: every order is one unit of the SKU `goods`."),
                ("order_lines.csv", "Refunds have no date: a refunded order counts as one unit cancelled."),
            ])
        let products = try sink.table("products", ["sku", "name", "list_price"])
        products.text("goods")
        products.text("one order")
        products.price(UnitPrice(units: 1_000_000))
        try products.endRow()
        let channels = try sink.table("channels", ["code", "name", "kind"])
        for text in ["tmall", "天猫", "marketplace"] { channels.text(text) }
        try channels.endRow()
        try writeProvinces(sink)
        let table = try sink.table("demand", ["date", "sku", "channel", "region", "quantity"])
        for (key, count) in demand.sorted(by: { $0.key < $1.key }) {
            let parts = key.split(separator: "|").map(String.init)
            for text in [parts[0], "goods", "tmall", parts[1]] { table.text(text) }
            table.integer(count)
            try table.endRow()
        }
    }

    /// Provinces as regions at their capitals.
    private static func writeProvinces(_ sink: FolderSink) throws {
        let regions = try sink.table("regions", ["code", "name", "latitude", "longitude", "tier", "population"])
        for province in ChinesePlaces.provinces {
            guard let capital = province.cities.first else { continue }
            regions.text(province.code)
            regions.text(province.name)
            regions.real(capital.latitude)
            regions.real(capital.longitude)
            regions.integer(capital.tier)
            regions.integer(province.people * 10_000)
            try regions.endRow()
        }
    }
}

/// The tables `dataset` and `assumptions`.
func describe(
    _ sink: FolderSink, name: String, currency: String, zone: String, _ assumptions: [(String, String)]
) throws(FileError) {
    let head = try sink.table("dataset", ["key", "value"])
    for (key, value) in [
        ("name", name), ("currency", currency), ("zone", zone), ("step", "day"), ("absent_rows", "zero"),
    ] {
        head.text(key)
        head.text(value)
        try head.endRow()
    }
    let notes = try sink.table("assumptions", ["subject", "text"])
    for (subject, text) in assumptions {
        notes.text(subject)
        notes.text(text)
        try notes.endRow()
    }
}
