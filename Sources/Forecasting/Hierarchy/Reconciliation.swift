public import NumericCore

/// Ways to make forecasts of all nodes of a hierarchy agree: every total the sum of its series, none below zero.
///
/// The hierarchy is applied level by level (one group number a series), never as a summing matrix: 42,840 nodes over
/// 30,490 series cost twelve passes over the series.
public struct Reconciliation: Sendable {
    public let hierarchy: Hierarchy

    public init(_ hierarchy: Hierarchy) { self.hierarchy = hierarchy }

    /// All nodes from the series: bottom-up.
    public func bottomUp(_ bottom: [Double]) -> [Double] {
        var nodes: [Double] = []
        nodes.reserveCapacity(hierarchy.nodes)
        for level in hierarchy.levels {
            var sums = [Double](repeating: 0, count: level.groups.count)
            for (s, group) in level.of.enumerated() { sums[Int(group)] += bottom[s] }
            nodes += sums
        }
        return nodes
    }

    /// All nodes from the forecasts of one level, split down by shares and summed up from there: top-down from level
    /// 0, bottom-up from the last, middle-out from any other.
    ///
    /// - Parameter shares: of each series, not negative; only their proportions within a group count. A group whose
    ///   shares are all zero is split evenly.
    public func middleOut(_ forecasts: [Double], level: Int, shares: [Double]) -> [Double] {
        let of = hierarchy.levels[level].of
        var sums = [Double](repeating: 0, count: forecasts.count)
        var members = sums
        for (s, group) in of.enumerated() {
            sums[Int(group)] += shares[s]
            members[Int(group)] += 1
        }
        return bottomUp(
            of.enumerated().map { s, group in
                let g = Int(group)
                return forecasts[g] * (sums[g] > 0 ? shares[s] / sums[g] : 1 / members[g])
            })
    }

    /// What the error of each base forecast is assumed to be.
    public enum Errors: Sendable {
        /// Independent, with one variance a node (weighted least squares; Hyndman, Lee and Wang 2016).
        case independent([Double])
        /// MinT with shrinkage (Wickramasuriya, Athanasopoulos and Hyndman 2019) for the nodes of the levels above
        /// `level`, whose covariance is shrunk to its diagonal; the nodes below are independent.
        case shrunk(residuals: Matrix, above: Int, variances: [Double])
    }

    /// The coherent forecast nearest to the base forecasts in the metric of their errors, none below zero.
    ///
    /// Solves the normal equations of the series by preconditioned conjugate gradients, with an active set of series
    /// held at zero.
    ///
    /// - Parameters:
    ///   - base: forecasts of all nodes, level by level.
    ///   - errors: positive variances; residuals are rows of observations x nodes above the level.
    ///   - silent: series that cannot sell; they stay at zero. None unless given.
    /// - Throws: what is singular.
    public func reconciled(_ base: [Double], errors: Errors, silent: [Bool] = []) throws(LinearAlgebraError) -> [Double]
    {
        let metric = try Metric(errors, hierarchy)
        let count = hierarchy.series
        let silent = silent.count == count ? silent : [Bool](repeating: false, count: count)
        var held = silent
        var x = zip(base.suffix(count), silent).map { $1 ? 0 : max(0, $0) }
        // An active set: what falls below zero is held, what would rise again is let go.
        for _ in 0..<50 {
            x = solve(base, metric, held: held, from: x)
            var isDone = true
            for s in x.indices where x[s] < 0 {
                held[s] = true
                x[s] = 0
                isDone = false
            }
            guard isDone else { continue }
            let pull = transposed(metric.applied(zip(base, bottomUp(x)).map { $0 - $1 }))
            let least = 1e-9 * (pull.map { abs($0) }.max() ?? 0)
            for s in x.indices where held[s] && !silent[s] && pull[s] > least {
                held[s] = false
                isDone = false
            }
            if isDone { break }
        }
        return bottomUp(x.map { max(0, $0) })
    }

    /// Sums node values down to the series: the transpose of `bottomUp`.
    private func transposed(_ nodes: [Double]) -> [Double] {
        var out = [Double](repeating: 0, count: hierarchy.series)
        for (l, level) in hierarchy.levels.enumerated() {
            let offset = hierarchy.offsets[l]
            for (s, group) in level.of.enumerated() { out[s] += nodes[offset + Int(group)] }
        }
        return out
    }

