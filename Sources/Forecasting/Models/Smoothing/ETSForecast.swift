import Foundation
import NumericCore

extension ETSFit {
    /// The states after the values, and the one-step errors on the way (relative ones where the error is).
    func run(_ values: [Double]) -> (state: ETSState, errors: [Double]) {
        var state = initial
        var errors: [Double] = []
        errors.reserveCapacity(values.count)
        for (t, value) in values.enumerated() { errors.append(step(&state, at: t, value: value)) }
        return (state, errors)
    }

    /// The forecast of one step from the state before it.
    func ahead(_ state: ETSState, at t: Int) -> Double {
        let level = grown(state).level
        switch form.season {
        case .none: return level
        case .additive: return level + state.season[t % season]
        case .multiplicative: return level * state.season[t % season]
        }
    }

    /// Level and slope one step on, before the error of that step.
    private func grown(_ state: ETSState) -> (level: Double, slope: Double) {
        guard form.trend.isMultiplicative else { return (state.level + phi * state.slope, phi * state.slope) }
        let growth = phi == 1 ? state.slope : pow(state.slope, phi)
        return (state.level * growth, growth)
    }

    /// Moves the state over one value and returns its error.
    func step(_ state: inout ETSState, at t: Int, value: Double) -> Double {
        let fitted = ahead(state, at: t)
        let error = value - fitted
        let (level, damped) = grown(state)
        var adjusted = error
        switch form.season {
        case .none: break
        case .additive: state.season[t % season] += gamma * error
        case .multiplicative:
            adjusted = error / state.season[t % season]
            state.season[t % season] += level == 0 ? 0 : gamma * error / level
        }
        state.slope = damped + beta * (form.trend.isMultiplicative ? adjusted / state.level : adjusted)
        state.level = level + alpha * adjusted
        return form.error == .multiplicative ? error / fitted : error
    }

    /// Means of the steps after `count` values.
    func means(from end: ETSState, after count: Int, horizon: Int) -> [Double] {
        var state = end
        return (0..<horizon).map { h in
            let value = ahead(state, at: count + h)
            (state.level, state.slope) = grown(state)
            return value
        }
    }

    /// Whether the distribution of every step is normal with a variance known in closed form: forms with additive
    /// errors and nothing multiplied (class 1 of Hyndman and others 2008).
    var isLinear: Bool {
        form.error == .additive && form.season != .multiplicative && !form.trend.isMultiplicative
    }

    /// Standard deviations of the steps ahead: exact for linear forms, the linear part alone for the others.
    func deviations(horizon: Int) -> [Double] {
        // The weight of an error h steps ago in the forecast: c_h = alpha + beta (phi + ... + phi^h) + gamma if
        // h is a multiple of the season, where phi sums start at phi^0 for the slope's own step.
        var (sum, damping, power) = (0.0, 0.0, 1.0)
        var out: [Double] = []
        for h in 0..<horizon {
            out.append((variance * (1 + sum)).squareRoot())
            power *= phi
            damping += power
            let weight = alpha + beta * damping + (form.season != .none && (h + 1) % season == 0 ? gamma : 0)
            sum += weight * weight
        }
        return out
    }

    /// Possible futures, `paths` x horizon row by row, drawn from normal one-step errors; antithetic pairs, so that
    /// their mean is steady.
    func paths(
        from end: ETSState, after count: Int, horizon: Int, paths: Int, _ stream: inout RandomStream
    ) -> [Double] {
        let deviation = variance.squareRoot()
        var out = [Double](repeating: 0, count: paths * horizon)
        var draws = [Double](repeating: 0, count: horizon)
        for path in 0..<paths {
            for h in 0..<horizon {
                draws[h] = path % 2 == 0 ? Normal.quantile(stream.uniform()) : -draws[h]
            }
            var state = end
            for h in 0..<horizon {
                let fitted = ahead(state, at: count + h)
                let value = fitted + deviation * draws[h] * (form.error == .multiplicative ? fitted : 1)
                out[path * horizon + h] = value
                _ = step(&state, at: count + h, value: value)
            }
        }
        return out
    }
}
