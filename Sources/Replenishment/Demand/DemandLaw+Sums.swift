import Foundation
import NumericCore

extension DemandLaw {
    /// Largest number of cells a law is written out over.
    static let largestTable = 1 << 20

    /// No demand at all.
    public static let none = DemandLaw.poisson(PoissonDistribution(mean: 0))

    /// The law of the sum over `periods` independent periods of this demand. The families are closed under sums;
    /// only observations of whole units are convolved, and only over whole periods.
    public func sum(over periods: Double) throws(ReplenishmentError) -> DemandLaw {
        guard periods >= 0, periods.isFinite else {
            throw .parameter(name: "lead time", value: periods, expected: "a number of periods, 0 or more")
        }
        if periods == 0 { return .none }
        if periods == 1 { return self }
        switch self {
        case .poisson(let law): return .poisson(PoissonDistribution(mean: law.mean * periods))
        case .negativeBinomial(let law):
            return .negativeBinomial(NegativeBinomialDistribution(mean: law.mean * periods, size: law.size * periods))
        case .gamma(let law): return .gamma(GammaDistribution(shape: law.shape * periods, scale: law.scale))
        case .normal(let law):
            return .normal(
                NormalDistribution(
                    mean: law.mean * periods, standardDeviation: law.standardDeviation * periods.squareRoot()))
        case .empirical(let law):
            guard periods == periods.rounded(), law.isWhole else {
                throw .parameter(
                    name: "lead time", value: periods,
                    expected: "whole periods and whole units for observed demand; give a law otherwise")
            }
            let table = try ProbabilityTable(self)
            let total = try table.sum(of: Int(periods))
            return .empirical(
                EmpiricalDistribution(
                    values: total.probabilities.indices.map { Double(total.lowest + $0) },
                    weights: total.probabilities))
        }
    }

    /// The law of demand over a random lead time of the given mean and standard deviation, in periods.
    ///
    /// Moments are exact (Hadley and Whitin, 1963); the family is kept, except that Poisson demand turns negative
    /// binomial, which is exact for gamma lead times.
    public func sum(over periods: Double, deviation: Double) throws(ReplenishmentError) -> DemandLaw {
        guard deviation >= 0, deviation.isFinite else {
            throw .parameter(name: "lead time deviation", value: deviation, expected: "periods, 0 or more")
        }
        if deviation == 0 { return try sum(over: periods) }
        guard periods > 0, periods.isFinite else {
            throw .parameter(name: "lead time", value: periods, expected: "periods above 0 where it varies")
        }
        let moments = Moments(
            mean: mean * periods, variance: variance * periods + mean * mean * deviation * deviation)
        switch self {
        case .normal:
            return .normal(
                NormalDistribution(mean: moments.mean, standardDeviation: moments.variance.squareRoot()))
        case .gamma: return .gamma(GammaDistribution(mean: moments.mean, variance: moments.variance))
        case .poisson, .negativeBinomial:
            let law = NegativeBinomialDistribution(mean: moments.mean, variance: moments.variance)
            return law.map { .negativeBinomial($0) } ?? .poisson(PoissonDistribution(mean: moments.mean))
        case .empirical: return moments.law
        }
    }
}

/// Whole units and their probabilities.
public struct ProbabilityTable: Sendable, Equatable {
    /// The units of the first entry.
    public var lowest: Int
    /// Probabilities of `lowest`, `lowest + 1`, ...; they add up to 1.
    public var probabilities: [Double]

    public init(lowest: Int, probabilities: [Double]) {
        self.lowest = lowest
        self.probabilities = probabilities
    }

    /// A law of demand written out in whole units. What lies below 0, and beyond a tail of 1e-17, is left out and the
    /// rest scaled to 1. A continuous law gives unit k what it has within half a unit of it.
    public init(_ law: DemandLaw) throws(ReplenishmentError) {
        var high = law.quantile(1 - 1e-15)
        if case .empirical(let observed) = law { high = observed.values.last ?? 0 }
        let last = (max(high, 0) + 0.5 * max(1, law.standardDeviation)).rounded(.up) + (law.isCount ? 2 : 0)
        guard last.isFinite, last < Double(DemandLaw.largestTable) else {
            throw .parameter(
                name: "demand", value: law.mean,
                expected: "a law whose largest demand stays below \(DemandLaw.largestTable) units")
        }
        lowest = 0
        if case .empirical(let observed) = law {
            guard observed.values.allSatisfy({ $0 >= 0 }) else {
                throw .parameter(name: "demand", value: observed.values[0], expected: "units of 0 or more")
            }
            probabilities = [Double](repeating: 0, count: Int((observed.values.last ?? 0).rounded()) + 1)
            for (value, weight) in zip(observed.values, observed.weights) {
                probabilities[Int(value.rounded())] += weight
            }
            return
        }
        probabilities = (0...Int(last)).map { k in
            switch law {
            case .poisson(let law): return law.probability(k)
            case .negativeBinomial(let law): return law.probability(k)
            case .gamma, .normal, .empirical:
                // Below the middle differences of the lower tail keep their digits, above it those of the upper.
                let (low, high) = (Double(k) - 0.5, Double(k) + 0.5)
                return low > law.mean
                    ? law.upperTail(low) - law.upperTail(high)
                    : law.cumulative(high) - (k == 0 ? 0 : law.cumulative(low))
            }
        }
        let sum = compensatedSum(probabilities)
        for k in probabilities.indices { probabilities[k] = max(0, probabilities[k]) / sum }
        while probabilities.count > 1, probabilities[probabilities.count - 1] == 0 { probabilities.removeLast() }
    }

    public var mean: Double {
        probabilities.indices.reduce(0) { $0 + Double(lowest + $1) * probabilities[$1] }
    }

    /// The law of the sum of `count` independent draws.
    func sum(of count: Int) throws(ReplenishmentError) -> ProbabilityTable {
        guard count > 0 else { return ProbabilityTable(lowest: 0, probabilities: [1]) }
        guard count < 1 << 16, probabilities.count < 1 << 16, (probabilities.count - 1) * count < 1 << 16 else {
            throw .parameter(
                name: "lead time", value: Double(count), expected: "fewer than 65536 units over the lead time")
        }
        var total = self
        for _ in 1..<count { total = total.adding(self) }
        return total
    }

    /// The law of the sum with an independent draw of another.
    public func adding(_ other: ProbabilityTable) -> ProbabilityTable {
        var sum = [Double](repeating: 0, count: probabilities.count + other.probabilities.count - 1)
        for (i, p) in probabilities.enumerated() where p > 0 {
            for (j, q) in other.probabilities.enumerated() { sum[i + j] += p * q }
        }
        return ProbabilityTable(lowest: lowest + other.lowest, probabilities: sum)
    }
}
