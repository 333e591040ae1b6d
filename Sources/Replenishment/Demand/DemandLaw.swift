public import NumericCore

/// The probability law of the units demanded over some span of time.
///
/// The law is chosen by the evidence of its first two moments (`choose`), because a formula that is right for one
/// is badly wrong for another: a normal law puts the 99 % quantile of a slow mover at the wrong whole number, and a
/// Poisson law calls a promotion-driven item far too calm.
public enum DemandLaw: Sendable, Hashable {
    case poisson(PoissonDistribution)
    case negativeBinomial(NegativeBinomialDistribution)
    case gamma(GammaDistribution)
    case normal(NormalDistribution)
    case empirical(EmpiricalDistribution)

    /// Up to this mean, overdispersed demand is a count (negative binomial); above it a single unit no longer matters.
    public static let largestCountMean = 50.0
    /// Up to this coefficient of variation the skewness of demand is lost in its spread, and the law is normal.
    public static let largestNormalVariation = 0.2

    /// The law for a mean and variance, both not negative.
    ///
    /// Variance at most the mean: Poisson, since counts of independent buyers cannot be calmer. Otherwise, mean up to
    /// `largestCountMean`: negative binomial. Otherwise normal up to `largestNormalVariation`, and gamma beyond, which
    /// is skewed to the right and never negative.
    public static func choose(mean: Double, variance: Double) -> DemandLaw {
        if variance <= mean * (1 + 1e-9) { return .poisson(PoissonDistribution(mean: mean)) }
        if mean <= largestCountMean, let law = NegativeBinomialDistribution(mean: mean, variance: variance) {
            return .negativeBinomial(law)
        }
        if variance <= mean * mean * (largestNormalVariation * largestNormalVariation) {
            return .normal(NormalDistribution(mean: mean, standardDeviation: variance.squareRoot()))
        }
        return .gamma(GammaDistribution(mean: mean, variance: variance))
    }

    /// The name shown beside a stock target: `poisson`, `negative binomial`, `gamma`, `normal` or `empirical`.
    public var name: String {
        switch self {
        case .poisson: "poisson"
        case .negativeBinomial: "negative binomial"
        case .gamma: "gamma"
        case .normal: "normal"
        case .empirical: "empirical"
        }
    }

    public var mean: Double {
        switch self {
        case .poisson(let law): law.mean
        case .negativeBinomial(let law): law.mean
        case .gamma(let law): law.mean
        case .normal(let law): law.mean
        case .empirical(let law): law.mean
        }
    }

    public var variance: Double {
        switch self {
        case .poisson(let law): law.variance
        case .negativeBinomial(let law): law.variance
        case .gamma(let law): law.variance
        case .normal(let law): law.variance
        case .empirical(let law): law.variance
        }
    }

    public var standardDeviation: Double { variance.squareRoot() }

    /// P(demand <= x).
    public func cumulative(_ x: Double) -> Double {
        switch self {
        case .poisson(let law): law.cumulative(x)
        case .negativeBinomial(let law): law.cumulative(x)
        case .gamma(let law): law.cumulative(x)
        case .normal(let law): law.cumulative(x)
        case .empirical(let law): law.cumulative(x)
        }
    }

    /// P(demand > x), without cancellation.
    public func upperTail(_ x: Double) -> Double {
        switch self {
        case .poisson(let law): law.upperTail(x)
        case .negativeBinomial(let law): law.upperTail(x)
        case .gamma(let law): law.upperTail(x)
        case .normal(let law): law.upperTail(x)
        case .empirical(let law): law.upperTail(x)
        }
    }

    /// The smallest x with P(demand <= x) >= p.
    public func quantile(_ p: Double) -> Double {
        switch self {
        case .poisson(let law): law.quantile(p)
        case .negativeBinomial(let law): law.quantile(p)
        case .gamma(let law): law.quantile(p)
        case .normal(let law): law.quantile(p)
        case .empirical(let law): law.quantile(p)
        }
    }

    /// The expected units short, E[max(demand - x, 0)].
    public func loss(_ x: Double) -> Double {
        switch self {
        case .poisson(let law): law.loss(x)
        case .negativeBinomial(let law): law.loss(x)
        case .gamma(let law): law.loss(x)
        case .normal(let law): law.loss(x)
        case .empirical(let law): law.loss(x)
        }
    }

    /// Whether demand comes in whole units under this law.
    public var isCount: Bool {
        switch self {
        case .poisson, .negativeBinomial: true
        case .gamma, .normal: false
        case .empirical(let law): law.isWhole
        }
    }
}
