import NumericCore
import Retail

/// Demand over lead time and review, drawn from what the forecast says of each day: its mean, spread and shape, days
/// that go together, and lead times that vary.
///
/// One normal score a day and draw, correlated from day to day, is turned into demand by the day's shape (Gaussian
/// copula), so that every day keeps its own law. All rows share the scores: two rows with the same forecast have the
/// same samples, and a row's samples do not depend on the others.
public struct LeadTimeSamples: Sendable {
    /// Enough to tell forms apart; more would not change the choice.
    public static let draws = 240
    /// Days of scores; later ones repeat.
    private static let days = 128
    /// Independent standard normal scores, days x draws.
    private static let scores: [Double] = {
        var scores: [Double] = []
        scores.reserveCapacity(days * draws)
        for day in 0..<days {
            var random = RandomStream(
                seed: 0, stream: RandomStreamID.forecastSample.rawValue, entity: UInt64(day), replication: 0)
            for _ in 0..<draws { scores.append(Normal.quantile(random.uniform())) }
        }
        return scores
    }()

    /// One sum a draw.
    public let sums: [Double]

    /// - Parameters:
    ///   - daily: demand with a shape; without one days are normal.
    ///   - offset: days from its first day to the day of the order.
    ///   - leadTimes: `draws` equally likely lead times in days, ascending.
    public init(_ daily: DailyDemand, from offset: Int = 0, leadTimes: [Double], review: Double) {
        let draws = Self.draws
        let spans = leadTimes.map { max(0, $0 + review) }
        let shape = daily.shape.isEmpty ? DemandShape.scores : daily.shape.map { Double($0) }
        let correlation = daily.correlation
        let fresh = (1 - correlation * correlation).squareRoot()
        var sums = [Double](repeating: 0, count: draws)
        var state = sums
        let last = min(Int((spans.last ?? 0).rounded(.up)), 3_650)
        var first = 0
        // A quarter of a plan's time goes by here: pointers spare the checks of every index, all of which lie below
        // `draws`, `days` and the shape's count.
        sums.withUnsafeMutableBufferPointer { sums in
            state.withUnsafeMutableBufferPointer { state in
                Self.scores.withUnsafeBufferPointer { scores in
                    shape.withUnsafeBufferPointer { shape in
                        for day in 0..<last {
                            while first < draws, spans[first] <= Double(day) { first += 1 }
                            let mean = daily.mean(day: offset + day)
                            let deviation = daily.variance(day: offset + day).squareRoot()
                            let row = day % Self.days * draws
                            let isAlone = day == 0 || correlation == 0
                            for draw in first..<draws {
                                let score = scores[row + draw]
                                let here = isAlone ? score : correlation * state[draw] + fresh * score
                                state[draw] = here
                                let units = max(0, mean + deviation * DemandShape.value(shape, here))
                                let part = spans[draw] - Double(day)
                                sums[draw] += part < 1 ? part * units : units
                            }
                        }
                    }
                }
            }
        }
        self.sums = sums
    }

    /// The samples scaled to a mean, in whole units.
    func whole(mean: Double) -> [Double] {
        let own = sums.reduce(0, +) / Double(sums.count)
        let factor = own > 0 ? mean / own : 1
        return sums.map { ($0 * factor).rounded() }
    }
}

/// Where lead times come from.
public enum LeadTimeLaw: Sendable, Hashable {
    /// A gamma law with this mean and standard deviation, days.
    case gamma(mean: Double, deviation: Double)
    /// Those of past orders, ascending, equally likely, moved by some days.
    case observed([Int], shift: Double)

    /// Equally likely lead times, ascending.
    public func draws(_ count: Int = LeadTimeSamples.draws) -> [Double] {
        let places = (0..<count).map { (Double($0) + 0.5) / Double(count) }
        switch self {
        case .observed(let days, let shift) where !days.isEmpty:
            return places.map { max(0, Double(days[min(days.count - 1, Int($0 * Double(days.count)))]) + shift) }
        case .gamma(let mean, let deviation) where mean > 0 && deviation > 0:
            let law = GammaDistribution(mean: mean, variance: deviation * deviation)
            return places.map { law.quantile($0) }
        case .gamma(let mean, _): return [Double](repeating: max(0, mean), count: count)
        case .observed(_, let shift): return [Double](repeating: max(0, shift), count: count)
        }
    }
}
