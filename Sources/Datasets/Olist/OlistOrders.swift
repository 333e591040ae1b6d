import Foundation
import Retail

/// Imports a folder of the Olist files (orders of a Brazilian marketplace, 2016 to 2018): orders, items, customers,
/// sellers, products, geolocation.
///
/// States become regions and, where sellers sit, nodes, at the mean of their coordinates. Of a sample that holds
/// every order that failed and one in so many delivered ones, the delivered ones carry that number as their weight.
public enum OlistOrders {
    /// Reads the folder and writes a data set folder.
    /// - Parameter deliveredWeight: how many delivered orders each one stands for; 1 for the complete files.
    /// - Returns: where every order went.
    public static func importFolder(
        _ source: String, to folder: String, deliveredWeight: Double
    ) throws -> ImportSummary {
        let files = try OlistFiles(source)
        let sink = try FolderSink(folder)
        try describe(
            sink, name: "olist", currency: "BRL", zone: "America/Sao_Paulo",
            [
                (
                    "orders.csv",
                    "Paid is the moment the payment was approved; canceled and unavailable orders count as cancelled."
                ),
                (
                    "orders.csv",
                    "Delivered orders stand for \(deliveredWeight) each, all others for one: the sample keeps every failed order."
                ),
                (
                    "shipments.csv",
                    "One parcel for each seller of an order; sellers of a state are one node at its mean coordinates."
                ),
                ("carriers.csv", "The source does not name carriers: one for all."),
            ])
        let places = try OlistPlaces(files)
        try places.write(sink)
        try writeProducts(files, sink)
        let carriers = try sink.table("carriers", ["code", "name"])
        for text in ["post", "Correios and others"] { carriers.text(text) }
        try carriers.endRow()
        let channels = try sink.table("channels", ["code", "name", "kind"])
        for text in ["olist", "Olist", "marketplace"] { channels.text(text) }
        try channels.endRow()
        let summary = try OlistBooks(files, places, deliveredWeight).write(sink)
        try sink.finish()
        return summary
    }

    private static func writeProducts(_ files: OlistFiles, _ sink: FolderSink) throws {
        var words: [String: String] = [:]
        for row in files.words.rows { words[row[0]] = row[1] }
        var prices: [String: [Double]] = [:]
        let log = IssueLog()
        for row in files.items.rows.indices {
            prices[files.items.rows[row][1], default: []].append(files.items.number(row, 3, log))
        }
        let products = try sink.table("products", ["sku", "category1", "weight", "list_price"])
        for row in files.products.rows.indices {
            let cells = files.products.rows[row]
            products.text(cells[0])
            products.text(words[cells[1]] ?? cells[1])
            // A few products have no weight.
            products.integer(
                Int64(min(1e9, cells[2].isEmpty ? 500 : max(0, files.products.number(row, 2, log).rounded()))))
            let seen = (prices[cells[0]] ?? [10]).sorted()
            products.price(UnitPrice(units: Int64((min(1e8, max(0, seen[seen.count / 2])) * 10_000).rounded())))
            try products.endRow()
        }
        try log.check()
    }
}

/// The files of an Olist folder, plain or gzip.
struct OlistFiles {
    let orders: ForeignTable
    let items: ForeignTable
    let customers: ForeignTable
    let sellers: ForeignTable
    let products: ForeignTable
    let geography: ForeignTable
    let words: ForeignTable

