/// The downhill simplex search for a minimum of a few variables within bounds, without derivatives.
///
/// Deterministic; no allocation per evaluation. Trial points outside the bounds are moved to the nearest point inside.
/// A NaN counts as infinity. Coefficients adapt to the dimension. When the simplex has shrunk to the tolerance the
/// search starts once more around the best point, which frees it from a simplex flattened against a bound.
///
/// Source: Nelder and Mead, Computer Journal 7, 1965; adaptive coefficients by Gao and Han, Comput. Optim. Appl. 51,
/// 2012.
public struct NelderMead: Sendable {
    /// Where a search ended.
    public struct Result: Sendable, Equatable {
        /// The best point found, within the bounds.
        public let point: [Double]
        public let value: Double
        public let evaluations: Int
        /// Whether the simplex shrank to the tolerance before the evaluations ran out.
        public let hasConverged: Bool
    }

    /// Lower and upper bounds, one per variable; may be infinite.
    public var lower: [Double]
    public var upper: [Double]
    /// The edge of the first simplex along each axis; must not be zero.
    public var initialStep: [Double]
    /// The spread of values over the simplex at which the search ends, relative to the best value (plus one).
    public var valueTolerance: Double
    /// The extent of the simplex along every axis at which the search ends, relative to the initial step.
    public var pointTolerance: Double
    public var maximumEvaluations: Int

    /// - Precondition: bounds and steps have the same number of variables, at least one.
    public init(
        lower: [Double], upper: [Double], initialStep: [Double], valueTolerance: Double = 1e-10,
        pointTolerance: Double = 1e-6, maximumEvaluations: Int = 2000
    ) {
        precondition(!lower.isEmpty, "a search needs at least one variable")
        precondition(
            lower.count == upper.count && lower.count == initialStep.count,
            "bounds and steps must have one entry per variable")
        self.lower = lower
        self.upper = upper
        self.initialStep = initialStep
        self.valueTolerance = valueTolerance
        self.pointTolerance = pointTolerance
        self.maximumEvaluations = maximumEvaluations
    }

    /// Searches from `start`, which is first moved inside the bounds.
    ///
    /// - Precondition: `start` has as many variables as the bounds.
    public func minimize(from start: [Double], _ function: ([Double]) -> Double) -> Result {
        precondition(start.count == lower.count, "the start must have one entry per variable")
        var simplex = Simplex(search: self)
        simplex.place(around: start, function)
        var hasConverged = simplex.descend(function)
        if hasConverged {
            let first = simplex.best
            simplex.place(around: first.point, function)
            hasConverged = simplex.descend(function)
        }
        let best = simplex.best
        return Result(
            point: best.point, value: best.value, evaluations: simplex.evaluations, hasConverged: hasConverged)
    }
}

/// The moving simplex: n + 1 points in one buffer, their values, and the scratch point handed to the function.
private struct Simplex {
    private let search: NelderMead
    private let n: Int
    private var points: [Double]
    private var values: [Double]
    private var centre: [Double]
    private var trial: [Double]
    private var saved: [Double]
    private(set) var evaluations = 0

    init(search: NelderMead) {
        self.search = search
        n = search.lower.count
        points = [Double](repeating: 0, count: n * (n + 1))
        values = [Double](repeating: .infinity, count: n + 1)
        centre = [Double](repeating: 0, count: n)
        trial = centre
        saved = centre
    }

    var best: (point: [Double], value: Double) {
        let b = extremes().best
        return (Array(points[b * n..<(b + 1) * n]), values[b])
    }

    mutating func place(around start: [Double], _ function: ([Double]) -> Double) {
        for vertex in 0...n {
            for j in 0..<n { trial[j] = clamped(start[j], j) }
            if vertex > 0 {
                // Step inwards where the bound is nearer than the step.
                let j = vertex - 1
                let forward = clamped(trial[j] + search.initialStep[j], j)
                let backward = clamped(trial[j] - search.initialStep[j], j)
                trial[j] = abs(forward - trial[j]) >= abs(backward - trial[j]) ? forward : backward
            }
            values[vertex] = evaluate(function)
            store(vertex)
        }
    }

