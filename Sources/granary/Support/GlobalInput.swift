import ArgumentParser
import Datasets
import Forecasting
import Foundation
import NumericCore
import Retail

/// Which levels of a hierarchy are written.
enum LevelChoice: String, ExpressibleByArgument, CaseIterable {
    case all, bottom
}

/// The global engine: M5's wide files as input, or a data set with its totals.
struct GlobalInput: ParsableArguments {
    @Option(
        help: ArgumentHelp("A folder with the three M5 files: calendar, prices, sales.", valueName: "folder"),
        completion: .directory)
    var m5: String?

    @Option(help: ArgumentHelp("With --m5: the last day known, such as d_1829 or 1829.", valueName: "day"))
    var lastDay: String?

    @Flag(
        name: .customLong("hierarchy"),
        help:
            "Print totals too: by category, channel and region of a data set, by the parts of the names (a/b) of --long."
    )
    var isHierarchy = false

    @Option(
        help: ArgumentHelp(
            "How series and totals are made to agree: bottom-up, top-down, middle-out, wls or mint; unless given, wls for a data set and middle-out for the global engine, as each was measured best.",
            valueName: "method"))
    var reconcile: ReconciliationMethod?

    @Option(help: "With --m5 or --hierarchy: the levels to write, all or bottom.")
    var levels: LevelChoice = .all

    @Flag(
        name: .customLong("coherent"),
        help:
            "With --m5 or --model global: quantiles of totals from joint samples of the series, instead of each total's own."
    )
    var isCoherent = false

    /// Whether totals are printed with the series.
    var showsTotals: Bool { isHierarchy && levels == .all }

    func validate() throws {
        if let lastDay, GlobalInput.number(lastDay) == nil {
            throw ValidationError("--last-day takes a day such as d_1829 or 1829, not '\(lastDay)'.")
        }
        if lastDay != nil, m5 == nil { throw ValidationError("--last-day belongs to --m5.") }
    }

    private static func number(_ text: String) -> Int? {
        let digits = text.hasPrefix("d_") ? text.dropFirst(2) : Substring(text)
        guard let number = Int(digits), number >= 1, number < 1_000_000 else { return nil }
        return number
    }

    /// Days known of a panel: those up to `--last-day`, or else all but `reserved`.
    private func known(_ panel: SalesPanel, reserved: Int) throws -> Int {
        let days = panel.demand.axis.count
        guard let lastDay, let number = GlobalInput.number(lastDay) else { return days - reserved }
        guard number <= days else {
            throw ForecastError.unknownDay("d_\(number)", last: "d_\(days)")
        }
        return number
    }

    /// The panel and the engine's options for it.
    private func read(
        _ folder: String?, horizon: Int, quantiles: [Double], effort: Effort
    ) throws -> (SalesPanel, GlobalOptions) {
        let panel: SalesPanel
        var options: GlobalOptions
        if let m5 {
            panel = try M5Reader.read(folder: m5)
            options = .m5(quantiles: quantiles, isThorough: effort == .high)
        } else {
            panel = try SalesPanel(try DatasetReader.read(folder: folder ?? ""), horizon: horizon)
            options = .retail(panel, quantiles: quantiles, isThorough: effort == .high)
        }
        options.isCoherent = isCoherent
        if let reconcile { options.reconciliation = reconcile }
        return (panel, options)
    }

    func forecast(
        folder: String?, horizon: Int, quantiles: [Double], effort: Effort, threads: Int, out: String?,
        output: OutputOptions
    )
        async throws
    {
        let (panel, options) = try read(folder, horizon: horizon, quantiles: quantiles, effort: effort)
        let known = try known(panel, reserved: 0)
        let past = known < panel.demand.axis.count ? panel.before(known) : panel
        let progress = Progress(quiet: output.quiet, language: output.lang)
        defer { progress.finish() }
        let made = try await interruptible {
            try await forecastHierarchy(past, horizon: horizon, options: options, threads: threads) {
                progress.report("steps of the forecast", $0, of: $1)
            }
        }
        progress.finish()
        let pieces = await encoded(made, threads: threads)
        if let out {
            try AtomicFile.write(Array(pieces.joined()), to: out)
            output.print(summary(made))
        } else {
            for piece in pieces { FileHandle.standardOutput.write(Data(piece)) }
        }
    }

    /// The forecast as CSV, header first, in pieces.
    private func encoded(_ made: HierarchicalForecast, threads: Int) async -> [[UInt8]] {
        let levels = made.hierarchy.levels.indices.suffix(levels == .all ? made.hierarchy.levels.count : 1)
        let first = made.hierarchy.offsets[levels.lowerBound]
        let names = levels.flatMap { made.hierarchy.levels[$0].groups }
        let rows = ForecastRows(
            dates: (0..<made.horizon).map { made.axis.day($0).description }, model: "global", levels: made.levels)
        let pieces = chunks(count: names.count, of: 2_000)
        let (horizon, width) = (made.horizon, made.horizon * made.levels.count)
        return [rows.header]
            + (await concurrentMap(chunks: pieces.count, threads: threads) { k in
                let (from, to) = (first + pieces[k].lowerBound, first + pieces[k].upperBound)
                return rows.rows(
                    ids: names[pieces[k]], mean: made.mean[from * horizon..<to * horizon],
                    quantiles: made.quantiles[from * width..<to * width])
            })
    }

    private func summary(_ made: HierarchicalForecast) -> ResultTable {
        let levels = made.hierarchy.levels
        let totals = levels.indices.map { level in
            let (from, to) = (made.hierarchy.offsets[level], made.hierarchy.offsets[level + 1])
            return made.mean[from * made.horizon..<to * made.horizon].reduce(0.0) { $0 + Double($1) }
        }
        return ResultTable(
            "levels",
            [
                Column("level", .text(levels.map(\.name))),
                Column("series", unit: "series", .integer(levels.map { Int64($0.groups.count) })),
                Column("units", unit: "units", .real(totals.map { $0.rounded() })),
            ])
    }

    func backtest(
        folder: String?, horizon: Int, origins: Int, quantiles: [Double], effort: Effort, threads: Int,
        output: OutputOptions
    ) async throws {
        let (panel, options) = try read(folder, horizon: horizon, quantiles: quantiles, effort: effort)
        let last = try known(panel, reserved: horizon)
        let days = (0..<origins).map { last - (origins - 1 - $0) * horizon }
        let report = try await interruptible {
            try await backtestHierarchy(panel, lastDays: days, horizon: horizon, options: options, threads: threads)
        }
        output.print(report.table())
    }
}
