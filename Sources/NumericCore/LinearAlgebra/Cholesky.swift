import COpenBLAS
import Glibc

/// The factorisation of a symmetric positive definite matrix into L times its transpose, L lower triangular.
public struct Cholesky: Sendable {
    /// The factor L, with zeros above its diagonal.
    public let lower: Matrix

    /// Factors `a`, of which only the lower half is read.
    ///
    /// - Throws: `shapeMismatch` unless square, `nonFinite`, or `notPositiveDefinite` with the order of the leading
    ///   block that fails.
    public init(_ a: Matrix) throws(LinearAlgebraError) {
        guard a.rows == a.columns else {
            throw .shapeMismatch(expected: "a square matrix", found: a.shape)
        }
        try requireFinite(a.elements, "the matrix to factor")
        let n = a.rows
        var factor = a
        guard n > 0 else {
            lower = a
            return
        }
        BLAS.prepare()
        let info = factor.withUnsafeElements { buffer in
            // A row-major lower half is a column-major upper half.
            var (order, info) = (Int32(n), Int32(0))
            var uplo = CChar(UInt8(ascii: "U"))
            dpotrf_(&uplo, &order, buffer.baseAddress, &order, &info, 1)
            for i in 0..<n {
                for j in i + 1..<max(n, i + 1) { buffer[i * n + j] = 0 }
            }
            return info
        }
        guard info == 0 else { throw .notPositiveDefinite(order: Int(info)) }
        lower = factor
    }

    /// The x with a x = b.
    ///
    /// - Precondition: `b` has as many elements as the matrix has rows.
    public func solve(_ b: [Double]) -> [Double] {
        precondition(b.count == lower.rows, "the right side must have as many elements as the matrix has rows")
        var x = b
        x.withUnsafeMutableBufferPointer { solve(columnMajor: $0, count: 1) }
        return x
    }

    /// The X with a X = B, column by column.
    ///
    /// - Precondition: `b` has as many rows as the matrix.
    public func solve(_ b: Matrix) -> Matrix {
        precondition(b.rows == lower.rows, "the right side must have as many rows as the matrix")
        var x = b.transposed()
        x.withUnsafeElements { solve(columnMajor: $0, count: b.columns) }
        return x.transposed()
    }

    /// The logarithm of the determinant of the matrix.
    public var logDeterminant: Double {
        var sum = 0.0
        for i in 0..<lower.rows { sum += log(lower[i, i]) }
        return 2 * sum
    }

    private func solve(columnMajor b: UnsafeMutableBufferPointer<Double>, count: Int) {
        guard lower.rows > 0, count > 0 else { return }
        BLAS.prepare()
        var (order, columns, info) = (Int32(lower.rows), Int32(count), Int32(0))
        var uplo = CChar(UInt8(ascii: "U"))
        dpotrs_(&uplo, &order, &columns, lower.elements, &order, b.baseAddress, &order, &info, 1)
        assert(info == 0, "dpotrs reports only wrong arguments")
    }
}
