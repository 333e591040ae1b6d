import Foundation

/// A network of stages that each guarantee a service time (Graves and Willems, 2000, MSOM 2): an order is filled after
/// exactly that time as long as demand stays within its bound, and each stage holds the safety stock that this takes.
public struct ServiceChain: Sendable, Equatable {
    /// Cumulative lead times beyond this are refused: the programme counts in whole periods.
    public static let longestTime = 20_000
    /// Pairs of times looked at in one pass over the chain.
    static let largestWork = 1e10

    public struct Stage: Sendable, Equatable {
        public var name: String
        /// Periods of work at the stage, once everything it needs is there.
        public var leadTime: Int
        /// The longest service time the stage may quote; nil where nothing binds it.
        public var maximumServiceTime: Int?
        /// What the stage adds to a unit's cost.
        public var addedCost: Double
        /// The power p with which demand bounds of the stages below pool: (sum of bounds^p)^(1/p); 2 pools as
        /// independent demands do, 1 not at all.
        public var poolingPower: Double
        /// Demand a period from outside, where there is any.
        public var demandMean: Double
        public var demandDeviation: Double
        /// Deviations of demand that are promised to be covered.
        public var safetyFactor: Double
        /// The stages that supply this one, and how many of their units go into one of its.
        public var upstream: [(stage: Int, quantity: Double)]

        public init(
            name: String, leadTime: Int, maximumServiceTime: Int? = nil, addedCost: Double, poolingPower: Double = 2,
            demandMean: Double = 0, demandDeviation: Double = 0, safetyFactor: Double = 0,
            upstream: [(stage: Int, quantity: Double)] = []
        ) {
            self.name = name
            self.leadTime = leadTime
            self.maximumServiceTime = maximumServiceTime
            self.addedCost = addedCost
            self.poolingPower = poolingPower
            self.demandMean = demandMean
            self.demandDeviation = demandDeviation
            self.safetyFactor = safetyFactor
            self.upstream = upstream
        }

        public static func == (a: Stage, b: Stage) -> Bool {
            a.name == b.name && a.leadTime == b.leadTime && a.maximumServiceTime == b.maximumServiceTime
                && a.addedCost == b.addedCost && a.poolingPower == b.poolingPower && a.demandMean == b.demandMean
                && a.demandDeviation == b.demandDeviation && a.safetyFactor == b.safetyFactor
                && a.upstream.elementsEqual(b.upstream) { $0 == $1 }
        }
    }

    struct Link: Sendable, Equatable {
        var from: Int
        var to: Int
    }

    public let stages: [Stage]
    /// Cost of holding a unit of the stage's stock for a period, its value with all that went into it included.
    public let holding: [Double]
    /// Demand a period seen by each stage, and the bound on its fluctuation over one period.
    public let demandMean: [Double]
    public let demandBound: [Double]
    /// Supplier and customer of every link.
    let arcs: [Link]
    /// Upper ends of the service times that can be worth quoting and being quoted.
    let longestOut: [Int]
    let longestIn: [Int]
    /// Stages, suppliers before customers.
    let order: [Int]

