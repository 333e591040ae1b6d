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

    @Option(help: ArgumentHelp("Part of order lines served in full, such as 0.95 (folders).", valueName: "share"))
    var lineFill: Double?

    @Flag(help: "Hold what costs least: shortage, holding and expiry weighed for each SKU (folders).")
    var leastCost = false

    @Option(
        help: ArgumentHelp(
            "Another promise for a role or from a margin on, such as destination=cycle:0.99 or margin:0.4=fill:0.98; may "
                + "be given several times (folders).", valueName: "who=promise"))
    var promise: [Promise] = []

    @Option(
        help: ArgumentHelp(
            "Part of all demand served from stock, split where a unit of money serves most (folders).",
            valueName: "share"))
    var assortmentService: Double?

    @Option(
        help: ArgumentHelp(
            "Money in stock levels, split where a unit of it serves most (folders).", valueName: "amount"))
    var stockMoney: Double?

    @Flag(help: "With one goal for the assortment a unit counts by its margin (folders).")
    var weighMargin = false

    @Option(
        help: ArgumentHelp("Cost of holding stock for a year as a part of its value (folders).", valueName: "share"))
    var holdingRate: Double?

    @Option(help: ArgumentHelp("Cost of one order line (folders).", valueName: "amount"))
    var lineCost: Double?

    @Option(help: ArgumentHelp("Days between two orders, in place of the suppliers' (folders).", valueName: "days"))
    var review: Int?

    @Option(help: ArgumentHelp("Money for purchases, in place of budgets.csv (folders).", valueName: "amount"))
    var budget: Double?

    @Option(help: "How a need is brought to the order multiple: up, nearest or down (folders).")
    var rounding: RoundingRule = .up

    func validate() throws {
        for (name, share) in [
            ("--service-level", serviceLevel), ("--fill-rate", fillRate), ("--line-fill", lineFill),
            ("--assortment-service", assortmentService),
        ] {
            if let share, !(share > 0 && share < 1) {
                throw ValidationError("\(name) takes a share between 0 and 1, such as 0.95, not \(share).")
            }
        }
        let goals = [
            serviceLevel != nil, fillRate != nil, lineFill != nil, leastCost, assortmentService != nil,
            stockMoney != nil,
        ]
        if goals.count(where: \.self) > 1 {
            throw ValidationError(
                "Give one of --service-level, --fill-rate, --line-fill, --least-cost, --assortment-service and --stock-money."
            )
        }
        if weighMargin, assortmentService == nil, stockMoney == nil {
            throw ValidationError("--weigh-margin goes with --assortment-service or --stock-money.")
        }
        for (name, amount) in [
            ("--stock-money", stockMoney), ("--line-cost", lineCost), ("--holding-rate", holdingRate),
        ] {
            if let amount, !(amount >= 0 && amount < 1e12) {
                throw ValidationError("\(name) takes a number from 0, not \(amount).")
            }
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
        let hasSettings =
            goals.contains(true) || !promise.isEmpty || holdingRate != nil || lineCost != nil || review != nil
            || budget != nil
        if isScenario, hasSettings {
            throw ValidationError(
                "A scenario states service, review and budgets itself; change them with --set path=value.")
        }
        if !isScenario, !levers.overrides.isEmpty { throw ValidationError("--set changes a scenario; give one.") }
    }

    /// Named by its ending, so that a misspelt folder is not read as a scenario.
    var isScenario: Bool { path.map { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") } ?? false }

    func settings(_ currency: Currency) -> ReviewSettings {
        var settings = ReviewSettings(reviewDays: review)
        if let serviceLevel { settings.service.base = .cycle(serviceLevel) }
        if let fillRate { settings.service.base = .fill(fillRate) }
        if let lineFill { settings.service.base = .line(lineFill) }
        if leastCost { settings.service.base = .cost(0) }
        for one in promise {
            switch one.who {
            case .role(let role): settings.service.byRole[role] = one.target
            case .margin(let from): settings.service.byMargin.append(.init(from: from, target: one.target))
            }
        }
        if let share = assortmentService {
            settings.service.assortment = AssortmentGoal(.service(share), weighsMargin: weighMargin)
        }
        if let money = stockMoney {
            settings.service.assortment = AssortmentGoal(.budget(money), weighsMargin: weighMargin)
        }
        settings.costs = InventoryCosts(
            orderLine: lineCost ?? InventoryCosts().orderLine, holdingRate: holdingRate ?? InventoryCosts().holdingRate)
        settings.budget = budget.map { Amount(minor: Int64(($0 * Double(currency.minorPerMajor)).rounded())) }
        settings.options.rounding = rounding
        return settings
    }
}

/// A promise to some SKUs: `destination=cycle:0.99`, `margin:0.4=fill:0.98`, `image=cost`.
struct Promise: ExpressibleByArgument, Sendable {
    enum Who: Sendable {
        case role(ProductRole)
        /// From this part of the list price on.
        case margin(Double)
    }

    var who: Who
    var target: ServiceTarget

    init?(argument: String) {
        let halves = argument.split(separator: "=", maxSplits: 1).map(String.init)
        guard halves.count == 2 else { return nil }
        if let role = ProductRole(rawValue: halves[0]) {
            who = .role(role)
        } else if halves[0].hasPrefix("margin:"), let from = Double(halves[0].dropFirst(7)), from >= 0, from <= 1 {
            who = .margin(from)
        } else {
            return nil
        }
        let parts = halves[1].split(separator: ":", maxSplits: 1).map(String.init)
        let level = parts.count == 2 ? Double(parts[1]) ?? .nan : parts[0] == "cost" ? 0 : .nan
        guard let target = ServiceTarget(kind: parts[0], level: level), parts[0] == "cost" || level > 0 && level < 1
        else { return nil }
        self.target = target
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
                path, overrides: input.levers.overrides, workspace: input.workspace ?? "granary.sqlite",
                heedsDecisions: input.workspace != nil)
            let workspace = try input.workspace.map { try Workspace.open(path: $0) }
            return try reviewed(prepared.supply, source: path, workspace, keepsBook: keepsBook)
        }
        let workspace = try input.workspace.map { try Workspace.open(path: $0) }
        let read = try Workbench.dataset(folder: path)
        let dataset = try workspace?.adjusting(read) ?? read
        let decisions = try workspace?.decisions(dataset: dataset.name) ?? []
        let cache = workspace.map { ForecastCache.workspace($0, dataset) } ?? .none
        let (progress, label, threads) = (progress, Catalogue.text("stage.forecast", output.lang), threads)
        let settings = input.settings(dataset.currency)
        let review = try await interruptible {
            try await SupplyReview.make(
                dataset, settings: settings, decisions: decisions, cache: cache, threads: threads,
                progress: { progress.report(label, Int((100 * $0).rounded()), of: 100) })
        }
        return try reviewed(review, source: path, workspace, keepsBook: keepsBook)
    }

    /// Tries a plan in the order simulator: in its scenario, or in the shop that its data set tells of.
    func trial(
        _ input: SupplyInput, options: PlanTrial.Options
    ) async throws -> (trial: PlanTrial, names: SuggestionNames) {
        defer { progress.finish() }
        let (scenario, dataset) = try trialShop(input)
        let (progress, label, threads) = (progress, Catalogue.text("stage.simulation", output.lang), threads)
        let trial = try await interruptible {
            try await PlanTrial.run(
                scenario, dataset, options: options, threads: threads,
                progress: { progress.report(label, Int((100 * $0).rounded()), of: 100) },
                isCancelled: { Interrupt.shared.isRaised })
        }
        return (
            trial,
            SuggestionNames(
                skus: dataset.skus, suppliers: dataset.suppliers, nodes: dataset.nodes, currency: dataset.currency)
        )
    }

    private func trialShop(_ input: SupplyInput) throws -> (scenario: Scenario, dataset: Dataset) {
        guard input.isScenario else {
            let dataset = try Workbench.dataset(folder: input.path ?? "")
            return (try PlanTrial.shop(dataset, settings: input.settings(dataset.currency)), dataset)
        }
        let scenario = try Workbench.load(input.path ?? "", overrides: input.levers.overrides)
        return (scenario, try Workbench.dataset(of: scenario))
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
