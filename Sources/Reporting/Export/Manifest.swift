import Datasets
import Foundation
import Retail

/// One table of an export with the bytes of its file.
struct ExportedTable {
    var table: ResultTable
    var file: String
    var bytes: [UInt8]
}

/// `manifest.json`: what the export is, what each column means, and the checksum of each file.
/// Keys are sorted and nothing in it depends on the clock or the machine.
struct Manifest: Codable {
    struct TableEntry: Codable {
        struct ColumnEntry: Codable {
            var name: String
            /// `integer`, `real` or `text`.
            var type: String
            var unit: String
        }

        var columns: [ColumnEntry]
        var file: String
        var name: String
        var rows: Int
        var sha256: String
    }

    struct Run: Codable {
        var currency: String
        var currencyMinorDigits: Int
        var dataFingerprint: String
        var dataset: String
        var engineVersion: String
        var firstDay: String?
        var forecastDigest: String
        var lastDay: String?
        var name: String
        var planDigest: String
        var replications: Int
        var resultDigest: String
        var runID: String
        /// As text: 64 bits do not fit the numbers of every JSON reader.
        var seed: String
    }

    var createdBy: String
    var format: String
    var run: Run
    var schemaVersion: Int
    var tables: [TableEntry]

    private static let formatName = "granary-export"

    static func text(_ meta: ExportMeta, _ files: [ExportedTable]) -> String {
        let origin = meta.origin
        let manifest = Manifest(
            createdBy: "granary " + origin.engineVersion, format: formatName,
            run: Run(
                currency: meta.currency.code, currencyMinorDigits: meta.currency.minorDigits,
                dataFingerprint: origin.dataFingerprint, dataset: meta.dataset,
                engineVersion: origin.engineVersion, firstDay: meta.firstDay?.description,
                forecastDigest: origin.forecastDigest, lastDay: meta.lastDay?.description, name: meta.runName,
                planDigest: origin.planDigest, replications: origin.replications,
                resultDigest: origin.resultDigest, runID: origin.runID, seed: String(origin.seed)),
            schemaVersion: RunExport.schemaVersion, tables: files.map(entry))
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // Only text and whole numbers are encoded, which cannot fail.
        let data = (try? encoder.encode(manifest)) ?? Data()
        return String(decoding: data, as: UTF8.self) + "\n"
    }

    static func isOurs(_ data: Data) -> Bool {
        struct Head: Decodable { var format: String }
        return (try? JSONDecoder().decode(Head.self, from: data))?.format == formatName
    }

    private static func entry(_ file: ExportedTable) -> TableEntry {
        TableEntry(
            columns: file.table.columns.map { column in
                let type: String =
                    switch column.values {
                    case .integer: "integer"
                    case .real: "real"
                    case .text: "text"
                    }
                return .init(name: column.name, type: type, unit: column.unit)
            },
            file: file.file, name: file.table.name, rows: file.table.rowCount, sha256: Fingerprint.sha256(file.bytes))
    }
}