    /// Moves the simplex until it is small; false if the evaluations run out first.
    mutating func descend(_ function: ([Double]) -> Double) -> Bool {
        let dimension = Double(n)
        let expansion = n > 1 ? 1 + 2 / dimension : 2
        let contraction = n > 1 ? 0.75 - 0.5 / dimension : 0.5
        let shrinkage = n > 1 ? 1 - 1 / dimension : 0.5
        while true {
            let (best, worst, nextWorst) = extremes()
            if isSmall(best: best, worst: worst) { return true }
            if evaluations >= search.maximumEvaluations { return false }
            for j in 0..<n {
                var sum = 0.0
                for vertex in 0...n where vertex != worst { sum += points[vertex * n + j] }
                centre[j] = sum / dimension
            }
            let reflected = tryPoint(worst, 1, function)
            if reflected < values[best] {
                keepTrial()
                let expanded = tryPoint(worst, expansion, function)
                if expanded < reflected {
                    accept(worst, expanded)
                } else {
                    restoreTrial()
                    accept(worst, reflected)
                }
            } else if reflected < values[nextWorst] {
                accept(worst, reflected)
            } else {
                let isOutside = reflected < values[worst]
                let contracted = tryPoint(worst, isOutside ? contraction : -contraction, function)
                if contracted < min(reflected, values[worst]) || (isOutside && contracted <= reflected) {
                    accept(worst, contracted)
                } else {
                    shrink(towards: best, by: shrinkage, function)
                }
            }
        }
    }

    private func clamped(_ x: Double, _ j: Int) -> Double { max(search.lower[j], min(search.upper[j], x)) }

    private mutating func evaluate(_ function: ([Double]) -> Double) -> Double {
        evaluations += 1
        let value = function(trial)
        return value.isNaN ? .infinity : value
    }

    /// The function at centre + factor (centre - worst), moved inside the bounds.
    private mutating func tryPoint(_ worst: Int, _ factor: Double, _ function: ([Double]) -> Double) -> Double {
        for j in 0..<n {
            trial[j] = clamped(centre[j] + factor * (centre[j] - points[worst * n + j]), j)
        }
        return evaluate(function)
    }

    private mutating func keepTrial() { for j in 0..<n { saved[j] = trial[j] } }

    private mutating func restoreTrial() { for j in 0..<n { trial[j] = saved[j] } }

    private mutating func store(_ vertex: Int) { for j in 0..<n { points[vertex * n + j] = trial[j] } }

    private mutating func accept(_ vertex: Int, _ value: Double) {
        store(vertex)
        values[vertex] = value
    }

    private mutating func shrink(towards best: Int, by factor: Double, _ function: ([Double]) -> Double) {
        for vertex in 0...n where vertex != best {
            for j in 0..<n {
                let b = points[best * n + j]
                trial[j] = clamped(b + factor * (points[vertex * n + j] - b), j)
            }
            let value = evaluate(function)
            accept(vertex, value)
        }
    }

    /// Best, worst and second worst vertex; the lowest index wins a tie, so that the path is determined.
    private func extremes() -> (best: Int, worst: Int, nextWorst: Int) {
        var (best, worst) = (0, 0)
        for vertex in 1...n {
            if values[vertex] < values[best] { best = vertex }
            if values[vertex] > values[worst] { worst = vertex }
        }
        if best == worst { worst = n }
        var nextWorst = best
        for vertex in 0...n where vertex != worst && values[vertex] > values[nextWorst] { nextWorst = vertex }
        return (best, worst, nextWorst)
    }

    private func isSmall(best: Int, worst: Int) -> Bool {
        // Two infinite values have no spread to compare: go on until the points meet.
        let spread = values[worst] - values[best]
        guard spread <= search.valueTolerance * (1 + abs(values[best])) || spread.isNaN else { return false }
        for j in 0..<n {
            let reach = search.pointTolerance * abs(search.initialStep[j])
            for vertex in 0...n where abs(points[vertex * n + j] - points[best * n + j]) > reach { return false }
        }
        return true
    }
}
