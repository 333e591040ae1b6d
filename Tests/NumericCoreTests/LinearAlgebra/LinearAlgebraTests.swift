import NumericCore
import Testing

@Suite("Matrices, factorisations and least squares")
struct LinearAlgebraTests {
    private func random(_ rows: Int, _ columns: Int, _ name: String) -> Matrix {
        var stream = testStream(name)
        return Matrix(rows: rows, columns: columns, (0..<rows * columns).map { _ in stream.normal() })
    }

    private func distance(_ a: Matrix, _ b: Matrix) -> Double {
        zip(a.elements, b.elements).map { abs($0 - $1) }.max() ?? 0
    }

    @Test("rows are contiguous, and transposing twice changes nothing")
    func storage() {
        var a = Matrix(rows: 2, columns: 3, [1, 2, 3, 4, 5, 6])
        #expect(a[1, 0] == 4 && Array(a.row(1)) == [4, 5, 6])
        #expect(a.transposed() == Matrix(rows: 3, columns: 2, [1, 4, 2, 5, 3, 6]))
        #expect(a.transposed().transposed() == a)
        #expect(a.withRow(1) { row in row[0] + row[1] + row[2] } == 15)
        a.withMutableRow(0) { row in row[2] = 30 }
        #expect(a == Matrix(rows: 2, columns: 3, [1, 2, 30, 4, 5, 6]))
    }

