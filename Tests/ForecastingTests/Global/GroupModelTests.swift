import Retail
import Testing

@testable import Forecasting

@Suite("Trees over groups") struct GroupModelTests {
    private let panel = salesPanel(days: 1_000)
    private let horizon = 28

    /// Four groups that sell twice as much at weekends, without noise.
    private func features() -> (GroupFeatures, Hierarchy.Level) {
        let level = Hierarchy(panel, levels: [["store", "dept"]]).levels[0]
        let history = level.groups.indices.flatMap { g in
            (0..<1_000).map { Double(panel.demand.axis.day($0).weekday > 5 ? 20 : 10) * Double(1 + g) }
        }
        return (GroupFeatures(panel, cadence: Cadence(.day), levels: [level], history: history), level)
    }

    private func actual(_ features: GroupFeatures, _ groups: Int, _ origin: Int) -> [Double] {
        (0..<groups).flatMap { g in (0..<horizon).map { features.history[g * features.steps + origin + $0] } }
    }

    /// What the trees make of a regression, and how wrong both are, on windows of the past.
    private func errors(_ forecast: (GroupFeatures, Int, Int) -> [Double]) async -> (before: Double, after: Double) {
        let (features, level) = features()
        let groups = level.groups.count
        let training = Array(stride(from: 480, through: 1_000 - horizon, by: 14))
        var regression: [Int: [Double]] = [:]
        for origin in training { regression[origin] = forecast(features, groups, origin) }
        let made = await GroupModel(
            features, horizon: horizon,
            boosting: BoostingOptions(
                loss: .squared, trees: 12, learningRate: 0.3, leaves: 12, minimumRows: 30, featureShare: 0.5),
            regression: regression, fewestRows: 1_000
        ).forecasts(training: training, asked: training, threads: 2)
        var (before, after) = (0.0, 0.0)
        for origin in training {
            for (i, y) in actual(features, groups, origin).enumerated() {
                before += abs(y - (regression[origin]?[i] ?? 0))
                after += abs(y - (made[origin]?[i] ?? 0))
            }
        }
        return (before, after)
    }

    @Test func `what a flat regression misses of the week the trees add`() async {
        let (before, after) = await errors { features, groups, origin in
            (0..<groups).flatMap { g in
                [Double](repeating: features.totals.mean(g, origin - 364, origin), count: horizon)
            }
        }
        #expect(after < 0.3 * before)
    }

    @Test func `a regression that is right is left alone`() async {
        let (before, after) = await errors { actual($0, $1, $2) }
        #expect(before == 0)
        #expect(after == 0)
    }

    @Test func `rows have the width they claim, at the beginning of the axis and beyond a year ahead too`() {
        let (features, _) = features()
        for origin in [1, 30, 500, 999] {
            guard let level = features.level(0, origin) else { continue }
            var rows: [Float] = []
            let steps = 1_028 - origin
            let flat = [Double](repeating: 1, count: steps)
            features.append(0, origin, level: level, regression: flat[...], to: &rows)
            #expect(rows.count == steps * features.count)
        }
    }

    @Test func `too little past leaves the regression as it is`() async {
        let (features, level) = features()
        let forecast = [Double](repeating: 3, count: level.groups.count * horizon)
        let made = await GroupModel(
            features, horizon: horizon, boosting: BoostingOptions(loss: .squared), regression: [1_000: forecast]
        ).forecasts(training: [], asked: [1_000], threads: 1)
        #expect(made == [1_000: forecast])
    }
}
