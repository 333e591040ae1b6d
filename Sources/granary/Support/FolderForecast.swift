import ArgumentParser
import Datasets
import Forecasting
import Retail
import Store

/// Where the effects of prices and promotions on a data set's forecast come from.
enum EffectChoice: String, ExpressibleByArgument, CaseIterable {
    /// Measured where they did no harm to forecasts of the last part of the past: on M5, effects of posted prices made
    /// forecasts worse.
    case automatic = "auto"
    /// Learnt from past prices and promotions, where the data hold some.
    case measured
    /// Prices and promotions are left aside.
    case none
}

/// What a data set's forecast takes in beside past demand.
struct FolderOptions: ParsableArguments {
    @Option(
        help:
            "With a data set: take the effects of prices and promotions as measured, none, or (auto) as measured where that did no harm to forecasts of the past."
    )
    var effects: EffectChoice = .automatic

    @Option(
        help: ArgumentHelp(
            "With a data set: people's changes to the forecast, in the columns of adjustments.csv, after those of the data set.",
            valueName: "file"), completion: .file())
    var adjustments: String?

    @Option(
        help: ArgumentHelp(
            "With a data set: a workspace, whose changes to the forecast count after those of the data set.",
            valueName: "file"), completion: .file(extensions: ["sqlite"]))
    var workspace: String?
}

/// The forecast of a data set: the model's at ordinary prices, planned prices and promotions, people's changes.
struct FolderForecast {
    var dataset: Dataset
    var effects: EffectChoice
    var horizon: Int
    var threads: Int

    /// Reads the folder and the adjustments beside it.
    static func read(folder: String, _ options: FolderOptions, horizon: Int, threads: Int) throws -> FolderForecast {
        var dataset = try DatasetReader.read(folder: folder)
        if let path = options.workspace { dataset = try existingWorkspace(path).adjusting(dataset) }
        if let file = options.adjustments {
            dataset.adjustments += try DatasetReader.readAdjustments(file: file, for: dataset)
        }
        return FolderForecast(dataset: dataset, effects: options.effects, horizon: horizon, threads: threads)
    }

    /// The effects that are taken, with a word on those that are not.
    private func trade() async -> TradeEffects? {
        guard effects != .none else { return nil }
        let (proven, ratio) = await TradeEffects.proven(dataset, horizon: horizon, threads: threads)
        if let proven { return proven }
        let harm = ratio.map { "of past forecasts the squared error was \(percent($0 - 1)) % higher with them" }
        if effects == .measured {
            if let harm { note("warning: effects of prices and promotions are taken as asked for, though \(harm)") }
            return await TradeEffects(dataset, horizon: horizon, threads: threads)
        }
        if let harm { note("effects of prices and promotions are left aside: \(harm)") }
        return nil
    }

    private func percent(_ share: Double) -> String { "\((1000 * share).rounded() / 10)" }

    /// - Parameter model: forecasts the data set at ordinary prices.
    func run(
        _ model: (Dataset) async throws -> DatasetForecast
    ) async throws -> (made: DatasetForecast, changed: AdjustedForecast) {
        let axis = dataset.demand.axis
        if axis.step != .bare,
            let warning = dataset.calendar.warning(
                from: axis.day(axis.count), through: axis.day(axis.count + horizon - 1))
        {
            note("warning: \(warning)")
        }
        let trade = await trade()
        var ordinary = dataset
        if let trade { ordinary.demand = trade.baseline(dataset.demand) }
        let made = try await model(ordinary)
        let base = made.reconciled.series
        let planned = trade?.applied(to: base) ?? base
        let (renewed, outcomes) = dataset.signals.isEmpty ? (planned, []) : planned.updated(by: dataset)
        for outcome in outcomes { note(outcome.summary) }
        let changed = renewed.adjusted(
            by: dataset.adjustments, skus: dataset.skus, calendar: dataset.calendar,
            today: axis.step == .bare ? axis.origin : axis.day(axis.count) - 1, shares: AdjustmentShares(dataset))
        return (made, changed)
    }
}

extension AdjustedForecast {
    /// The forecast in the long format; where people changed it, the model's mean comes last.
    func table() -> ResultTable {
        var table = adjusted.table()
        if outcomes.contains(where: { $0.state == .inForce }) {
            table.columns.append(Column("statistical", unit: "units", .real(statistical.mean)))
        }
        return table
    }
}