    init(_ folder: String) throws(DatasetError) {
        func open(_ name: String, _ columns: [String]) throws(DatasetError) -> ForeignTable {
            for suffix in [".csv.gz", ".csv"] where FileManager.default.fileExists(atPath: "\(folder)/\(name)\(suffix)")
            {
                return try ForeignTable(path: "\(folder)/\(name)\(suffix)", columns: columns)
            }
            throw DatasetError(issues: [
                DataIssue(
                    file: "\(folder)/\(name).csv", expected: "there is no such file",
                    cure: "give the folder of the Olist files as published")
            ])
        }
        orders = try open(
            "olist_orders_dataset",
            [
                "order_id", "customer_id", "order_status", "order_purchase_timestamp", "order_approved_at",
                "order_delivered_carrier_date", "order_delivered_customer_date",
            ])
        items = try open(
            "olist_order_items_dataset", ["order_id", "product_id", "seller_id", "price", "freight_value"])
        customers = try open("olist_customers_dataset", ["customer_id", "customer_state"])
        sellers = try open("olist_sellers_dataset", ["seller_id", "seller_state"])
        products = try open("olist_products_dataset", ["product_id", "product_category_name", "product_weight_g"])
        geography = try open(
            "olist_geolocation_dataset", ["geolocation_lat", "geolocation_lng", "geolocation_state"])
        words = try open(
            "product_category_name_translation", ["product_category_name", "product_category_name_english"])
    }
}

/// States with their mean coordinates; where customers and sellers are.
struct OlistPlaces {
    private(set) var states: [String] = []
    private var centres: [String: (latitude: Double, longitude: Double)] = [:]
    private(set) var stateOfCustomer: [String: String] = [:]
    private(set) var stateOfSeller: [String: String] = [:]
    private let sellerStates: [String]

    init(_ files: OlistFiles) throws(DatasetError) {
        let log = IssueLog()
        var sums: [String: (Double, Double, Double)] = [:]
        for row in files.geography.rows.indices {
            let (latitude, longitude) = (files.geography.number(row, 0, log), files.geography.number(row, 1, log))
            // Some points of the source lie in Europe: Brazil does not.
            guard (-34...6).contains(latitude), (-74 ... -34).contains(longitude) else { continue }
            let old = sums[files.geography.rows[row][2]] ?? (0, 0, 0)
            sums[files.geography.rows[row][2]] = (old.0 + latitude, old.1 + longitude, old.2 + 1)
        }
        for row in files.customers.rows { stateOfCustomer[row[0]] = row[1] }
        for row in files.sellers.rows { stateOfSeller[row[0]] = row[1] }
        sellerStates = Set(stateOfSeller.values).sorted()
        states = Set(stateOfCustomer.values).union(sellerStates).sorted()
        for state in states {
            guard let sum = sums[state] else {
                log.add(
                    DataIssue(
                        file: files.geography.file, field: "geolocation_state", value: state,
                        expected: "has no point in this file", cure: "give the geolocation file of the same orders"))
                continue
            }
            centres[state] = (sum.0 / sum.2, sum.1 / sum.2)
        }
        try log.check()
    }

    func write(_ sink: FolderSink) throws {
        let regions = try sink.table("regions", ["code", "latitude", "longitude"])
        for state in states {
            regions.text(state)
            regions.real(centres[state]?.latitude ?? 0)
            regions.real(centres[state]?.longitude ?? 0)
            try regions.endRow()
        }
        let nodes = try sink.table("nodes", ["code", "kind", "latitude", "longitude"])
        for state in sellerStates {
            nodes.text("sellers-\(state)")
            nodes.text("regional")
            nodes.real(centres[state]?.latitude ?? 0)
            nodes.real(centres[state]?.longitude ?? 0)
            try nodes.endRow()
        }
    }
}

/// Orders, lines, parcels and demand.
private struct OlistBooks {
    private let files: OlistFiles
    private let places: OlistPlaces
    private let weight: Double
    private var items: [String: [Int]] = [:]

    init(_ files: OlistFiles, _ places: OlistPlaces, _ weight: Double) {
        self.files = files
        self.places = places
        self.weight = weight
        for row in files.items.rows.indices { items[files.items.rows[row][0], default: []].append(row) }
    }

