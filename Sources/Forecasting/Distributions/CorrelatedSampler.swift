import Foundation
public import NumericCore

/// Joint samples of several forecasts: each keeps its own quantiles, together they move as their past errors did
/// (a Gaussian copula through the Cholesky factor of the correlations; Li and Chen 1975, Clemen and Reilly 1999).
public struct CorrelatedSampler: Sendable {
    /// Ascending, in (0, 1).
    public let levels: [Double]
    /// Row-major series x levels, non-decreasing along the levels.
    public let quantiles: [Double]
    private let factor: Cholesky
    private let curve: QuantileCurve

    public var series: Int { factor.lower.rows }

    /// - Parameters:
    ///   - quantiles: row-major series x levels.
    ///   - correlations: of the errors, series x series, ones on the diagonal.
    /// - Throws: `shapeMismatch`, `nonFinite`, or `notPositiveDefinite` where the correlations contradict each other.
    public init(levels: [Double], quantiles: [Double], correlations: Matrix) throws(LinearAlgebraError) {
        guard quantiles.count == levels.count * correlations.rows, !levels.isEmpty else {
            throw .shapeMismatch(
                expected: "\(correlations.rows) rows of quantiles", found: "\(quantiles.count) numbers")
        }
        self.levels = levels
        self.quantiles = quantiles
        curve = QuantileCurve(levels: levels)
        factor = try Cholesky(correlations)
    }

    /// One joint sample.
    public func sample(_ random: inout RandomStream) -> [Double] {
        let normals = (0..<series).map { _ in Normal.quantile(min(1 - 1e-12, max(1e-12, random.uniform()))) }
        return (0..<series).map { s in
            var z = 0.0
            for k in 0...s { z += factor.lower[s, k] * normals[k] }
            return value(s, z: z)
        }
    }

    /// The quantile of one series at any level: linear between those given, on the scale of a normal variable beyond
    /// them; not negative.
    public func value(_ series: Int, at level: Double) -> Double {
        value(series, z: Normal.quantile(min(1 - 1e-12, max(1e-12, level))))
    }

    private func value(_ series: Int, z: Double) -> Double {
        curve.value(quantiles[series * levels.count..<(series + 1) * levels.count], at: z)
    }
}
