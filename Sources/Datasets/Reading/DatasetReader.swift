import Foundation
public import Retail

/// Reads data set folders: CSV files, plain or gzip, as `docs/data-dictionary.md` describes them.
public enum DatasetReader {
    /// Reads a folder whole. Only `demand` is obligatory; what is missing gets its documented default, named in
    /// `Dataset.assumptions`.
    ///
    /// Files are streamed; beyond the values kept, memory stays within a few megabytes, plus 16 bytes for each row
    /// of `demand` while it is read.
    ///
    /// - Parameter progress: called now and then with the name of the file and the rows read so far.
    /// - Throws: `DatasetError` with everything found wrong, at most 50 issues listed; nothing is half-imported.
    public static func read(
        folder: String, progress: ((_ file: String, _ rows: Int) -> Void)? = nil
    ) throws(DatasetError) -> Dataset {
        var assembly = Assembly(folder: folder, progress: progress)
        try assembly.findFiles()
        return try assembly.read()
    }

    /// Reads one file in the long format `unique_id,ds,y` (plain or gzip). Dates, times on the hour, or whole
    /// numbers; a step without a row inside a series is missing; series are in the order of their names.
    public static func readLongPanel(file path: String) throws(DatasetError) -> DemandPanel {
        try readLongDemand(file: path).panel
    }

    /// The same with the in-stock flags of its cells; empty where the file has no column that says so.
    public static func readLongDemand(
        file path: String
    ) throws(DatasetError) -> (panel: DemandPanel, inStock: [Bool]) {
        let built = try readLong(file: path, schema: Schema.longPanel)
        return (built.panel, built.inStock)
    }

    /// The cells of a long file of either schema.
    private static func readLong(
        file path: String, schema: TableSchema
    ) throws(DatasetError) -> PanelBuilder.Built {
        let log = IssueLog()
        var rows = DemandRows()
        let name = path.split(separator: "/").last.map(String.init) ?? path
        var reader = TableReader(path: path, file: name, schema: schema, currency: .gbp, log: log, checksKeys: false)
        var (skus, channels, regions) = (CodePool(), CodePool(), CodePool())
        rows.read(
            &reader, skus: &skus, channels: &channels, regions: &regions, grows: (true, true, true), log: log)
        try log.check()
        rows.sortSKUs(&skus)
        let builder = PanelBuilder(
            file: name, rows: rows, absent: .missing, statedStep: nil, calendar: BusinessCalendar(),
            skus: skus.texts, channels: [], regions: [])
        let built = builder.build(log)
        try log.check()
        guard let built else { throw DatasetError(issues: []) }
        return built
    }

    /// Reads a file in the long format with further columns of numbers beside `unique_id,ds,y`: regressors, whose rows go
    /// on beyond the last `y` as far as they are known.
    ///
    /// - Parameter names: the columns to take; nil takes all there are.
    /// - Returns: the panel, each series ending with its last value, and the columns; nil where there are none.
    public static func readLongPanel(
        file path: String, regressors names: [String]?
    ) throws(DatasetError) -> (panel: DemandPanel, regressors: LongRegressors?) {
        let long = try readLong(file: path, regressors: names)
        return (long.panel, long.regressors)
    }

    /// The same with the in-stock flags of its cells; empty where the file has no column that says so.
    public static func readLong(
        file path: String, regressors names: [String]?
    ) throws(DatasetError) -> (panel: DemandPanel, inStock: [Bool], regressors: LongRegressors?) {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let known = Schema.longPanel.columns.map(\.name)
        let extras = try LongRegressors.header(path, name).filter { !known.contains($0) }
        for asked in names ?? [] where !extras.contains(asked) {
            let near = nearestName(to: asked, in: extras)
            throw DatasetError(issues: [
                DataIssue(
                    file: name, line: 1, field: "header", value: asked, expected: "is no further column of this file",
                    cure: extras.isEmpty
                        ? "there are none beside unique_id, ds and y"
                        : near.map { "did you mean \($0)?" } ?? "there are \(extras.joined(separator: ", "))")
            ])
        }
        if extras.isEmpty {
            let long = try readLongDemand(file: path)
            return (long.panel, long.inStock, nil)
        }
        let built = try readLong(file: path, schema: LongRegressors.schema(extras, taken: names))
        let (panel, regressors) = LongRegressors.split(built.panel, built.extras, extras, taken: names)
        var inStock: [Bool] = []
        if !built.inStock.isEmpty {
            for s in panel.keys.indices {
                let from = built.panel.offsets[s]
                inStock += built.inStock[from..<from + panel.offsets[s + 1] - panel.offsets[s]]
            }
        }
        return (panel, inStock, regressors)
    }
}

extension DemandRows {
    /// Renumbers SKUs in the order of their codes, so that the order of the rows does not matter.
    mutating func sortSKUs(_ skus: inout CodePool) {
        let rank = Self.rank(&skus)
        renumber { (rank[Int($0.sku)], $0.channel, $0.region) }
    }

    mutating func sortChannels(_ channels: inout CodePool) {
        let rank = Self.rank(&channels)
        renumber { ($0.sku, $0.channel < 0 ? -1 : rank[Int($0.channel)], $0.region) }
    }

    mutating func sortRegions(_ regions: inout CodePool) {
        let rank = Self.rank(&regions)
        renumber { ($0.sku, $0.channel, $0.region < 0 ? -1 : rank[Int($0.region)]) }
    }

    private static func rank(_ pool: inout CodePool) -> [Int32] {
        let texts = pool.texts
        let order = texts.indices.sorted { texts[$0].utf8.lexicographicallyPrecedes(texts[$1].utf8) }
        pool = CodePool(order.map { texts[$0] })
        var rank = [Int32](repeating: 0, count: texts.count)
        for (place, old) in order.enumerated() { rank[old] = Int32(place) }
        return rank
    }

