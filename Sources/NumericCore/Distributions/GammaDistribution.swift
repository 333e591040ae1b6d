import Glibc

/// The gamma law with density proportional to x^(shape - 1) e^(-x / scale) for x > 0.
///
/// Parameters that are not positive and finite make every result NaN.
public struct GammaDistribution: Sendable, Hashable {
    public let shape: Double
    public let scale: Double
    /// The height of the peak, which every integral needs.
    private let peak: Double

    public init(shape: Double, scale: Double) {
        let isValid = shape > 0 && scale > 0 && shape.isFinite && scale.isFinite
        self.shape = isValid ? shape : .nan
        self.scale = isValid ? scale : .nan
        peak = isValid ? GammaFunction.peak(shape) : .nan
    }

    /// The gamma law with a given mean and variance.
    public init(mean: Double, variance: Double) {
        self.init(shape: mean > 0 ? mean * (mean / variance) : .nan, scale: variance / mean)
    }

    public var mean: Double { shape * scale }
    public var variance: Double { shape * scale * scale }

    /// The density at x.
    public func density(_ x: Double) -> Double {
        guard shape > 0 else { return .nan }
        guard x > 0 else {
            if x == 0 { return shape < 1 ? .infinity : shape == 1 ? 1 / scale : 0 }
            return x < 0 ? 0 : .nan
        }
        return shape / x * GammaFunction.term(shape, x / scale, peak: peak)
    }

    /// P(X <= x).
    public func cumulative(_ x: Double) -> Double {
        x <= 0 && shape > 0 ? 0 : GammaFunction.incomplete(shape, x / scale, peak: peak).lower
    }

    /// P(X > x), without cancellation.
    public func upperTail(_ x: Double) -> Double {
        x <= 0 && shape > 0 ? 1 : GammaFunction.incomplete(shape, x / scale, peak: peak).upper
    }

    /// The x with `cumulative(x) == p`; infinite at 1, NaN outside 0...1.
    public func quantile(_ p: Double) -> Double {
        scale * GammaFunction.inverseRegularizedLower(shape, p, peak: peak)
    }

    /// The first-order loss E[max(X - x, 0)].
    public func loss(_ x: Double) -> Double { shortfall(x).loss }

    /// The first-order loss, P(X > x) and the density at x, from one incomplete integral.
    public func shortfall(_ x: Double) -> (loss: Double, tail: Double, density: Double) {
        guard shape > 0 else { return (.nan, .nan, .nan) }
        if x <= 0 { return (mean - x, 1, density(x)) }
        if x == .infinity { return (0, 0, 0) }
        let y = x / scale
        let isNear = (y - shape) * (y - shape) < 36 * shape && TemmeExpansion.holds(shape, y)
        if isNear || y <= shape + max(1, shape.squareRoot()) {
            // The difference loses as many roundings as the square of the deviations from the mean.
            let here = GammaFunction.incomplete(shape, y, peak: peak)
            let edge = shape * here.term
            return (scale * (edge - (y - shape) * here.upper), here.upper, edge / x)
        }
        let edge = shape * GammaFunction.term(shape, y, peak: peak)
        // Q(shape, y) is edge / (y - shape + t), so the difference above is edge t / (y - shape + t).
        let t = GammaFunction.upperFractionTail(shape, y)
        return (scale * edge * (t / (y - shape + t)), edge / (y - shape + t), edge / x)
    }
}
