import NumericCore
import Replenishment
import Retail
import Simulation

/// What was promised, held against what came out.
extension PlanTrial {
    init(
        _ prepared: PreparedScenario, _ options: Options, warmUp: Int, worlds: TrialWorlds, levels: DailyPlans,
        counts: [(setting: Setting, counts: [ShelfCounts])]
    ) {
        days = options.days
        let first = prepared.scenario.clock.start - prepared.demand.start + warmUp
        let stocked = prepared.world.stock.rows
        let none = [Double](repeating: 0, count: options.replications)
        // Units of all rows that are judged, each in the world of its own level.
        let alone: [Setting] = [.shelves, .leaving]
        var units = alone.map { _ in (served: none, asked: none) }
        var (kept, whole) = (0.0, 0.0)
        // By how many units a replication may differ by the plan, of each article.
        var spreads: [SKU.Index: Double] = [:]
        for (place, stock) in stocked.enumerated() {
            guard let row = worlds.demandRows[place], !worlds.isFront[stock.node.position] else { continue }
            let daily = prepared.demand.daily(row)
            var promise = Promise()
            for day in 0..<options.days {
                guard let level = levels.days[warmUp + day][row] else { continue }
                promise.add(
                    level, mean: daily.mean(day: first + day), variance: daily.variance(day: first + day))
            }
            guard promise.demand > 1e-6 else { continue }
            let replay = levels.replays[row]
            promise.planned = replay?.share ?? promise.promised
            let depth = worlds.depths[stock.node.position]
            for at in alone.indices {
                for (replication, counts) in counts[at * worlds.depthCount + depth].counts.enumerated() {
                    units[at].served[replication] += counts.asked[place] - counts.missed[place]
                    units[at].asked[replication] += counts.asked[place]
                }
            }
            let own = counts[depth].counts
            let asked = own.reduce(0) { $0 + $1.asked[place] }
            spreads[stock.sku, default: 0] += (replay?.spread ?? 0) * asked
            kept += promise.promised * asked
            whole += promise.planned * asked
            rows.append(
                Self.row(
                    stock, promise, own.map { ($0.asked[place], $0.missed[place], $0.shortages[place]) },
                    usualMiss: prepared.supplyStep.lines.lumps(stock.sku).size, spread: replay?.spread ?? 0))
        }
        let all = units[0].asked.reduce(0, +)
        if all > 0 { (promised, planned) = (kept / all, whole / all) }
        for (setting, units) in zip(alone, units) {
            outcomes.append(Self.outcome(setting, units.served, of: units.asked))
        }
        // Articles' luck is their own: few replications that happen to agree are no surer than the plan has it.
        if all > 0 {
            let squares = spreads.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value * $1.value }
            let spread = squares.squareRoot() / all / Double(options.replications).squareRoot()
            outcomes[0].halfWidth = max(outcomes[0].halfWidth, min(1, spread))
        }
        for (setting, counts) in counts.dropFirst(alone.count * worlds.depthCount) {
            let asked = counts.map { $0.asked.reduce(0, +) }
            outcomes.append(Self.outcome(setting, zip(asked, counts).map { $0 - $1.missed.reduce(0, +) }, of: asked))
        }
    }

    private static func outcome(_ setting: Setting, _ served: [Double], of asked: [Double]) -> Outcome {
        let (share, halfWidth) = shareAndHalfWidth(served, of: asked)
        return Outcome(setting: setting, served: share ?? 1, halfWidth: halfWidth ?? 1)
    }

    /// What a plan promises of a row over the days counted, weighted by their demand.
    private struct Promise {
        private var kept = 0.0
        var demand = 0.0
        var variance = 0.0
        /// What the levels come to.
        var planned = 1.0

        var promised: Double { kept / demand }

        mutating func add(_ level: DailyPlans.Level, mean: Double, variance: Double) {
            kept += mean * level.promised
            demand += mean
            self.variance += variance
        }
    }

    private static func row(
        _ stock: StockRow, _ promise: Promise, _ counts: [(asked: Double, missed: Double, shortages: Double)],
        usualMiss: Double, spread: Double
    ) -> Row {
        let reached = ServiceReached(
            served: counts.map { $0.asked - $0.missed }, asked: counts.map(\.asked),
            shortages: counts.reduce(0) { $0 + $1.shortages }, usualMiss: usualMiss, spread: spread)
        let count = Double(max(1, counts.count))
        var verdict = reached.verdict(promised: promise.promised, planned: promise.planned)
        if reached.asked < 1 { verdict = .few }
        return Row(
            sku: stock.sku, node: stock.node, promised: promise.promised, planned: promise.planned,
            reached: reached.share, halfWidth: reached.halfWidth, asked: reached.asked / count,
            expected: promise.demand, verdict: verdict,
            why: why(verdict, promise, asked: reached.asked / count, count: count))
    }

    private static func why(
        _ verdict: PlanReplay.Verdict, _ promise: Promise, asked: Double, count: Double
    ) -> Why? {
        // Two standard deviations of what the plan says about the mean of the replications, and a twentieth.
        let noise = 2 * (promise.variance / count).squareRoot() + 0.05 * promise.demand
        return switch verdict {
        case .kept: nil
        case .few: .few
        case .above: asked < promise.demand - noise ? .demandBelow : .spread
        case .below:
            asked > promise.demand + noise
                ? .demandAbove : promise.planned < promise.promised - 0.005 ? .moving : .spread
        }
    }
}