    func write(_ sink: FolderSink) throws -> ImportSummary {
        let log = IssueLog()
        let table = files.orders
        let orders = try sink.table("orders", ["order", "placed", "channel", "region", "paid", "state", "weight"])
        let lines = try sink.table("order_lines", ["order", "sku", "quantity", "price", "cancelled"])
        let shipments = try sink.table(
            "shipments", ["order", "node", "carrier", "shipped", "delivered", "freight"])
        var counts: [String: Int] = [:]
        var demand: [String: Int] = [:]
        for row in table.rows.indices {
            let cells = table.rows[row]
            let times = (3...6).map { table.time(row, $0, log) }
            guard let placed = times[0], let state = places.stateOfCustomer[cells[1]] else {
                log.add(table.issue(row, times[0] == nil ? 3 : 1, "is not known", "give the files of the same orders"))
                continue
            }
            let fate: String =
                switch cells[2] {
                case "delivered": "delivered"
                case "canceled", "unavailable": "cancelled"
                case "created": "unpaid"
                default: "open"
                }
            counts[cells[2], default: 0] += 1
            for text in [cells[0], placed.description, "olist", state] { orders.text(text) }
            if let paid = times[1], paid >= placed { orders.text(paid.description) } else { orders.empty() }
            orders.text(fate)
            orders.real(cells[2] == "delivered" ? weight : 1)
            try orders.endRow()
            try writeLines(cells[0], fate, placed, lines, &demand, log)
            if let shipped = times[2] {
                try writeParcels(cells[0], shipped, times[3], shipments, log)
            }
        }
        try log.check()
        let days = try sink.table("demand", ["date", "sku", "channel", "quantity"])
        for (key, count) in demand.sorted(by: { $0.key < $1.key }) {
            let parts = key.split(separator: "|").map(String.init)
            for text in [parts[0], parts[1], "olist"] { days.text(text) }
            days.integer(count)
            try days.endRow()
        }
        return ImportSummary(
            source: table.digest, totalLines: table.rows.count,
            entries: counts.sorted { $0.key < $1.key }.map {
                .init(
                    reason: $0.key, isKept: true, lines: $0.value, units: Int64($0.value), rule: "orders in this state")
            }, notes: [])
    }

    private func writeLines(
        _ order: String, _ fate: String, _ placed: CivilTime, _ lines: TableSink, _ demand: inout [String: Int],
        _ log: IssueLog
    ) throws {
        var products: [(code: String, row: Int, units: Int)] = []
        for row in items[order] ?? [] {
            let code = files.items.rows[row][1]
            if let at = products.firstIndex(where: { $0.code == code }) {
                products[at].units += 1
            } else {
                products.append((code, row, 1))
            }
        }
        for (code, row, units) in products {
            lines.text(order)
            lines.text(code)
            lines.integer(units)
            lines.price(UnitPrice(units: Int64((min(1e8, max(0, files.items.number(row, 3, log))) * 10_000).rounded())))
            lines.integer(fate == "cancelled" ? units : 0)
            try lines.endRow()
            demand["\(placed.day)|\(code)", default: 0] += units
        }
    }

    private func writeParcels(
        _ order: String, _ shipped: CivilTime, _ delivered: CivilTime?, _ shipments: TableSink, _ log: IssueLog
    ) throws {
        var sellers: [(code: String, freight: Double)] = []
        for row in items[order] ?? [] {
            let (code, freight) = (files.items.rows[row][2], files.items.number(row, 4, log))
            if let at = sellers.firstIndex(where: { $0.code == code }) {
                sellers[at].freight += freight
            } else {
                sellers.append((code, freight))
            }
        }
        for (code, freight) in sellers {
            guard let state = places.stateOfSeller[code] else { continue }
            for text in [order, "sellers-\(state)", "post", shipped.description] { shipments.text(text) }
            // Some clocks of the source run backwards: such a delivery time is not known.
            if let delivered, delivered >= shipped { shipments.text(delivered.description) } else { shipments.empty() }
            shipments.amount(minor: Int64((min(1e9, max(0, freight)) * 100).rounded()))
            try shipments.endRow()
        }
    }
}
