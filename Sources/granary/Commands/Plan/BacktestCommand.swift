import ArgumentParser
import Datasets
import Forecasting
import Retail

struct BacktestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest",
        abstract: "Measure every model, and the choice among them, on windows of the past.",
        discussion: """
            Each window is forecast from what was known before it only. Printed are sMAPE, MASE, RMSSE, OWA, WRMSSE, \
            pinball loss, WSPL, coverage, MSIS, bias and the value added to the seasonal naive, for each level and, as level \
            all, their mean. With --long the further columns of the file count as known ahead, and the choice is measured \
            without them too.

            EXAMPLES
              granary backtest scenarios/data/uk-gifts --horizon 7 --origins 2
              granary backtest --long sales.csv --horizon 28 --season 7 --format json
            """)

    @OptionGroup var input: ForecastInput

    @Option(help: "Windows to measure.")
    var origins = 3

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let progress = Progress(quiet: output.quiet, language: output.lang)
        defer { progress.finish() }
        try await reporting(in: output.lang) { () async throws -> Void in
            if input.isGlobal {
                return try await input.global.backtest(
                    folder: input.folder, horizon: input.horizon, origins: origins, quantiles: try input.levels() ?? [],
                    effort: input.effort, threads: input.threads.threads, output: output)
            }
            if let long = input.long {
                guard !input.global.isHierarchy else {
                    throw ValidationError("backtest measures a hierarchy on a data set folder or --m5, not on --long.")
                }
                let (panel, regressors) = try input.readLong(long, output)
                return try await backtestLong(
                    panel, regressors, try input.univariateOptions(panel.axis.step), progress)
            }
            let dataset = try DatasetReader.read(folder: input.folder ?? "")
            let (options, method, origins) = (try input.options(), input.global.reconcile ?? .leastSquares, origins)
            let (horizon, threads) = (input.horizon, input.threads.threads)
            let report = try await interruptible {
                try await backtest(
                    dataset, horizon: horizon, origins: origins, options: options, method: method, threads: threads
                ) { progress.report("forecasts measured", $0, of: $1) }
            }
            progress.finish()
            output.print(report.table())
        }
    }

    /// Measures the choice, or the one model asked for, against the plain models.
    private func backtestLong(
        _ panel: DemandPanel, _ regressors: RegressorPanel?, _ options: UnivariateOptions, _ progress: Progress
    ) async throws {
        var options = options
        if options.levels.isEmpty { options.levels = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975] }
        let (measured, origins, threads) = (options, origins, input.threads.threads)
        let report = try await interruptible {
            try await backtest(
                series: panel, measured, origins: origins,
                models: measured.model == nil ? [.ets, .theta, .ces, .arima] : [], regressors: regressors,
                threads: threads
            ) { progress.report("series measured", $0, of: panel.seriesCount) }
        }
        progress.finish()
        output.print(report.table())
    }
}
