import NumericCore
public import Retail

/// A forecast of a data set: its series and the totals over them, with what was done to the data on the way.
public struct DatasetForecast: Sendable {
    public var reconciled: ReconciledForecast
    /// What was done about steps on which articles were sold out.
    public var censored: CensoredDemand
    /// Stretches of zeros that look like stock-outs, where the data have no flags; series are those of the data set.
    public var zeroRuns: [ZeroRun]
    /// The stage in its life of each series of the forecast.
    public var stages: [LifeStage]
    /// Series forecast from items like them.
    public var newItems: Int
}

/// Forecasts a data set as its users need it: demand in place of sales where articles were sold out, new articles from
/// the early days of those like them, nothing where an article is not listed, every series and all totals by category,
/// channel and region each from its own past and made to agree.
///
/// - Parameters:
///   - horizon: steps ahead.
///   - method: how totals and series are made to agree.
/// - Throws: `ForecastError`.
public func forecast(
    _ dataset: Dataset, horizon: Int, options: ForecastOptions = .init(),
    method: ReconciliationMethod = .leastSquares, threads: Int, progress: (@Sendable (Int, Int) -> Void)? = nil
) async throws(ForecastError) -> DatasetForecast {
    var data = dataset
    let (panel, censored) = dataset.demand.uncensored(dataset.demandInStock)
    data.demand = panel.withUnsold(dataset)
    let demand = data.demand
    let attributes = SalesPanel.attributes(data)
    let levels = GlobalOptions.retail(SalesPanel(demand: demand, attributes: attributes)).levels
    let onSale = ListedSteps(data, horizon: horizon)
    let items = NewItems(demand, skus: data.skus)
    let isChosen = options.models.count > 1
    var new = 0
    let outside =
        options.takesGlobal && isChosen
        ? try await OutsideForecasts.global(
            data, attributes: attributes, levels: levels, horizon: horizon, options: options, threads: threads) : nil
    let made = try await reconciledForecast(
        demand, attributes: attributes, levels: levels, calendar: data.calendar, horizon: horizon, options: options,
        outside: outside, method: method, threads: threads, progress: progress
    ) { forecast, first in
        let width = forecast.levels.count
        for s in demand.keys.indices {
            let node = first + s
            let isOpen = (0..<horizon).map { onSale.contains(s, $0) }
            if isChosen, items.isNew(s), let made = items.forecast(s, isOpen: isOpen, levels: forecast.levels) {
                forecast.mean.replaceSubrange(node * horizon..<(node + 1) * horizon, with: made.mean)
                forecast.quantiles.replaceSubrange(
                    node * horizon * width..<(node + 1) * horizon * width, with: made.quantiles)
                forecast.choices[node] = ModelChoice(
                    model: "like_items", scores: [], note: "new: from \(made.like) items like it",
                    parts: [ForecastPart(name: "level", units: made.mean.reduce(0, +))])
                new += 1
                continue
            }
            var lost = 0.0
            for h in 0..<horizon where !isOpen[h] {
                lost += forecast.mean[node * horizon + h]
                forecast.mean[node * horizon + h] = 0
                for q in 0..<width { forecast.quantiles[(node * horizon + h) * width + q] = 0 }
            }
            if lost > 0 { forecast.choices[node].parts.append(ForecastPart(name: "not listed", units: -lost)) }
            let raised = s < dataset.demand.seriesCount ? demand.raisedShare(s, beside: dataset.demand) : 0
            if raised > 0 { forecast.choices[node].tellRaised(raised) }
        }
    }
    return DatasetForecast(
        reconciled: made, censored: censored,
        zeroRuns: dataset.demandInStock.isEmpty ? dataset.demand.suspiciousZeroRuns() : [],
        stages: demand.keys.indices.map { demand.stage($0) }, newItems: new)
}

extension DemandPanel {
    /// The panel with a series for each article that is listed ahead and has no demand yet, in every channel it is listed
    /// in. Without listings nothing is known of such articles' being on sale, and none is added.
    fileprivate func withUnsold(_ dataset: Dataset) -> DemandPanel {
        var result = self
        guard axis.step != .bare else { return result }
        let today = axis.day(axis.count)
        let hasChannels = keys.contains { $0.channel != nil }
        var known = Set(keys.map { SeriesKey(sku: $0.sku, channel: $0.channel) })
        for listing in dataset.listings where listing.through >= today {
            let key = SeriesKey(sku: listing.sku, channel: hasChannels ? listing.channel : nil)
            guard known.insert(key).inserted else { continue }
            let code = dataset.skus[listing.sku.position].code
            let name = hasChannels ? "\(code)/\(dataset.channels[listing.channel.position].code)" : code
            result.append(name: name, key: key, start: axis.count, [])
        }
        return result
    }
}

extension DemandPanel {
    /// Of the demand of the last eight seasons of a series the part by which it was raised above its sales.
    fileprivate func raisedShare(_ s: Int, beside sales: DemandPanel) -> Double {
        guard values.count >= sales.values.count, offsets[s + 1] - offsets[s] == sales.offsets[s + 1] - sales.offsets[s]
        else { return 0 }
        let length = offsets[s + 1] - offsets[s]
        var (raised, all) = (0.0, 0.0)
        for k in max(0, length - 8 * axis.step.defaultSeason)..<length where !missing[offsets[s] + k] {
            let demand = Double(values[offsets[s] + k])
            all += demand
            raised += demand - Double(sales.values[sales.offsets[s] + k])
        }
        return all > 0 ? min(1, max(0, raised / all)) : 0
    }
}

extension ModelChoice {
    /// Says what of the level is owed to sold-out steps whose demand was raised.
    fileprivate mutating func tellRaised(_ share: Double) {
        guard let level = parts.firstIndex(where: { $0.name == "level" }) else { return }
        let units = share * parts[level].units
        parts[level].units -= units
        parts.insert(ForecastPart(name: "stock-out correction", units: units), at: level + 1)
    }
}

/// On which steps ahead each series can sell, by calendar and listings.
private struct ListedSteps {
    private let days: [Day]
    private let isOpen: [Bool]
    private let listings: [SeriesKey: [Listing]]
    private let keys: [SeriesKey]

    init(_ dataset: Dataset, horizon: Int) {
        let axis = dataset.demand.axis
        days = (0..<horizon).map { axis.day(axis.count + $0) }
        let isDaily = axis.step == .day || axis.step == .hour
        isOpen = days.map { !isDaily || dataset.calendar.isOpen($0) }
        keys = dataset.demand.keys
        var listings: [SeriesKey: [Listing]] = [:]
        if axis.step != .bare {
            for row in dataset.listings {
                listings[SeriesKey(sku: row.sku, channel: row.channel), default: []].append(row)
                // A series over all channels sells while any of them lists it.
                listings[SeriesKey(sku: row.sku), default: []].append(row)
            }
        }
        self.listings = listings
    }

    /// Articles without a listing are always listed.
    func contains(_ series: Int, _ step: Int) -> Bool {
        guard isOpen[step] else { return false }
        let key = SeriesKey(sku: keys[series].sku, channel: keys[series].channel)
        guard let rows = listings[key] else { return true }
        return rows.contains { $0.from <= days[step] && days[step] <= $0.through }
    }
}
