import COpenBLAS

/// The eigenvalues and eigenvectors of a real symmetric matrix.
public struct SymmetricEigen: Sendable {
    /// The eigenvalues, ascending.
    public let values: [Double]
    /// The eigenvectors: column j belongs to value j, has length one, and is orthogonal to the others. Its sign is
    /// fixed by making the component of greatest magnitude (the first of several) positive.
    public let vectors: Matrix

    /// Decomposes `a`, of which only the lower half is read.
    ///
    /// - Throws: `shapeMismatch` unless square, `nonFinite`, `noConvergence`.
    public init(_ a: Matrix) throws(LinearAlgebraError) {
        guard a.rows == a.columns else {
            throw .shapeMismatch(expected: "a square matrix", found: a.shape)
        }
        try requireFinite(a.elements, "the matrix to decompose")
        let n = a.rows
        guard n > 0 else {
            (values, vectors) = ([], a)
            return
        }
        BLAS.prepare()
        var basis = a
        var spectrum = [Double](repeating: 0, count: n)
        var (order, info) = (Int32(n), Int32(0))
        var (jobz, uplo) = (CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "U")))
        var (size, integerSize) = (Int32(1 + 6 * n + 2 * n * n), Int32(3 + 5 * n))
        var work = [Double](repeating: 0, count: Int(size))
        var integerWork = [Int32](repeating: 0, count: Int(integerSize))
        basis.withUnsafeElements { buffer in
            dsyevd_(
                &jobz, &uplo, &order, buffer.baseAddress, &order, &spectrum, &work, &size, &integerWork, &integerSize,
                &info, 1, 1)
            // In row-major order the vectors now lie in the rows.
            for i in 0..<n {
                var largest = i * n
                for k in i * n..<(i + 1) * n where buffer[k].magnitude > buffer[largest].magnitude { largest = k }
                if buffer[largest] < 0 {
                    for k in i * n..<(i + 1) * n { buffer[k] = -buffer[k] }
                }
            }
        }
        guard info == 0 else { throw .noConvergence(count: Int(info)) }
        values = spectrum
        vectors = basis.transposed()
    }
}
