import NumericCore

/// Chooses the law of demand over lead time and review by evidence: by the samples that the forecast's own shape gives
/// (`LawFit`), or, where the forecast has none, by mean and variance alone.
public struct LawChooser: Sendable {
    public struct Choice: Sendable, Equatable {
        public var law: DemandLaw
        /// The largest gap between the law and the samples, 0 to 1; nil where it was chosen by its moments.
        public var fit: Double?
    }

    private var leadTimes: [LeadTimeLaw: [Double]] = [:]

    /// The least variance of samples that are evidence, as a part of the exact one.
    private static let leastVariance = 0.6

    public init() {}

    /// - Parameters:
    ///   - review: days after the lead time.
    ///   - deepest: the highest level the law is to be read at; the samples stand for themselves only up to where some
    ///     of them lie beyond it.
    ///   - family: the name of a law chosen before; nil: chosen now.
    public mutating func choose(
        _ daily: DailyDemand, from offset: Int = 0, feed: Feed, review: Double, deepest: Double = 0.95,
        family: String? = nil
    ) throws(ReplenishmentError) -> Choice {
        let moments = daily.leadTimeMoments(
            from: offset, leadTime: feed.leadTime, leadTimeDeviation: feed.leadTimeDeviation, review: review)
        guard moments.mean > 0, !daily.shape.isEmpty else { return Choice(law: moments.law) }
        let isEmpirical = family == "empirical"
        if let family, !isEmpirical { return Choice(law: DemandLaw(family: family, moments)) }
        let samples = LeadTimeSamples(
            daily, from: offset, leadTimes: draws(feed.leadTimeLaw), review: review
        ).whole(mean: moments.mean)
        // Rare large lines are not in so few samples: where those spread much less than demand does, they say nothing.
        let own = samples.reduce(0) { $0 + ($1 - moments.mean) * ($1 - moments.mean) } / Double(samples.count)
        if own < Self.leastVariance * moments.variance { return Choice(law: moments.law) }
        if isEmpirical { return Choice(law: .empirical(EmpiricalDistribution(samples)), fit: 0) }
        let seen = (1 - deepest) * Double(samples.count)
        let fit = try LawFit(samples, moments: moments, mayStandForThemselves: seen >= 5)
        return Choice(law: fit.law, fit: fit.distance)
    }

    private mutating func draws(_ law: LeadTimeLaw) -> [Double] {
        if let known = leadTimes[law] { return known }
        let draws = law.draws()
        leadTimes[law] = draws
        return draws
    }
}

extension DemandLaw {
    /// A law of a family by its moments; where they do not suit it, the one they speak for.
    public init(family: String, _ moments: Moments) {
        let (mean, variance) = (moments.mean, moments.variance)
        switch family {
        case "poisson": self = .poisson(PoissonDistribution(mean: mean))
        case "negative binomial":
            self =
                NegativeBinomialDistribution(mean: mean, variance: variance).map { .negativeBinomial($0) }
                ?? moments.law
        case "gamma" where mean > 0 && variance > 0: self = .gamma(GammaDistribution(mean: mean, variance: variance))
        case "normal" where variance > 0:
            self = .normal(NormalDistribution(mean: mean, standardDeviation: variance.squareRoot()))
        default: self = moments.law
        }
    }
}
