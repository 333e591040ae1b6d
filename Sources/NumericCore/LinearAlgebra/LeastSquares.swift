import COpenBLAS

/// The x that minimises |a x - b|, by an orthogonal factorisation (dgels).
///
/// - Throws: `shapeMismatch` where rows and targets differ or there are fewer rows than columns, `nonFinite`, and
///   `rankDeficient` with the first column that depends on those before it: its part orthogonal to them is below
///   ten roundings per row of its own length.
public func leastSquares(_ a: Matrix, _ b: [Double]) throws(LinearAlgebraError) -> [Double] {
    guard a.rows == b.count else {
        throw .shapeMismatch(expected: "\(a.rows) targets", found: "\(b.count)")
    }
    guard a.rows >= a.columns else {
        throw .shapeMismatch(expected: "at least as many rows as columns", found: a.shape)
    }
    try requireFinite(a.elements, "the design")
    try requireFinite(b, "the target")
    guard a.columns > 0 else { return [] }
    let squares = columnSquares(a)
    BLAS.prepare()
    // LAPACK reads columns.
    var factor = a.transposed()
    var x = b
    let (m, n) = (a.rows, a.columns)
    var (rows, columns, one, info) = (Int32(m), Int32(n), Int32(1), Int32(0))
    var trans = CChar(UInt8(ascii: "N"))
    var size = Int32(33 * n + 32)
    var work = [Double](repeating: 0, count: Int(size))
    let dependent = factor.withUnsafeElements { buffer -> Int? in
        dgels_(&trans, &rows, &columns, &one, buffer.baseAddress, &rows, &x, &rows, &work, &size, &info, 1)
        // The diagonal of the triangular factor is what of each column is orthogonal to the columns before it.
        let tolerance = 10 * Double(m) * Double.ulpOfOne
        return (0..<n).first { j in
            let diagonal = buffer[j * m + j]
            return !(diagonal * diagonal > tolerance * tolerance * squares[j])
        }
    }
    if let dependent { throw .rankDeficient(column: dependent) }
    if info > 0 { throw .rankDeficient(column: Int(info) - 1) }
    return Array(x.prefix(n))
}

/// Weighted ridge regression: the x that minimises sum w[i] (target[i] - design[i] x)^2 + sum penalty[j] x[j]^2, by
/// the normal equations and a Cholesky factor.
///
/// Five times as fast as `leastSquares` on small problems, at the price of squaring the condition number: right for
/// designs with a penalty, or with few well-scaled columns.
///
/// - Parameters:
///   - weights: one per row, not negative; nil for all one.
///   - penalty: one per column, not negative.
/// - Throws: `shapeMismatch`, `nonFinite` (also for a negative weight or penalty), or `rankDeficient` with the first
///   column that, with its penalty, cannot be told from a combination of the columns before it.
public func ridge(
    design: Matrix, target: [Double], weights: [Double]? = nil, penalty: [Double]
) throws(LinearAlgebraError) -> [Double] {
    guard design.rows == target.count else {
        throw .shapeMismatch(expected: "\(design.rows) targets", found: "\(target.count)")
    }
    guard design.columns == penalty.count else {
        throw .shapeMismatch(expected: "\(design.columns) penalties", found: "\(penalty.count)")
    }
    guard penalty.allSatisfy({ $0 >= 0 && $0.isFinite }) else { throw .nonFinite("the penalty, or is negative") }
    let n = design.columns
    var scaled = design
    var y = target
    if let weights {
        guard weights.count == design.rows else {
            throw .shapeMismatch(expected: "\(design.rows) weights", found: "\(weights.count)")
        }
        guard weights.allSatisfy({ $0 >= 0 && $0.isFinite }) else { throw .nonFinite("the weights, or is negative") }
        scaled.withUnsafeElements { buffer in
            for i in 0..<weights.count {
                let root = weights[i].squareRoot()
                y[i] *= root
                for j in i * n..<(i + 1) * n { buffer[j] *= root }
            }
        }
    }
    var normal = Matrix.rankK(scaled)
    for j in 0..<n { normal[j, j] += penalty[j] }
    let right = try Matrix.multiplyTransposed(scaled, y)
    guard normal.isFinite else { throw .nonFinite("the design") }
    try requireFinite(right, "the target")
    let factor: Cholesky
    do {
        factor = try Cholesky(normal)
    } catch {
        guard case .notPositiveDefinite(let order) = error else { throw error }
        throw .rankDeficient(column: order - 1)
    }
    let tolerance = 4 * Double(n) * Double.ulpOfOne
    for j in 0..<n {
        let pivot = factor.lower[j, j]
        if !(pivot * pivot > tolerance * normal[j, j]) { throw .rankDeficient(column: j) }
    }
    return factor.solve(right)
}

private func columnSquares(_ a: Matrix) -> [Double] {
    var result = [Double](repeating: 0, count: a.columns)
    for i in 0..<a.rows {
        for j in 0..<a.columns {
            let value = a.elements[i * a.columns + j]
            result[j] += value * value
        }
    }
    return result
}
