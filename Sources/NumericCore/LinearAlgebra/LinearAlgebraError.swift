/// What can go wrong in linear algebra, in words rather than in LAPACK's `info` numbers.
public enum LinearAlgebraError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Two shapes that do not fit each other.
    case shapeMismatch(expected: String, found: String)
    /// The leading minor of this order (from 1) is not positive: the matrix is indefinite or singular.
    case notPositiveDefinite(order: Int)
    /// This column (from 0) is a combination of the columns before it, to working precision.
    case rankDeficient(column: Int)
    /// An iteration for eigenvalues left this many of them unsettled.
    case noConvergence(count: Int)
    /// A NaN or an infinity in the named input.
    case nonFinite(String)

    public var description: String {
        switch self {
        case .shapeMismatch(let expected, let found): "shapes do not fit: expected \(expected), found \(found)"
        case .notPositiveDefinite(let order):
            "the matrix is not positive definite: its leading block of order \(order) is singular or indefinite"
        case .rankDeficient(let column):
            "column \(column) (counted from 0) is a combination of the columns before it; "
                + "remove it or add a penalty"
        case .noConvergence(let count): "\(count) eigenvalues did not converge"
        case .nonFinite(let name): "\(name) holds a NaN or an infinity"
        }
    }
}
