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
        let replications = options.replications
        // Units of all rows that are judged, each in the world of its own level.
        var (served, asked) = (
            [Double](repeating: 0, count: replications), [Double](repeating: 0, count: replications)
        )
        var (kept, whole) = (0.0, 0.0)
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
            promise.isFalling =
                Double(levels.days[warmUp][row]?.orderUpTo ?? 0)
                > 1.05 * Double(levels.days[warmUp + options.days - 1][row]?.orderUpTo ?? 0)
            let own = counts[worlds.depths[stock.node.position]].counts
            for (replication, counts) in own.enumerated() {
                served[replication] += counts.asked[place] - counts.missed[place]
                asked[replication] += counts.asked[place]
            }
            let units = own.reduce(0) { $0 + $1.asked[place] }
            kept += promise.promised * units
            whole += promise.planned * units
            rows.append(
                Self.row(
                    stock, promise, own.map { ($0.asked[place], $0.missed[place], $0.shortDays[place]) },
                    lump: prepared.supplyStep.lines.lumps(stock.sku).size))
        }
        let all = asked.reduce(0, +)
        if all > 0 { (promised, planned) = (kept / all, whole / all) }
        outcomes.append(Self.outcome(.shelves, served, of: asked))
        for (setting, counts) in counts.dropFirst(worlds.depthCount) {
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
        private var whole = 0.0
        var demand = 0.0
        var variance = 0.0
        var isFalling = false

        var promised: Double { kept / demand }
        var planned: Double { whole / demand }

        mutating func add(_ level: DailyPlans.Level, mean: Double, variance: Double) {
            kept += mean * level.promised
            whole += mean * level.planned
            demand += mean
            self.variance += variance
        }
    }

    private static func row(
        _ stock: StockRow, _ promise: Promise, _ counts: [(asked: Double, missed: Double, shortDays: Double)],
        lump: Double
    ) -> Row {
        let reached = ServiceReached(
            served: counts.map { $0.asked - $0.missed }, asked: counts.map(\.asked),
            shortages: counts.reduce(0) { $0 + $1.shortDays }, usualMiss: lump)
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
        case .above: asked < promise.demand - noise ? .demandBelow : promise.isFalling ? .falling : .spread
        case .below: asked > promise.demand + noise ? .demandAbove : .spread
        }
    }
}
