public import ArgumentParser
import Foundation
public import Reporting
public import Retail

extension OutputFormat: ExpressibleByArgument {}

extension Language: ExpressibleByArgument {
    public init?(argument: String) { self.init(rawValue: argument) }
}

/// How results are printed.
struct OutputOptions: ParsableArguments {
    @Option(name: .long, help: "How to print: table, csv or json.")
    var format: OutputFormat = .table

    @Option(name: .long, help: "Language of text for people: en or zh.")
    var lang: Language = .english

    @Flag(name: .shortAndLong, help: "No progress and no notes.")
    var quiet = false

    /// Prints a table on standard output.
    func print(_ table: ResultTable) {
        Swift.print(render(table, as: format, language: lang), terminator: "")
    }

    /// The same with amounts in a currency.
    func print(_ table: ResultTable, in currency: Currency) {
        Swift.print(render(table, as: format, language: lang, currency: currency), terminator: "")
    }
}

/// Where runs are kept.
struct WorkspaceOption: ParsableArguments {
    @Option(
        name: .long, help: ArgumentHelp("The workspace, one SQLite file.", valueName: "file"),
        completion: .file(extensions: ["sqlite"]))
    var workspace = "granary.sqlite"
}

/// How much of the machine is used.
struct ThreadOption: ParsableArguments {
    @Option(name: .long, help: "Threads to use; results do not depend on it.")
    var threads = min(64, ProcessInfo.processInfo.activeProcessorCount)

    func validate() throws {
        guard (1...1_024).contains(threads) else {
            throw ValidationError("--threads takes a number from 1 to 1024, not \(threads).")
        }
    }
}

/// A scenario with the levers changed on the command line.
struct ScenarioOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp("The scenario file.", valueName: "scenario.yaml"), completion: .file(extensions: ["yaml"]))
    var scenario: String

    @OptionGroup var levers: LeverOptions
}

/// Levers changed without a file.
struct LeverOptions: ParsableArguments {
    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Change one lever, in the file's own notation; may be repeated.", valueName: "path=value"))
    var overrides: [String] = []
}
