import Foundation
import NumericCore
import Retail

/// Demand over lead time and review drawn from a forecast's own distribution, days that go together and lead times that
/// vary included.
public struct LeadTimeSamples: Sendable {
    /// Draws of demand, row-major draws x days.
    private let paths: [Double]
    private let dayCount: Int
    public let drawCount: Int

    /// Draws that the forecast itself has made.
    ///
    /// - Parameter paths: row-major draws x days, 0 or more.
    public init(paths: [Double], days: Int) throws(ReplenishmentError) {
        guard days > 0, !paths.isEmpty, paths.count % days == 0 else {
            throw .shape(what: "demand paths", count: paths.count, expected: max(1, days))
        }
        if let bad = paths.first(where: { !($0 >= 0 && $0 < 1e15) }) {
            throw .parameter(name: "demand of a path", value: bad, expected: "a number of 0 or more")
        }
        (self.paths, dayCount, drawCount) = (paths, days, paths.count / days)
    }

    /// Draws from the quantiles of each day. One normal number a day, correlated from day to day, is turned into demand
    /// by the day's quantiles (Gaussian copula), so that every day keeps its own law.
    ///
    /// - Parameters:
    ///   - quantiles: row-major days x levels, rising along the levels.
    ///   - levels: rising, strictly between 0 and 1.
    ///   - correlation: of the forecast errors of two days in a row, above -1 and below 1.
    ///   - entity: what the draws are about; the same entity and seed draw the same.
    public init(
        quantiles: [Double], levels: [Double], correlation: Double = 0, draws: Int = 500, seed: UInt64 = 0,
        entity: UInt64
    ) throws(ReplenishmentError) {
        guard !levels.isEmpty, !quantiles.isEmpty, quantiles.count % levels.count == 0 else {
            throw .shape(what: "quantiles", count: quantiles.count, expected: max(1, levels.count))
        }
        guard zip(levels, levels.dropFirst()).allSatisfy({ $0 < $1 }), levels[0] > 0, levels[levels.count - 1] < 1
        else {
            throw .parameter(name: "quantile level", value: levels[0], expected: "rising levels between 0 and 1")
        }
        guard correlation > -1, correlation < 1 else {
            throw .parameter(name: "correlation of days", value: correlation, expected: "a number between -1 and 1")
        }
        let days = quantiles.count / levels.count
        let scores = levels.map { Normal.quantile($0) }
        let fresh = (1 - correlation * correlation).squareRoot()
        var paths: [Double] = []
        paths.reserveCapacity(days * max(1, draws))
        for draw in 0..<max(1, draws) {
            var random = RandomStream(
                seed: seed, stream: RandomStreamID.forecastSample.rawValue, entity: entity, replication: UInt32(draw))
            var z = Normal.quantile(random.uniform())
            for day in 0..<days {
                if day > 0 { z = correlation * z + fresh * Normal.quantile(random.uniform()) }
                paths.append(max(0, Self.value(z, quantiles, day * levels.count, scores)))
            }
        }
        try self.init(paths: paths, days: days)
    }

    /// Straight between the quantiles in normal scores, and on beyond the last two.
    private static func value(_ z: Double, _ quantiles: [Double], _ row: Int, _ scores: [Double]) -> Double {
        guard scores.count > 1 else { return quantiles[row] }
        var place = 0
        while place + 2 < scores.count, z > scores[place + 1] { place += 1 }
        let (low, high) = (quantiles[row + place], quantiles[row + place + 1])
        return low + (high - low) * (z - scores[place]) / (scores[place + 1] - scores[place])
    }

    /// One sum of demand a draw, over a lead time drawn for it plus the review period. Beyond the last day the last week
    /// repeats; a part of a day counts as that part of its demand.
    ///
    /// - Parameters:
    ///   - leadTime: mean and standard deviation, days; the draws are gamma.
    public func sums(
        leadTime: Double, leadTimeDeviation: Double = 0, review: Double, seed: UInt64 = 0, entity: UInt64
    ) throws(ReplenishmentError) -> [Double] {
        guard leadTime >= 0, leadTimeDeviation >= 0, review >= 0, leadTime + review < 1e5 else {
            throw .parameter(
                name: "lead time or review", value: min(leadTime, leadTimeDeviation, review),
                expected: "days, 0 or more")
        }
        var sums: [Double] = []
        for draw in 0..<drawCount {
            var span = leadTime
            if leadTimeDeviation > 0, leadTime > 0 {
                var random = RandomStream(
                    seed: seed, stream: RandomStreamID.leadTime.rawValue, entity: entity, replication: UInt32(draw))
                let shape = leadTime * leadTime / (leadTimeDeviation * leadTimeDeviation)
                span = random.gamma(shape: shape, scale: leadTime / shape)
            }
            let row = paths[draw * dayCount..<(draw + 1) * dayCount]
            sums.append(
                DailyDemand(mean: row, deviation: row).cumulative(span: min(span + review, 1e6)).mean)
        }
        return sums
    }

    /// The law of those sums, in the form they speak for. Whole units where the paths are in whole units and the span in
    /// whole days; sums in between are left as they are.
    public func fit(
        leadTime: Double, leadTimeDeviation: Double = 0, review: Double, entity: UInt64
    ) throws(ReplenishmentError) -> LawFit {
        try LawFit(
            try sums(leadTime: leadTime, leadTimeDeviation: leadTimeDeviation, review: review, entity: entity))
    }
}
