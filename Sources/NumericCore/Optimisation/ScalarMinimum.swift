/// Where a search for a minimum of one variable ended.
public struct ScalarMinimum: Sendable, Equatable {
    /// The best argument found.
    public let argument: Double
    /// The function there.
    public let value: Double
    /// How often the function was evaluated.
    public let evaluations: Int
    /// Whether the interval shrank to the tolerance before the evaluations ran out.
    public let hasConverged: Bool
}

/// The minimum of a function with one minimum in a range, by golden section.
///
/// Robust where the function is rough; for a smooth one `brentMinimum` needs a third of the evaluations. A NaN counts
/// as infinity. A function with several minima gives one of them.
///
/// - Parameters:
///   - tolerance: the length of the final interval around the argument. Below the square root of machine precision
///     (relative to the argument) the values of a smooth function no longer tell points apart.
public func goldenSection(
    in range: ClosedRange<Double>, tolerance: Double = 1e-8, maximumEvaluations: Int = 200,
    _ function: (Double) -> Double
) -> ScalarMinimum {
    func evaluate(_ x: Double) -> Double {
        let value = function(x)
        return value.isNaN ? .infinity : value
    }
    let ratio = (5.0.squareRoot() - 1) / 2
    var (a, b) = (range.lowerBound, range.upperBound)
    var left = b - ratio * (b - a)
    var right = a + ratio * (b - a)
    var (atLeft, atRight) = (evaluate(left), evaluate(right))
    var evaluations = 2
    while b - a > tolerance && evaluations < maximumEvaluations {
        if atLeft <= atRight {
            (b, right, atRight) = (right, left, atLeft)
            left = b - ratio * (b - a)
            atLeft = evaluate(left)
        } else {
            (a, left, atLeft) = (left, right, atRight)
            right = a + ratio * (b - a)
            atRight = evaluate(right)
        }
        evaluations += 1
    }
    let isLeft = atLeft <= atRight
    return ScalarMinimum(
        argument: isLeft ? left : right, value: isLeft ? atLeft : atRight, evaluations: evaluations,
        hasConverged: b - a <= tolerance)
}

/// The minimum of a smooth function with one minimum in a range, by parabolas guarded by golden section.
///
/// A NaN counts as infinity. The ends of the range are approached, never evaluated.
/// Source: Brent, "Algorithms for minimization without derivatives", 1973, chapter 5.
///
/// - Parameters:
///   - tolerance: the absolute error wanted in the argument; a relative floor of 1.5e-8 is added.
public func brentMinimum(
    in range: ClosedRange<Double>, tolerance: Double = 1e-8, maximumEvaluations: Int = 200,
    _ function: (Double) -> Double
) -> ScalarMinimum {
    func evaluate(_ x: Double) -> Double {
        let value = function(x)
        return value.isNaN ? .infinity : value
    }
    let golden = (3 - 5.0.squareRoot()) / 2
    var (a, b) = (range.lowerBound, range.upperBound)
    // best, second, third: the three lowest points so far; the parabola goes through them.
    var best = a + golden * (b - a)
    var (second, third) = (best, best)
    var atBest = evaluate(best)
    var (atSecond, atThird) = (atBest, atBest)
    var (step, stepBeforeLast) = (0.0, 0.0)
    var evaluations = 1
    while true {
        let middle = 0.5 * (a + b)
        let reach = 1.5e-8 * abs(best) + tolerance / 3
        if abs(best - middle) <= 2 * reach - 0.5 * (b - a) {
            return ScalarMinimum(argument: best, value: atBest, evaluations: evaluations, hasConverged: true)
        }
        if evaluations >= maximumEvaluations {
            return ScalarMinimum(argument: best, value: atBest, evaluations: evaluations, hasConverged: false)
        }
        var (p, q) = (0.0, 0.0)
        if abs(stepBeforeLast) > reach {
            let r = (best - second) * (atBest - atThird)
            q = (best - third) * (atBest - atSecond)
            p = (best - third) * q - (best - second) * r
            q = 2 * (q - r)
            if q > 0 { p = -p } else { q = -q }
        }
        // Take the parabola's step if it stays inside and at least halves the step before last.
        let usesParabola =
            abs(p) < abs(0.5 * q * stepBeforeLast) && p > q * (a - best) && p < q * (b - best)
        stepBeforeLast = step
        if usesParabola {
            step = p / q
            let target = best + step
            if target - a < 2 * reach || b - target < 2 * reach { step = best < middle ? reach : -reach }
        } else {
            stepBeforeLast = (best < middle ? b : a) - best
            step = golden * stepBeforeLast
        }
        let x = best + (abs(step) >= reach ? step : step > 0 ? reach : -reach)
        let value = evaluate(x)
        evaluations += 1
        if value <= atBest {
            if x < best { b = best } else { a = best }
            (third, atThird, second, atSecond, best, atBest) = (second, atSecond, best, atBest, x, value)
        } else {
            if x < best { a = x } else { b = x }
            if value <= atSecond || second == best {
                (third, atThird, second, atSecond) = (second, atSecond, x, value)
            } else if value <= atThird || third == best || third == second {
                (third, atThird) = (x, value)
            }
        }
    }
}
