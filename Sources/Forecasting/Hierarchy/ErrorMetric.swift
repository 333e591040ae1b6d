import NumericCore

/// The inverse of the errors' covariance, applied to node values.
struct ErrorMetric: Sendable {
    /// Inverse variances of the nodes from `dense` on.
    private let weights: [Double]
    private let factor: Cholesky?
    private let dense: Int
    /// Weights of the nodes, as if their errors did not move together.
    let diagonal: [Double]

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
            let covariance = try ErrorMetric.shrunk(residuals)
            factor = try Cholesky(covariance)
            weights = variances.map { 1 / $0 }
            diagonal = (0..<dense).map { 1 / covariance[$0, $0] } + weights
        }
    }

    /// Row-major nodes x `width` in, the same out.
    func applied(_ nodes: [Double], width: Int) -> [Double] {
        var out = nodes
        for (k, weight) in weights.enumerated() {
            for i in (dense + k) * width..<(dense + k + 1) * width { out[i] *= weight }
        }
        guard let factor else { return out }
        let upper = factor.solve(Matrix(rows: dense, columns: width, Array(nodes.prefix(dense * width))))
        out.replaceSubrange(0..<dense * width, with: upper.elements)
        return out
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
