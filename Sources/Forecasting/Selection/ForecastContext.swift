import NumericCore
import Retail

/// What all series of one forecast share.
struct ForecastContext: Sendable {
    let panel: DemandPanel
    let timeline: Timeline
    let grid: SeasonGrid
    let options: ForecastOptions
    let ending: SeriesEnding
    let stride: Int
    /// The models tried one by one, in the order of their declaration; `combination` is not among them.
    let candidates: [ForecastModel]
    let combines: Bool
    /// Nothing but the combination was asked for.
    let onlyCombines: Bool
    /// Each series takes those of the candidates that suit it, instead of whatever was asked for.
    let isFree: Bool
    let bank: RidgeBank?
    let outside: OutsideForecasts?

    init(
        _ panel: DemandPanel, calendar: BusinessCalendar, horizon: Int, options: ForecastOptions,
        outside: OutsideForecasts? = nil, threads: Int
    ) async throws(ForecastError) {
        try options.check(horizon: horizon, axis: panel.axis.count)
        let seasons = (options.seasons ?? panel.axis.step.defaultSeasons).sorted()
        let season = seasons.first ?? 1
        let timeline = Timeline(axis: panel.axis, calendar: calendar, horizon: horizon, season: season)
        let ending = options.ending ?? (panel.axis.step == .bare ? .own : .zeros)
        let stride = options.stride(horizon: horizon, step: panel.axis.step)
        let asked = ForecastModel.allCases.filter(options.models.contains)
        var candidates = asked.filter { $0 != .combination }
        isFree = candidates.isEmpty || candidates.count > 1
        // A combination alone still needs models to combine.
        if candidates.isEmpty { candidates = ForecastModel.standard.filter { $0 != .combination } }
        if outside != nil, isFree { candidates.append(.global) }
        if season == 1 {
            let plain = candidates.filter { !$0.needsSeason }
            candidates = plain.isEmpty ? [.series(.naive)] : plain
        }
        var bank: RidgeBank?
        if candidates.contains(.ridge) {
            let features = CalendarFeatures(axis: panel.axis, calendar: calendar, timeline: timeline)
            let blocks = chunks(count: panel.seriesCount, of: ForecastContext.chunkSize)
            let stretches = try await concurrentMap(chunks: blocks.count, threads: threads) {
                (k: Int) throws(ForecastError) -> Set<RidgeBank.Stretch> in
                if Task.isCancelled { throw .cancelled }
                var found: Set<RidgeBank.Stretch> = []
                for s in blocks[k] {
                    let series = OpenSeries(panel, s, timeline, ending: ending)
                    guard series.isComplete, series.count > 1 else { continue }
                    let windows = backtestWindows(series, timeline, count: options.origins, stride: stride)
                    for window in windows + [finalWindow(series, timeline)] {
                        found.insert(RidgeBank.Stretch(first: series.first, origin: window.origin))
                    }
                }
                return found
            }
            bank = await RidgeBank(
                features: features, timeline: timeline, stretches: stretches.reduce(into: []) { $0.formUnion($1) },
                threads: threads)
        }
        self.outside = outside
        self.panel = panel
        self.timeline = timeline
        grid = SeasonGrid(axis: panel.axis, calendar: calendar, horizon: horizon, seasons: seasons)
        self.options = options
        self.ending = ending
        self.stride = stride
        self.candidates = candidates
        combines = asked.contains(.combination)
        onlyCombines = asked == [.combination]
        self.bank = bank
    }

    /// Series per chunk of work: fixed, so that sums over chunks have one order.
    static let chunkSize = 16

    func series(_ index: Int) -> OpenSeries { OpenSeries(panel, index, timeline, ending: ending) }

    func windows(_ series: OpenSeries) -> [ForecastWindow] {
        backtestWindows(series, timeline, count: options.origins, stride: stride)
    }
}

/// The stretch to forecast in earnest.
func finalWindow(_ series: OpenSeries, _ timeline: Timeline) -> ForecastWindow {
    let steps = timeline.steps(from: series.endCell)
    return ForecastWindow(origin: steps.lowerBound, end: steps.upperBound, offset: 0)
}

/// The last `count` rolling origins, oldest first, each with enough history before it: two seasons (one and a half of
/// long ones) and at least eight steps since the first observation.
func backtestWindows(_ series: OpenSeries, _ timeline: Timeline, count: Int, stride: Int) -> [ForecastWindow] {
    guard series.count > 0 else { return [] }
    let season = timeline.season
    let needed = max(8, season > 31 ? season + season / 2 : 2 * season)
    let firstCell = Int(timeline.cells[series.first])
    var windows: [ForecastWindow] = []
    for k in 0..<count {
        let origin = series.endCell - timeline.horizon - k * stride
        guard origin - firstCell >= needed else { break }
        let steps = timeline.steps(from: origin)
        // A window of closed days only has nothing to score; its history must hold something to learn from.
        guard !steps.isEmpty, steps.lowerBound > series.first else { continue }
        windows.append(ForecastWindow(origin: steps.lowerBound, end: steps.upperBound, offset: 0))
    }
    windows.reverse()
    var offset = 0
    for k in windows.indices {
        windows[k].offset = offset
        offset += windows[k].count
    }
    return windows
}
