import COpenBLAS

extension Matrix {
    /// The product of two matrices (dgemm).
    public static func multiply(_ a: Matrix, _ b: Matrix) throws(LinearAlgebraError) -> Matrix {
        guard a.columns == b.rows else {
            throw .shapeMismatch(expected: "\(a.columns) rows on the right", found: "\(b.rows)")
        }
        var result = Matrix(rows: a.rows, columns: b.columns)
        guard a.rows > 0, b.columns > 0, a.columns > 0 else { return result }
        BLAS.prepare()
        result.withUnsafeElements { c in
            cblas_dgemm(
                CblasRowMajor, CblasNoTrans, CblasNoTrans, blasint(a.rows), blasint(b.columns), blasint(a.columns), 1,
                a.elements, blasint(a.columns), b.elements, blasint(b.columns), 0, c.baseAddress,
                blasint(b.columns))
        }
        return result
    }

    /// The product of a matrix and a column vector (dgemv).
    public static func multiply(_ a: Matrix, _ x: [Double]) throws(LinearAlgebraError) -> [Double] {
        guard a.columns == x.count else {
            throw .shapeMismatch(expected: "a vector of \(a.columns)", found: "\(x.count)")
        }
        var result = [Double](repeating: 0, count: a.rows)
        guard a.rows > 0, a.columns > 0 else { return result }
        BLAS.prepare()
        cblas_dgemv(
            CblasRowMajor, CblasNoTrans, blasint(a.rows), blasint(a.columns), 1, a.elements, blasint(a.columns), x, 1,
            0, &result, 1)
        return result
    }

    /// The product of a transposed matrix and a column vector (dgemv).
    public static func multiplyTransposed(_ a: Matrix, _ x: [Double]) throws(LinearAlgebraError) -> [Double] {
        guard a.rows == x.count else {
            throw .shapeMismatch(expected: "a vector of \(a.rows)", found: "\(x.count)")
        }
        var result = [Double](repeating: 0, count: a.columns)
        guard a.rows > 0, a.columns > 0 else { return result }
        BLAS.prepare()
        cblas_dgemv(
            CblasRowMajor, CblasTrans, blasint(a.rows), blasint(a.columns), 1, a.elements, blasint(a.columns), x, 1, 0,
            &result, 1)
        return result
    }

    /// The matrix of inner products of a's columns, transpose(a) a: symmetric, both halves filled (dsyrk).
    public static func rankK(_ a: Matrix) -> Matrix {
        let n = a.columns
        var result = Matrix(rows: n, columns: n)
        guard n > 0, a.rows > 0 else { return result }
        BLAS.prepare()
        result.withUnsafeElements { c in
            cblas_dsyrk(
                CblasRowMajor, CblasLower, CblasTrans, blasint(n), blasint(a.rows), 1, a.elements, blasint(n), 0,
                c.baseAddress, blasint(n))
            for i in 0..<n {
                for j in 0..<i { c[j * n + i] = c[i * n + j] }
            }
        }
        return result
    }
}
