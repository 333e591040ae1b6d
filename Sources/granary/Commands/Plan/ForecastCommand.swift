import ArgumentParser
import Datasets
import Forecasting
import Reporting
import Retail

/// What is forecast, and how.
struct ForecastInput: ParsableArguments {
    @Argument(
        help: ArgumentHelp("A data set folder; or give --long.", valueName: "folder"), completion: .directory)
    var folder: String?

    @Option(
        help: ArgumentHelp("A file in the long format unique_id,ds,y; plain or .gz.", valueName: "file"),
        completion: .file())
    var long: String?

    @Option(
        help: ArgumentHelp(
            "With --long: the columns beside unique_id, ds, y, in_stock and stock to forecast with, separated by commas, or none; all unless given. Rows beyond the last y hold what is known ahead.",
            valueName: "columns"))
    var regressors: String?

    @Option(help: "Steps to forecast.")
    var horizon = 14

    @Option(
        help: ArgumentHelp(
            "Length of the season in steps, or of two, such as 24,168; taken from the dates unless given. With 1, single series are searched for one.",
            valueName: "length"))
    var season: SeasonList?

    @Option(help: "Use this model wherever a series can carry it, instead of choosing by backtest.")
    var model: ModelName?

    @Option(
        help:
            "How much work the choice may take: standard, or high for more past origins, more trees, and the global engine among the candidates of a data set."
    )
    var effort: Effort = .standard

    @Option(help: ArgumentHelp("Quantile levels, separated by commas.", valueName: "levels"))
    var quantiles: String?

    @OptionGroup var global: GlobalInput

    @OptionGroup var threads: ThreadOption

    func validate() throws {
        guard [folder, long, global.m5].count(where: { $0 != nil }) == 1 else {
            throw ValidationError("Give a data set folder, --long FILE or --m5 FOLDER, one of the three.")
        }
        if global.isHierarchy, global.m5 != nil {
            throw ValidationError("--m5 always has its hierarchy; leave --hierarchy out.")
        }
        if let model, model.isGlobal, folder == nil {
            throw ValidationError("--model global is for a data set folder; --m5 always uses it.")
        }
        guard (1...10_000).contains(horizon) else {
            throw ValidationError("--horizon takes a number from 1 to 10000, not \(horizon).")
        }
        _ = try levels()
    }

    func levels() throws -> [Double]? {
        guard let quantiles else { return nil }
        let levels = quantiles.split(separator: ",").map { Double($0) }
        guard !levels.isEmpty, levels.allSatisfy({ $0 != nil && $0! > 0 && $0! < 1 }) else {
            throw ValidationError("--quantiles takes numbers between 0 and 1, such as 0.1,0.5,0.9, not '\(quantiles)'.")
        }
        return Array(Set(levels.compactMap(\.self))).sorted()
    }

    /// Whether the engine for whole hierarchies is asked for.
    var isGlobal: Bool { global.m5 != nil || model?.isGlobal == true }

    /// The options of the engine for panels.
    func options() throws -> ForecastOptions {
        var options = ForecastOptions(seasons: season?.lengths)
        if let model {
            guard let panel = model.panel else {
                throw ValidationError(
                    "--model \(model.defaultValueDescription) is for single series of --long; a panel takes others.")
            }
            options.models = [panel]
        }
        if effort == .high { (options.origins, options.takesGlobal) = (options.origins * 2, folder != nil) }
        if let levels = try levels() { options.levels = levels }
        return options
    }

    /// The options of the engine for single series.
    func univariateOptions(_ step: TimeStep) throws -> UnivariateOptions {
        if let model, model.univariate == nil {
            throw ValidationError("--model \(model.defaultValueDescription) is for a data set, not for --long.")
        }
        return UnivariateOptions(
            horizon: horizon, seasons: season?.lengths ?? step.defaultSeasons, levels: try levels() ?? [],
            model: model?.univariate, origins: effort == .high ? 6 : 3, refits: effort == .high)
    }

    /// A long file as demand with its further columns: sold-out steps are not taken for demand, and suspicious zeros are
    /// told of.
    func readLong(_ file: String, _ output: OutputOptions) throws -> (panel: DemandPanel, regressors: RegressorPanel?) {
        let asked = regressors.map { $0 == "none" ? [] : $0.split(separator: ",").map(String.init) }
        let (sales, inStock, columns) = try DatasetReader.readLong(file: file, regressors: asked)
        let (panel, report) = sales.uncensored(inStock)
        if !output.quiet {
            noteCensored(report, in: output.lang)
            if inStock.isEmpty { noteZeros(sales.suspiciousZeroRuns(), sales, in: output.lang) }
        }
        return (panel, columns.map { RegressorPanel(names: $0.names, values: $0.values) })
    }
}

