/// Where a chain should hold its safety stock: exactly for trees, with a bound for every other network without circles.
public enum GuaranteedService {
    public struct Solution: Sendable, Equatable {
        public struct Stage: Sendable, Equatable {
            /// Service times quoted to the stage by its slowest supplier, and by it to its customers.
            public var incoming: Int
            public var outgoing: Int
            /// Periods the stage's own stock must bridge.
            public var bridged: Int
            public var safetyStock: Double
            public var baseStock: Double
            public var cost: Double
        }
        public var stages: [Stage]
        /// Cost of all safety stock a period (a year where the holding rate is one of a year).
        public var cost: Double
        /// No plan costs less.
        public var lowerBound: Double
        public var isProved: Bool
        /// Dynamic programmes solved.
        public var steps: Int

        public var gap: Double { cost > 0 ? max(0, cost - lowerBound) / cost : 0 }
    }

    /// How far a search goes.
    public struct Limits: Sendable {
        /// Dynamic programmes, each one pass over the chain.
        public var steps: Int
        /// Relative gap at which the search ends; 0 for a proof.
        public var gap: Double
        public init(steps: Int = 20_000, gap: Double = 0) {
            self.steps = steps
            self.gap = gap
        }
    }

    /// - Parameters:
    ///   - limits: the search ends there with the best plan so far and its bound. Trees need none.
    ///   - shouldStop: asked between steps; true ends the search likewise.
    public static func solve(
        _ chain: ServiceChain, limits: Limits = Limits(), shouldStop: () -> Bool = { false }
    ) throws(ReplenishmentError) -> Solution {
        var search = try ServiceSearch(chain)
        search.run(limits, shouldStop)
        return solution(
            chain, search.best.times, cost: search.best.cost, bound: search.bound, steps: search.steps)
    }

    /// What given service times cost, taking each stage's incoming time from its slowest supplier.
    public static func evaluate(_ chain: ServiceChain, outgoing: [Int]) throws(ReplenishmentError) -> Solution {
        guard outgoing.count == chain.stages.count else {
            throw .shape(what: "service times", count: outgoing.count, expected: chain.stages.count)
        }
        let incoming = incomingTimes(chain, outgoing)
        for (place, stage) in chain.stages.enumerated() {
            let longest = min(incoming[place] + stage.leadTime, stage.maximumServiceTime ?? .max)
            guard (0...longest).contains(outgoing[place]) else {
                throw .parameter(
                    name: "service time of \(stage.name)", value: Double(outgoing[place]),
                    expected: "whole periods, 0 to \(longest)")
            }
        }
        let cost = totalCost(chain, incoming, outgoing)
        return solution(
            chain, ServiceTimes(incoming: incoming, outgoing: outgoing), cost: cost, bound: 0, steps: 0)
    }

    static func incomingTimes(_ chain: ServiceChain, _ outgoing: [Int]) -> [Int] {
        chain.stages.map { stage in stage.upstream.reduce(0) { max($0, outgoing[$1.stage]) } }
    }

    static func totalCost(_ chain: ServiceChain, _ incoming: [Int], _ outgoing: [Int]) -> Double {
        chain.stages.indices.reduce(0) {
            $0 + chain.cost($1, periods: incoming[$1] + chain.stages[$1].leadTime - outgoing[$1])
        }
    }

    private static func solution(
        _ chain: ServiceChain, _ times: ServiceTimes, cost: Double, bound: Double, steps: Int
    ) -> Solution {
        let stages = chain.stages.indices.map { place in
            let bridged = times.incoming[place] + chain.stages[place].leadTime - times.outgoing[place]
            let safety = chain.demandBound[place] * Double(bridged).squareRoot()
            return Solution.Stage(
                incoming: times.incoming[place], outgoing: times.outgoing[place], bridged: bridged,
                safetyStock: safety, baseStock: chain.demandMean[place] * Double(bridged) + safety,
                cost: chain.cost(place, periods: bridged))
        }
        // Sums of thousands of roots agree to the last digits only.
        let isProved = cost - bound <= 1e-9 * max(1, cost)
        return Solution(
            stages: stages, cost: cost, lowerBound: min(bound, cost), isProved: isProved, steps: steps)
    }
}
