import NumericCore

/// Orders up to a level every period so that a promised part of demand is served from the shelf, each series from the
/// predictive law of its own demand over lead time plus one period. Customers wait.
///
/// The laws are estimates, and what they miss (a level that drifts, days that go together) costs fill. How much is
/// measured: `calibrated` finds the target that, had it been asked for in an earlier span, would have given the promise.
public struct FillRatePolicy: Sendable {
    public let seen: DemandHistory
    public let replay: Replay
    public let forecast: CountForecaster.Settings

    public init(seen: DemandHistory, replay: Replay, forecast: CountForecaster.Settings) {
        (self.seen, self.replay, self.forecast) = (seen, replay, forecast)
    }

    /// What a span came to: units asked for and served, costs, and the fill that whole units add by themselves, over
    /// the target asked for.
    public struct Result: Sendable {
        public var demand = 0
        public var served = 0
        public var cost = 0.0
        public var wholeUnitSurplus = 0.0
        public var fillRate: Double { demand > 0 ? Double(served) / Double(demand) : 1 }

        public init(demand: Int = 0, served: Int = 0, cost: Double = 0, wholeUnitSurplus: Double = 0) {
            (self.demand, self.served, self.cost) = (demand, served, cost)
            self.wholeUnitSurplus = wholeUnitSurplus
        }

        /// Adds another span's figures; the surplus adds up too, so that it is divided by the number of periods.
        public mutating func add(_ other: Result) {
            demand += other.demand
            served += other.served
            cost += other.cost
            wholeUnitSurplus += other.wholeUnitSurplus
        }
    }

    /// The order-up-to levels of one period for a target, and the fill they promise (weighted by demand).
    public func levels(period: Int, target: Double) throws(ReplenishmentError) -> (levels: [Int], promised: Double) {
        let horizon = (replay.rules.leadTimes.max() ?? 0) + 1
        let outlook = CountForecaster(seen, settings: forecast).outlook(known: period, horizon: horizon)
        var levels: [Int] = []
        var (served, asked) = (0.0, 0.0)
        for series in 0..<seen.seriesCount {
            let lead = replay.rules.leadTimes[series]
            func law(_ periods: Int) -> DemandLaw {
                var (mean, variance) = (0.0, 0.0)
                for step in 0..<periods {
                    let units = outlook.means[series * horizon + step]
                    mean += units
                    variance += units + outlook.dispersions[series] * units * units
                }
                if periods == 0 { return .none }
                return NegativeBinomialDistribution(mean: mean, variance: variance).map { .negativeBinomial($0) }
                    ?? .poisson(PoissonDistribution(mean: mean))
            }
            let (over, all) = (law(lead), law(lead + 1))
            let level = try OrderUpToLevel.wholeForFillRate(
                target, overLeadTime: over, overLeadTimeAndReview: all)
            levels.append(Int(level))
            let weight = outlook.means[series * horizon + lead]
            asked += weight
            served +=
                weight
                * OrderUpToLevel.fillRate(Double(level), overLeadTime: over, overLeadTimeAndReview: all)
        }
        return (levels, asked > 0 ? served / asked : 1)
    }

    /// Plays the policy over a span and says what each period came to. The state is carried on.
    public func outcomes(_ periods: Range<Int>, target: Double, from state: inout Replay.State)
        throws(ReplenishmentError) -> [Result]
    {
        var results: [Result] = []
        for period in periods {
            let (levels, promised) = try levels(period: period, target: target)
            let outcome = replay.step(
                &state, period: period, orders: levels.indices.map { max(0, levels[$0] - state.position($0)) })
            results.append(
                Result(
                    demand: outcome.demand, served: outcome.served, cost: outcome.cost,
                    wholeUnitSurplus: promised - target))
        }
        return results
    }

    /// The target that gives `promise` over an earlier span, read off the fill rates that `targets` gave there.
    public static func calibrated(_ promise: Double, targets: [Double], reached: [Double]) -> Double {
        let curve = zip(targets, reached).sorted { $0.1 < $1.1 }
        guard let first = curve.first, let last = curve.last else { return promise }
        if promise <= first.1 { return first.0 }
        for (low, high) in zip(curve, curve.dropFirst()) where promise <= high.1 {
            let width = high.1 - low.1
            return width > 0 ? low.0 + (high.0 - low.0) * (promise - low.1) / width : low.0
        }
        // Beyond what was tried: the part unserved shrinks in proportion.
        return 1 - (1 - last.0) * (1 - promise) / max(1 - last.1, 1e-9)
    }
}