    /// - Parameter holdingRate: part of a unit's value that holding it for a period (or a year) costs.
    /// - Throws: names the stage whose numbers are wrong, or that lies on a circle of suppliers.
    public init(stages: [Stage], holdingRate: Double) throws(ReplenishmentError) {
        try requirePositive("holding rate", holdingRate)
        guard !stages.isEmpty else { throw .shape(what: "the chain", count: 0, expected: 1) }
        for stage in stages { try Self.check(stage, count: stages.count) }
        self.stages = stages
        order = try Self.topological(stages)
        arcs = stages.indices.flatMap { to in stages[to].upstream.map { Link(from: $0.stage, to: to) } }
        var value = [Double](repeating: 0, count: stages.count)
        var longestOut = [Int](repeating: 0, count: stages.count)
        var longestIn = longestOut
        for place in order {
            value[place] = stages[place].addedCost
            for (supplier, quantity) in stages[place].upstream {
                value[place] += quantity * value[supplier]
                longestIn[place] = max(longestIn[place], longestOut[supplier])
            }
            let reach = longestIn[place] + stages[place].leadTime
            guard reach <= Self.longestTime else {
                throw .parameter(
                    name: "cumulative lead time of \(stages[place].name)", value: Double(reach),
                    expected: "at most \(Self.longestTime) periods; count in longer ones")
            }
            longestOut[place] = min(reach, stages[place].maximumServiceTime ?? reach)
        }
        let work = stages.indices.reduce(0.0) { $0 + Double(longestIn[$1] + 1) * Double(longestOut[$1] + 1) }
        guard work <= Self.largestWork else {
            throw .parameter(
                name: "lead times of all stages", value: work, expected: "longer periods, of which fewer are counted")
        }
        self.longestOut = longestOut
        self.longestIn = longestIn
        holding = value.map { $0 * holdingRate }
        var mean = stages.map(\.demandMean)
        var power = stages.map { pow($0.demandDeviation * $0.safetyFactor, $0.poolingPower) }
        var bound = [Double](repeating: 0, count: stages.count)
        for place in order.reversed() {
            bound[place] = pow(power[place], 1 / stages[place].poolingPower)
            for (supplier, quantity) in stages[place].upstream {
                mean[supplier] += quantity * mean[place]
                power[supplier] += pow(quantity * bound[place], stages[supplier].poolingPower)
            }
        }
        demandMean = mean
        demandBound = bound
        for place in stages.indices where !(holding[place] * bound[place]).isFinite {
            throw .parameter(name: "cost of \(stages[place].name)", value: value[place], expected: "smaller numbers")
        }
    }

    /// Whether the links form trees, leaving their directions aside.
    public var isForest: Bool { ServiceTree(count: stages.count, arcs: arcs).isComplete }

    /// Cost of the stock a stage holds, by the periods its stock must bridge.
    func cost(_ stage: Int, periods: Int) -> Double {
        holding[stage] * demandBound[stage] * Double(max(0, periods)).squareRoot()
    }

    private static func check(_ stage: Stage, count: Int) throws(ReplenishmentError) {
        func range(_ name: String, _ value: Double, _ isGood: Bool, _ expected: String) throws(ReplenishmentError) {
            guard isGood else { throw .parameter(name: "\(name) of \(stage.name)", value: value, expected: expected) }
        }
        try range(
            "lead time", Double(stage.leadTime), (0...longestTime).contains(stage.leadTime),
            "whole periods, 0 to \(longestTime)")
        if let longest = stage.maximumServiceTime {
            try range("largest service time", Double(longest), longest >= 0, "whole periods, 0 or more")
        }
        for (name, value) in [
            ("added cost", stage.addedCost), ("demand", stage.demandMean), ("deviation", stage.demandDeviation),
            ("safety factor", stage.safetyFactor),
        ] {
            try range(name, value, value >= 0 && value < 1e15, "a number of 0 or more")
        }
        try range(
            "pooling power", stage.poolingPower, stage.poolingPower >= 1 && stage.poolingPower <= 100,
            "a number from 1 to 100")
        for (supplier, quantity) in stage.upstream {
            try range("supplier", Double(supplier), (0..<count).contains(supplier), "a stage of the chain")
            try range("quantity of a supplier", quantity, quantity > 0 && quantity < 1e9, "a number above 0")
        }
    }

    private static func topological(_ stages: [Stage]) throws(ReplenishmentError) -> [Int] {
        var waiting = stages.map(\.upstream.count)
        var customers = [[Int]](repeating: [], count: stages.count)
        for (to, stage) in stages.enumerated() { for link in stage.upstream { customers[link.stage].append(to) } }
        var order = stages.indices.filter { waiting[$0] == 0 }
        var next = 0
        while next < order.count {
            for customer in customers[order[next]] {
                waiting[customer] -= 1
                if waiting[customer] == 0 { order.append(customer) }
            }
            next += 1
        }
        guard order.count == stages.count else {
            let stuck = waiting.firstIndex { $0 > 0 } ?? 0
            throw .text(
                name: "stage", value: stages[stuck].name, expected: "suppliers that do not lead back to it in a circle")
        }
        return order
    }
}
