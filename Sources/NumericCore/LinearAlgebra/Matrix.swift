/// A dense matrix of doubles that owns contiguous row-major storage: element (i, j) is at `i * columns + j`.
public struct Matrix: Sendable, Equatable {
    public let rows: Int
    public let columns: Int
    /// All elements, row after row.
    public private(set) var elements: [Double]

    /// A matrix with every element the same.
    public init(rows: Int, columns: Int, repeating value: Double = 0) {
        precondition(rows >= 0 && columns >= 0, "a matrix has no negative extents")
        self.rows = rows
        self.columns = columns
        elements = [Double](repeating: value, count: rows * columns)
    }

    /// A matrix from its elements, row after row.
    ///
    /// - Precondition: there are `rows * columns` of them.
    public init(rows: Int, columns: Int, _ elements: [Double]) {
        precondition(rows >= 0 && columns >= 0, "a matrix has no negative extents")
        precondition(elements.count == rows * columns, "a matrix needs rows times columns elements")
        self.rows = rows
        self.columns = columns
        self.elements = elements
    }

    /// The identity matrix.
    public static func identity(_ order: Int) -> Matrix {
        var result = Matrix(rows: order, columns: order)
        for i in 0..<order { result[i, i] = 1 }
        return result
    }

    public subscript(i: Int, j: Int) -> Double {
        get {
            precondition(i >= 0 && i < rows && j >= 0 && j < columns, "matrix index out of range")
            return elements[i * columns + j]
        }
        set {
            precondition(i >= 0 && i < rows && j >= 0 && j < columns, "matrix index out of range")
            elements[i * columns + j] = newValue
        }
    }

    /// Row `i`, a view of the matrix's own storage.
    public func row(_ i: Int) -> ArraySlice<Double> {
        precondition(i >= 0 && i < rows, "matrix row out of range")
        return elements[i * columns..<(i + 1) * columns]
    }

    /// Calls `body` with row `i` as a span: the fastest way to read it.
    public func withRow<R, E: Error>(_ i: Int, _ body: (Span<Double>) throws(E) -> R) throws(E) -> R {
        precondition(i >= 0 && i < rows, "matrix row out of range")
        return try body(elements.span.extracting(i * columns..<(i + 1) * columns))
    }

    /// Calls `body` with row `i` for writing in place.
    public mutating func withMutableRow<R>(_ i: Int, _ body: (UnsafeMutableBufferPointer<Double>) throws -> R) rethrows
        -> R
    {
        precondition(i >= 0 && i < rows, "matrix row out of range")
        let range = i * columns..<(i + 1) * columns
        return try elements.withUnsafeMutableBufferPointer { try body(UnsafeMutableBufferPointer(rebasing: $0[range])) }
    }

    /// Calls `body` with all elements for writing in place, for bridges to BLAS and LAPACK in this module.
    mutating func withUnsafeElements<R>(_ body: (UnsafeMutableBufferPointer<Double>) -> R) -> R {
        elements.withUnsafeMutableBufferPointer { body($0) }
    }

    /// The transpose, as a new matrix.
    public func transposed() -> Matrix {
        var result = Matrix(rows: columns, columns: rows)
        let (m, n) = (rows, columns)
        elements.withUnsafeBufferPointer { source in
            result.withUnsafeElements { target in
                for i in 0..<m {
                    for j in 0..<n { target[j &* m &+ i] = source[i &* n &+ j] }
                }
            }
        }
        return result
    }

    /// Whether no element is NaN or infinite.
    public var isFinite: Bool { elements.allSatisfy(\.isFinite) }
}
