import NumericCore

/// What the stock of a site costs when it pools the demand of its clients: working stock with the root of their mean
/// demand (as the economic order quantity does) and safety stock with the standard deviation of their sum.
public struct PooledStock: Sendable, Equatable {
    /// By site: cost of working stock for a mean demand of 1; with order cost K and holding cost h a unit,
    /// the root of 2 K h.
    public var working: [Double]
    /// By site: cost of safety stock for a standard deviation of 1; holding cost times safety factor times the root of
    /// the lead time.
    public var safety: [Double]
    /// Mean demand of each client in a unit of time.
    public var means: [Double]
    /// Covariance of the clients' demand in a unit of time, row-major and symmetric.
    public var covariance: [Double]
    /// Underestimates of the variance of any set of clients: its smallest part without the covariances, by client, ...
    private let apart: [Double]
    /// ... and the least correlation of two clients, where that is positive.
    private let leastCorrelation: Double

    /// - Parameter covariance: clients x clients, or the variances alone of clients that do not move together.
    /// - Throws: `PlacementError` for a matrix that is not one of covariances.
    public init(working: [Double], safety: [Double], means: [Double], covariance: [Double]) throws(PlacementError) {
        let m = means.count
        self.working = working
        self.safety = safety
        self.means = means
        var matrix = covariance
        if covariance.count == m, m > 1 {
            matrix = [Double](repeating: 0, count: m * m)
            for i in 0..<m { matrix[i * m + i] = covariance[i] }
        }
        guard matrix.count == m * m else {
            throw .shape(what: "covariance", count: covariance.count, expected: m * m)
        }
        self.covariance = matrix
        var lowest = Double.infinity
        for i in 0..<m {
            guard matrix[i * m + i] >= 0, matrix[i * m + i].isFinite else {
                throw .value(what: "variance", position: i, value: matrix[i * m + i])
            }
        }
        var isNegative = false
        for i in 0..<m {
            for k in 0..<i {
                let (a, b) = (matrix[i * m + k], matrix[k * m + i])
                let scale = (matrix[i * m + i] * matrix[k * m + k]).squareRoot()
                guard abs(a - b) <= 1e-9 * max(scale, 1e-300) else {
                    throw .asymmetric(what: "covariance", row: i, column: k, one: a, other: b)
                }
                guard abs(a) <= scale * (1 + 1e-9) else {
                    throw .value(what: "covariance", position: i * m + k, value: a)
                }
                lowest = min(lowest, scale > 0 ? a / scale : 0)
                if a < 0 { isNegative = true }
            }
        }
        leastCorrelation = lowest.isFinite ? min(1, max(0, lowest)) : 0
        let variances = (0..<m).map { matrix[$0 * m + $0] }
        guard isNegative else {
            apart = variances
            return
        }
        // What each variance keeps when every negative covariance is charged to it; or, where that leaves nothing, the
        // part that the smallest eigenvalue of the correlations leaves of all.
        let charged = (0..<m).map { i in
            (0..<m).reduce(variances[i]) { $1 == i ? $0 : $0 + min(0, matrix[i * m + $1]) }
        }
        if charged.allSatisfy({ $0 >= 0 }) {
            apart = charged
            return
        }
        var correlations = Matrix(rows: m, columns: m)
        for i in 0..<m {
            for k in 0..<m {
                let scale = (variances[i] * variances[k]).squareRoot()
                correlations[i, k] = i == k ? 1 : scale > 0 ? matrix[i * m + k] / scale : 0
            }
        }
        let smallest = (try? SymmetricEigen(correlations))?.values.min() ?? 0
        guard smallest > -1e-9 * Double(m) else {
            throw .value(what: "smallest eigenvalue of the correlations", position: 0, value: smallest)
        }
        let part = max(0, smallest - 1e-9 * Double(m))
        apart = variances.map { $0 * part }
    }

    func validate(sites: Int, clients: Int) throws(PlacementError) {
        for (what, list, count) in [
            ("working stock costs", working, sites), ("safety stock costs", safety, sites),
            ("mean demands", means, clients),
        ] {
            guard list.count == count else { throw .shape(what: what, count: list.count, expected: count) }
            for (position, value) in list.enumerated() where !(value >= 0 && value.isFinite) {
                throw .value(what: what, position: position, value: value)
            }
        }
    }

    /// Mean and variance of the demand of some clients together.
    public func demand(_ clients: [Int]) -> (mean: Double, variance: Double) {
        var (mean, variance) = (0.0, 0.0)
        let m = means.count
        for (position, i) in clients.enumerated() {
            mean += means[i]
            variance += covariance[i * m + i]
            for k in clients[..<position] { variance += 2 * covariance[i * m + k] }
        }
        return (mean, max(0, variance))
    }

    public func cost(_ site: Int, _ clients: [Int]) -> Double {
        let (mean, variance) = demand(clients)
        return cost(site, mean: mean, variance: variance)
    }

    func cost(_ site: Int, mean: Double, variance: Double) -> Double {
        working[site] * max(0, mean).squareRoot() + safety[site] * max(0, variance).squareRoot()
    }

    /// Lower bounds on the stock cost of any set S of clients at a site, each of the form
    ///
    ///     sum over S of linear_i  +  root of (sum over S of square_i)
    ///
    /// from (a, b >= 0 and the inequality of Cauchy and Schwarz): a root(M) + b root(D) is at least the root of the
    /// sum of (a root(m_i) + b root(d_i))^2; and with correlations of at least r, the variance is at least (1 - r)
    /// times the sum of the variances plus r times the square of the sum of the deviations, whose root is at least
    /// cos(phi) root(first) + sin(phi) second for any angle.
    func underestimates(_ site: Int) -> [(linear: [Double], square: [Double])] {
        let (a, b) = (working[site], safety[site])
        let m = means.count
        func square(_ mean: Double, _ variance: Double, _ part: Double) -> Double {
            let root = a * mean.squareRoot() + b * part * max(0, variance).squareRoot()
            return root * root
        }
        var result = [
            (linear: [Double](repeating: 0, count: m), square: (0..<m).map { square(means[$0], apart[$0], 1) })
        ]
        guard leastCorrelation > 0, b > 0 else { return result }
        let r = leastCorrelation * (1 - 1e-12)
        // Directions by whole numbers: exact to the last bit everywhere.
        for (cosine, sine) in [(0.96, 0.28), (0.8, 0.6), (0.6, 0.8), (0.28, 0.96)] {
            result.append(
                (
                    linear: (0..<m).map { b * sine * (r * covariance[$0 * m + $0]).squareRoot() },
                    square: (0..<m).map { square(means[$0], (1 - r) * covariance[$0 * m + $0], cosine) }
                ))
        }
        return result
    }
}