    private mutating func renumber(
        _ change: ((sku: Int32, channel: Int32, region: Int32)) -> (Int32, Int32, Int32)
    ) {
        // Distinct series stay distinct, and keep the numbers that the rows carry.
        var renumbered = KeyPool()
        for key in series.keys {
            let (sku, channel, region) = change(Self.unpack(key))
            _ = renumbered.insert(Self.key(sku: sku, channel: channel, region: region))
        }
        series = renumbered
    }
}

/// A folder being read: which files there are, the codes met so far, and the data set as it grows.
struct Assembly {
    let folder: String
    let progress: ((String, Int) -> Void)?
    let log = IssueLog()
    /// File name by table name.
    private var files: [String: String] = [:]
    private var digests: [(file: String, digest: String)] = []
    private(set) var absentFiles: [TableSchema] = []
    /// Line of each node and candidate in its file.
    var nodeLines: [String: Int] = [:]

    var name: String
    var currency = Currency.gbp
    var zone = "UTC"
    var step: TimeStep?
    var absentRows: AbsentRows?
    var country: Country?
    var assumptions: [Assumption] = []

    var skus = CodePool()
    var channels = CodePool()
    var regions = CodePool()
    var segments = CodePool()
    var nodes = CodePool()
    var suppliers = CodePool()
    var carriers = CodePool()
    var orders = CodePool()
    var hasLostPromotions = false

    init(folder: String, progress: ((String, Int) -> Void)?) {
        self.folder = folder
        self.progress = progress
        // Also of "." and of paths that end in a slash: what a workspace keeps is found by this name.
        name = URL(filePath: folder).standardizedFileURL.lastPathComponent
    }

    func has(_ table: TableSchema) -> Bool { files[table.name] != nil }

    /// Finds the files of the folder; refuses what looks like a misspelt one.
    mutating func findFiles() throws(DatasetError) {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            throw DatasetError(issues: [
                DataIssue(
                    file: folder, expected: "the folder cannot be read",
                    cure: "check the path; a data set is a folder with at least demand.csv")
            ])
        }
        for file in names where !file.hasPrefix(".") {
            let stem: String
            if file.hasSuffix(".csv") {
                stem = String(file.dropLast(4))
            } else if file.hasSuffix(".csv.gz") {
                stem = String(file.dropLast(7))
            } else {
                continue
            }
            if Schema.unread.contains(stem) { continue }
            guard Schema.table(stem) != nil else {
                let near = nearestName(to: stem, in: Schema.tables.map(\.name))
                log.add(
                    DataIssue(
                        file: file, expected: "is no file of a data set",
                        cure: near.map { "did you mean \($0).csv? Rename it or move it away" }
                            ?? "rename it or move it away"))
                continue
            }
            if let other = files[stem] {
                log.add(
                    DataIssue(file: file, expected: "is there twice, also as \(other)", cure: "keep one of the two"))
            }
            files[stem] = file
        }
        if files["demand"] == nil {
            log.add(
                DataIssue(
                    file: "demand.csv", expected: "is missing",
                    cure: "give at least date,sku,quantity; see docs/data-dictionary.md"))
        }
        try log.check()
    }

    /// A reader of the table's file; nil, and noted, when there is none.
    mutating func open(_ schema: TableSchema, checksKeys: Bool = true) -> TableReader? {
        guard let file = files[schema.name] else {
            absentFiles.append(schema)
            return nil
        }
        progress?(file, 0)
        return TableReader(
            path: folder + "/" + file, file: file, schema: schema, currency: currency, log: log,
            checksKeys: checksKeys)
    }

    func fileName(_ schema: TableSchema) -> String { files[schema.name] ?? schema.name + ".csv" }

    /// Takes the digest of a file read to its end, and notes the columns it lacks.
    mutating func close(_ reader: consuming TableReader) {
        progress?(reader.file, reader.rows)
        digests.append((reader.schema.name, reader.digest()))
        if !reader.isWhole { lose(reader.schema.name) }
        let defaulted = reader.defaulted
        guard !defaulted.isEmpty, reader.rows > 0 else { return }
        let list = defaulted.map { column -> String in
            guard case .optional(let value) = column.need else { return column.name }
            return "\(column.name) \(value)" + (column.unit.isEmpty ? "" : " \(column.unit)")
        }
        note(reader.schema.name + ".csv", "columns not given, defaults used: \(list.joined(separator: ", "))")
    }

    /// A file was not read whole: what only follows from that is not reported.
    private mutating func lose(_ table: String) {
        switch table {
        case Schema.products.name: skus.isPartial = true
        case Schema.channels.name: channels.isPartial = true
        case Schema.regions.name: regions.isPartial = true
        case Schema.segments.name: segments.isPartial = true
        case Schema.nodes.name, Schema.candidates.name: nodes.isPartial = true
        case Schema.suppliers.name: suppliers.isPartial = true
        case Schema.carriers.name: carriers.isPartial = true
        case Schema.orders.name: orders.isPartial = true
        case Schema.promotions.name: hasLostPromotions = true
        default: break
        }
    }

    /// Adds an assumption unless the data state it already.
    mutating func note(_ subject: String, _ text: String) {
        let assumption = Assumption(subject: subject, text: text)
        if !assumptions.contains(assumption) { assumptions.append(assumption) }
    }

    /// SHA-256 over names and digests of the files, which does not depend on whether they are compressed.
    func fingerprint() -> String {
        let lines = digests.sorted { $0.file < $1.file }.map { "\($0.file) \($0.digest)\n" }
        return Fingerprint.sha256(lines.joined())
    }
}
