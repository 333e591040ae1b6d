import Foundation
import NumericCore

/// Weighted ridge regression (Hoerl and Kennard 1970) of many series that share a design, with errors that follow a
/// slowly moving level and weekday profile, refitted at a sequence of origins.
///
/// The level is exponential smoothing: design and series pass through the same one-step smoothing filter before the
/// normal equations are formed (generalised least squares for an integrated moving average, Box and Jenkins 1970), so
/// that what drifts is not mistaken for what the calendar does. The normal matrix is made once for all series, and
/// carried from origin to origin by one rank-k update.
struct SharedRidge: Sendable {
    struct Options: Sendable {
        /// Steps after which an observation counts half.
        var halfLife = 1_000.0
        /// Smoothing of the level; forecasts with each are averaged.
        var smoothings = [0.03, 0.12]
        /// Seasons whose errors correct the profile, and how much of it is taken.
        var profileSeasons = 12
        var profileShare = 0.5
        /// Steps at the start that only settle the filter.
        var warmUp = 56
        var season = 7
        /// Multiplies every penalty.
        var penaltyFactor = 1.0
        /// The scales on which effects add up; forecasts on each are averaged.
        var scales: [Scale] = [.units, .logarithm]

        init() {}

        /// The same memory in days, whatever the step.
        init(_ cadence: Cadence) {
            season = cadence.block
            guard cadence.year < 364 else { return }
            halfLife = 2.75 * Double(cadence.year)
            smoothings = [0.1, 0.3]
            warmUp = max(1, cadence.year / 7)
        }
    }

    /// The scale on which effects add up.
    enum Scale: Sendable {
        case units
        /// Effects multiply: logarithms of demand plus a tenth of its mean, which keeps a closed day from ruling all.
        case logarithm

        /// One series on this scale, and the way back.
        func applied(_ row: ArraySlice<Double>, known: Range<Int>) -> (
            values: [Double], back: @Sendable (Double) -> Double
        ) {
            guard self == .logarithm else { return (Array(row), { $0 }) }
            let mean = known.reduce(0) { $0 + row[row.startIndex + $1] } / Double(max(1, known.count))
            guard mean > 0 else { return (Array(row), { $0 }) }
            let shift = 0.1 * mean
            // Far beyond anything seen the exponential is held.
            return (row.map { log(max(0, $0) + shift) }, { exp(min($0, log(1e3 * mean))) - shift })
        }
    }

    let design: DriverDesign
    var options = Options()

    /// Forecasts from each origin, origin by origin, series x horizon; never negative.
    ///
    /// - Parameters:
    ///   - history: row-major series x `days`; read from `first` up to each origin.
    ///   - first: the first step at which all these series exist.
    ///   - origins: ascending, each above `first`.
    func forecasts(
        _ history: [Double], days: Int, first: Int, origins: [Int], horizon: Int, threads: Int = 1
    ) async throws(LinearAlgebraError) -> [[Double]] {
        let series = days > 0 ? history.count / days : 0
        var sums = origins.map { _ in [Double](repeating: 0, count: series * horizon) }
        guard series > 0, let last = origins.last, last > first else { return sums }
        let year = max(first, origins[0] - 52 * options.season)..<origins[0]
        let scaled = options.scales.map { scale in
            (0..<series).map { scale.applied(history[$0 * days..<($0 + 1) * days], known: year) }
        }
        let speeds = options.smoothings.count
        let made = try await concurrentMap(chunks: scaled.count * speeds, threads: threads) {
            variant throws(LinearAlgebraError) in
            try self.sweep(
                scaled[variant / speeds].flatMap(\.values), days: days, first: first, origins: origins,
                horizon: horizon, self.options.smoothings[variant % speeds])
        }
        let share = 1 / Double(made.count)
        for (variant, forecasts) in made.enumerated() {
            let back = scaled[variant / speeds]
            for k in sums.indices {
                for i in sums[k].indices { sums[k][i] += share * max(0, back[i / horizon].back(forecasts[k][i])) }
            }
        }
        return sums
    }

