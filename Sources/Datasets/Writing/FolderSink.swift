import Foundation
import Retail

/// A data set folder being written table by table and row by row, for data larger than memory and for imports that
/// need no data set in between. Everything goes to a hidden folder beside the target, which takes its place at the
/// end: the folder appears whole or not at all.
final class FolderSink {
    private static let chunk = 1 << 22

    private let target: String
    private let temporary: String
    private var open: [String: TableSink] = [:]

    /// - Throws: when the folder cannot be made, or holds something already.
    init(_ folder: String) throws(FileError) {
        target = folder.hasSuffix("/") && folder.count > 1 ? String(folder.dropLast()) : folder
        let name = (target as NSString).lastPathComponent
        let parent = (target as NSString).deletingLastPathComponent
        temporary = (parent.isEmpty ? "" : parent + "/") + ".\(name).\(ProcessInfo.processInfo.processIdentifier).part"
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: target, isDirectory: &isFolder)
        let there = (try? FileManager.default.contentsOfDirectory(atPath: target)) ?? []
        guard !exists || (isFolder.boolValue && there.isEmpty) else {
            throw FileError(
                path: target, action: .write, reason: isFolder.boolValue ? "the folder is not empty" : "it is a file",
                cure: "choose a new folder, or remove this one first")
        }
        do {
            try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
        } catch {
            throw FileError(
                path: target, action: .open, reason: "the folder could not be made",
                cure: "check the path and its permissions")
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: temporary) }

    /// A table of the schema with some of its columns, which rows give in this order.
    func table(_ name: String, _ columns: [String]) throws(FileError) -> TableSink {
        precondition(
            Schema.table(name).map { schema in columns.allSatisfy { schema.position($0) != nil } } ?? false,
            "columns of \(name) are those of the schema")
        let sink = try TableSink(path: "\(temporary)/\(name).csv.gz", columns: columns, chunk: Self.chunk)
        open[name] = sink
        return sink
    }

    /// A file kept beside the data for people.
    func note(_ text: String, as name: String) throws(FileError) {
        try AtomicFile.write(text, to: "\(temporary)/\(name)")
    }

    /// Writes what is left and puts the folder in its place.
    func finish() throws(FileError) {
        for name in open.keys.sorted() { try open[name]?.finish() }
        // An empty folder may stand where the data go.
        if FileManager.default.fileExists(atPath: target) { rmdir(target) }
        guard rename(temporary, target) == 0 else {
            throw FileError(path: target, action: .rename, errno: errno)
        }
    }
}

/// One compressed table being written: a gzip member for every few megabytes.
final class TableSink {
    private let path: String
    private let handle: FileHandle
    private let chunk: Int
    private let columns: Int
    private var csv = CSVOutput()

    fileprivate init(path: String, columns: [String], chunk: Int) throws(FileError) {
        self.path = path
        self.chunk = chunk
        self.columns = columns.count
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw FileError(path: path, action: .open, errno: errno) }
        self.handle = handle
        for column in columns { csv.text(column) }
        csv.endRow()
    }

    func text(_ value: String) { csv.text(value) }
    func integer(_ value: some BinaryInteger) { csv.integer(value) }
    func real(_ value: Double) { csv.real(value) }
    func price(_ value: UnitPrice) { csv.decimal(value.units, places: 4) }
    /// Minor units of a currency with two decimals.
    func amount(minor: Int64) { csv.decimal(minor, places: 2) }
    func rate(_ value: Double) { csv.decimal(Int64((value * 1e6).rounded()), places: 6) }
    func empty() { csv.empty() }

    /// `2011-11-28T09:30:15`; the day's text is kept, since rows of a day come together.
    func time(_ value: CivilTime) {
        let day = value.day
        if day != lastDay { (lastDay, dayText) = (day, day.description) }
        let clock = Int(value.timeOfDay)
        csv.text("\(dayText)T\(Self.two[clock / 3_600]):\(Self.two[clock / 60 % 60]):\(Self.two[clock % 60])")
    }

    private var lastDay = Day(number: .min)
    private var dayText = ""
    private static let two = (0..<60).map { ($0 < 10 ? "0" : "") + String($0) }

    func endRow() throws(FileError) {
        precondition(csv.fields == columns, "a row has a value for each of its columns")
        csv.endRow()
        if csv.bytes.count >= chunk { try flush() }
    }

    private func flush() throws(FileError) {
        let packed = try Gzip.compress(csv.bytes, level: 3)
        do { try handle.write(contentsOf: Data(packed)) } catch {
            throw FileError(path: path, action: .write, errno: errno)
        }
        csv = CSVOutput()
    }

    fileprivate func finish() throws(FileError) {
        if !csv.bytes.isEmpty { try flush() }
        do { try handle.close() } catch { throw FileError(path: path, action: .write, errno: errno) }
    }
}
