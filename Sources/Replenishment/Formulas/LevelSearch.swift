import Foundation
import NumericCore

/// Finds the lowest level at which what is missed has fallen to what may be missed.
enum LevelSearch {
    /// A guess: the level of a normal law with the same moments, missed units beyond one quantity left out, bent by the
    /// skewness of the law (Cornish and Fisher, 1937).
    static func start(_ law: DemandLaw, missed: Double) -> Double {
        let deviation = law.standardDeviation
        guard deviation > 0, deviation.isFinite else { return max(0, law.mean) }
        let z = roughInverseLoss(missed / deviation)
        return max(0, law.mean + deviation * (z + law.skewness * (z * z - 1) / 6))
    }

    /// The z whose normal loss is about `value`: a fit to one per cent, and a Newton step on the logarithm.
    private static func roughInverseLoss(_ value: Double) -> Double {
        if value >= 0.4 { return -value }
        guard value > 1e-300 else { return 37 }
        let t = (-2 * log(2.5 * value)).squareRoot()
        let z = t.isFinite ? max(-0.4, t - 0.65 / max(0.65, t + 0.6)) : 0
        let tail = Normal.upperTail(z)
        let loss = Normal.density(z) - z * tail
        return loss > 0 ? z + log(loss / value) * loss / tail : z
    }

    /// What is missed, what may be, and the first three derivatives of what is missed, of which the first is not positive.
    struct Excess {
        var missed: Double
        var allowed: Double
        var slope: Double
        var curvature: Double
        var third = 0.0

        var value: Double { missed - allowed }

        /// The step to the root by the third-order series of the inverse, Newton's where that is not to be trusted. Tails
        /// fall nearly exponentially, so it is the logarithm of what is missed that is brought to its place.
        var step: Double {
            let isNear = (missed - allowed).magnitude < 0.02 * allowed
            guard missed > 0, allowed > 0, !isNear else { return step(-value, slope, curvature, third) }
            let inverse = 1 / missed
            let (first, second) = (slope * inverse, curvature * inverse)
            return step(
                -log(missed / allowed), first, second - first * first,
                third * inverse + first * (2 * first * first - 3 * second))
        }

        @inline(__always)
        private func step(_ rise: Double, _ first: Double, _ second: Double, _ third: Double) -> Double {
            let inverse = 1 / first
            let newton = rise * inverse
            let ratio = newton * inverse
            let (bend, twist) = (ratio * second, ratio * newton * third)
            guard bend.magnitude < 0.8, twist.magnitude < 0.8 else { return newton }
            return newton * (1 - 0.5 * bend + (3 * bend * bend - twist) / 6)
        }
    }

    /// The root of a decreasing function, 0 when there is no excess at 0: steps of fourth order kept inside the bracket
    /// that past values give, to the last digits.
    ///
    /// - Parameter scale: over how much the function changes; nil where it has corners, and steps must shrink to nothing.
    static func lowest(from start: Double, scale: Double?, _ excess: (Double) -> Excess) -> Double {
        var (below, above) = (0.0, Double.infinity)
        var level = start.isFinite ? max(0, start) : 0
        var isBelowKnown = false
        for _ in 0..<200 {
            let here = excess(level)
            if here.value.isNaN { return .nan }
            if here.value == 0 { return level }
            if here.value > 0 { (below, isBelowKnown) = (level, true) } else { above = level }
            let next = level + here.step
            if next > below, next < above, next.isFinite {
                // What a fourth-order term of so small a step could change are the last digits.
                if let scale, abs(next - level) < 2e-4 * min(scale, level) { return next }
                if abs(next - level) <= 1e-14 * max(1, abs(level)) { return next }
                level = next
            } else if above == .infinity {
                level = 2 * below + 1
            } else if !isBelowKnown {
                // Nothing below has been looked at: the answer may be 0 itself.
                if level == 0 { return 0 }
                level = 0
            } else {
                // Many orders of magnitude between the two are halved before the distance is.
                let middle = above > 16 * below && above > 0 ? (max(below, 1e-12 * above) * above).squareRoot() : .nan
                level = middle > below && middle < above ? middle : below + 0.5 * (above - below)
                if level <= below || level >= above { return above }
            }
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
            (loss, tail, term) = (poisson.loss(count), poisson.upperTail(count), poisson.probability(Int(count)))
        case .negativeBinomial(let negative):
            slope = negative.mean / (negative.size + negative.mean)
            offset = slope * negative.size
            (loss, tail, term) = negative.shortfall(count)
        default: return nil
        }
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
    var skewness: Double {
        switch self {
        case .gamma(let law): 2 / law.shape.squareRoot()
        case .poisson(let law): 1 / max(law.mean, 1e-9).squareRoot()
        case .negativeBinomial(let law): (2 * law.variance / law.mean - 1) / law.variance.squareRoot()
        case .normal, .empirical: 0
        }
    }

    /// Over how much the distribution function bends; nil for laws that jump.
    var smoothScale: Double? {
        switch self {
        case .gamma, .normal: standardDeviation
        case .poisson, .negativeBinomial, .empirical: nil
        }
    }
}