struct ForecastCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Forecast every series, with quantiles.",
        discussion: """
            Prints the long format unique_id, ds, model, mean and one column for each quantile.

            A data set's series and their totals by category, channel and region are forecast each from its own past and \
            made to agree (--reconcile); --hierarchy prints the totals too. Where the data say that an article was sold \
            out (columns in_stock or stock), its sales are a lower bound of its demand; new articles are forecast from the \
            early days of those like them; articles that are not listed sell nothing.

            EXAMPLES
              granary forecast scenarios/data/uk-gifts --horizon 7 --format csv
              granary forecast --long sales.csv --horizon 28 --season 7 --quantiles 0.1,0.5,0.9 --out forecast.csv
              granary forecast --long load.csv.gz --horizon 48 --season 24,168 --model arima --out forecast.csv
              granary forecast scenarios/data/uk-gifts --hierarchy --reconcile mint --out totals.csv
              granary forecast scenarios/data/uk-gifts --explain 85123A/web
            """)

    @OptionGroup var input: ForecastInput

    @OptionGroup var beside: FolderOptions

    @Option(help: ArgumentHelp("Write the forecast to this file as CSV.", valueName: "file"), completion: .file())
    var out: String?

    @Option(help: ArgumentHelp("Say what the forecast of one series is made of.", valueName: "series"))
    var explain: String?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let progress = Progress(quiet: output.quiet, language: output.lang)
        defer { progress.finish() }
        try await reporting(in: output.lang) { () async throws -> Void in
            if input.isGlobal {
                return try await input.global.forecast(
                    folder: input.folder, horizon: input.horizon, quantiles: try input.levels() ?? [],
                    effort: input.effort, threads: input.threads.threads, out: out, output: output)
            }
            if let folder = input.folder { return try await forecastFolder(folder, progress) }
            let (panel, regressors) = try input.readLong(input.long ?? "", output)
            if explain == nil, !input.global.isHierarchy {
                let options = try input.univariateOptions(panel.axis.step)
                return try await forecastLong(panel, regressors, options, progress)
            }
            if regressors != nil { note("the panel's models leave the further columns of the file aside") }
            try await forecastPanel(panel.carriedOn(), progress)
        }
    }

    /// Series of a long file and totals over the parts of their names.
    private func forecastPanel(_ panel: DemandPanel, _ progress: Progress) async throws {
        let (options, threads, horizon) = (try input.options(), input.threads.threads, input.horizon)
        let method = input.global.reconcile ?? .leastSquares
        let attributes = panel.nameAttributes() ?? []
        if input.global.isHierarchy, attributes.isEmpty, !output.quiet {
            note("names have no parts joined by '/': there is the grand total only")
        }
        let made = try await interruptible {
            try await forecast(
                panel, attributes: attributes, levels: [[]] + attributes.map { [$0.name] },
                calendar: BusinessCalendar(), horizon: horizon, options: options, method: method, threads: threads
            ) { progress.report("series forecast", $0, of: $1) }
        }
        progress.finish()
        let stages = panel.names.indices.map { panel.stage($0) }
        let shown = input.global.showsTotals ? made.whole : made.series
        try show(shown, shown.table(), Self.byName(made.series.names, stages))
    }

    /// A data set with its prices and promotions, and people's changes.
    private func forecastFolder(_ folder: String, _ progress: Progress) async throws {
        let (horizon, threads, options) = (input.horizon, input.threads.threads, try input.options())
        let method = input.global.reconcile ?? .leastSquares
        let job = try FolderForecast.read(folder: folder, beside, horizon: horizon, threads: threads)
        let (made, changed) = try await job.run { dataset in
            try await interruptible {
                try await forecast(dataset, horizon: horizon, options: options, method: method, threads: threads) {
                    progress.report("series forecast", $0, of: $1)
                }
            }
        }
        progress.finish()
        if !output.quiet {
            for assumption in changed.assumptions {
                note(
                    [assumption.subject, assumption.text].map { Phrase.said($0, in: output.lang) }.joined(
                        separator: ": "))
            }
            noteCensored(made.censored, in: output.lang)
            noteZeros(made.zeroRuns, job.dataset.demand, in: output.lang)
            if made.newItems > 0 {
                note(("\(made.newItems) new series are forecast from items like them" as Phrase).text(output.lang))
            }
        }
        let stages = Self.byName(made.reconciled.series.names, made.stages)
        guard input.global.showsTotals else { return try show(changed.adjusted, changed.table(), stages) }
        // What prices, promotions and people change in the series they change in the totals.
        let whole = made.reconciled.carrying(changed.adjusted).whole
        try show(whole, whole.table(), stages)
    }

    private static func byName(_ names: [String], _ stages: [LifeStage]) -> [String: LifeStage] {
        Dictionary(zip(names, stages), uniquingKeysWith: { first, _ in first })
    }

    private func show(_ made: Forecast, _ table: ResultTable, _ stages: [String: LifeStage]) throws {
        if let explain { return try printExplanation(of: explain, made, stages: stages) }
        if let out {
            try AtomicFile.write(csv(table), to: out)
            output.print(counts(made))
        } else {
            output.print(table)
        }
    }

    private func forecastLong(
        _ panel: DemandPanel, _ regressors: RegressorPanel?, _ options: UnivariateOptions, _ progress: Progress
    ) async throws {
        var job = LongForecast(panel: panel, options: options, threads: input.threads.threads, progress: progress)
        if let regressors {
            job.effects = try await RegressorEffects(
                panel, regressors, horizon: options.horizon,
                season: options.seasons.first ?? panel.axis.step.defaultSeason,
                threads: input.threads.threads)
            if let effects = job.effects { tell(effects, panel) }
        }
        if let out {
            let counts = try await job.write(to: out, fingerprint: try Fingerprint.stamp(ofFile: input.long ?? ""))
            progress.finish()
            output.print(modelTable(counts))
        } else {
            let table = try await job.table()
            progress.finish()
            output.print(table)
        }
    }

    /// Says what became of the regressors, series that could not use them by cause.
    private func tell(_ effects: RegressorEffects, _ panel: DemandPanel) {
        guard !output.quiet else { return }
        let used = effects.outcomes.count { $0 == .used }
        note("\(effects.names.joined(separator: ", ")): used for \(used) of \(panel.seriesCount) series")
        let others = panel.names.indices.filter { effects.outcomes[$0] != .used }
        let causes = Dictionary(grouping: others) { effects.outcomes[$0].cause }
        for (_, series) in causes.sorted(by: { $0.key < $1.key }) {
            let example = series[0]
            note("\(series.count) series: \(effects.outcomes[example].note) (\(panel.names[example]))")
        }
    }

    private func counts(_ forecast: Forecast) -> ResultTable {
        modelTable(forecast.modelCounts())
    }

    private func modelTable(_ counts: [(model: String, series: Int)]) -> ResultTable {
        ResultTable(
            "models",
            [
                Column("model", .text(counts.map(\.model))),
                Column("series", unit: "series", .integer(counts.map { Int64($0.series) })),
            ])
    }

    private func printExplanation(of name: String, _ forecast: Forecast, stages: [String: LifeStage]) throws {
        guard let series = forecast.names.firstIndex(of: name) else {
            throw Refusal("there is no series '\(name)'; there are \(seriesLike(name, forecast.names))")
        }
        let choice = forecast.choices[series]
        let total = (0..<forecast.horizon).reduce(0) { $0 + forecast.mean(series, $1) }
        let rows: [(String, String, Double)] =
            choice.parts.map {
                (
                    "part", Phrase(stringLiteral: $0.name).text(output.format == .table ? output.lang : .english),
                    $0.units
                )
            } + [("total", choice.model, total)]
            + choice.scores.map { ("backtest_error", $0.model, $0.error) }
        if let stage = stages[name] {
            let words: Phrase = "stage: \(Phrase(stringLiteral: stage.rawValue))"
            note(words.text(output.lang))
        }
        output.print(
            ResultTable(
                "explanation",
                [
                    Column("what", .text(rows.map(\.0))),
                    Column("name", .text(rows.map(\.1))),
                    Column("value", .real(rows.map(\.2))),
                ]))
        if !choice.note.isEmpty { note(choice.note) }
    }
}
