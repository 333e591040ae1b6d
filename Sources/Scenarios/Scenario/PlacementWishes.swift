public import Placement
public import Retail

/// What a scenario asks of its placement beyond cost, distance and the hour.
public struct PlacementWishes: Sendable, Equatable {
    /// Files beside the data set: candidate sites in place of its own, and measured ways; nil where there are none.
    public var candidates: String?
    public var travel: String?
    public var reachTime: Instant?
    public var objective: LocationProblem.Objective
    public var cases: [DemandCase]
    /// A front warehouse serves what its stations pick, no more.
    public var isBoundByPicks: Bool
    public var sizes: [Size]
    public var isSingleSource: Bool
    /// Of the value of the stock, for a year.
    public var holdingRate: Rate
    public var deliveryCost: Money
    public var transferCost: Money
    public var workLimit: Int

    public struct DemandCase: Sendable, Equatable {
        public var code: String
        public var probability: Rate
        public var factor: Double
        /// Nil: all regions.
        public var regions: [String]?
    }

    public struct Size: Sendable, Equatable {
        public var code: String
        public var orders: Int64
        public var fixedCost: Double
        public var scale: Double
    }

    init(_ read: SettingsReader) {
        candidates = read.text("network.candidates")
        travel = read.text("network.travel")
        reachTime = read.duration("network.reach_time")
        objective = read.choice("network.objective", .expected)
        cases = (0..<read.count("network.cases")).compactMap { position in
            let path = "network.cases[\(position)]"
            guard let code = read.text("\(path).code") else { return nil }
            return DemandCase(
                code: code, probability: read.rate("\(path).probability") ?? .zero,
                factor: read.number("\(path).factor") ?? 1, regions: read.codes("\(path).regions"))
        }
        isBoundByPicks = read.text("network.capacity") == "picks"
        sizes = (0..<read.count("network.sizes")).compactMap { position in
            let path = "network.sizes[\(position)]"
            guard let code = read.text("\(path).code") else { return nil }
            return Size(
                code: code, orders: read.integer("\(path).orders") ?? 0,
                fixedCost: read.number("\(path).fixed_cost") ?? 1, scale: read.number("\(path).scale") ?? 1)
        }
        isSingleSource = read.text("network.sourcing") == "single"
        holdingRate = read.rate("network.holding_rate") ?? .zero
        deliveryCost = read.money("network.delivery_cost") ?? Money(units: 0, currency: nil)
        transferCost = read.money("network.transfer_cost") ?? Money(units: 0, currency: nil)
        workLimit = Int(read.integer("network.work_limit") ?? 200_000)
    }
}
