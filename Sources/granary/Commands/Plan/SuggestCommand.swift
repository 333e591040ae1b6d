import ArgumentParser
import Datasets
import Foundation
import Replenishment
import Reporting
import Retail
import Scenarios
import Store

struct SuggestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suggest",
        abstract: "What to buy and move: suggestions a buyer can sign, most urgent first.",
        discussion: """
            Reads a data set folder alone, or a scenario. With --workspace the suggestions are kept as a book, and \
            what was decided about them (see `granary decide`) is shown and counted; --workspace alone shows its \
            latest book. Each line carries the chain from need through minimum, multiple, price break, order value, \
            container and budget to the final quantity, the day it must be ordered by, both stockout dates, and a \
            reason in one sentence.
            Exits with 3 when the data keep some articles from being served (no supplier, no price ...).

            EXAMPLES
              granary suggest scenarios/data/uk-gifts
              granary suggest scenarios/data/uk-gifts --exceptions
              granary suggest scenarios/data/uk-gifts --budget 50000 --totals
              granary suggest scenarios/data/uk-gifts --workspace buying.sqlite --orders purchase-orders
              granary suggest --workspace buying.sqlite --import edited.xlsx --by "Li Na"
              granary suggest scenarios/flagship.yaml --promotion bestsellers --steps
              granary suggest scenarios/flagship.yaml --transfers --format csv
              granary suggest scenarios/flagship.yaml --explain 85123A
              granary suggest scenarios/flagship.yaml --out orders.xlsx --lang zh
            """)

    @OptionGroup var input: SupplyInput

    @Flag(help: "Transfers between our own nodes instead of purchases.")
    var transfers = false

    @Flag(help: "What somebody should look at, dearest first.")
    var exceptions = false

    @Flag(help: "What each supplier's order comes to: value, volume, containers, beside its minimums and limits.")
    var totals = false

    @Flag(help: "Suppliers with what past orders show of them.")
    var suppliers = false

    @Option(
        help: ArgumentHelp(
            "What to buy ahead of a promotion of the data set or scenario, by code or name (备货).", valueName: "name"))
    var promotion: String?

    @Flag(help: "With --promotion: what comes of 30 % less to 30 % more.")
    var steps = false

    @Option(
        help: ArgumentHelp("Write a draft purchase order for each supplier, .xlsx and .csv.", valueName: "folder"),
        completion: .directory)
    var orders: String?

    @Option(
        name: .customLong("import"),
        help: ArgumentHelp(
            "Read an edited sheet or order back and report every difference; with --workspace and --by the changes "
                + "become decisions.", valueName: "file"), completion: .file(extensions: ["xlsx", "csv"]))
    var edited: String?

    @Option(help: "Who decides what an imported sheet changes.")
    var by = ""

    @Option(help: ArgumentHelp("Show every step of the quantity for one SKU.", valueName: "sku"))
    var explain: String?

    @Option(
        help: ArgumentHelp("Write the purchase suggestions to this .xlsx or .csv file.", valueName: "file"),
        completion: .file(extensions: ["xlsx", "csv"]))
    var out: String?

    @OptionGroup var threads: ThreadOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let out, !out.hasSuffix(".xlsx"), !out.hasSuffix(".csv") {
            throw ValidationError("--out takes a file that ends in .xlsx or .csv, not '\(out)'.")
        }
    }

    func run() async throws {
        let session = Session(output: output, threads: threads)
        try await reporting(in: output.lang) {
            let desk = try await desk(session)
            if let explain { return try explainSKU(explain, desk) }
            if let edited { return try importSheet(edited, desk, session) }
            if let promotion { return try printPromotion(promotion, desk) }
            if let table = try sideTable(desk) {
                output.print(table, in: desk.currency)
            } else if orders != nil || out != nil {
                if let orders { try writeDrafts(desk, to: orders, session) }
                if let out {
                    try write(desk, to: out)
                    session.say("cli.written", out)
                }
            } else {
                printLines(desk, session)
            }
            let numbers = NumberText(language: output.lang, currency: desk.currency)
            func money(_ amount: Amount) -> String { numbers.money(amount.major(in: desk.currency)) }
            if let worth = desk.review?.suggestions.worth, worth.bound > .zero {
                session.say("cli.order_worth", money(worth.worth), money(worth.bound))
            }
            if let use = desk.review?.suggestions.budget {
                session.say(
                    "cli.budget", money(use.limit), money(use.asked), money(use.spent), money(use.saved),
                    money(use.bound))
            }
            let faults = desk.faults
            if faults > 0 {
                session.say("cli.data_faults", "\(faults)")
                throw Exit.exceptions
            }
        }
    }

    /// All there is to say of each line as csv and json; on a screen what fits there.
    private func printLines(_ desk: BuyingDesk, _ session: Session) {
        guard output.format == .table else {
            return output.print(
                suggestionTable(desk.rows, currency: desk.currency, language: output.lang), in: desk.currency)
        }
        output.print(
            suggestionOverview(desk.rows, currency: desk.currency, language: output.lang), in: desk.currency)
        session.say("cli.suggest_more", "\(desk.rows.count)")
    }

    private func writeDrafts(_ desk: BuyingDesk, to folder: String, _ session: Session) throws {
        let drafts = PurchaseOrder.drafts(
            desk.rows, day: desk.today, suppliers: desk.review?.suppliers ?? [], currency: desk.currency)
        for draft in drafts {
            for path in try draft.write(to: folder, currency: desk.currency, language: output.lang) {
                session.say("cli.written", path)
            }
        }
    }

    private func desk(_ session: Session) async throws -> BuyingDesk {
        if input.path == nil || edited != nil, let path = input.workspace {
            return try BuyingDesk(kept: try existingWorkspace(path), language: output.lang)
        }
        return BuyingDesk(
            try await session.review(input, keepsBook: edited == nil && promotion == nil), language: output.lang)
    }

    private func sideTable(_ desk: BuyingDesk) throws -> ResultTable? {
        if transfers { return try desk.table("transfer_suggestions") }
        if exceptions { return try desk.table("exceptions") }
        if totals { return try desk.table("supplier_orders") }
        if suppliers { return try desk.table("suppliers") }
        return nil
    }

    private func write(_ desk: BuyingDesk, to path: String) throws {
        if path.hasSuffix(".xlsx") {
            try SuggestionWorkbook.write(desk.rows, currency: desk.currency, language: output.lang, to: path)
        } else {
            try AtomicFile.write(
                spreadsheetCSV(suggestionTable(desk.rows, currency: desk.currency, language: output.lang)), to: path)
        }
    }

    private func printPromotion(_ name: String, _ desk: BuyingDesk) throws {
        guard let review = desk.review else {
            throw Refusal("--promotion needs a data set folder or a scenario")
        }
        guard let buys = try review.promotionBuys(name) else {
            let known = review.promotions.map(\.code).joined(separator: ", ")
            throw Refusal("there is no promotion '\(name)'; there are \(known.isEmpty ? "-" : known)")
        }
        output.print(
            steps
                ? SuggestionTables.promotionSteps(buys, names: review.names)
                : SuggestionTables.promotionBuys(buys, names: review.names, language: output.lang), in: desk.currency)
    }

    private func importSheet(_ path: String, _ desk: BuyingDesk, _ session: Session) throws {
        let lines: [EditedLine]
        do { lines = try EditedSuggestions.read(path) } catch {
            note(words(for: error, in: output.lang))
            throw Exit.badData
        }
        let review = SheetReview(
            lines, against: desk.rows, skus: desk.review.map { $0.dataset.skus.map(\.code) } ?? [])
        output.print(differenceTable(review.differences, language: output.lang), in: desk.currency)
        session.say(
            "cli.import_checked", "\(review.matched)", "\(review.differences.count)", "\(review.changes.count)")
        if let workspace = desk.workspace, let book = desk.book, by.contains(where: { !$0.isWhitespace }) {
            let decisions = review.decisions(
                by: by, at: Int64(Date().timeIntervalSince1970), today: desk.today, book: book)
            try workspace.decide(decisions, dataset: desk.dataset)
            session.say("cli.import_recorded", "\(decisions.count)", by)
        } else {
            session.say("cli.import_not_recorded")
        }
        if review.differences.contains(where: { $0.verdict == .refused }) { throw Exit.exceptions }
    }

    private func explainSKU(_ code: String, _ desk: BuyingDesk) throws {
        let found = desk.rows.filter { $0.sku == code }
        guard !found.isEmpty else {
            let isKnown = desk.review.map { $0.dataset.skus.contains { $0.code == code } } ?? true
            throw Refusal(
                isKnown ? "nothing needs to be ordered of \(code)" : "there is no SKU '\(code)' in the data set")
        }
        for row in found {
            print(row.reason(output.lang))
            let lines = SuggestionEngine.explanation(
                of: row.line, supplier: row.supplierName.isEmpty ? row.supplier : row.supplierName, rival: row.rival,
                currency: desk.currency, language: output.lang)
            for line in lines { print("- " + line) }
        }
    }
}

