/// Methods with nothing to fit.
enum PlainMethod: Sendable, Equatable {
    case naive
    case seasonalNaive(Int)
    case seasonalMean(Int)
    case windowAverage(Int)
    case drift
    case croston, crostonOptimised, sba, tsb, adida, imapa

    init?(_ model: UnivariateModel, season: Int) {
        switch model {
        case .naive: self = .naive
        case .seasonalNaive: self = season > 1 ? .seasonalNaive(season) : .naive
        case .seasonalMean: self = .seasonalMean(season)
        case .windowAverage: self = .windowAverage(max(8, 4 * season))
        case .drift: self = .drift
        case .croston: self = .croston
        case .crostonOptimised: self = .crostonOptimised
        case .sba: self = .sba
        case .tsb: self = .tsb
        case .adida: self = .adida
        case .imapa: self = .imapa
        default: return nil
        }
    }

    func means(_ values: [Double], horizon: Int) -> [Double] {
        let n = values.count
        guard let last = values.last else { return [Double](repeating: 0, count: horizon) }
        func flat(_ value: Double) -> [Double] { [Double](repeating: value, count: horizon) }
        switch self {
        case .naive: return flat(last)
        case .seasonalNaive(let season):
            guard n >= season else { return flat(last) }
            return (0..<horizon).map { values[n - season + $0 % season] }
        case .seasonalMean(let season):
            guard n >= season else { return flat(values.reduce(0, +) / Double(n)) }
            return (0..<horizon).map { h in
                let places = Array(stride(from: n - season + h % season, through: 0, by: -season).prefix(4))
                return places.reduce(0) { $0 + values[$1] } / Double(places.count)
            }
        case .windowAverage(let length):
            let window = values.suffix(length)
            return flat(window.reduce(0, +) / Double(window.count))
        case .drift:
            let slope = n > 1 ? (last - values[0]) / Double(n - 1) : 0
            return (0..<horizon).map { last + slope * Double($0 + 1) }
        case .croston: return flat(IntermittentRate.croston(values))
        case .crostonOptimised: return flat(IntermittentRate.optimisedCroston(values))
        case .sba: return flat(IntermittentRate.sba(values))
        case .tsb: return flat(IntermittentRate.tsb(values))
        case .adida: return flat(IntermittentRate.adida(values))
        case .imapa: return flat(IntermittentRate.imapa(values))
        }
    }

    /// The standard deviation of one step ahead, from the past.
    func deviation(_ values: [Double]) -> Double {
        let lag: Int
        switch self {
        case .naive, .drift: lag = 1
        case .seasonalNaive(let season): lag = season
        case .seasonalMean, .windowAverage, .croston, .crostonOptimised, .sba, .tsb, .adida, .imapa: lag = 0
        }
        let n = values.count
        guard n > lag + 1 else { return 0 }
        if lag == 0 {
            let mean = laneSum(values) { $0 } / Double(n)
            return (laneSum(values) { ($0 - mean) * ($0 - mean) } / Double(n - 1)).squareRoot()
        }
        var sum = 0.0
        for t in lag..<n { sum += (values[t] - values[t - lag]) * (values[t] - values[t - lag]) }
        return (sum / Double(n - lag)).squareRoot()
    }

    /// How the standard deviation grows: by what at step `h` (0 is the first).
    func growth(_ h: Int) -> Double {
        switch self {
        case .naive, .drift: Double(h + 1).squareRoot()
        case .seasonalNaive(let season): Double(h / season + 1).squareRoot()
        default: 1
        }
    }
}

/// The sum of a function of all values, eight partial sums at a time: a single running sum would wait for each addition.
@inline(__always)
private func laneSum(_ values: [Double], _ term: (Lanes) -> Lanes) -> Double {
    var sums = Lanes.zero
    let whole = values.count & ~7
    values.withUnsafeBufferPointer { values in
        for t in stride(from: 0, to: whole, by: 8) {
            sums += term(
                Lanes(
                    values[t], values[t + 1], values[t + 2], values[t + 3], values[t + 4], values[t + 5],
                    values[t + 6], values[t + 7]))
        }
    }
    var rest = Lanes.zero
    for k in 0..<values.count - whole { rest[k] = values[whole + k] }
    var sum = sums.sum()
    let last = term(rest)
    for k in 0..<values.count - whole { sum += last[k] }
    return sum
}
