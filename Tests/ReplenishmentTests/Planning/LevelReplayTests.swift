import NumericCore
import Replenishment
import Retail
import Testing

@Suite("Levels that are set anew every day, played") struct LevelReplayTests {
    private let feed = Feed(
        source: .supplier(Supplier.Index(0)), leadTime: 3, leadTimeDeviation: 0, reviewPeriod: 1, unitCost: .zero,
        policy: .orderUpTo)

    /// Poisson demand and the levels that serve a part of it, each as if its day's demand went on for ever.
    private func replay(_ means: [Double], fill: Double = 0.9) throws -> LevelReplay {
        let daily = DailyDemand(mean: means, deviation: means.map { $0.squareRoot() })
        let policies = try means.indices.map { day -> PolicyParameters in
            let ahead = means[day..<min(means.count, day + 4)]
            let all = ahead.reduce(0, +) * 4 / Double(ahead.count)
            let level = try OrderUpToLevel.wholeForFillRate(
                fill, overLeadTime: .poisson(PoissonDistribution(mean: all * 0.75)),
                overLeadTimeAndReview: .poisson(PoissonDistribution(mean: all)))
            return PolicyParameters(reorderPoint: level - 1, orderUpTo: level)
        }
        return try #require(
            LevelReplay(
                daily: daily, feed: feed, policies: policies, warmUp: 14, lines: [.init(units: 1, share: 1)],
                replications: 400, seed: 3, entity: 5))
    }

    @Test("that stay come to what the formula says")
    func steady() throws {
        let replay = try replay([Double](repeating: 6, count: 60))
        let level = try OrderUpToLevel.wholeForFillRate(
            0.9, overLeadTime: .poisson(PoissonDistribution(mean: 18)),
            overLeadTimeAndReview: .poisson(PoissonDistribution(mean: 24)))
        let formula = OrderUpToLevel.fillRate(
            Double(level), overLeadTime: .poisson(PoissonDistribution(mean: 18)),
            overLeadTimeAndReview: .poisson(PoissonDistribution(mean: 24)))
        #expect(abs(replay.share - formula) < 1.5 * replay.spread / 20 + 0.002, "\(replay), \(formula)")
    }

    @Test("that fall faster than goods are sold leave stock above them, which serves more")
    func falling() throws {
        let swings = (0..<60).map { $0 % 10 < 5 ? 12.0 : 0.5 }
        #expect(try replay(swings).share > replay([Double](repeating: 6, count: 60)).share + 0.01)
    }

    @Test("that nobody asks for anything of have no answer")
    func none() {
        let daily = DailyDemand(mean: [0], deviation: [0])
        let still = [PolicyParameters](repeating: PolicyParameters(reorderPoint: 1, orderUpTo: 2), count: 20)
        #expect(
            LevelReplay(
                daily: daily, feed: feed, policies: still, warmUp: 5, lines: [], replications: 4, seed: 1, entity: 1)
                == nil)
    }
}
