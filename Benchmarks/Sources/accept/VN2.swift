import Foundation
import NumericCore
import Replenishment

/// The VN2 inventory planning challenge (2025), replayed over the last 52 weeks of its history: weekly orders that can
/// be sold two weeks after the next one, 0.20 a unit and week held, 1.00 a unit lost.
///
/// Demand of weeks without stock is the mean of the nearest four weeks with stock on either side, to whole units, the
/// same for every policy; what a policy may know is sales and stock flags of the weeks before. Every policy begins eight
/// weeks earlier from the same stock.
enum VN2 {
    static let scored = 52
    static let warmUp = 8

    static func check(_ data: URL) async throws -> [Finding] {
        let seen = try history(data)
        let truth = seen.imputed()
        let rules = Replay.Rules(
            leadTimes: [Int](repeating: 2, count: seen.seriesCount), holding: 0.2, shortage: 1, salesAreLost: true)
        let replay = try Replay(demand: truth, rules: rules)
        let end = seen.periodCount
        let begin = end - scored - warmUp

        let start = startState(seen, at: begin)
        var states: [Replay.State] = []
        let benchmark = run(replay, begin..<end, start) { period, state in
            states.append(state)
            return benchmarkOrders(seen, period, state)
        }
        let classic = run(replay, begin..<end, start) { classicOrders(seen, $0, $1) }

        // The family plays on its own from a year and five weeks of history on, long before anything is scored.
        let first = 57
        var family = LeadingPolicy(
            members: members, seen: seen, replay: replay, start: startState(seen, at: first), memory: 52)
        var leaders: [Int] = []
        for period in first..<end {
            leaders.append(family.leader)
            family.advance(period: period)
        }
        let ours = run(replay, begin..<end, start) { family.orders(leaders[$0 - first], period: $0, state: $1) }

        func windows(_ costs: [Double], _ length: Int) -> [Double] {
            let counted = Array(costs[warmUp...])
            return (0...(counted.count - length)).map { counted[$0..<$0 + length].reduce(0, +) }
        }
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
        func saving(_ length: Int, over other: [Double]) -> Double {
            100 * (1 - mean(windows(ours, length)) / mean(windows(other, length)))
        }
        let worst = zip(windows(ours, 26), windows(benchmark, 26)).map { 100 * (1 - $0 / $1) }.min() ?? 0

        // As in the competition: eight weeks from the benchmark's stock, six of them with orders.
        var (oursInRounds, benchmarkInRounds) = (0.0, 0.0)
        for window in stride(from: begin + warmUp, through: end - 8, by: 1) {
            var state = states[window - begin]
            oursInRounds += replay.run(window..<window + 8, from: &state) { period, state in
                period < window + 6
                    ? family.orders(leaders[window - first], period: period, state: state)
                    : [Int](repeating: 0, count: seen.seriesCount)
            }.reduce(0) { $0 + $1.cost }
            state = states[window - begin]
            benchmarkInRounds += replay.run(window..<window + 8, from: &state) { period, state in
                period < window + 6
                    ? benchmarkOrders(seen, period, state) : [Int](repeating: 0, count: seen.seriesCount)
            }.reduce(0) { $0 + $1.cost }
        }
        return [
            Finding(
                name:
                    "cheaper than the benchmark policy, mean of all 8-week windows (cost \(Int(mean(windows(ours, 8)))) against \(Int(mean(windows(benchmark, 8)))))",
                found: saving(8, over: benchmark), required: 8, isUpperLimit: false, unit: "%"),
            Finding(
                name: "cheaper than z sigma root L, mean of all 8-week windows", found: saving(8, over: classic),
                required: 0, isUpperLimit: false, unit: "%"),
            Finding(
                name: "cheaper than the benchmark policy on the worst 26-week total", found: worst, required: 0,
                isUpperLimit: false, unit: "%"),
            Finding(
                name: "cheaper in rounds of 8 weeks from the benchmark's own stock, 6 orders each",
                found: 100 * (1 - oursInRounds / benchmarkInRounds), required: 0, isUpperLimit: false, unit: "%"),
        ]
    }

    /// Sixteen ways to forecast and to be careful.
    static var members: [LeadingPolicy.Member] {
        var all: [LeadingPolicy.Member] = []
        for discount in [0.06, 0.12] {
            for scale in [0.4, 0.8] {
                // 1 / 1.2 is the newsvendor's; less where sales lost on the way make the pipeline worth more.
                for ratio in [1 / 1.2, 0.79, 0.75, 0.71] {
                    all.append(
                        LeadingPolicy.Member(
                            forecast: CountForecaster.Settings(
                                discount: discount, cycle: 52, dispersionScale: scale), ratio: ratio))
                }
            }
        }
        return all
    }

