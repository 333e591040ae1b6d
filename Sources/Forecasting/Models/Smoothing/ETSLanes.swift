import Foundation

/// Exponential smoothing of one series for eight parameter sets at once.
///
/// Parameters in order: alpha; beta; phi; gamma as a share of 1 - alpha; level; slope; the places
/// of the season but the last, which follows from their sum. Whatever the form lacks is left out.
struct ETSLanes: LaneModel {
    let form: ETSForm
    let season: Int
    let values: UnsafeBufferPointer<Double>
    /// Room for one season.
    let scratch: UnsafeMutablePointer<Lanes>

    var count: Int { values.count }

    /// Where each parameter lies.
    struct Places {
        var beta: Int?, phi: Int?, gamma: Int?, level: Int, slope: Int?, season: Int?, count: Int

        init(_ form: ETSForm, season: Int) {
            var next = 1
            func take(_ present: Bool, _ width: Int = 1) -> Int? {
                guard present else { return nil }
                defer { next += width }
                return next
            }
            beta = take(form.trend != .none)
            phi = take(form.trend.isDamped)
            gamma = take(form.season != .none)
            level = take(true) ?? 0
            slope = take(form.trend != .none)
            self.season = take(form.season != .none, season - 1)
            count = next
        }
    }

    func residuals(_ p: UnsafePointer<Lanes>, _ out: UnsafeMutablePointer<Lanes>) -> LaneErrors {
        let places = Places(form, season: season)
        let start = Start(
            alpha: p[0], beta: places.beta.map { p[$0] } ?? .zero,
            phi: places.phi.map { p[$0] } ?? Lanes(repeating: form.trend == .none ? 0 : 1),
            gamma: places.gamma.map { p[$0] * (1 - p[0]) } ?? .zero, level: p[places.level],
            slope: places.slope.map { p[$0] } ?? .zero)
        if let first = places.season {
            var rest = Lanes(repeating: form.season == .multiplicative ? Double(season) : 0)
            for k in 0..<season - 1 {
                scratch[k] = p[first + k]
                rest -= p[first + k]
            }
            scratch[season - 1] = rest
        }
        if form.trend.isMultiplicative {
            return multipliedTrend(start, out, isRelative: form.error == .multiplicative)
        }
        switch (form.season, form.error) {
        case (.none, .multiplicative): return unseasonal(start, out, isRelative: true)
        case (.none, _): return unseasonal(start, out, isRelative: false)
        case (.additive, .multiplicative): return additive(start, out, isRelative: true)
        case (.additive, _): return additive(start, out, isRelative: false)
        case (.multiplicative, .multiplicative): return multiplicative(start, out, isRelative: true)
        case (.multiplicative, _): return multiplicative(start, out, isRelative: false)
        }
    }

    private struct Start {
        var alpha, beta, phi, gamma, level, slope: Lanes
    }

    @inline(__always)
    private func unseasonal(_ p: Start, _ out: UnsafeMutablePointer<Lanes>, isRelative: Bool) -> LaneErrors {
        var (level, slope, tally) = (p.level, p.slope, Tally())
        for t in 0..<values.count {
            let damped = p.phi * slope
            let ahead = level + damped
            let error = values[t] - ahead
            level = ahead + p.alpha * error
            slope = damped + p.beta * error
            tally.add(error, ahead, &out[t], isRelative: isRelative)
        }
        return tally.errors
    }

    @inline(__always)
    private func additive(_ p: Start, _ out: UnsafeMutablePointer<Lanes>, isRelative: Bool) -> LaneErrors {
        var (level, slope, tally) = (p.level, p.slope, Tally())
        var place = 0
        for t in 0..<values.count {
            let shift = scratch[place]
            let rest = values[t] - shift
            let damped = p.phi * slope
            let ahead = level + damped
            let error = rest - ahead
            level = ahead + p.alpha * error
            slope = damped + p.beta * error
            scratch[place] = shift + p.gamma * error
            tally.add(error, ahead + shift, &out[t], isRelative: isRelative)
            place += 1
            if place == season { place = 0 }
        }
        return tally.errors
    }

    @inline(__always)
    private func multiplicative(_ p: Start, _ out: UnsafeMutablePointer<Lanes>, isRelative: Bool) -> LaneErrors {
        var (level, slope, tally) = (p.level, p.slope, Tally())
        var place = 0
        for t in 0..<values.count {
            let factor = scratch[place]
            let damped = p.phi * slope
            let ahead = level + damped
            let fitted = ahead * factor
            let error = values[t] - fitted
            let deseasonalised = error / factor
            level = ahead + p.alpha * deseasonalised
            slope = damped + p.beta * deseasonalised
            scratch[place] = factor + p.gamma * (error / ahead)
            tally.add(error, fitted, &out[t], isRelative: isRelative)
            place += 1
            if place == season { place = 0 }
        }
        return tally.errors
    }

    /// Any season with a slope that is a factor. A level or slope that is not positive ends in NaN, which no search takes.
    private func multipliedTrend(_ p: Start, _ out: UnsafeMutablePointer<Lanes>, isRelative: Bool) -> LaneErrors {
        var (level, slope, tally) = (p.level, p.slope, Tally())
        var place = 0
        for t in 0..<values.count {
            var growth = slope
            if form.trend.isDamped { for lane in 0..<8 { growth[lane] = pow(slope[lane], p.phi[lane]) } }
            let ahead = level * growth
            let state = form.season == .none ? Lanes.zero : scratch[place]
            let fitted: Lanes
            switch form.season {
            case .none: fitted = ahead
            case .additive: fitted = ahead + state
            case .multiplicative: fitted = ahead * state
            }
            let error = values[t] - fitted
            let adjusted = form.season == .multiplicative ? error / state : error
            if form.season == .additive { scratch[place] = state + p.gamma * error }
            if form.season == .multiplicative { scratch[place] = state + p.gamma * (error / ahead) }
            slope = growth + p.beta * (adjusted / level)
            level = ahead + p.alpha * adjusted
            slope.replace(with: .nan, where: level .<= 0 .| slope .<= 0)
            tally.add(error, fitted, &out[t], isRelative: isRelative)
            place = place + 1 == season ? 0 : place + 1
        }
        return tally.errors
    }

    /// Sums of squares, and for relative errors the logarithms of the fitted values, taken of products of a few.
    private struct Tally {
        private var squares = Lanes.zero
        private var logs = Lanes.zero
        private var product = Lanes(repeating: 1)
        private var factors = 0

        @inline(__always)
        mutating func add(_ error: Lanes, _ fitted: Lanes, _ out: inout Lanes, isRelative: Bool) {
            guard isRelative else {
                squares += error * error
                out = error
                return
            }
            let relative = error / fitted
            squares += relative * relative
            out = relative
            product *= fitted
            // A fitted value that is not positive has no logarithm.
            product.replace(with: .nan, where: fitted .<= 0)
            factors += 1
            if factors == 16 { flush() }
        }

        mutating func flush() {
            for lane in 0..<8 { logs[lane] += log(product[lane]) }
            product = Lanes(repeating: 1)
            factors = 0
        }

        var errors: LaneErrors {
            var whole = self
            whole.flush()
            return LaneErrors(squares: whole.squares, logs: 2 * whole.logs)
        }
    }
}
