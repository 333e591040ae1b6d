public import Retail

/// How much better or worse a person's changes made the forecast (forecast value added: Gilliland 2010).
///
/// Errors are those of the units a day over the scope of each change, on its days: what the person spoke of.
public struct AdjustmentScore: Sendable, Equatable {
    /// Empty for all people together.
    public var author: String
    /// Changes scored, and how many of them came closer than the model.
    public var changes: Int
    public var improved: Int
    /// Days scored.
    public var days: Int
    /// Sums of absolute errors: of the model, of the model as changed, and of the same weekday a week before.
    public var statistical: Double
    public var adjusted: Double
    public var naive: Double
    /// Sums of forecast less actual.
    public var statisticalBias: Double
    public var adjustedBias: Double
    public var actual: Double

    public init(author: String) {
        self.author = author
        (changes, improved, days) = (0, 0, 0)
        (statistical, adjusted, naive, statisticalBias, adjustedBias, actual) = (0, 0, 0, 0, 0, 0)
    }

    /// Part of the model's error that the changes took away; negative where they added to it.
    public var valueAdded: Double { statistical > 0 ? 1 - adjusted / statistical : 0 }
    /// Part of the naive forecast's error that the model took away.
    public var modelValueAdded: Double { naive > 0 ? 1 - statistical / naive : 0 }

    mutating func add(_ change: AdjustmentScore) {
        changes += change.changes
        improved += change.improved
        days += change.days
        statistical += change.statistical
        adjusted += change.adjusted
        naive += change.naive
        statisticalBias += change.statisticalBias
        adjustedBias += change.adjustedBias
        actual += change.actual
    }
}

/// Scores past changes: what the model forecast on the day each was made, without and with it, against what was sold.
///
/// Only whole days in the past count. A change without a day on which it was made counts as made the day before its first.
/// Changes of people who speak of the same goods are each scored alone.
///
/// - Parameters:
///   - forecast: makes the forecast of some series of a panel that ends on the day the change was made.
/// - Returns: by author in the order of their names, then all together; empty where nothing can be scored.
public func scoreAdjustments(
    _ dataset: Dataset, longest: Int = 92, least: Int = 28,
    forecast: (DemandPanel, _ horizon: Int) async throws(ForecastError) -> Forecast
) async throws(ForecastError) -> [AdjustmentScore] {
    let panel = dataset.demand
    guard panel.axis.step == .day else { throw .step(panel.axis.step.rawValue) }
    let shares = AdjustmentShares(dataset)
    let last = panel.axis.day(panel.axis.count - 1)
    var byAuthor: [String: AdjustmentScore] = [:]
    var all = AdjustmentScore(author: "")
    for adjustment in dataset.adjustments {
        let made = min(adjustment.made ?? adjustment.from - 1, adjustment.from - 1)
        let known = panel.axis.index(of: made) + 1
        let through = min(adjustment.through, last)
        if let expires = adjustment.expires, expires < made { continue }
        let horizon = through - made
        guard known >= least, horizon >= 1, horizon <= longest, through >= adjustment.from else { continue }
        // Only the series it speaks of.
        let members = panel.keys.indices.filter { series in
            guard let sku = panel.keys[series].sku, adjustment.scope.covers(sku, dataset.skus) else { return false }
            if let channel = adjustment.channel, let own = panel.keys[series].channel, own != channel { return false }
            if let region = adjustment.region, let own = panel.keys[series].region, own != region { return false }
            return true
        }
        guard !members.isEmpty else { continue }
        let past = panel.selecting(members).before(known)
        guard past.seriesCount > 0 else { continue }
        let statistical = try await forecast(past, horizon)
        var alone = adjustment
        alone.expires = nil
        let changed = statistical.adjusted(
            by: [alone], skus: dataset.skus, calendar: dataset.calendar, today: made, shares: shares)
        let score = measure(
            changed, adjustment, panel, members, from: adjustment.from, through: through, shares: shares)
        guard let score else { continue }
        byAuthor[adjustment.author, default: AdjustmentScore(author: adjustment.author)].add(score)
        all.add(score)
    }
    guard all.changes > 0 else { return [] }
    return byAuthor.values.sorted { $0.author < $1.author } + [all]
}