    private static func run(
        _ replay: Replay, _ periods: Range<Int>, _ start: Replay.State, order: (Int, Replay.State) -> [Int]
    ) -> [Double] {
        var state = start
        return replay.run(periods, from: &state, order: order).map(\.cost)
    }

    /// Two weeks of the benchmark's forecast on the shelf and one in each delivery.
    private static func startState(_ seen: DemandHistory, at period: Int) -> Replay.State {
        let forecast = benchmarkForecast(seen, period, horizon: 4)
        return Replay.State(
            onHand: forecast.map { Int(($0.reduce(0, +) / 2).rounded()) },
            arrivals: forecast.map { [Int]([$0[0], $0[0]].map { Int($0.rounded()) }) })
    }

    // MARK: The competition's benchmark

    /// Seasonal factors of the 52 weeks (mean of all series by week, over the mean of all weeks) x the mean of the last
    /// 13 weeks with stock, without season. The variant with factors by series is dearer.
    static func benchmarkForecast(_ seen: DemandHistory, _ known: Int, horizon: Int) -> [[Double]] {
        var factor = [Double](repeating: 0, count: 52)
        var weeks = factor
        for week in 0..<known {
            var (sum, count) = (0.0, 0.0)
            for series in 0..<seen.seriesCount where seen.isObserved[series * seen.periodCount + week] {
                sum += seen.units[series * seen.periodCount + week]
                count += 1
            }
            factor[week % 52] += count > 0 ? sum / count : 0
            weeks[week % 52] += 1
        }
        factor = zip(factor, weeks).map { $1 > 0 ? $0 / $1 : 0 }
        let known52 = zip(factor, weeks).filter { $1 > 0 }.map(\.0)
        let mean = known52.reduce(0, +) / Double(max(1, known52.count))
        factor = zip(factor, weeks).map { $1 > 0 ? max(1e-6, $0 / mean) : 1 }
        return (0..<seen.seriesCount).map { series in
            var (sum, count) = (0.0, 0.0)
            for week in max(0, known - 13)..<known where seen.isObserved[series * seen.periodCount + week] {
                sum += seen.units[series * seen.periodCount + week] / factor[week % 52]
                count += 1
            }
            let level = count > 0 ? sum / count : 0
            return (0..<horizon).map { level * factor[(known + $0) % 52] }
        }
    }

    /// Order up to the forecast of four weeks.
    static func benchmarkOrders(_ seen: DemandHistory, _ period: Int, _ state: Replay.State) -> [Int] {
        benchmarkForecast(seen, period, horizon: 4).enumerated().map { series, weeks in
            max(0, Int((weeks.reduce(0, +) - Double(state.position(series))).rounded()))
        }
    }

    /// Mean of the last 13 weeks over three weeks, and z sigma root 3 with sigma from the last 52.
    private static func classicOrders(_ seen: DemandHistory, _ period: Int, _ state: Replay.State) -> [Int] {
        let z = Normal.quantile(1 / 1.2)
        return (0..<seen.seriesCount).map { series in
            func values(_ weeks: Int) -> [Double] {
                (max(0, period - weeks)..<period).filter { seen.isObserved[series * seen.periodCount + $0] }
                    .map { seen.units[series * seen.periodCount + $0] }
            }
            let (near, far) = (values(13), values(52))
            let mean = near.reduce(0, +) / Double(max(1, near.count))
            let long = far.reduce(0, +) / Double(max(1, far.count))
            let variance = far.reduce(0) { $0 + ($1 - long) * ($1 - long) } / Double(max(1, far.count - 1))
            let level = 3 * mean + z * (3 * variance).squareRoot()
            return max(0, Int((level - Double(state.position(series))).rounded()))
        }
    }

    private static func history(_ data: URL) throws -> DemandHistory {
        func cells(_ name: String) throws -> [[Substring]] {
            try gzipLines(try data.file("vn2/\(name)")).dropFirst().map {
                $0.split(separator: ",", omittingEmptySubsequences: false).dropFirst(2).map { $0 }
            }
        }
        let sales = try cells("week0_Sales.csv.gz")
        let flags = try cells("week0_In_Stock.csv.gz")
        let weeks = sales[0].count
        return try DemandHistory(
            seriesCount: sales.count, periodCount: weeks, units: sales.flatMap { $0.map { Double($0) ?? 0 } },
            isObserved: flags.flatMap { $0.prefix(weeks).map { $0 == "True" } })
    }
}
