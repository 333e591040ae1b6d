import ArgumentParser
import Datasets
import Forecasting
import Foundation
import Retail
import Store

/// People's changes to the forecast.
struct AdjustmentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adjustments",
        abstract: "Show people's changes to the forecast, and score what they were worth.",
        discussion: """
            Without --score: what each change does to the present forecast. With it: past changes are held against what \
            was sold, beside the model's own forecast of the day they were made (forecast value added), by author. A \
            workspace keeps changes (--keep) apart from forecasts and lays them over each new one, until they are \
            withdrawn; they stay on record (--history).

            EXAMPLES
              granary adjustments out/shop
              granary adjustments out/shop --score --format csv
              granary adjustments out/shop --adjustments next-week.csv --horizon 14
              granary adjustments out/shop --adjustments next-week.csv --keep --workspace granary.sqlite
              granary adjustments out/shop --withdraw 3 --by "Li Na" --workspace granary.sqlite
            """)

    @Argument(help: ArgumentHelp("The data set folder.", valueName: "folder"), completion: .directory)
    var folder: String

    @OptionGroup var options: FolderOptions

    @Flag(help: "Score past changes by author.")
    var score = false

    @Flag(help: "Keep the changes of --adjustments in the workspace.")
    var keep = false

    @Option(help: ArgumentHelp("Take a kept change out of force.", valueName: "number"))
    var withdraw: Int64?

    @Option(help: "Who withdraws.")
    var by = ""

    @Flag(help: "Print what the workspace keeps, withdrawn changes too.")
    var history = false

    @Option(help: "Steps to forecast.")
    var horizon = 28

    @OptionGroup var threads: ThreadOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if keep || withdraw != nil || history, options.workspace == nil {
            throw ValidationError("--keep, --withdraw and --history need --workspace FILE.")
        }
        if keep, options.adjustments == nil { throw ValidationError("--keep keeps the changes of --adjustments FILE.") }
        if withdraw != nil, by.allSatisfy(\.isWhitespace) { throw ValidationError("--by names who withdraws.") }
        guard (1...10_000).contains(horizon) else {
            throw ValidationError("--horizon takes a number from 1 to 10000, not \(horizon).")
        }
    }

    func run() async throws {
        let progress = Progress(quiet: output.quiet, language: output.lang)
        defer { progress.finish() }
        try await reporting(in: output.lang) { () async throws -> Void in
            if keep || withdraw != nil || history { return try changeWorkspace() }
            let job = try FolderForecast.read(
                folder: folder, options, horizon: horizon, threads: threads.threads)
            let dataset = job.dataset
            if dataset.adjustments.isEmpty {
                throw Refusal(
                    "\(folder): there are no changes to the forecast; give adjustments.csv or --adjustments FILE")
            }
            let (calendar, threads) = (dataset.calendar, threads.threads)
            if score {
                let scores = try await interruptible {
                    try await scoreAdjustments(dataset) { (panel, horizon) throws(ForecastError) in
                        try await forecast(panel, calendar: calendar, horizon: horizon, threads: threads)
                    }
                }
                if scores.isEmpty { note("no change lies on days that are known and within a quarter of its making") }
                progress.finish()
                return output.print(scores.table())
            }
            let horizon = horizon
            let (_, made) = try await job.run { dataset in
                try await interruptible {
                    try await forecast(dataset, horizon: horizon, threads: threads) {
                        progress.report("series forecast", $0, of: $1)
                    }
                }
            }
            progress.finish()
            output.print(Self.table(dataset.adjustments, made.outcomes))
        }
    }

    /// Keeps or withdraws changes, and prints what the workspace then keeps.
    private func changeWorkspace() throws {
        let dataset = try DatasetReader.read(folder: folder)
        let workspace = try Workspace.open(path: options.workspace ?? "")
        let now = Int64(Date().timeIntervalSince1970)
        if keep {
            let file = options.adjustments ?? ""
            try workspace.keep(try DatasetReader.readAdjustments(file: file, for: dataset), of: dataset, at: now)
        }
        if let withdraw { try workspace.withdraw(adjustment: withdraw, dataset: dataset.name, by: by, at: now) }
        let kept = try workspace.adjustments(dataset: dataset.name).filter { history || $0.withdrawnBy == nil }
        output.print(Self.table(kept))
    }

    private static func table(_ kept: [KeptAdjustment]) -> ResultTable {
        func scope(_ kept: KeptAdjustment) -> String {
            switch kept.scope {
            case .everything: "everything"
            case .category(let levels): "category " + levels.joined(separator: " / ")
            case .skus(let codes): codes.joined(separator: " ")
            }
        }
        return ResultTable(
            "kept_adjustments",
            [
                Column("number", .integer(kept.map(\.id))), Column("scope", .text(kept.map(scope))),
                Column("channel", .text(kept.map { $0.channel ?? "" })),
                Column("region", .text(kept.map { $0.region ?? "" })),
                Column("from", .text(kept.map(\.change.from.description))),
                Column("through", .text(kept.map(\.change.through.description))),
                Column("kind", .text(kept.map(\.change.kind.rawValue))),
                Column("value", .real(kept.map(\.change.value))),
                Column("author", .text(kept.map(\.change.author))), Column("reason", .text(kept.map(\.change.reason))),
                Column("expires", .text(kept.map { $0.change.expires?.description ?? "" })),
                Column("withdrawn_by", .text(kept.map { $0.withdrawnBy ?? "" })),
            ])
    }

    private static func table(_ adjustments: [Adjustment], _ outcomes: [AdjustmentOutcome]) -> ResultTable {
        ResultTable(
            "adjustments",
            [
                Column("row", .integer(outcomes.indices.map { Int64($0 + 1) })),
                Column("author", .text(adjustments.map(\.author))),
                Column("from", .text(adjustments.map(\.from.description))),
                Column("through", .text(adjustments.map(\.through.description))),
                Column("kind", .text(adjustments.map(\.kind.rawValue))),
                Column("value", .real(adjustments.map(\.value))),
                Column("state", .text(outcomes.map(\.state.rawValue))),
                Column("series", unit: "series", .integer(outcomes.map { Int64($0.series) })),
                Column("before", unit: "units", .real(outcomes.map(\.before))),
                Column("after", unit: "units", .real(outcomes.map(\.after))),
                Column("reason", .text(adjustments.map(\.reason))),
            ])
    }
}