/// The errors of one change; nil where none of its days is known.
private func measure(
    _ changed: AdjustedForecast, _ adjustment: Adjustment, _ panel: DemandPanel, _ members: [Int], from: Day,
    through: Day, shares: AdjustmentShares
) -> AdjustmentScore? {
    var score = AdjustmentScore(author: adjustment.author)
    func cell(_ series: Int, _ step: Int) -> Double? {
        let at = step - Int(panel.starts[series])
        guard at >= 0, at < panel.offsets[series + 1] - panel.offsets[series] else { return nil }
        let index = panel.offsets[series] + at
        return panel.missing[index] ? nil : Double(panel.values[index])
    }
    func part(_ key: SeriesKey) -> Double {
        var part = 1.0
        if let channel = adjustment.channel, key.channel == nil { part *= shares.channel(channel) }
        if let region = adjustment.region, key.region == nil { part *= shares.region(region) }
        return part
    }
    let before = changed.statistical
    let names = Dictionary(before.names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    for number in from.number...through.number {
        let day = Day(number: number)
        let (step, ahead) = (panel.axis.index(of: day), day - before.axis.origin)
        var (actual, model, person, naive, isKnown) = (0.0, 0.0, 0.0, 0.0, false)
        for series in members {
            guard let row = names[panel.names[series]], let sold = cell(series, step) else { continue }
            isKnown = true
            let part = part(panel.keys[series])
            actual += part * sold
            model += part * before.mean(row, ahead)
            // The part that the change does not speak of is not the person's.
            person += changed.adjusted.mean(row, ahead) - (1 - part) * before.mean(row, ahead)
            // The same weekday before the change was made.
            let back = step - 7 * (ahead / 7 + 1)
            naive += part * (cell(series, back) ?? 0)
        }
        guard isKnown else { continue }
        score.days += 1
        score.actual += actual
        score.statistical += abs(model - actual)
        score.adjusted += abs(person - actual)
        score.naive += abs(naive - actual)
        score.statisticalBias += model - actual
        score.adjustedBias += person - actual
    }
    guard score.days > 0 else { return nil }
    score.changes = 1
    score.improved = score.adjusted < score.statistical ? 1 : 0
    return score
}

extension DemandPanel {
    /// Some of the series, in the order given.
    func selecting(_ series: [Int]) -> DemandPanel {
        var panel = DemandPanel(axis: axis)
        for s in series { panel.append(name: names[s], key: keys[s], start: Int(starts[s]), cells(s)) }
        return panel
    }
}

extension [AdjustmentScore] {
    /// One row for each author, the last for all.
    public func table() -> ResultTable {
        func real(_ value: (AdjustmentScore) -> Double) -> ColumnValues { .real(map(value)) }
        func perDay(_ sum: (AdjustmentScore) -> Double) -> ColumnValues {
            .real(map { $0.days > 0 ? sum($0) / Double($0.days) : 0 })
        }
        return ResultTable(
            "value_added",
            [
                Column("author", .text(map { $0.author.isEmpty ? "(all)" : $0.author })),
                Column("changes", .integer(map { Int64($0.changes) })),
                Column("improved", .integer(map { Int64($0.improved) })),
                Column("days", unit: "d", .integer(map { Int64($0.days) })),
                Column("statistical_error", unit: "units", perDay(\.statistical)),
                Column("adjusted_error", unit: "units", perDay(\.adjusted)),
                Column("value_added", real(\.valueAdded)),
                Column("statistical_bias", unit: "units", perDay(\.statisticalBias)),
                Column("adjusted_bias", unit: "units", perDay(\.adjustedBias)),
                Column("model_value_added", real(\.modelValueAdded)),
            ])
    }
}
