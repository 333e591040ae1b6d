import ArgumentParser
import Datasets
import Replenishment
import Reporting
import Retail
import Scenarios

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "What to hold: safety stock, reorder point and order-up-to level per SKU and node.",
        discussion: """
            EXAMPLES
              granary plan scenarios/flagship.yaml --format csv
              granary plan scenarios/flagship.yaml --set "stock.service_level=98 %"
            """)

    @OptionGroup var scenario: ScenarioOptions
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var threads: ThreadOption
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let session = Session(output: output, threads: threads)
        try await reporting {
            let prepared = try await session.prepare(scenario, workspace: workspace.workspace)
            output.print(SuggestionTables.targets(prepared.stockPlan, names: prepared.names))
        }
    }
}

struct SuggestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suggest",
        abstract: "What to buy and move: suggestions a buyer can sign, most urgent first.",
        discussion: """
            Each line carries the chain from need through minimum, multiple and price break to the final quantity, \
            the day it must be ordered by, the projected stockout, and a reason in one sentence.
            Exits with 3 when some articles could not be served (no supplier, no target); they are listed on \
            standard error.

            EXAMPLES
              granary suggest scenarios/flagship.yaml
              granary suggest scenarios/flagship.yaml --transfers --format csv
              granary suggest scenarios/flagship.yaml --explain 85123A
              granary suggest scenarios/flagship.yaml --out orders.xlsx --lang zh
            """)

    @OptionGroup var scenario: ScenarioOptions

    @Flag(help: "Transfers between our own nodes instead of purchases.")
    var transfers = false

    @Option(help: ArgumentHelp("Show every step of the quantity for one SKU.", valueName: "sku"))
    var explain: String?

    @Option(
        help: ArgumentHelp("Write the purchase suggestions to this .xlsx or .csv file.", valueName: "file"),
        completion: .file(extensions: ["xlsx", "csv"]))
    var out: String?

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var threads: ThreadOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let out, !out.hasSuffix(".xlsx"), !out.hasSuffix(".csv") {
            throw ValidationError("--out takes a file that ends in .xlsx or .csv, not '\(out)'.")
        }
    }

    func run() async throws {
        let session = Session(output: output, threads: threads)
        try await reporting {
            let prepared = try await session.prepare(scenario, workspace: workspace.workspace)
            let book = prepared.suggestions
            if let explain { return try explainSKU(explain, prepared) }
            if transfers {
                output.print(
                    SuggestionTables.transfers(book.transfers, names: prepared.names, language: output.lang))
            } else if let out {
                try write(prepared, to: out)
                session.say("cli.written", out)
            } else {
                output.print(
                    suggestionTable(
                        prepared.suggestionRows, currency: prepared.dataset.currency, language: output.lang))
            }
            for exception in book.exceptions {
                let (sku, node) = (
                    prepared.dataset.skus[exception.sku.position], prepared.network.nodes[exception.node.position]
                )
                note("exception: \(sku.code) \(node.code): \(exception.kind.rawValue)")
            }
            if !book.exceptions.isEmpty { throw Exit.exceptions }
        }
    }

    private func write(_ prepared: PreparedScenario, to path: String) throws {
        let lines = prepared.suggestionRows
        let currency = prepared.dataset.currency
        if path.hasSuffix(".xlsx") {
            try SuggestionWorkbook.write(lines, currency: currency, language: output.lang, to: path)
        } else {
            try AtomicFile.write(
                spreadsheetCSV(suggestionTable(lines, currency: currency, language: output.lang)), to: path)
        }
    }

    private func explainSKU(_ code: String, _ prepared: PreparedScenario) throws {
        let found = prepared.suggestions.purchases.filter { prepared.dataset.skus[$0.sku.position].code == code }
        guard !found.isEmpty else {
            let isKnown = prepared.dataset.skus.contains { $0.code == code }
            note("error: " + Catalogue.text(isKnown ? "cli.nothing_to_order" : "cli.unknown_sku", output.lang, code))
            throw Exit.badData
        }
        for suggestion in found {
            for line in SuggestionEngine.explanation(of: suggestion, names: prepared.names, language: output.lang) {
                print(line)
            }
        }
    }
}
