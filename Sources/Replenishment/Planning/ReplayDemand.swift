import NumericCore
import Retail

/// Days of demand drawn from what a plan saw, order line by order line.
///
/// Where past orders show how many units a line has, lines come as a Poisson process whose rate varies from day to day by
/// a gamma factor, so that days have the plan's mean and variance. Elsewhere a day's demand is drawn from the days' shape,
/// or from the law that its mean and variance speak for, and is one line.
struct ReplayDemand {
    struct State {
        /// What a day's demand has beyond whole units is asked for with the next day's.
        fileprivate var carried = 0.0
        fileprivate var score: Double?
    }

    /// Equally likely values of a day's demand, or of the factor on its lines.
    private let steps: [Double]
    /// Of the normal scores of two days in a row.
    private let correlation: Double
    /// Lines of a mean day; nil: a day's demand is one line.
    private let linesPerDay: Double?
    /// Equally likely units of a line.
    private let lines: [Int64]

    var hasLines: Bool { linesPerDay != nil }

    /// Fine enough that the tables' own steps are far below what is measured.
    private static let demandSteps = 2_048
    private static let factorSteps = 512
    private static let lineSteps = 2_048

    /// - Parameter span: the days that count, from the plan's first.
    init(_ daily: DailyDemand, span: Double, lines sizes: [LineSizes.Size]) {
        let days = max(1, Int(span.rounded(.up)))
        let mean = daily.cumulative(from: 0, span: span).mean / span
        let variance = (0..<days).reduce(0.0) { $0 + daily.variance(day: $1) * min(1, span - Double($1)) } / span
        let units = Lumps.capped(sizes)
        let lump = Lumps(sizes)
        let perLine = units.reduce(0) { $0 + $1.share * Double($1.units) }
        if perLine > 0, mean > 0 {
            var (parts, share) = ([Int64](), 0.0)
            parts.reserveCapacity(Self.lineSteps)
            for size in units {
                share += size.share
                while parts.count < Self.lineSteps,
                    (Double(parts.count) + 0.5) / Double(Self.lineSteps) <= share + 1e-12
                { parts.append(size.units) }
            }
            // The table's own mean, so that units come out as planned.
            let own = parts.reduce(0) { $0 + Double($1) } / Double(max(1, parts.count))
            (lines, linesPerDay) = (parts, mean / own)
            let beyond = variance - mean * lump.size
            guard beyond > 1e-9 * variance else {
                (steps, correlation) = ([], 0)
                return
            }
            // Independent lines go together with nothing: what days have in common is all the factor's.
            correlation = min(0.98, daily.correlation * variance / beyond)
            let law = GammaDistribution(mean: 1, variance: beyond / (mean * mean))
            steps = Self.scaled(Self.places(Self.factorSteps).map { law.quantile($0) }, to: 1)
            return
        }
        (lines, linesPerDay, correlation) = ([], nil, daily.correlation)
        let law = Moments(mean: mean, variance: variance).law
        let shape = daily.shape.map { Double($0) }
        let values = shape.withUnsafeBufferPointer { shape in
            Self.places(Self.demandSteps).map { place -> Double in
                let value =
                    shape.isEmpty
                    ? law.quantile(place)
                    : mean + variance.squareRoot() * DemandShape.value(shape, Normal.quantile(place))
                return min(max(0, value), 1e9)
            }
        }
        steps = shape.isEmpty ? values : Self.scaled(values, to: mean)
    }

    private static func places(_ count: Int) -> [Double] { (0..<count).map { (Double($0) + 0.5) / Double(count) } }

    private static func scaled(_ values: [Double], to mean: Double) -> [Double] {
        let own = values.reduce(0, +) / Double(values.count)
        return own > 0 ? values.map { $0 * mean / own } : values
    }

    /// One day: calls `ask` for each line in turn, with its units and when in the day it comes, in 0...1.
    ///
    /// - Parameter pace: demand of the day beside that of a usual one.
    @inline(__always)
    func day(
        _ state: inout State, _ stream: inout RandomStream, _ lineStream: inout RandomStream, pace: Double = 1,
        ask: (Int64, Double) -> Void
    ) {
        let value = pace * draw(&state, &stream)
        guard let linesPerDay else {
            state.carried += value
            let wanted = Int64(state.carried)
            state.carried -= Double(wanted)
            if wanted > 0 { ask(wanted, 1) }
            return
        }
        let count = lineStream.poisson(mean: min(1e6, linesPerDay * value))
        for line in 0..<count {
            ask(lines[lineStream.integer(below: lines.count)], (Double(line) + 0.5) / Double(count))
        }
    }

    private func draw(_ state: inout State, _ stream: inout RandomStream) -> Double {
        guard !steps.isEmpty else { return 1 }
        var step = stream.integer(below: steps.count)
        if correlation != 0 {
            let drawn = Normal.quantile((Double(step) + 0.5) / Double(steps.count))
            let fresh = (1 - correlation * correlation).squareRoot()
            let score = state.score.map { correlation * $0 + fresh * drawn } ?? drawn
            state.score = score
            step = min(steps.count - 1, Int(Normal.cumulative(score) * Double(steps.count)))
        }
        return steps[step]
    }
}
