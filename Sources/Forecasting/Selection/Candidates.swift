extension ForecastContext {
    /// Forecasts the windows with one model: parameters from before the first window, each window from what was known
    /// before it. Returns the parts of the last window, or nil where the model cannot be fitted.
    func predict(
        _ model: ForecastModel, _ series: OpenSeries, _ windows: [ForecastWindow], _ out: inout [Double]
    ) -> Parts? {
        switch model {
        case .seasonalNaive: return seasonalNaive(series, timeline, windows, &out)
        case .seasonalMean: return seasonalMean(series, timeline, windows, &out)
        case .windowAverage: return windowAverage(series, timeline, windows, &out)
        case .smoothing: return smoothing(trend: false, season: false, series, windows, &out)
        case .dampedTrend: return smoothing(trend: true, season: false, series, windows, &out)
        case .seasonalSmoothing: return smoothing(trend: false, season: true, series, windows, &out)
        case .seasonalDampedTrend: return smoothing(trend: true, season: true, series, windows, &out)
        case .croston: return Forecasting.croston(corrected: false, series, windows, &out)
        case .sba: return Forecasting.croston(corrected: true, series, windows, &out)
        case .tsb: return teunterSyntetosBabai(series, windows, &out)
        case .ridge:
            guard let bank else { return nil }
            return ridgeRegression(bank, series, windows, &out)
        case .combination: return nil
        }
    }

    private func smoothing(
        trend: Bool, season: Bool, _ series: OpenSeries, _ windows: [ForecastWindow], _ out: inout [Double]
    ) -> Parts {
        exponentialSmoothing(SmoothingForm(trend: trend, season: season), series, timeline, windows, &out)
    }

    /// The mean of several models' forecasts after limits; parts are averaged too, and what the limits took or gave
    /// is a part of its own. Models that cannot be fitted are left out; nil where none can.
    func predictMean(
        of members: [ForecastModel], _ series: OpenSeries, _ windows: [ForecastWindow], _ out: inout [Double]
    ) -> Parts? {
        guard let last = windows.last else { return nil }
        let limit = upperLimit(series, known: windows[0].origin - series.first)
        var scratch = [Double](repeating: 0, count: out.count)
        var sum = Parts()
        var used = 0.0
        for k in out.indices { out[k] = 0 }
        for model in members {
            guard var parts = predict(model, series, windows, &scratch) else { continue }
            var shift = 0.0
            for k in scratch.indices {
                let limited = limit.applied(to: scratch[k])
                if k >= last.offset { shift += limited - scratch[k] }
                out[k] += limited
            }
            parts[.limits] += shift
            sum.units += parts.units
            used += 1
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
