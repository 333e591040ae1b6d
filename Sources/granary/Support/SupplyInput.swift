public import ArgumentParser
import Foundation
import Replenishment
public import Retail
import Scenarios
import Store

extension RoundingRule: ExpressibleByArgument {}

/// What is reviewed: a data set folder, a scenario, or what a workspace keeps.
struct SupplyInput: ParsableArguments {
    @Argument(
        help: ArgumentHelp("A data set folder, or a scenario file.", valueName: "folder|scenario.yaml"),
        completion: .file())
    var path: String?

    @OptionGroup var levers: LeverOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The workspace: keeps forecasts, books of suggestions and decisions. A folder is reviewed without one.",
            valueName: "file"), completion: .file(extensions: ["sqlite"]))
    var workspace: String?

    @Option(help: ArgumentHelp("Part of cycles without stockout, such as 0.95 (folders).", valueName: "share"))
    var serviceLevel: Double?

    @Option(help: ArgumentHelp("Part of demand served from stock, such as 0.98 (folders).", valueName: "share"))
    var fillRate: Double?

    @Option(help: ArgumentHelp("Days between two orders, in place of the suppliers' (folders).", valueName: "days"))
    var review: Int?

    @Option(help: ArgumentHelp("Money for purchases, in place of budgets.csv (folders).", valueName: "amount"))
    var budget: Double?

    @Option(help: "How a need is brought to the order multiple: up, nearest or down (folders).")
    var rounding: RoundingRule = .up

    func validate() throws {
        for (name, share) in [("--service-level", serviceLevel), ("--fill-rate", fillRate)] {
            if let share, !(share > 0 && share < 1) {
                throw ValidationError("\(name) takes a share between 0 and 1, such as 0.95, not \(share).")
            }
        }
        if serviceLevel != nil, fillRate != nil {
            throw ValidationError("Give --service-level or --fill-rate, one of the two.")
        }
        if let review, !(1...1_000).contains(review) {
            throw ValidationError("--review takes 1 to 1000 days, not \(review).")
        }
        if let budget, !(budget >= 0 && budget < 1e12) {
            throw ValidationError("--budget takes an amount from 0, not \(budget).")
        }
        if path == nil, workspace == nil {
            throw ValidationError("Give a data set folder, a scenario file, or --workspace.")
        }
        if isScenario, serviceLevel != nil || fillRate != nil || review != nil || budget != nil {
            throw ValidationError(
                "A scenario states service, review and budgets itself; change them with --set path=value.")
        }
        if !isScenario, !levers.overrides.isEmpty { throw ValidationError("--set changes a scenario; give one.") }
    }

    /// Named by its ending, so that a misspelt folder is not read as a scenario.
    var isScenario: Bool { path.map { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") } ?? false }

    func settings(_ currency: Currency) -> ReviewSettings {
        var settings = ReviewSettings(reviewDays: review)
        if let serviceLevel { settings.service = ServicePolicy(.cycle(serviceLevel)) }
        if let fillRate { settings.service = ServicePolicy(.fill(fillRate)) }
        settings.budget = budget.map { Amount(minor: Int64(($0 * Double(currency.minorPerMajor)).rounded())) }
        settings.options.rounding = rounding
        return settings
    }
}

/// A review with the decisions that a workspace holds about it.
struct ReviewedSupply {
    var review: SupplyReview
    var workspace: Workspace?
    /// Where the book is kept; nil without a workspace.
    var book: BookID?
    var rows: [SuggestionRow]
}

extension Session {
    /// Reviews a folder or a scenario.
    ///
    /// - Parameter keepsBook: the suggestions are kept in the workspace, where one is named.
    func review(_ input: SupplyInput, keepsBook: Bool) async throws -> ReviewedSupply {
        defer { progress.finish() }
        let path = input.path ?? ""
        if input.isScenario {
            let prepared = try await prepare(
                path, overrides: input.levers.overrides, workspace: input.workspace ?? "granary.sqlite")
            let workspace = try input.workspace.map { try Workspace.open(path: $0) }
            return try reviewed(prepared.supply, source: path, workspace, keepsBook: keepsBook)
        }
        let dataset = try Workbench.dataset(folder: path)
        let workspace = try input.workspace.map { try Workspace.open(path: $0) }
        let decisions = try workspace?.decisions(dataset: dataset.name) ?? []
        let cache = workspace.map { ForecastCache.workspace($0, dataset) } ?? .none
        let (progress, label, threads) = (progress, Catalogue.text("stage.forecast", output.lang), threads)
        let settings = input.settings(dataset.currency)
        let review = try await interruptible {
            try await SupplyReview.make(
                dataset, settings: settings, outstanding: decisions.outstanding, cache: cache, threads: threads,
                progress: { progress.report(label, Int((100 * $0).rounded()), of: 100) })
        }
        return try reviewed(review, source: path, workspace, keepsBook: keepsBook)
    }

    private func reviewed(
        _ review: SupplyReview, source: String, _ workspace: Workspace?, keepsBook: Bool
    ) throws -> ReviewedSupply {
        guard let workspace else { return ReviewedSupply(review: review, rows: review.rows) }
        guard keepsBook else {
            return ReviewedSupply(review: review, workspace: workspace, rows: review.rows)
        }
        let id = try workspace.storeBook(review.book(source: source))
        say("cli.book_stored", "\(id)")
        return ReviewedSupply(
            review: review, workspace: workspace, book: id, rows: try workspace.lines(of: id, today: review.today))
    }
}
