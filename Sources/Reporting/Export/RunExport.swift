public import Datasets
import Foundation
public import Retail
public import Store

/// Why an export was not written.
public enum ExportError: Error, Equatable, CustomStringConvertible {
    /// The folder exists and is not an earlier export: it is left as it is.
    case notAnExport(path: String)
    /// Two tables would share a file.
    case duplicateTable(name: String)
    /// A table's name cannot be a file name.
    case badTableName(name: String)
    case file(FileError)
    /// The run could not be read from its workspace.
    case store(StoreError)

    public var description: String {
        switch self {
        case .notAnExport(let path):
            "\(path): holds files that are not an export (no manifest.json of Granary's); "
                + "name a new or empty folder, or an earlier export to be replaced"
        case .duplicateTable(let name): "the table '\(name)' is there twice; give each table its own name"
        case .badTableName(let name):
            "the table name '\(name)' cannot be a file name; use small letters, digits and underscores"
        case .file(let error): error.description
        case .store(let error): error.description
        }
    }
}

/// What an export says about the run it came from.
public struct ExportMeta: Sendable, Equatable {
    public var runName: String
    public var dataset: String
    public var currency: Currency
    public var firstDay: Day?
    public var lastDay: Day?
    public var origin: RunOrigin

    public init(
        runName: String, dataset: String, currency: Currency, firstDay: Day? = nil, lastDay: Day? = nil,
        origin: RunOrigin
    ) {
        self.runName = runName
        self.dataset = dataset
        self.currency = currency
        self.firstDay = firstDay
        self.lastDay = lastDay
        self.origin = origin
    }
}

/// A run as a folder of CSV files with a manifest, for notebooks and other programs.
public enum RunExport {
    /// Raised when the meaning of a file or of the manifest changes.
    public static let schemaVersion = 1

    /// Writes `figures.csv`, `figure_replications.csv`, a CSV for each table, and `manifest.json`.
    ///
    /// The folder appears whole or not at all: it is written beside its place and renamed. An earlier export there
    /// is replaced; a folder with anything else in it is refused. The same run gives the same bytes.
    public static func write(
        tables: [ResultTable], figures: [Figure], meta: ExportMeta, to folder: String
    ) throws(ExportError) {
        let target = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        let all = [figureTable(figures), replicationTable(figures)] + tables
        try checkNames(all)
        try checkTarget(target)
        let files = all.map { table in
            let bytes = csv(table)
            return ExportedTable(table: table, file: table.name + ".csv", bytes: bytes)
        }
        let staging = try makeStaging(beside: target)
        do throws(FileError) {
            for file in files { try AtomicFile.write(file.bytes, to: staging + "/" + file.file) }
            try AtomicFile.write(Manifest.text(meta, files), to: staging + "/manifest.json")
        } catch {
            try? FileManager.default.removeItem(atPath: staging)
            // The staging folder is nothing the caller knows.
            var error = error
            if error.path.hasPrefix(staging) { error.path = target + error.path.dropFirst(staging.count) }
            throw .file(error)
        }
        try exchange(staging, with: target)
    }

    /// Every replication of every figure: `figure`, `unit`, `replication` (from 1), `value`.
    static func replicationTable(_ figures: [Figure]) -> ResultTable {
        ResultTable(
            "figure_replications",
            [
                Column("figure", .text(figures.flatMap { f in f.replications.map { _ in f.key } })),
                Column("unit", .text(figures.flatMap { f in f.replications.map { _ in f.unit } })),
                Column("replication", .integer(figures.flatMap { f in f.replications.indices.map { Int64($0 + 1) } })),
                Column("value", .real(figures.flatMap(\.replications))),
            ])
    }

    private static func checkNames(_ tables: [ResultTable]) throws(ExportError) {
        var seen: Set<String> = []
        for table in tables {
            let isPlain =
                !table.name.isEmpty && table.name.utf8.count <= 100
                && table.name.utf8.allSatisfy { ($0 >= 97 && $0 <= 122) || ($0 >= 48 && $0 <= 57) || $0 == 95 }
            guard isPlain else { throw .badTableName(name: table.name) }
            guard seen.insert(table.name).inserted else { throw .duplicateTable(name: table.name) }
        }
    }

    /// Free, empty, or an earlier export.
    private static func checkTarget(_ target: String) throws(ExportError) {
        let manager = FileManager.default
        var isFolder: ObjCBool = false
        guard manager.fileExists(atPath: target, isDirectory: &isFolder) else { return }
        guard isFolder.boolValue else { throw .file(FileError(path: target, action: .open, errno: ENOTDIR)) }
        guard let contents = try? manager.contentsOfDirectory(atPath: target) else {
            throw .file(FileError(path: target, action: .list, errno: EACCES))
        }
        if contents.isEmpty { return }
        guard let data = manager.contents(atPath: target + "/manifest.json"), Manifest.isOurs(data) else {
            throw .notAnExport(path: target)
        }
    }

    private static func makeStaging(beside target: String) throws(ExportError) -> String {
        let name = target.split(separator: "/").last.map(String.init) ?? "export"
        let parent = target.lastIndex(of: "/").map { String(target[..<$0]) } ?? "."
        let place = parent.isEmpty ? "/" : parent
        for attempt in 0..<1_000 {
            let staging = "\(place)/.\(name).\(getpid()).\(attempt).part"
            if mkdir(staging, 0o777) == 0 { return staging }
            if errno != EEXIST { throw .file(FileError(path: target, action: .open, errno: errno)) }
        }
        throw .file(FileError(path: target, action: .open, errno: EEXIST))
    }

    /// Puts the finished folder in place; an earlier one is moved aside first and brought back if that fails.
    private static func exchange(_ staging: String, with target: String) throws(ExportError) {
        let manager = FileManager.default
        let aside = staging + ".old"
        let replaced = rename(target, aside) == 0
        guard rename(staging, target) == 0 else {
            let number = errno
            if replaced { _ = rename(aside, target) }
            try? manager.removeItem(atPath: staging)
            throw .file(FileError(path: target, action: .rename, errno: number))
        }
        if replaced { try? manager.removeItem(atPath: aside) }
    }
}
