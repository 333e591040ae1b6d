import Foundation
import NumericCore

/// The form of demand that its samples speak for, and how well it fits them.
///
/// Each form is fitted by its moments and judged by the largest gap between its distribution function and the samples'
/// (Kolmogorov). The closest form is taken; the observations themselves are, when there are enough of them and even the
/// closest form lies farther off than chance would explain.
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
    /// Points of the samples' distribution that a form is judged at.
    private static let points = 24

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
        let seen = EmpiricalDistribution(samples)
        sampleCount = samples.count
        let n = Double(samples.count)
        let mean = moments?.mean ?? seen.mean
        let variance = moments?.variance ?? (samples.count > 1 ? seen.variance * n / (n - 1) : mean)
        var laws: [DemandLaw] = []
        if seen.isWhole {
            laws.append(.poisson(PoissonDistribution(mean: mean)))
            if let law = NegativeBinomialDistribution(mean: mean, variance: variance) {
                laws.append(.negativeBinomial(law))
            }
        }
        if mean > 0, variance > 0, !seen.isWhole || mean > Self.largestCountMean {
            laws.append(.gamma(GammaDistribution(mean: mean, variance: variance)))
            laws.append(.normal(NormalDistribution(mean: mean, standardDeviation: variance.squareRoot())))
        }
        if laws.isEmpty { laws = [.poisson(PoissonDistribution(mean: mean))] }
        let judged = laws.map { ($0, Self.gap($0, seen)) }.sorted { $0.1 < $1.1 }
        candidates = judged.map { Candidate(name: $0.0.name, distance: $0.1) }
        // Beyond this a gap is not chance (Kolmogorov's 5 % point; fitted parameters make it stricter than it sounds).
        if judged[0].1 > 1.36 / n.squareRoot(), samples.count >= Self.fewestForThemselves,
            mayStandForThemselves
        {
            (law, distance) = (.empirical(seen), 0)
        } else {
            (law, distance) = judged[0]
        }
    }

    private static func gap(_ law: DemandLaw, _ seen: EmpiricalDistribution) -> Double {
        var largest = 0.0
        // Some two dozen points, evenly over the probabilities, tell forms apart as well as all of them.
        let stride = max(1, seen.values.count / points)
        for place in Swift.stride(from: 0, to: seen.values.count, by: stride) {
            let value = seen.values[place]
            // A continuous law stands for whole units when it is read half a unit further up.
            let shift = seen.isWhole && !law.isCount ? 0.5 : 0
            let here = seen.cumulative(value)
            largest = max(largest, abs(law.cumulative(value + shift) - here))
            // Just below the value the samples still stand where they were after the one before.
            let under = seen.isWhole ? value - 1 + shift : value
            let before = place == 0 ? 0 : seen.cumulative(seen.values[place - 1])
            largest = max(largest, abs(law.cumulative(under) - before))
        }
        return largest
    }
}
