import Foundation
import NumericCore
import Replenishment

/// 1,000 item-stores of M5 over the last year of the data: lead times of 3 to 9 days, review every day, customers wait.
///
/// The items are those with the smallest hashes among the ones sold in the first 1,000 days. A run of zeros too long for
/// luck (`DemandHistory.zeroRunsHidden`: below one in a hundred over the whole history, for counts twice as clumped as
/// Poisson) counts as missing stock: hidden from the policy, and its demand the mean of the nearest 14 days on either
/// side.
enum M5Replay {
    static let items = 1_000

    static func check(_ data: URL) async throws -> [Finding] {
        let seen = try history(data).zeroRunsHidden()
        let truth = seen.imputed(neighbours: 14)
        let leads = (0..<seen.seriesCount).map { 3 + $0 % 7 }
        var findings: [Finding] = []
        let end = seen.periodCount
        let settings = CountForecaster.Settings(discount: 0.03, slowDiscount: 0.005, prior: 14, cycle: 7)
        let targets = [0.82, 0.88, 0.93, 0.96, 0.98, 0.99]

        func policy(_ target: Double) throws -> FillRatePolicy {
            let rules = Replay.Rules(
                leadTimes: leads, holding: 1, shortage: target / (1 - target), salesAreLost: false)
            return FillRatePolicy(seen: seen, replay: try Replay(demand: truth, rules: rules), forecast: settings)
        }
        func start() -> Replay.State {
            Replay.State(
                onHand: [Int](repeating: 0, count: seen.seriesCount),
                arrivals: leads.map { [Int](repeating: 0, count: $0) })
        }
        // Every target plays on its own from a year and more before the scored one; every four weeks the promise's
        // target is read off what they reached over the last half year.
        let first = end - 365 - 30 - 182 - 30
        let shadows = try targets.map { target in
            var state = start()
            return try policy(target).outcomes(first..<end, target: target, from: &state)
        }
        func reached(_ shadow: [FillRatePolicy.Result], until day: Int) -> Double {
            let window = shadow[(day - 182 - first)..<(day - first)]
            let (served, demand) = window.reduce((0, 0)) { ($0.0 + $1.served, $0.1 + $1.demand) }
            return Double(served) / Double(max(1, demand))
        }
        for promise in [0.90, 0.95, 0.98] {
            var state = start()
            let policy = try policy(promise)
            var result = FillRatePolicy.Result()
            var day = end - 365 - 30
            while day < end {
                let target = FillRatePolicy.calibrated(
                    promise, targets: targets, reached: shadows.map { reached($0, until: day) })
                let next = min(end, day + 28)
                let outcomes = try policy.outcomes(day..<next, target: target, from: &state)
                for (place, outcome) in outcomes.enumerated() where day + place >= end - 365 { result.add(outcome) }
                day = next
            }
            let percent = Int((100 * promise).rounded())
            let miss = 100 * (result.fillRate - promise)
            findings.append(
                Finding(
                    name: "promised \(percent) %: fill reached above the promise", found: miss, required: -1,
                    isUpperLimit: false, unit: "points"))
            findings.append(
                Finding(
                    name: "promised \(percent) %: fill reached above the promise", found: miss, required: 1.5,
                    unit: "points"))
            findings.append(
                Finding(
                    name: "promised \(percent) %: of it from whole units, in the laws' own reckoning",
                    found: 100 * result.wholeUnitSurplus / 365, required: 100, unit: "points"))
            let hindsight = hindsightCost(policy.replay, end - 365..<end)
            findings.append(
                Finding(
                    name: "cost against the best fixed base stock in hindsight, shortage priced for \(percent) %",
                    found: result.cost / hindsight, required: 2))
        }
        return findings
    }

    /// The cheapest fixed level for each series, knowing the sums of demand over lead time plus one day of the year.
    private static func hindsightCost(_ replay: Replay, _ days: Range<Int>) -> Double {
        var total = 0.0
        for series in 0..<replay.demand.seriesCount {
            let lead = replay.rules.leadTimes[series]
            let row = series * replay.demand.periodCount
            let sums = days.map { day in
                (day - lead...day).reduce(0) { $0 + replay.demand.units[row + $1] }
            }
            let law = DemandLaw.empirical(EmpiricalDistribution(sums))
            let level = law.quantile(
                Newsvendor.criticalRatio(holding: replay.rules.holding, shortage: replay.rules.shortage))
            total +=
                Double(days.count)
                * Newsvendor.cost(level, law: law, holding: replay.rules.holding, shortage: replay.rules.shortage)
        }
        return total
    }

    private static func history(_ data: URL) throws -> DemandHistory {
        let lines = try gzipLines(try data.file("m5/sales_d1_d1857.csv.gz"))
        var chosen: [(hash: UInt64, line: Substring)] = []
        for line in lines.dropFirst() {
            guard let name = line.split(separator: ",", maxSplits: 1).first else { continue }
            chosen.append((entityHash(String(name)), line))
        }
        chosen.sort { $0.hash < $1.hash }
        var units: [Double] = []
        var (count, days) = (0, 0)
        for (_, line) in chosen where count < items {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            let row = cells.compactMap { Double($0) }
            guard row.count > 1_500, let first = row.firstIndex(where: { $0 > 0 }), first < 1_000 else { continue }
            days = row.count
            units += row
            count += 1
        }
        return try DemandHistory(
            seriesCount: count, periodCount: days, units: units,
            isObserved: [Bool](repeating: true, count: units.count))
    }
}
