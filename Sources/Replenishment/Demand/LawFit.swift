import NumericCore

/// The form of demand that its samples speak for, and how well it fits them.
///
/// Each form is fitted by its moments and judged by the largest gap between its distribution function and the samples'
/// at a dozen points around the mean (after Kolmogorov). The closest form is taken; the observations themselves are, when
/// there are enough of them and even the closest form lies farther off than chance would explain.
public struct LawFit: Sendable {
    public struct Candidate: Sendable, Equatable {
        public var name: String
        /// The largest gap between the distribution functions, 0 to 1.
        public var distance: Double
    }

    public let law: DemandLaw
    /// The gap of the law chosen; 0 for the observations themselves.
    public let distance: Double
    /// All forms that were tried, the closest first.
    public let candidates: [Candidate]
    public let sampleCount: Int

    /// Fewer samples than this never stand for themselves: their tail has not been seen.
    public static let fewestForThemselves = 200

    /// Up to this mean a unit matters: whole units are then left to laws of counts.
    public static let largestCountMean = 20.0
    /// Deviations from the mean at which forms are judged: a dozen points tell them apart as well as all samples.
    private static let places = [-1.5, -1, -0.6, -0.3, 0, 0.3, 0.6, 1, 1.5, 2, 2.5, 3]

    /// - Parameters:
    ///   - samples: demand over the span in question, 0 or more; whole units where all are whole.
    ///   - moments: mean and variance where they are known better than the samples tell them.
    ///   - mayStandForThemselves: whether the observations may be the answer.
    public init(
        _ samples: [Double], moments: Moments? = nil, mayStandForThemselves: Bool = true
    ) throws(ReplenishmentError) {
        guard !samples.isEmpty else { throw .shape(what: "samples of demand", count: 0, expected: 1) }
        if let bad = samples.first(where: { !($0 >= 0 && $0 < 1e15) }) {
            throw .parameter(name: "sample of demand", value: bad, expected: "a number of 0 or more")
        }
        sampleCount = samples.count
        let n = Double(samples.count)
        let isWhole = samples.allSatisfy { $0 == $0.rounded() }
        let own = samples.reduce(0, +) / n
        let mean = moments?.mean ?? own
        let spread = samples.reduce(0) { $0 + ($1 - own) * ($1 - own) }
        let variance = moments?.variance ?? (samples.count > 1 ? spread / (n - 1) : mean)
        var laws: [DemandLaw] = []
        if isWhole {
            laws.append(.poisson(PoissonDistribution(mean: mean)))
            if let law = NegativeBinomialDistribution(mean: mean, variance: variance) {
                laws.append(.negativeBinomial(law))
            }
        }
        if mean > 0, variance > 0, !isWhole || mean > Self.largestCountMean {
            laws.append(.gamma(GammaDistribution(mean: mean, variance: variance)))
            laws.append(.normal(NormalDistribution(mean: mean, standardDeviation: variance.squareRoot())))
        }
        if laws.isEmpty { laws = [.poisson(PoissonDistribution(mean: mean))] }
        let seen = Self.seen(samples, mean: mean, deviation: variance.squareRoot(), isWhole: isWhole)
        let judged = laws.map { ($0, Self.gap($0, seen, isWhole: isWhole)) }.sorted { $0.1 < $1.1 }
        candidates = judged.map { Candidate(name: $0.0.name, distance: $0.1) }
        // Beyond this a gap is not chance (Kolmogorov's 5 % point; fitted parameters make it stricter than it sounds).
        if judged[0].1 > 1.36 / n.squareRoot(), samples.count >= Self.fewestForThemselves,
            mayStandForThemselves
        {
            (law, distance) = (.empirical(EmpiricalDistribution(samples)), 0)
        } else {
            (law, distance) = judged[0]
        }
    }

    /// Part of the samples that lie at or below each of some values.
    private static func seen(
        _ samples: [Double], mean: Double, deviation: Double, isWhole: Bool
    ) -> [(value: Double, share: Double)] {
        var seen: [(value: Double, share: Double)] = []
        for place in places {
            let at = mean + place * deviation
            let value = max(0, isWhole ? at.rounded(.down) : at)
            if let last = seen.last, last.value == value { continue }
            var count = 0
            for sample in samples where sample <= value { count += 1 }
            seen.append((value, Double(count) / Double(samples.count)))
        }
        return seen
    }

    private static func gap(
        _ law: DemandLaw, _ seen: [(value: Double, share: Double)], isWhole: Bool
    ) -> Double {
        // A continuous law stands for whole units when it is read half a unit further up.
        let shift = isWhole && !law.isCount ? 0.5 : 0
        return seen.reduce(0) { max($0, abs(law.cumulative($1.value + shift) - $1.share)) }
    }
}
