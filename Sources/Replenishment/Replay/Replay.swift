/// Plays a policy through past demand, period by period: order, receive, sell, pay.
public struct Replay: Sendable {
    public struct Rules: Sendable, Equatable {
        /// Periods that pass between an order and its arrival: 0 is on the shelf for the next period.
        public var leadTimes: [Int]
        /// Cost of a unit left at the end of a period, and of a unit short (lost, or waiting for a period).
        public var holding: Double
        public var shortage: Double
        public var salesAreLost: Bool
        public init(leadTimes: [Int], holding: Double, shortage: Double, salesAreLost: Bool) {
            (self.leadTimes, self.holding, self.shortage) = (leadTimes, holding, shortage)
            self.salesAreLost = salesAreLost
        }
    }

    /// Stock by series, and what comes in before each of the next periods.
    public struct State: Sendable, Equatable {
        public var onHand: [Int]
        public var arrivals: [[Int]]
        public init(onHand: [Int], arrivals: [[Int]]) {
            (self.onHand, self.arrivals) = (onHand, arrivals)
        }

        /// On hand and on order, less what waits.
        public func position(_ series: Int) -> Int { onHand[series] + arrivals[series].reduce(0, +) }
    }

    /// What one period came to.
    public struct Outcome: Sendable, Equatable {
        public var holdingCost = 0.0
        public var shortageCost = 0.0
        public var demand = 0
        /// Units served at once from the shelf.
        public var served = 0
        public var cost: Double { holdingCost + shortageCost }
    }

    public let demand: DemandHistory
    public let rules: Rules

    public init(demand: DemandHistory, rules: Rules) throws(ReplenishmentError) {
        guard rules.leadTimes.count == demand.seriesCount else {
            throw .shape(what: "lead times", count: rules.leadTimes.count, expected: demand.seriesCount)
        }
        if let bad = rules.leadTimes.first(where: { !(0...1_000).contains($0) }) {
            throw .parameter(name: "lead time", value: Double(bad), expected: "whole periods, 0 to 1000")
        }
        self.demand = demand
        self.rules = rules
    }

    /// One period: the order is placed knowing everything before it, then goods come in and demand is met.
    public func step(_ state: inout State, period: Int, orders: [Int]) -> Outcome {
        var outcome = Outcome()
        for series in 0..<demand.seriesCount {
            state.arrivals[series].append(max(0, orders[series]))
            state.onHand[series] += state.arrivals[series].removeFirst()
            let units = Int(demand.units[series * demand.periodCount + period])
            let available = max(0, state.onHand[series])
            let served = min(units, available)
            outcome.demand += units
            outcome.served += served
            if rules.salesAreLost {
                state.onHand[series] -= served
                outcome.shortageCost += rules.shortage * Double(units - served)
            } else {
                state.onHand[series] -= units
                outcome.shortageCost += rules.shortage * Double(max(0, -state.onHand[series]))
            }
            outcome.holdingCost += rules.holding * Double(max(0, state.onHand[series]))
        }
        return outcome
    }

    /// The outcomes of all periods of a range.
    ///
    /// - Parameter order: the orders of one period, given what has happened before it.
    public func run(
        _ periods: Range<Int>, from state: inout State, order: (_ period: Int, _ state: State) -> [Int]
    ) -> [Outcome] {
        periods.map { period in step(&state, period: period, orders: order(period, state)) }
    }
}
