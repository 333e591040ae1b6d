import Retail

/// A model fitted to a series divided by a unit.
struct SeriesFit: Sendable {
    var model: FittedModel
    var unit: Double
}

extension ForecastContext {
    /// The values known before each window, made fit for the models.
    func prepared(_ series: OpenSeries, _ windows: [ForecastWindow]) -> [PreparedSeries] {
        windows.map { window in
            guard window.count > 0 else { return PreparedSeries([], seasons: grid.seasons) }
            let origin = Int(timeline.cells[window.origin])
            return PreparedSeries(series.gridded(grid, timeline, before: origin), seasons: grid.seasons)
        }
    }

    /// Forecasts the windows with one model: parameters from before the first window, each window from what was known
    /// before it. Returns the parts of the last window, or nil where the model cannot be fitted.
    ///
    /// - Parameters:
    ///   - known: of each window, by `prepared`.
    ///   - fit: in: a fit to an earlier part of the series to go on from; out: the fit that was used.
    func predict(
        _ model: ForecastModel, _ series: OpenSeries, _ windows: [ForecastWindow], known: [PreparedSeries],
        fit: inout SeriesFit?, _ out: inout [Double], _ workspace: LaneWorkspace
    ) -> Parts? {
        switch model {
        case .series(let model): return predict(model, windows, known, &fit, &out, workspace)
        case .ridge:
            guard let bank else { return nil }
            return ridgeRegression(bank, series, windows, &out)
        case .global: return taken(series, windows, &out)
        case .combination: return nil
        }
    }

    /// What was forecast elsewhere.
    private func taken(_ series: OpenSeries, _ windows: [ForecastWindow], _ out: inout [Double]) -> Parts? {
        var parts = Parts()
        for window in windows where window.count > 0 {
            let origin = Int(timeline.cells[window.origin])
            parts = Parts()
            for step in window.origin..<window.end {
                let value = outside?.value(series: series.number, origin: origin, at: Int(timeline.cells[step]))
                guard let value else { return nil }
                out[window.offset + step - window.origin] = value
                parts[.level] += value
            }
        }
        return parts
    }

    /// One of the models for single series, run over the season's grid with gaps filled in.
    private func predict(
        _ model: UnivariateModel, _ windows: [ForecastWindow], _ known: [PreparedSeries], _ fit: inout SeriesFit?,
        _ out: inout [Double], _ workspace: LaneWorkspace
    ) -> Parts? {
        var isFitted = false
        var parts = Parts()
        for (window, prepared) in zip(windows, known) where window.count > 0 {
            let origin = Int(timeline.cells[window.origin])
            guard !prepared.values.isEmpty else { return nil }
            var values = prepared.values
            if let unit = fit?.unit, prepared.unit != unit { values = values.map { $0 * prepared.unit / unit } }
            if !isFitted {
                if let again = fit?.model.refitted(to: values, workspace) {
                    fit?.model = again
                } else {
                    values = prepared.values
                    fit = Forecasting.fit(model, values, seasons: grid.seasons, workspace)
                        .map { SeriesFit(model: $0, unit: prepared.unit) }
                }
                isFitted = true
            }
            guard let fit else { return nil }
            let unit = fit.unit
            let last = Int(timeline.cells[window.end - 1])
            let steps = Int(grid.before[last + 1]) - Int(grid.before[origin])
            let season = max(1, grid.seasons.first ?? 1)
            let means = fit.model.means(values, horizon: (steps + season - 1) / season * season, workspace)
            guard means.allSatisfy(\.isFinite) else { return nil }
            parts = Parts()
            let blocks = Swift.stride(from: 0, to: means.count, by: season).map { from in
                means[from..<from + season].reduce(0, +) / Double(season)
            }
            for step in window.origin..<window.end {
                let place = Int(grid.before[Int(timeline.cells[step])]) - Int(grid.before[origin])
                let (mean, block) = (means[place] * unit, blocks[place / season] * unit)
                out[window.offset + step - window.origin] = mean
                parts[.level] += blocks[0] * unit
                parts[.trend] += block - blocks[0] * unit
                parts[.season] += mean - block
            }
        }
        return parts
    }

    /// The weighted mean of several models' forecasts after limits; parts are averaged too, and what the limits took or
    /// gave is a part of its own. Models that cannot be fitted are left out; nil where none can.
    ///
    /// - Parameter fits: fits to earlier parts of the series, by model.
    func predictMean(
        of members: [Selection.Member], _ series: OpenSeries, _ windows: [ForecastWindow],
        fits: (ForecastModel) -> SeriesFit? = { _ in nil }, _ out: inout [Double], _ workspace: LaneWorkspace
    ) -> Parts? {
        guard let last = windows.last else { return nil }
        let limit = upperLimit(series, known: windows[0].origin - series.first)
        var scratch = [Double](repeating: 0, count: out.count)
        var sum = Parts()
        var used = 0.0
        let known = prepared(series, windows)
        for k in out.indices { out[k] = 0 }
        for (model, weight) in members {
            var fit = fits(model)
            let made = predict(model, series, windows, known: known, fit: &fit, &scratch, workspace)
            guard var parts = made, parts.units.isFinite else { continue }
            var shift = 0.0
            for k in scratch.indices {
                let limited = limit.applied(to: scratch[k])
                if k >= last.offset { shift += limited - scratch[k] }
                out[k] += weight * limited
            }
            parts[.limits] += shift
            sum.units += weight * parts.units
            used += weight
        }
        guard used > 0 else { return nil }
        for k in out.indices { out[k] /= used }
        sum.units /= used
        return sum.units.isFinite ? sum : nil
    }
}

extension SIMD8<Double> {
    fileprivate var isFinite: Bool { indices.allSatisfy { self[$0].isFinite } }
}

/// Forecasts stay between zero and twice the largest value ever observed.
struct ForecastLimit {
    var most: Double

    func applied(to value: Double) -> Double { value.isFinite ? min(max(value, 0), most) : 0 }
}

func upperLimit(_ series: OpenSeries, known: Int) -> ForecastLimit {
    ForecastLimit(most: 2 * max(0, series.values.prefix(known).max() ?? 0))
}
