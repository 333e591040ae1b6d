/// A family of policies of which, at any time, the one is followed that would have cost least so far (Littlestone and
/// Warmuth, 1994): an honest choice, since nothing later than the order goes into it.
public struct LeadingPolicy: Sendable {
    /// One member: how demand is forecast, and how sure an order makes of covering its period.
    public struct Member: Sendable, Hashable {
        public var forecast: CountForecaster.Settings
        public var ratio: Double
        public init(forecast: CountForecaster.Settings, ratio: Double) {
            (self.forecast, self.ratio) = (forecast, ratio)
        }
    }

    public let members: [Member]
    /// Cost of each member by period since the first.
    public private(set) var costs: [[Double]]
    private var states: [Replay.State]
    private let seen: DemandHistory
    private let replay: Replay
    /// Periods over which members are compared.
    private let memory: Int

    /// - Parameters:
    ///   - seen: what a planner would have seen: sales, and whether there was stock.
    ///   - replay: the demand that the members are judged by, and the rules.
    public init(members: [Member], seen: DemandHistory, replay: Replay, start: Replay.State, memory: Int) {
        self.members = members
        costs = [[Double]](repeating: [], count: members.count)
        states = [Replay.State](repeating: start, count: members.count)
        (self.seen, self.replay, self.memory) = (seen, replay, max(1, memory))
    }

    /// The place of the member that has cost least over the last periods; the first at the beginning.
    public var leader: Int {
        let sums = costs.map { $0.suffix(memory).reduce(0, +) }
        return sums.indices.min { sums[$0] < sums[$1] } ?? 0
    }

    /// Lets every member play one more period. Members that forecast alike share the work.
    public mutating func advance(period: Int) {
        var outlooks: [CountForecaster.Settings: CountForecaster.Outlook] = [:]
        for place in members.indices {
            let settings = members[place].forecast
            let outlook = outlooks[settings] ?? outlook(settings, period: period)
            outlooks[settings] = outlook
            let orders = Self.orders(outlook, ratio: members[place].ratio, state: states[place], rules: replay.rules)
            costs[place].append(replay.step(&states[place], period: period, orders: orders).cost)
        }
    }

    /// The orders of a member for a state of its own.
    public func orders(_ member: Int, period: Int, state: Replay.State) -> [Int] {
        Self.orders(
            outlook(members[member].forecast, period: period), ratio: members[member].ratio, state: state,
            rules: replay.rules)
    }

    private func outlook(_ settings: CountForecaster.Settings, period: Int) -> CountForecaster.Outlook {
        let horizon = (replay.rules.leadTimes.max() ?? 0) + 1
        return CountForecaster(seen, settings: settings).outlook(known: period, horizon: horizon)
    }

    private static func orders(
        _ outlook: CountForecaster.Outlook, ratio: Double, state: Replay.State, rules: Replay.Rules
    ) -> [Int] {
        rules.leadTimes.indices.map { series in
            let lead = rules.leadTimes[series]
            let laws = (0...lead).map {
                countTable(
                    mean: outlook.means[series * outlook.horizon + $0], dispersion: outlook.dispersions[series])
            }
            return ArrivalOutlook(
                onHand: state.onHand[series], arrivals: state.arrivals[series], demand: Array(laws[..<lead]),
                salesAreLost: rules.salesAreLost
            ).order(demand: laws[lead], ratio: ratio)
        }
    }
}