/// The suggestions at hand: of a fresh review, or as a workspace keeps them.
struct BuyingDesk {
    var rows: [SuggestionRow]
    var currency: Currency
    var dataset: String
    var today: Day
    var review: SupplyReview?
    var workspace: Workspace?
    var book: BookID?
    private var tables: [ResultTable] = []

    init(_ reviewed: ReviewedSupply, language: Language) {
        let review = reviewed.review
        rows = reviewed.rows
        currency = review.dataset.currency
        dataset = review.dataset.name
        today = review.today
        self.review = review
        workspace = reviewed.workspace
        book = reviewed.book
        tables = review.tables(language)
    }

    /// The latest book of a workspace.
    init(kept workspace: Workspace, language: Language) throws {
        guard let entry = try workspace.latestBook() else {
            throw Refusal(
                "the workspace holds no suggestions yet; make some with `granary suggest FOLDER --workspace`")
        }
        rows = try workspace.lines(of: entry.id)
        currency = Currency(code: entry.currency) ?? .cny
        dataset = entry.dataset
        today = entry.today
        self.workspace = workspace
        book = entry.id
        tables = try workspace.tables(of: entry.id).map { $0.told(in: language) }
    }

    func table(_ name: String) throws -> ResultTable {
        guard let table = tables.first(where: { $0.name == name }) else {
            throw Refusal("the book does not hold \(name); make it anew from the data set")
        }
        return table
    }

    /// Exceptions that the data are to blame for.
    var faults: Int {
        guard let table = tables.first(where: { $0.name == "exceptions" }),
            case .text(let kinds)? = table.column("exception")
        else { return 0 }
        return kinds.count { SuggestionException.Kind(rawValue: $0)?.isDataFault ?? false }
    }
}