    private func solve(_ base: [Double], _ metric: Metric, held: [Bool], from start: [Double]) -> [Double] {
        func masked(_ v: [Double]) -> [Double] { zip(v, held).map { $1 ? 0 : $0 } }
        func product(_ v: [Double]) -> [Double] { masked(transposed(metric.applied(bottomUp(v)))) }
        func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        let diagonal = transposed(metric.diagonal)
        var x = masked(start)
        let right = masked(transposed(metric.applied(base)))
        var rest = zip(right, product(x)).map { $0 - $1 }
        var ready = zip(rest, diagonal).map { $0 / $1 }
        var direction = ready
        var size = dot(rest, ready)
        let goal = 1e-20 * max(dot(right, zip(right, diagonal).map { $0 / $1 }), 1e-300)
        var steps = 0
        while size > goal, steps < 500 {
            let image = product(direction)
            let curvature = dot(direction, image)
            guard curvature > 0 else { break }
            let length = size / curvature
            for i in x.indices {
                x[i] += length * direction[i]
                rest[i] -= length * image[i]
            }
            ready = zip(rest, diagonal).map { $0 / $1 }
            let next = dot(rest, ready)
            direction = zip(ready, direction).map { $0 + next / size * $1 }
            size = next
            steps += 1
        }
        return x
    }
}

/// The inverse of the errors' covariance, applied to node values.
private struct Metric {
    /// Inverse variances of the nodes from `dense` on.
    var weights: [Double]
    var factor: Cholesky?
    var dense: Int
    var diagonal: [Double]

    init(_ errors: Reconciliation.Errors, _ hierarchy: Hierarchy) throws(LinearAlgebraError) {
        switch errors {
        case .independent(let variances):
            guard variances.count == hierarchy.nodes, variances.allSatisfy({ $0 > 0 && $0.isFinite }) else {
                throw .nonFinite("the variances, or there is not a positive one for each node")
            }
            (dense, factor, weights) = (0, nil, variances.map { 1 / $0 })
            diagonal = weights
        case .shrunk(let residuals, let above, let variances):
            dense = hierarchy.offsets[above]
            guard residuals.columns == dense, variances.count == hierarchy.nodes - dense,
                variances.allSatisfy({ $0 > 0 && $0.isFinite })
            else { throw .nonFinite("the variances, or their number does not fit the hierarchy") }
            let covariance = try Metric.shrunk(residuals)
            factor = try Cholesky(covariance)
            weights = variances.map { 1 / $0 }
            diagonal = (0..<dense).map { 1 / covariance[$0, $0] } + weights
        }
    }

    func applied(_ nodes: [Double]) -> [Double] {
        guard let factor else { return zip(nodes, weights).map { $0 * $1 } }
        return factor.solve(Array(nodes.prefix(dense))) + zip(nodes.dropFirst(dense), weights).map { $0 * $1 }
    }

    /// The covariance about zero, its correlations shrunk by the share of them that is noise (Schaefer and Strimmer
    /// 2005).
    private static func shrunk(_ residuals: Matrix) throws(LinearAlgebraError) -> Matrix {
        let (n, p) = (residuals.rows, residuals.columns)
        guard n > 1, residuals.isFinite else { throw .nonFinite("the residuals, or there are fewer than two of each") }
        var covariance = Matrix.rankK(residuals)
        for i in 0..<p { for j in 0..<p { covariance[i, j] /= Double(n) } }
        guard (0..<p).allSatisfy({ covariance[$0, $0] > 0 }) else { throw .rankDeficient(column: 0) }
        let scales = (0..<p).map { covariance[$0, $0].squareRoot() }
        var (noise, signal) = (0.0, 0.0)
        for i in 0..<p {
            for j in 0..<i {
                let r = covariance[i, j] / (scales[i] * scales[j])
                var spread = 0.0
                for k in 0..<n {
                    let product = residuals[k, i] * residuals[k, j] / (scales[i] * scales[j]) - r
                    spread += product * product
                }
                noise += spread / (Double(n) * Double(n - 1))
                signal += r * r
            }
        }
        let share = signal > 0 ? min(1, max(0, noise / signal)) : 1
        for i in 0..<p {
            for j in 0..<p where i != j { covariance[i, j] *= 1 - share }
        }
        // Perfectly correlated nodes would leave it singular.
        for i in 0..<p { covariance[i, i] *= 1 + 1e-9 }
        return covariance
    }
}