    @Test("a product is the sum of products, element by element")
    func product() throws {
        let (a, b) = (random(7, 5, "product a"), random(5, 4, "product b"))
        let c = try Matrix.multiply(a, b)
        for i in 0..<7 {
            for j in 0..<4 {
                let sum = (0..<5).map { a[i, $0] * b[$0, j] }.reduce(0, +)
                #expect(abs(c[i, j] - sum) < 1e-13)
            }
        }
        #expect(distance(Matrix.rankK(a), try Matrix.multiply(a.transposed(), a)) < 1e-13)
        #expect(throws: LinearAlgebraError.shapeMismatch(expected: "a vector of 5", found: "4")) {
            try Matrix.multiply(a, Array(b.row(0)))
        }
        #expect(throws: LinearAlgebraError.shapeMismatch(expected: "4 rows on the right", found: "7")) {
            try Matrix.multiply(b, a)
        }
        let v = [1.0, -2, 0.5, 3, 1]
        let av = try Matrix.multiply(a, v)
        let column = try Matrix.multiply(a, Matrix(rows: 5, columns: 1, v))
        #expect(zip(av, column.elements).allSatisfy { abs($0 - $1) < 1e-13 })
        let atav = try Matrix.multiplyTransposed(a, av)
        let direct = try Matrix.multiply(Matrix.rankK(a), v)
        #expect(zip(atav, direct).allSatisfy { abs($0 - $1) < 1e-12 })
    }

    @Test("a Cholesky factor multiplies back, solves, and knows the determinant", arguments: [1, 2, 9, 60])
    func cholesky(n: Int) throws {
        let a = Matrix.rankK(random(n + 5, n, "cholesky \(n)"))
        let factor = try Cholesky(a)
        #expect(distance(try Matrix.multiply(factor.lower, factor.lower.transposed()), a) < 1e-11)
        for i in 0..<n { for j in i + 1..<max(n, i + 1) { #expect(factor.lower[i, j] == 0) } }
        let x = (0..<n).map { Double($0) - 2.5 }
        let solution = factor.solve(try Matrix.multiply(a, x))
        #expect(zip(solution, x).allSatisfy { abs($0 - $1) < 1e-8 })
        let inverse = factor.solve(Matrix.identity(n))
        #expect(distance(try Matrix.multiply(a, inverse), .identity(n)) < 1e-8)
        let sum = try SymmetricEigen(a).values.map { logarithm($0) }.reduce(0, +)
        #expect(abs(factor.logDeterminant - sum) < 1e-8)
    }

    @Test("a matrix that is not positive definite is refused with the order that fails")
    func notPositiveDefinite() {
        #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 2)) {
            try Cholesky(Matrix(rows: 3, columns: 3, [1, 2, 0, 2, 1, 0, 0, 0, 1]))
        }
        #expect(throws: LinearAlgebraError.nonFinite("the matrix to factor")) {
            try Cholesky(Matrix(rows: 1, columns: 1, [.nan]))
        }
        #expect(throws: LinearAlgebraError.shapeMismatch(expected: "a square matrix", found: "1 x 2")) {
            try Cholesky(Matrix(rows: 1, columns: 2, [1, 2]))
        }
    }

    @Test("least squares leaves a residual orthogonal to every column", arguments: [(3, 3), (20, 4), (150, 12)])
    func leastSquaresResidual(rows: Int, columns: Int) throws {
        let a = random(rows, columns, "least squares \(rows)")
        let b = random(rows, 1, "target \(rows)").elements
        let x = try leastSquares(a, b)
        let fitted = try Matrix.multiply(a, x)
        let residual = zip(b, fitted).map { $0 - $1 }
        #expect(try Matrix.multiplyTransposed(a, residual).allSatisfy { abs($0) < 1e-11 })
        let normal = try ridge(design: a, target: b, penalty: [Double](repeating: 0, count: columns))
        #expect(zip(x, normal).allSatisfy { abs($0 - $1) < 1e-9 })
    }

    @Test("Longley's data give the certified coefficients of NIST")
    func longley() throws {
        let rows: [[Double]] = [
            [60323, 83.0, 234289, 2356, 1590, 107608, 1947], [61122, 88.5, 259426, 2325, 1456, 108632, 1948],
            [60171, 88.2, 258054, 3682, 1616, 109773, 1949], [61187, 89.5, 284599, 3351, 1650, 110929, 1950],
            [63221, 96.2, 328975, 2099, 3099, 112075, 1951], [63639, 98.1, 346999, 1932, 3594, 113270, 1952],
            [64989, 99.0, 365385, 1870, 3547, 115094, 1953], [63761, 100.0, 363112, 3578, 3350, 116219, 1954],
            [66019, 101.2, 397469, 2904, 3048, 117388, 1955], [67857, 104.6, 419180, 2822, 2857, 118734, 1956],
            [68169, 108.4, 442769, 2936, 2798, 120445, 1957], [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
            [68655, 112.6, 482704, 3813, 2552, 123366, 1959], [69564, 114.2, 502601, 3931, 2514, 125368, 1960],
            [69331, 115.7, 518173, 4806, 2572, 127852, 1961], [70551, 116.9, 554894, 4007, 2827, 130081, 1962],
        ]
        let certified = [
            -3482258.63459582, 15.0618722713733, -0.358191792925910e-1, -2.02022980381683, -1.03322686717359,
            -0.511041056535807e-1, 1829.15146461355,
        ]
        let design = Matrix(rows: 16, columns: 7, rows.flatMap { [1] + $0.dropFirst() })
        let x = try leastSquares(design, rows.map { $0[0] })
        for (found, expected) in zip(x, certified) { #expect(isClose(found, expected, within: 1e-7)) }
    }

    @Test("a column that depends on earlier ones is named")
    func rankDeficient() {
        var a = random(12, 4, "deficient")
        for i in 0..<12 { a[i, 2] = 2 * a[i, 0] - 0.3 * a[i, 1] }
        let b = [Double](repeating: 1, count: 12)
        #expect(throws: LinearAlgebraError.rankDeficient(column: 2)) { try leastSquares(a, b) }
        #expect(throws: LinearAlgebraError.rankDeficient(column: 2)) {
            try ridge(design: a, target: b, penalty: [0, 0, 0, 0])
        }
        #expect(throws: Never.self) { try ridge(design: a, target: b, penalty: [0, 0, 1e-3, 0]) }
        let zero = Matrix(rows: 3, columns: 1)
        #expect(throws: LinearAlgebraError.rankDeficient(column: 0)) { try leastSquares(zero, [1, 2, 3]) }
        #expect(throws: LinearAlgebraError.rankDeficient(column: 0)) {
            try ridge(design: zero, target: [1, 2, 3], penalty: [0])
        }
        #expect(throws: LinearAlgebraError.self) { try leastSquares(Matrix(rows: 1, columns: 2), [1]) }
        #expect(throws: LinearAlgebraError.nonFinite("the target")) { try leastSquares(.identity(1), [.infinity]) }
    }

    @Test("weighted ridge is at the minimum of its own objective")
    func ridgeOptimum() throws {
        let a = random(30, 4, "ridge")
        let y = random(30, 1, "ridge target").elements
        let weights = (0..<30).map { Double($0 % 4) }
        let penalty = [0, 0.5, 2, 10.0]
        let x = try ridge(design: a, target: y, weights: weights, penalty: penalty)
        func objective(_ x: [Double]) -> Double {
            var sum = zip(penalty, x).map { $0 * $1 * $1 }.reduce(0, +)
            for i in 0..<30 {
                let error = y[i] - (0..<4).map { a[i, $0] * x[$0] }.reduce(0, +)
                sum += weights[i] * error * error
            }
            return sum
        }
        let least = objective(x)
        for j in 0..<4 {
            for step in [-1e-4, 1e-4] {
                var moved = x
                moved[j] += step
                #expect(objective(moved) > least)
            }
        }
        #expect(throws: LinearAlgebraError.nonFinite("the penalty, or is negative")) {
            try ridge(design: a, target: y, penalty: [0, 0, 0, -1])
        }
    }

    @Test("eigenvectors are orthonormal and rebuild the matrix", arguments: [1, 2, 10, 40])
    func eigen(n: Int) throws {
        let r = random(n, n, "eigen \(n)")
        let a = Matrix(rows: n, columns: n, zip(r.elements, r.transposed().elements).map { $0 + $1 })
        let eigen = try SymmetricEigen(a)
        #expect(eigen.values == eigen.values.sorted())
        let v = eigen.vectors
        #expect(distance(Matrix.rankK(v), .identity(n)) < 1e-12)
        var scaled = v
        for i in 0..<n { for j in 0..<n { scaled[i, j] *= eigen.values[j] } }
        #expect(distance(try Matrix.multiply(scaled, v.transposed()), a) < 1e-11)
        let trace = (0..<n).map { a[$0, $0] }.reduce(0, +)
        #expect(abs(eigen.values.reduce(0, +) - trace) < 1e-11)
    }

    @Test("a two by two matrix has the eigenvalues of the quadratic formula")
    func smallEigen() throws {
        let eigen = try SymmetricEigen(Matrix(rows: 2, columns: 2, [2, 1, 1, 2]))
        #expect(isClose(eigen.values[0], 1, within: 1e-14) && isClose(eigen.values[1], 3, within: 1e-14))
        #expect(isClose(eigen.vectors[0, 1], 0.5.squareRoot(), within: 1e-14))
    }

    @Test("empty matrices are matrices")
    func empty() throws {
        let none = Matrix(rows: 0, columns: 0)
        #expect(try Cholesky(none).solve([Double]()).isEmpty)
        #expect(try SymmetricEigen(none).values.isEmpty)
        #expect(try leastSquares(Matrix(rows: 3, columns: 0), [1, 2, 3]).isEmpty)
        #expect(try ridge(design: Matrix(rows: 3, columns: 0), target: [1, 2, 3], penalty: []).isEmpty)
        #expect(
            try Matrix.multiply(Matrix(rows: 2, columns: 0), Matrix(rows: 0, columns: 2)) == Matrix(rows: 2, columns: 2)
        )
    }

    /// log x by the recurrence of the gamma function: no import of a C library in the tests.
    private func logarithm(_ x: Double) -> Double { GammaFunction.logGamma(x + 1) - GammaFunction.logGamma(x) }
}
