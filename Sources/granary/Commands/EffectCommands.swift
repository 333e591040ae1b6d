import ArgumentParser
import Datasets
import Forecasting
import Foundation
import Retail

/// What prices and promotions did.
struct EffectsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "effects",
        abstract: "Measure what prices and promotions do to demand.",
        discussion: """
            Elasticity, uplift by kind and depth, the dip after a promotion, waiting before it, cannibalisation and halo, \
            with credible intervals; learnt article by article and shrunk toward the category. Effects are on the \
            logarithm of demand; --uplift prints factors.

            EXAMPLES
              granary effects out/double-11
              granary effects out/double-11 --series A-0001/tmall
              granary effects out/double-11 --uplift --interval 0.8 --format csv
            """)

    @Argument(help: ArgumentHelp("The data set folder.", valueName: "folder"), completion: .directory)
    var folder: String

    @Option(help: ArgumentHelp("Show these series too, separated by commas.", valueName: "names"))
    var series: String?

    @Flag(help: "Factors on demand by kind and depth instead.")
    var uplift = false

    @Option(help: "What the credible intervals hold.")
    var interval = 0.9

    @OptionGroup var threads: ThreadOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard interval > 0, interval < 1 else {
            throw ValidationError("--interval takes a number between 0 and 1, not \(interval).")
        }
    }

    func run() async throws {
        try await reporting {
            let dataset = try DatasetReader.read(folder: folder)
            guard let effects = await TradeEffects(dataset, horizon: 1, threads: threads.threads) else {
                note(
                    "error: \(folder): there are no daily prices that move and no past promotions to learn from; "
                        + "give prices.csv, promotions.csv, or a price column in demand.csv")
                throw Exit.badData
            }
            let names = (series ?? "").split(separator: ",").map(String.init)
            for name in names where !dataset.demand.names.contains(name) {
                let near = dataset.demand.names.filter { $0.hasPrefix(name) }.prefix(5).joined(separator: ", ")
                note("error: there is no series '\(name)'" + (near.isEmpty ? "" : "; there are \(near)"))
                throw Exit.badData
            }
            output.print(
                uplift ? effects.upliftTable(share: interval) : effects.table(series: names, share: interval))
        }
    }
}

/// People's changes to the forecast.
struct AdjustmentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adjustments",
        abstract: "Show people's changes to the forecast, and score what they were worth.",
        discussion: """
            Without --score: what each change does to the present forecast. With it: past changes are held against what \
            was sold, beside the model's own forecast of the day they were made (forecast value added), by author.

            EXAMPLES
              granary adjustments out/shop
              granary adjustments out/shop --score --format csv
              granary adjustments out/shop --adjustments next-week.csv --horizon 14
            """)

    @Argument(help: ArgumentHelp("The data set folder.", valueName: "folder"), completion: .directory)
    var folder: String

    @OptionGroup var options: FolderOptions

    @Flag(help: "Score past changes by author.")
    var score = false

    @Option(help: "Steps to forecast.")
    var horizon = 28

    @OptionGroup var threads: ThreadOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...10_000).contains(horizon) else {
            throw ValidationError("--horizon takes a number from 1 to 10000, not \(horizon).")
        }
    }

    func run() async throws {
        let progress = Progress(quiet: output.quiet)
        defer { progress.finish() }
        try await reporting { () async throws -> Void in
            let job = try FolderForecast.read(
                folder: folder, options, horizon: horizon, threads: threads.threads)
            let dataset = job.dataset
            if dataset.adjustments.isEmpty {
                note(
                    "error: \(folder): there are no changes to the forecast; give adjustments.csv or --adjustments FILE"
                )
                throw Exit.badData
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

/// Holidays and shopping events.
struct CalendarCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "Print a country's holidays, make-up working days and shopping events.",
        discussion: """
            These are what a data set with `country` in its dataset.csv is forecast with. A year that is not in the table \
            is a warning.

            EXAMPLES
              granary calendar CN --from 2025-01-01 --through 2025-12-31
              granary calendar GB --from 2011-01-01 --through 2011-12-31 --format csv
            """)

    @Argument(help: ArgumentHelp("CN, GB or US.", valueName: "country"))
    var country: String

    @Option(help: ArgumentHelp("First day.", valueName: "day"))
    var from: String

    @Option(help: ArgumentHelp("Last day.", valueName: "day"))
    var through: String

    @OptionGroup var output: OutputOptions

    private func day(_ text: String, _ option: String) throws -> Day {
        guard let day = Day(iso: text), (1900...2200).contains(day.components.year) else {
            throw ValidationError("\(option) takes a day from 1900 to 2200 such as 2025-01-31, not '\(text)'.")
        }
        return day
    }

    func validate() throws {
        guard Country(rawValue: country) != nil else {
            throw ValidationError(
                "There is no table for '\(country)'; there is "
                    + Country.allCases.map(\.rawValue).joined(separator: ", ")
                    + ".")
        }
        guard try day(from, "--from") <= day(through, "--through") else {
            throw ValidationError("--through lies before --from.")
        }
    }

    func run() throws {
        let (first, last) = (try day(from, "--from"), try day(through, "--through"))
        guard let country = Country(rawValue: country) else { return }
        let calendar = BusinessCalendar(country: country, from: first, through: last)
        if let warning = calendar.warning(from: first, through: last) { note("warning: \(warning)") }
        let events = calendar.spans.filter { $0.from <= last && $0.through >= first }
        output.print(
            ResultTable(
                "calendar",
                [
                    Column("from", .text(events.map(\.from.description))),
                    Column("through", .text(events.map(\.through.description))),
                    Column("name", .text(events.map(\.name))),
                    Column("kind", .text(events.map(\.kind.rawValue))),
                    Column("build_up", unit: "d", .integer(events.map { Int64($0.buildUp) })),
                    Column("dip", unit: "d", .integer(events.map { Int64($0.dip) })),
                    Column("source", .text(events.map(\.source))),
                ]))
    }
}
