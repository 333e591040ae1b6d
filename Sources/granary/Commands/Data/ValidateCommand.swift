import ArgumentParser
import Datasets
import Foundation
import Retail
import Scenarios

struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check scenario files or data set folders without running anything.",
        discussion: """
            Every fault is named with file, line, column, value and cure, up to fifty of a file. A scenario is also \
            checked against the data set it names.

            EXAMPLES
              granary validate scenarios/flagship.yaml
              granary validate scenarios/data/uk-gifts
              granary validate scenarios/flagship.yaml --set demand.volume=300
            """)

    @Argument(help: ArgumentHelp("Scenario files or data set folders.", valueName: "path"), completion: .file())
    var paths: [String]

    @OptionGroup var levers: LeverOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        var faulty = false
        var rows: [(path: String, what: String)] = []
        for path in paths {
            do {
                rows.append((path, try check(path)))
            } catch {
                note(words(for: error, in: output.lang))
                faulty = true
            }
        }
        if !rows.isEmpty {
            output.print(
                ResultTable(
                    "valid", [Column("path", .text(rows.map(\.path))), Column("holds", .text(rows.map(\.what)))]))
        }
        if faulty { throw Exit.badData }
    }

    private func check(_ path: String) throws -> String {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            let data = try DatasetReader.read(folder: path)
            return Catalogue.text(
                "cli.valid.dataset", output.lang, "\(data.skus.count)", "\(data.demand.seriesCount)",
                "\(data.orders.count)", "\(data.assumptions.count)")
        }
        if path.hasSuffix(".csv") || path.hasSuffix(".csv.gz") {
            throw Refusal("\(path): a data set is checked whole: give the folder this file is in")
        }
        if case .model(let model) = try Workbench.loadFile(path, overrides: levers.overrides) {
            return Catalogue.text("cli.valid.scenario", output.lang, model.name)
        }
        let (scenario, _) = try Workbench.validate(path, overrides: levers.overrides)
        return Catalogue.text("cli.valid.scenario", output.lang, scenario.name)
    }
}
