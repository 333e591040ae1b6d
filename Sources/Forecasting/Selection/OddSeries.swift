/// A series that cannot be tried in a backtest, and what is done about it.
enum OddSeries: Sendable, Equatable {
    case nothingObserved
    case allZero
    case oneObservation
    case constant
    case tooShort

    /// Nil for a series that can be tried at `windows`.
    init?(_ series: OpenSeries, windows: [ForecastWindow]) {
        var observed = zip(series.values, series.weights).lazy.filter { $0.1 > 0 }.map(\.0).makeIterator()
        guard let first = observed.next() else {
            self = .nothingObserved
            return
        }
        var isConstant = true
        while let next = observed.next(), isConstant { isConstant = next == first }
        switch (isConstant, series.observed) {
        case (true, _) where first == 0: self = .allZero
        case (_, 1): self = .oneObservation
        case (true, _): self = .constant
        default:
            let last = windows.last?.end ?? series.first
            let scored = windows.contains { window in
                (window.origin..<window.end).contains { $0 < series.end && series.weights[$0 - series.first] > 0 }
            }
            guard scored, last > series.first else {
                self = .tooShort
                return
            }
            return nil
        }
    }

    var model: ForecastModel {
        switch self {
        case .constant: .series(.seasonalNaive)
        default: .series(.windowAverage)
        }
    }

    var note: String {
        switch self {
        case .nothingObserved: "nothing observed: forecast zero"
        case .allZero: "every observed value is zero: forecast zero"
        case .oneObservation: "one observation: repeated"
        case .constant: "every observed value is the same: repeated"
        case .tooShort: "too short to try models at past origins: average of what there is"
        }
    }

    /// Whether the history gives no reason to expect anything but the mean.
    var isCertain: Bool { self != .oneObservation && self != .tooShort }
}
