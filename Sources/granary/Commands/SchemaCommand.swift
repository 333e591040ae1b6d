import ArgumentParser
import Datasets
import Foundation
import Retail
import Scenarios

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print or refresh the files that are generated from the schema tables.",
        discussion: """
            The scenario schema (JSON Schema, for completion in editors), the page about scenario files and the data \
            dictionary all come from tables in the sources.

            EXAMPLES
              granary schema > scenario.schema.json
              granary schema --check
              granary schema --write
            """)

    @Flag(help: "Fail if a generated file in this checkout is out of date.")
    var check = false

    @Flag(help: "Write the generated files into this checkout.")
    var write = false

    private static let generated: [(path: String, text: @Sendable () -> String)] = [
        ("scenarios/scenario.schema.json", ScenarioSchema.json),
        ("docs/scenario-file.md", ScenarioManual.markdown),
        ("docs/data-dictionary.md", dataDictionaryMarkdown),
    ]

    func validate() throws {
        if check && write { throw ValidationError("Give --check or --write, not both.") }
    }

    func run() throws {
        guard check || write else { return print(ScenarioSchema.json(), terminator: "") }
        var stale: [String] = []
        for (path, text) in Self.generated {
            let committed = try? String(contentsOfFile: path, encoding: .utf8)
            guard committed != text() else { continue }
            if write { try reporting(in: .english) { try AtomicFile.write(text(), to: path) } }
            stale.append(path)
        }
        for path in stale { note(write ? "written: \(path)" : "out of date: \(path); run `granary schema --write`") }
        if check, !stale.isEmpty { throw Exit.failed }
    }
}
