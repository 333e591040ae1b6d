import Retail

/// The forecast of one series before its quantiles are known.
struct SeriesForecast: Sendable {
    /// Units for each axis cell of the horizon, 0 on closed steps.
    var mean: [Double]
    var isOpen: [Bool]
    var choice: ModelChoice
    /// Nil where there is nothing to be uncertain about.
    var residuals: Residuals?
}

extension ForecastContext {
    /// Fits the selected models on all of the history; the errors they made at past origins are what the quantiles
    /// are made of.
    func forecast(
        _ series: OpenSeries, _ trial: Trial, _ selection: Selection, _ workspace: LaneWorkspace
    ) -> SeriesForecast {
        var mean = [Double](repeating: 0, count: timeline.horizon)
        var isOpen = [Bool](repeating: false, count: timeline.horizon)
        var choice = ModelChoice(model: selection.model.rawValue, scores: selection.scores, note: selection.note)
        let window = finalWindow(series, timeline)
        for step in window.origin..<window.end { isOpen[Int(timeline.cells[step]) - series.endCell] = true }
        if trial.odd == .nothingObserved {
            choice.model = "none"
            return SeriesForecast(mean: mean, isOpen: isOpen, choice: choice, residuals: nil)
        }
        var out = [Double](repeating: 0, count: window.count)
        var parts = predictMean(
            of: selection.members, series, [window],
            fits: { model in candidates.firstIndex(of: model).flatMap { trial.fits[$0] } }, &out, workspace)
        if parts == nil {
            parts = predictMean(of: [(.series(.windowAverage), 1)], series, [window], &out, workspace)
            choice.note = "\(choice.model) could not be fitted: \(UnivariateModel.windowAverage.rawValue) used"
            choice.model = UnivariateModel.windowAverage.rawValue
        }
        for (k, step) in (window.origin..<window.end).enumerated() {
            mean[Int(timeline.cells[step]) - series.endCell] = out[k]
        }
        choice.parts = named(parts ?? Parts())
        var residuals: Residuals?
        if trial.odd.map({ !$0.isCertain }) ?? true { residuals = backtestResiduals(series, trial, selection) }
        return SeriesForecast(mean: mean, isOpen: isOpen, choice: choice, residuals: residuals)
    }

    private func backtestResiduals(_ series: OpenSeries, _ trial: Trial, _ selection: Selection) -> Residuals {
        var residuals = Residuals(floor: max(0.1 * trial.rate, .leastNormalMagnitude))
        guard !selection.forecasts.isEmpty else { return residuals }
        for window in windows(series) {
            let origin = Int(timeline.cells[window.origin])
            for step in window.origin..<min(window.end, series.end) where series.weights[step - series.first] > 0 {
                let forecast = selection.forecasts[window.offset + step - window.origin]
                let error = series.values[step - series.first] - forecast
                if series.values[step - series.first] == 0 { residuals.zeros += 1 }
                residuals.scaled.append(error / residuals.divisor(forecast))
                residuals.cells.append(timeline.cells[step])
                residuals.errors.append(Float(error))
                residuals.steps.append(min(Int(timeline.cells[step]) - origin, timeline.horizon - 1))
            }
        }
        return residuals
    }

    /// The parts that are not zero, by the name a planner knows them under. They add up to the sum of the mean.
    private func named(_ parts: Parts) -> [ForecastPart] {
        Parts.Kind.allCases.compactMap { kind in
            let units = parts[kind]
            guard units != 0 || kind == .level else { return nil }
            let name =
                switch kind {
                case .level: "level"
                case .trend: "trend"
                case .season: panel.axis.step == .day && timeline.season == 7 ? "weekday" : "season"
                case .year: "year"
                case .events: "events"
                case .limits: "limits"
                }
            return ForecastPart(name: name, units: units)
        }
    }
}
