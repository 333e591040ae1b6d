import Foundation
import NumericCore

/// Finds the lowest level at which what is missed has fallen to what may be missed.
enum LevelSearch {
    /// A guess: the level of a normal law with the same moments, missed units beyond one quantity left out.
    static func start(_ law: DemandLaw, missed: Double, quantity: Double?) -> Double {
        let deviation = law.standardDeviation
        guard deviation > 0, deviation.isFinite else { return max(0, law.mean) }
        return max(0, law.mean + deviation * roughInverseLoss(missed / deviation))
    }

    /// The z whose normal loss is about `value`, to some hundredths: two Newton steps on the logarithm from a fit.
    private static func roughInverseLoss(_ value: Double) -> Double {
        if value >= 0.4 { return -value }
        guard value > 1e-300 else { return 37 }
        let t = (-2 * log(2.5 * value)).squareRoot()
        return t.isFinite ? max(-0.4, t - 0.65 / max(0.65, t + 0.6)) : 0
    }

    /// The root of a decreasing function that gives excess and slope, 0 when there is no excess at 0: Newton's method
    /// kept inside the bracket that past values give, to the last digits.
    static func lowest(from start: Double, _ excess: (Double) -> (value: Double, slope: Double)) -> Double {
        var (below, above) = (0.0, Double.infinity)
        var level = start.isFinite ? max(0, start) : 0
        var isBelowKnown = false
        for _ in 0..<200 {
            let (value, slope) = excess(level)
            if value.isNaN { return .nan }
            if value > 0 { (below, isBelowKnown) = (level, true) } else { above = level }
            if value == 0 { return level }
            var next = level - value / slope
            if !(next > below && next < above && next.isFinite) {
                if above == .infinity {
                    next = 2 * below + 1
                } else if !isBelowKnown, below == 0 {
                    // Nothing below the level has been looked at: the answer may be 0 itself.
                    if level == 0 { return 0 }
                    next = 0
                } else {
                    next = below + 0.5 * (above - below)
                }
            }
            if abs(next - level) <= 1e-14 * max(1, abs(level)), isBelowKnown || level == 0 { return next }
            if next <= below, isBelowKnown || next >= above { return above }
            level = next
        }
        return level
    }

    /// The smallest whole level of 0 or more from which `reaches` holds, by steps that double away from the guess and
    /// then halve.
    static func lowestWhole(from start: Double, _ reaches: (Double) -> Bool) -> Int64 {
        let guess = max(0, Int64(clampedUp: min(start, 1e15)))
        var (below, above): (Int64, Int64)
        var step: Int64 = 1
        if reaches(Double(guess)) {
            above = guess
            below = guess
            while below > 0, reaches(Double(below)) {
                above = below
                below = max(0, below - step)
                step *= 2
            }
            if below == 0, reaches(0) { return 0 }
        } else {
            below = guess
            above = guess + 1
            while !reaches(Double(above)), above < 1 << 60 {
                below = above
                step *= 2
                above += step
            }
        }
        while above - below > 1 {
            let middle = below + (above - below) / 2
            if reaches(Double(middle)) { above = middle } else { below = middle }
        }
        return above
    }

    /// The smallest whole level k of 0 or more at which loss of `upper` at k, less that of `lower` at k + `apart`, is at
    /// most `missed`, for laws of counts; nil for others. Unit by unit from the guess: a step costs a few operations.
    static func lowestCount(
        _ upper: DemandLaw, _ lower: DemandLaw, apart: Double, missed: Double, from start: Double
    ) -> Int64? {
        let guess = start.rounded()
        guard guess < 1e9, var high = CountWalk(upper, at: guess), var low = CountWalk(lower, at: guess + apart) else {
            return nil
        }
        // The last roundings must not turn a level that just reaches away.
        let limit = missed + 1e-14 * max(1, missed)
        var steps = 0
        while high.loss - low.loss > limit {
            high.up()
            low.up()
            steps += 1
            if steps > 100_000 { return nil }
        }
        while high.count > 0 {
            var (nextHigh, nextLow) = (high, low)
            nextHigh.down()
            nextLow.down()
            guard nextHigh.loss - nextLow.loss <= limit else { break }
            (high, low) = (nextHigh, nextLow)
            steps += 1
            if steps > 100_000 { return nil }
        }
        return Int64(high.count)
    }
}

/// Tail and loss of a law of counts, moved along one unit at a time.
private struct CountWalk {
    private(set) var count: Double
    /// P(X = count), P(X > count), E[max(X - count, 0)].
    private var term: Double
    private var tail: Double
    private(set) var loss: Double
    /// P(X = k + 1) / P(X = k) = (slope k + offset) / (k + 1).
    private let slope: Double
    private let offset: Double

    init?(_ law: DemandLaw, at count: Double) {
        self.count = count
        switch law {
        case .poisson(let poisson):
            (slope, offset) = (0, poisson.mean)
            term = poisson.probability(Int(count))
        case .negativeBinomial(let negative):
            slope = negative.mean / (negative.size + negative.mean)
            offset = slope * negative.size
            term = negative.probability(Int(count))
        default: return nil
        }
        tail = law.upperTail(count)
        loss = law.loss(count)
        // Where a term has left the range of numbers, steps would stay at nothing.
        guard term > 1e-290 || law.mean == 0 else { return nil }
    }

    mutating func up() {
        loss -= tail
        term *= (slope * count + offset) / (count + 1)
        tail -= term
        count += 1
        if tail < 0 { tail = 0 }
        if loss < 0 { loss = 0 }
    }

    mutating func down() {
        tail += term
        loss += tail
        let ratio = (slope * (count - 1) + offset) / count
        term = ratio > 0 ? term / ratio : 0
        count -= 1
    }
}

extension DemandLaw {
    /// Loss and upper tail at once: for gamma laws both come from one incomplete integral.
    func lossAndTail(_ x: Double) -> (loss: Double, tail: Double) {
        if case .gamma(let law) = self { return law.lossAndTail(x) }
        return (loss(x), upperTail(x))
    }
}
