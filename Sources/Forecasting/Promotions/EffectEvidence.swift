import NumericCore

/// What the data of one unit say about its effects: a log-likelihood `-b'Ib/2 + h'b`, which may leave some of them open.
struct EffectEvidence: Sendable {
    var information: Matrix
    var pull: [Double]

    init(information: Matrix, pull: [Double]) {
        self.information = information
        self.pull = pull
    }

    /// The likelihood of the effects alone: the nuisance beside them is integrated out (Schur complement).
    ///
    /// - Parameters:
    ///   - full: curvature of the log-likelihood in the nuisance, then the effects.
    ///   - nuisance: prior precision of each nuisance coefficient.
    ///   - effects: where the posterior is highest.
    ///   - heldBy: the pull of the prior on the effects there, which the likelihood balances.
    init?(_ full: Matrix, nuisance: [Double], effects: [Double], heldBy: [Double]) {
        let (p, width) = (nuisance.count, effects.count)
        var inner = Matrix(rows: p, columns: p)
        for i in 0..<p {
            for j in 0..<p { inner[i, j] = full[i, j] }
            inner[i, i] += nuisance[i] + 1e-9 * (1 + full[i, i])
        }
        var cross = Matrix(rows: p, columns: width)
        for i in 0..<p { for j in 0..<width { cross[i, j] = full[i, p + j] } }
        guard let factor = try? Cholesky(inner) else { return nil }
        let solved = factor.solve(cross)
        information = Matrix(rows: width, columns: width)
        for i in 0..<width {
            for j in 0..<width {
                var sum = full[p + i, p + j]
                for k in 0..<p { sum -= cross[k, i] * solved[k, j] }
                information[i, j] = sum
            }
        }
        // Rounding must not make up evidence, nor lose its symmetry.
        for i in 0..<width {
            if full[p + i, p + i] == 0 || information[i, i] < 1e-9 * full[p + i, p + i] {
                for j in 0..<width { (information[i, j], information[j, i]) = (0, 0) }
            }
            for j in 0..<i {
                let mean = (information[i, j] + information[j, i]) / 2
                (information[i, j], information[j, i]) = (mean, mean)
            }
        }
        pull = [Double](repeating: 0, count: width)
        for i in 0..<width where information[i, i] > 0 {
            var sum = heldBy[i]
            for j in 0..<width { sum += information[i, j] * effects[j] }
            pull[i] = sum
        }
    }
}
