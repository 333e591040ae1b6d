public import Retail
public import Scenarios
public import Store

extension ReportInput {
    /// Everything the workspace holds of a run, ready to be shown. The data set is not needed.
    ///
    /// - Parameters:
    ///   - comparison: scenarios to show beside it; see `Workbench.compare`.
    ///   - suggestionFiles: names of the files with all suggestions, beside the report.
    ///   - commands: how to repeat the run; empty gives the commands that begin from the scenario in the report.
    /// - Throws: `StoreError` when there is no such run, it is not done, or what is stored is damaged.
    public init(
        run id: RunID, in workspace: Workspace, language: Language, comparison: Comparison? = nil,
        suggestionFiles: [String] = [], commands: [String] = []
    ) throws(StoreError) {
        let run = try workspace.run(id)
        let results = try workspace.tables(id)
        let appendices = try workspace.appendices(id)
        let notes = RunNotes(appendices)
        self.init(
            name: run.inputs.name, language: language, currency: Currency(code: run.inputs.currency) ?? .cny,
            dataset: notes.fact("dataset"), origin: RunOrigin(run))
        firstDay = Day(iso: notes.fact("first_day"))
        lastDay = Day(iso: notes.fact("last_day"))
        scenarioText = run.inputs.scenario
        figures = try workspace.figures(id)
        tables = results + appendices.filter { RunNotes.shown.contains($0.name) }
        suggestions = try workspace.suggestions(id)
        self.suggestionFiles = suggestionFiles
        placement = notes.placement
        self.comparison = comparison.map(ComparisonView.init)
        assumptions = notes.assumptions
        audit = notes.audit(language)
        self.commands = commands.isEmpty ? Self.commands(run, language) : commands
        skuNames = notes.names("products", code: "sku")
        placeNames = notes.names("places", code: "code")
            .merging(notes.names("map_regions", code: "region")) { node, _ in node }
            .merging(notes.names("names", code: "code")) { place, _ in place }
    }

    private static func commands(_ run: Run, _ language: Language) -> [String] {
        [
            "# " + Catalogue.text("report.save_scenario", language),
            "granary run scenario.yaml --seed \(run.inputs.seed) --replications \(run.inputs.replications)",
        ]
    }
}

extension RunOrigin {
    public init(_ run: Run) {
        self.init(
            runID: run.id.description, seed: run.inputs.seed, replications: run.inputs.replications,
            engineVersion: run.inputs.engineVersion, dataFingerprint: run.inputs.dataFingerprint,
            forecastDigest: run.inputs.forecastDigest ?? "", planDigest: run.inputs.planDigest ?? "",
            resultDigest: run.resultDigest ?? "")
    }
}

extension ComparisonView {
    public init(_ comparison: Comparison) {
        self.init(
            names: comparison.runs,
            rows: comparison.figures.map { figure in
                Row(
                    key: figure.key, unit: figure.unit,
                    values: figure.values.map { $0.map { Cell(mean: $0.mean, halfWidth: $0.halfWidth) } },
                    differences: figure.differences.dropFirst().map {
                        $0.map { Cell(mean: $0.mean, halfWidth: $0.halfWidth ?? 0) }
                    })
            })
    }
}

extension RunExport {
    /// Writes a stored run with everything kept beside its results, and its suggestions.
    public static func write(
        run id: RunID, in workspace: Workspace, to folder: String
    ) throws(ExportError) {
        let run: Run
        let figures: [Figure]
        var tables: [ResultTable]
        let notes: RunNotes
        let suggestions: [SuggestionRow]
        do {
            run = try workspace.run(id)
            figures = try workspace.figures(id)
            let appendices = try workspace.appendices(id)
            notes = RunNotes(appendices)
            tables = try workspace.tables(id) + appendices
            suggestions = try workspace.suggestions(id)
        } catch { throw .store(error) }
        let currency = Currency(code: run.inputs.currency) ?? .cny
        tables.append(suggestionTable(suggestions, currency: currency, language: .english))
        try write(
            tables: tables, figures: figures,
            meta: ExportMeta(
                runName: run.inputs.name, dataset: notes.fact("dataset"), currency: currency,
                firstDay: Day(iso: notes.fact("first_day")), lastDay: Day(iso: notes.fact("last_day")),
                origin: RunOrigin(run)),
            to: folder)
    }
}
