import Datasets
import Foundation
import Retail
public import Scenarios
public import Store

/// The files a run leaves for people: the report in both languages and the purchase suggestions.
public struct RunFiles: Sendable, Equatable {
    public var report: String
    public var reportChinese: String
    public var suggestionsCSV: String
    public var suggestionsXLSX: String

    public var all: [String] { [report, reportChinese, suggestionsCSV, suggestionsXLSX] }

    /// Writes the files of a stored run into a folder, which is made when it is not there, and notes the report's
    /// path with the run. Each file appears whole or not at all.
    public static func write(
        of id: RunID, in workspace: Workspace, to folder: String, comparison: Comparison? = nil,
        commands: [String] = []
    ) throws -> RunFiles {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw FileError(
                path: folder, action: .write, reason: "the folder could not be made",
                cure: "name a folder that can be written to")
        }
        let files = RunFiles(
            report: folder + "/report.html", reportChinese: folder + "/report.zh.html",
            suggestionsCSV: folder + "/suggestions.csv", suggestionsXLSX: folder + "/suggestions.xlsx")
        let names = ["suggestions.csv", "suggestions.xlsx"]
        for (language, path) in [(Language.english, files.report), (.chinese, files.reportChinese)] {
            let input = try ReportInput(
                run: id, in: workspace, language: language, comparison: comparison, suggestionFiles: names,
                commands: commands)
            try AtomicFile.write(HTMLReport.render(input), to: path)
        }
        let rows = try workspace.suggestions(id)
        let currency = Currency(code: try workspace.run(id).inputs.currency) ?? .cny
        try AtomicFile.write(
            spreadsheetCSV(suggestionTable(rows, currency: currency, language: .english)), to: files.suggestionsCSV)
        try SuggestionWorkbook.write(rows, currency: currency, language: .english, to: files.suggestionsXLSX)
        try workspace.recordReport(id, path: files.report)
        return files
    }
}