    /// The forecasts of one smoothing from each origin.
    private func sweep(
        _ history: [Double], days: Int, first: Int, origins: [Int], horizon: Int, _ smoothing: Double
    ) throws(LinearAlgebraError) -> [[Double]] {
        let series = history.count / days
        let p = design.matrix.columns
        let last = origins[origins.count - 1]
        // Rows are steps, so that one step of the filter updates all columns at once.
        let x = SharedRidge.whitened(design.matrix.elements, width: p, steps: first..<last, smoothing: smoothing)
        let y = SharedRidge.whitened(
            SharedRidge.transposed(history, series: series, days: days, steps: first..<last), width: series,
            steps: 0..<last - first, smoothing: smoothing)
        var normal = Matrix(rows: p, columns: p)
        var right = Matrix(rows: p, columns: series)
        var done = min(options.warmUp, (origins[0] - first) / 2)
        var end = first
        var out: [[Double]] = []
        for origin in origins {
            let decay = exp2(-Double(origin - max(end, first)) / options.halfLife)
            let rows = done..<max(done, origin - first)
            let (gram, cross) = try weighted(x, y, p: p, series: series, rows: rows)
            normal = SharedRidge.sum(normal, decay, gram)
            right = SharedRidge.sum(right, decay, cross)
            (done, end) = (rows.upperBound, origin)
            var system = normal
            for j in 0..<p { system[j, j] += options.penaltyFactor * design.penalty[j] + 1e-6 }
            let effects = try Cholesky(system).solve(right)
            var forecast = [Double](repeating: 0, count: series * horizon)
            try addForecast(
                effects, history, days: days, first: first, origin: origin, horizon: horizon, smoothing, &forecast)
            out.append(forecast)
        }
        return out
    }

    /// Adds regression plus level plus profile from one origin.
    private func addForecast(
        _ effects: Matrix, _ history: [Double], days: Int, first: Int, origin: Int, horizon: Int, _ smoothing: Double,
        _ out: inout [Double]
    ) throws(LinearAlgebraError) {
        let p = design.matrix.columns
        let series = effects.columns
        // Beyond this the level has forgotten.
        let from = max(first, origin - max(84, Int(8 / smoothing)))
        let rows = min(design.matrix.rows, origin + horizon) - from
        let window = Matrix(
            rows: rows, columns: p, Array(design.matrix.elements[from * p..<(from + rows) * p]))
        let fitted = try Matrix.multiply(window, effects)
        let season = options.season
        let seasons = min(options.profileSeasons, (origin - from) / max(1, season))
        for s in 0..<series {
            var level = 0.0
            var profile = [Double](repeating: 0, count: season)
            var mean = 0.0
            for t in from..<origin {
                let error = history[s * days + t] - fitted.elements[(t - from) * series + s]
                level = t == from ? error : level + smoothing * (error - level)
                if origin - t <= seasons * season {
                    profile[(t - origin) %% season] += error / Double(max(1, seasons))
                    mean += error / Double(max(1, seasons * season))
                }
            }
            for h in 0..<horizon where origin - from + h < rows {
                let correction = season > 1 && seasons > 0 ? options.profileShare * (profile[h % season] - mean) : 0
                out[s * horizon + h] += fitted.elements[(origin - from + h) * series + s] + level + correction
            }
        }
    }

    /// The weighted products of rows `rows`, the last weighing most.
    private func weighted(_ x: [Double], _ y: [Double], p: Int, series: Int, rows: Range<Int>)
        throws(LinearAlgebraError) -> (Matrix, Matrix)
    {
        var a = Array(x[rows.lowerBound * p..<rows.upperBound * p])
        var b = Array(y[rows.lowerBound * series..<rows.upperBound * series])
        for (k, row) in rows.enumerated() {
            let root = exp2(-0.5 * Double(rows.upperBound - 1 - row) / options.halfLife)
            for j in k * p..<(k + 1) * p { a[j] *= root }
            for j in k * series..<(k + 1) * series { b[j] *= root }
        }
        let design = Matrix(rows: rows.count, columns: p, a)
        let cross = try Matrix.multiply(design.transposed(), Matrix(rows: rows.count, columns: series, b))
        return (Matrix.rankK(design), cross)
    }

    private static func sum(_ a: Matrix, _ factor: Double, _ b: Matrix) -> Matrix {
        Matrix(rows: a.rows, columns: a.columns, zip(a.elements, b.elements).map { factor * $0 + $1 })
    }

    /// Each row less the exponentially smoothed rows before it.
    private static func whitened(_ rows: [Double], width: Int, steps: Range<Int>, smoothing: Double) -> [Double] {
        var out = [Double](repeating: 0, count: steps.count * width)
        guard width > 0, !steps.isEmpty else { return out }
        var level = Array(rows[steps.lowerBound * width..<(steps.lowerBound + 1) * width])
        rows.withUnsafeBufferPointer { rows in
            for (k, t) in steps.enumerated() {
                for j in 0..<width {
                    let value = rows[t &* width &+ j]
                    out[k &* width &+ j] = value - level[j]
                    level[j] += smoothing * (value - level[j])
                }
            }
        }
        return out
    }

    private static func transposed(_ history: [Double], series: Int, days: Int, steps: Range<Int>) -> [Double] {
        var out = [Double](repeating: 0, count: steps.count * series)
        for s in 0..<series {
            for (k, t) in steps.enumerated() { out[k * series + s] = history[s * days + t] }
        }
        return out
    }
}

infix operator %% : MultiplicationPrecedence

/// The remainder that is never negative.
private func %% (a: Int, b: Int) -> Int {
    let r = a % b
    return r < 0 ? r + b : r
}
