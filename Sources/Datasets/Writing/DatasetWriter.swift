import Foundation
public import Retail

/// Writes data set folders that `DatasetReader` reads back to the same data set.
public enum DatasetWriter {
    /// Writes every part that has rows to a file of its own, in the schema's order of columns. The same data set
    /// gives the same bytes. Files of the schema that the data set has no rows for are removed from the folder, so
    /// that nothing of an earlier data set is left among them.
    ///
    /// - Parameters:
    ///   - folder: made when it does not exist.
    ///   - compressed: gzip (`.csv.gz`, without time stamp) or plain `.csv`.
    ///   - summary: what an import did with its lines; kept beside the data as `import_summary.csv` and `README.md`.
    public static func write(
        _ dataset: Dataset, to folder: String, compressed: Bool = true, summary: ImportSummary? = nil
    ) throws(FileError) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw FileError(
                path: folder, action: .open, reason: "the folder could not be made",
                cure: "check the path and its permissions")
        }
        for schema in Schema.tables {
            let bytes = table(schema, of: dataset)
            for suffix in [".csv", ".csv.gz"] {
                let path = "\(folder)/\(schema.name)\(suffix)"
                if bytes != nil, suffix == (compressed ? ".csv.gz" : ".csv") { continue }
                if FileManager.default.fileExists(atPath: path), unlink(path) != 0 {
                    throw FileError(path: path, action: .write, errno: errno)
                }
            }
            guard let bytes else { continue }
            let path = "\(folder)/\(schema.name).csv"
            if compressed {
                try AtomicFile.write(try Gzip.compress(bytes), to: path + ".gz")
            } else {
                try AtomicFile.write(bytes, to: path)
            }
        }
        guard let summary else { return }
        try AtomicFile.write(csv(summary.table), to: folder + "/import_summary.csv")
        if !summary.about.isEmpty { try AtomicFile.write(summary.about, to: folder + "/README.md") }
    }

    /// Nodes or candidates as the bytes of `nodes.csv`.
    public static func nodes(_ nodes: [Node], currency: Currency) -> [UInt8] {
        var output = TableOutput(schema: Schema.nodes, currency: currency)
        output.nodes(nodes)
        return output.csv.bytes
    }

    /// One file of the data set as CSV; nil where it has no rows.
    static func table(_ schema: TableSchema, of dataset: Dataset) -> [UInt8]? {
        var output = TableOutput(schema: schema, currency: dataset.currency)
        switch schema.name {
        case "dataset": output.describe(dataset)
        case "assumptions": output.assumptions(dataset)
        case "products": output.products(dataset)
        case "listings": output.listings(dataset)
        case "prices": output.prices(dataset)
        case "promotions": output.promotions(dataset)
        case "nodes": output.nodes(dataset.nodes)
        case "candidates": output.nodes(dataset.candidates)
        case "regions": output.regions(dataset)
        case "channels": output.channels(dataset)
        case "segments": output.segments(dataset)
        case "carriers": output.carriers(dataset)
        case "rates": output.rates(dataset)
        case "calendar": output.calendar(dataset)
        case "events": output.events(dataset)
        case "suppliers": output.suppliers(dataset)
        case "supply": output.supply(dataset)
        case "supplier_calendar": output.closures(dataset)
        case "purchase_history": output.purchases(dataset)
        case "demand": output.demand(dataset)
        case "orders": output.orders(dataset)
        case "order_lines": output.orderLines(dataset)
        case "shipments": output.shipments(dataset)
        case "returns": output.returns(dataset)
        case "settlements": output.settlements(dataset)
        case "stock": output.stock(dataset)
        case "lots": output.lots(dataset)
        case "open_orders": output.openOrders(dataset)
        case "budgets": output.budgets(dataset)
        case "adjustments": output.adjustments(dataset)
        case "signals": output.signals(dataset)
        default: preconditionFailure("the schema has a table \(schema.name) that the writer does not know")
        }
        return output.rows > 0 ? output.csv.bytes : nil
    }
}

/// A file being written by its schema: values are given in the order of the schema's columns.
struct TableOutput {
    let schema: TableSchema
    let currency: Currency
    var csv = CSVOutput()
    private(set) var rows = 0

    init(schema: TableSchema, currency: Currency) {
        self.schema = schema
        self.currency = currency
        for column in schema.columns { csv.text(column.name) }
        csv.endRow()
    }

    mutating func text(_ value: String) { csv.text(value) }
    mutating func integer(_ value: some BinaryInteger) { csv.integer(value) }
    mutating func real(_ value: Double) { csv.real(value) }
    mutating func price(_ value: UnitPrice) { csv.decimal(value.units, places: 4) }
    mutating func amount(_ value: Amount) { csv.decimal(value.minor, places: currency.minorDigits) }
    mutating func rate(_ value: Rate) { csv.decimal(value.partsPerMillion, places: 6) }
    mutating func day(_ value: Day) { csv.text(value.description) }
    mutating func day(_ value: Day?) { if let value { day(value) } else { csv.empty() } }
    mutating func time(_ value: CivilTime) { csv.text(value.description) }
    mutating func time(_ value: CivilTime?) { if let value { time(value) } else { csv.empty() } }
    mutating func flag(_ value: Bool) { csv.integer(value ? 1 : 0) }
    mutating func code(_ value: String?) { if let value { csv.text(value) } else { csv.empty() } }

    mutating func clock(_ value: Int32) {
        func two(_ number: Int32) -> String { (number < 10 ? "0" : "") + String(number) }
        let text = two(value / 3_600) + ":" + two(value / 60 % 60)
        csv.text(value % 60 == 0 ? text : text + ":" + two(value % 60))
    }

    mutating func scope(_ value: PromotionScope, _ dataset: Dataset) {
        switch value {
        case .everything: csv.text("all")
        case .category(let levels): csv.text("category:" + levels.joined(separator: "|"))
        case .skus(let skus): csv.text("skus:" + skus.map { dataset.skus[$0.position].code }.joined(separator: "|"))
        }
    }

    /// - Parameter fields: how many columns the file has; all of the schema's unless said otherwise.
    mutating func endRow(fields: Int? = nil) {
        precondition(
            csv.fields == fields ?? schema.columns.count,
            "a row of \(schema.name) must have a value for each of its columns")
        csv.endRow()
        rows += 1
    }
}
