/// What to buy of everything at once: every line's quantities, from every supplier, within a budget and a space, where
/// a yuan buys most.
public struct JointOrder: Sendable {
    /// One SKU at one node.
    public struct Line: Sendable {
        public var supplier: Int
        /// The warehouse it goes to: a place in `JointOrder.spaces`.
        public var place: Int
        /// Demand that this order is the last chance to cover: from its arrival on until the next order can arrive,
        /// with what comes before it.
        public var law: DemandLaw
        /// On hand, in transit and on order, less what waits.
        public var position: Int64
        /// What a unit short costs (its margin and the goodwill), and a unit left at the end of the span (and of every later
        /// span that it is held for).
        public var shortage: Double
        public var holding: Double
        /// What the supplier asks.
        public var terms: LineTerms
        /// What a stock plan asks for; nil: whatever is worth its holding (the newsvendor's order).
        public var asked: Asked?

        public init(
            supplier: Int, place: Int = 0, law: DemandLaw, position: Int64, shortage: Double, holding: Double,
            terms: LineTerms, asked: Asked? = nil
        ) {
            (self.supplier, self.place, self.law, self.position) = (supplier, place, law, position)
            (self.shortage, self.holding, self.terms, self.asked) = (shortage, holding, terms, asked)
        }
    }

    /// An order that a stock plan has settled for a line. Its units are not charged their holding, which the plan has
    /// weighed already; units beyond them only cost.
    public struct Asked: Sendable, Equatable {
        /// Units, as the line's terms allow them.
        public var units: Int64
        /// Most units where a price break or the order as a whole calls for more.
        public var most: Int64
        /// What one more order line costs: what is left out today must be ordered later.
        public var again: Double
        /// Units expected to be there still when the order arrives.
        public var left: Double

        public init(units: Int64, most: Int64, again: Double = 0, left: Double = 0) {
            (self.units, self.most, self.again, self.left) = (units, most, again, left)
        }
    }

    /// What one order at a supplier must come to, and how it travels.
    public struct Supplier: Sendable {
        public var minimumValue: Double
        public var minimumUnits: Int64
        /// Cost of the order, whatever is in it.
        public var orderCost: Double
        /// Nil where goods come loose and freight is in the prices.
        public var container: Container?
        /// Most units it can send until the next order; nil where nothing binds it.
        public var maximumUnits: Int64?
        public init(
            minimumValue: Double = 0, minimumUnits: Int64 = 0, orderCost: Double = 0, container: Container? = nil,
            maximumUnits: Int64? = nil
        ) {
            (self.minimumValue, self.minimumUnits) = (minimumValue, minimumUnits)
            (self.orderCost, self.container, self.maximumUnits) = (orderCost, container, maximumUnits)
        }

        /// What a unit of volume costs to bring in a full container.
        var freightRate: Double { container.map { $0.cost / $0.volume } ?? 0 }
    }

    /// A container or truck.
    public struct Container: Sendable, Equatable {
        public var volume: Double
        /// What each begun one costs.
        public var cost: Double
        /// Part of its volume from which the last one is sent, to within one order multiple.
        public var leastFill: Double
        public init(volume: Double, cost: Double = 0, leastFill: Double = 0) {
            (self.volume, self.cost, self.leastFill) = (volume, cost, leastFill)
        }
    }

    public struct Solution: Sendable, Equatable {
        /// Units by line.
        public var quantities: [Int64]
        /// By supplier, whether anything is ordered, and the containers begun.
        public var isOrdered: [Bool]
        public var containers: [Int]
        /// What the orders are worth: expected shortage avoided less holding, order and freight costs, and, where no
        /// budget binds, nothing else. Purchase prices count against the budget only, except for discounts.
        public var value: Double
        /// No choice of orders from the quantities looked at (`LineLadder`) is worth more.
        public var upperBound: Double
        public var cost: Double
        public var volume: Double
        /// What another yuan of budget, another unit of space in each warehouse, and another unit that each supplier
        /// could send would be worth.
        public var budgetPrice: Double
        public var spacePrices: [Double]
        public var capacityPrices: [Double]

        /// Part of the bound that was left.
        public var gap: Double { upperBound > 0 ? max(0, upperBound - value) / upperBound : 0 }
    }

    public let lines: [Line]
    public let suppliers: [Supplier]
    public let budget: Double
    /// Most volume that may come into each warehouse; infinity where nothing binds it.
    public let spaces: [Double]

    /// - Parameters:
    ///   - budget: most money for all orders; infinity where nothing binds it.
    ///   - spaces: by warehouse; those beyond its end have room for everything.
    public init(
        lines: [Line], suppliers: [Supplier], budget: Double = .infinity, spaces: [Double] = []
    ) throws(ReplenishmentError) {
        guard budget >= 0, spaces.allSatisfy({ $0 >= 0 }) else {
            throw .parameter(
                name: "budget or space", value: min(budget, spaces.min() ?? 0), expected: "a number of 0 or more")
        }
        for line in lines {
            guard suppliers.indices.contains(line.supplier) else {
                throw .shape(what: "suppliers", count: suppliers.count, expected: line.supplier + 1)
            }
            guard line.place >= 0, line.place < 1 << 24 else {
                throw .parameter(name: "warehouse of a line", value: Double(line.place), expected: "0 or more")
            }
            guard line.shortage >= 0, line.holding >= 0, line.shortage.isFinite, line.holding.isFinite else {
                throw .parameter(
                    name: "shortage or holding cost", value: min(line.shortage, line.holding), expected: "0 or more")
            }
            try line.terms.check()
        }
        for supplier in suppliers
        where
            !(supplier.minimumValue >= 0 && supplier.orderCost >= 0 && supplier.maximumUnits ?? 0 >= 0
            && supplier.container.map { $0.volume > 0 && $0.cost >= 0 && 0...1 ~= $0.leastFill } ?? true)
        {
            throw .parameter(
                name: "order minimum, order cost or container of a supplier", value: supplier.minimumValue,
                expected: "numbers of 0 or more, a container with room")
        }
        (self.lines, self.suppliers, self.budget) = (lines, suppliers, budget)
        let places = (lines.map(\.place).max() ?? -1) + 1
        self.spaces = (0..<places).map { $0 < spaces.count ? spaces[$0] : .infinity }
    }
}

/// The terms of one line.
public struct LineTerms: Sendable {
    /// Prices by quantity, ascending from 1.
    public var prices: [(from: Int64, price: Double)]
    /// Whether a lower price counts only for the units beyond its quantity (all units otherwise).
    public var isIncremental: Bool
    public var minimum: Int64
    public var multiple: Int64
    /// Most units that may be ordered; nil where nothing binds it.
    public var maximum: Int64?
    public var unitVolume: Double

    public init(
        prices: [(from: Int64, price: Double)], isIncremental: Bool = false, minimum: Int64 = 1, multiple: Int64 = 1,
        maximum: Int64? = nil, unitVolume: Double = 0
    ) {
        (self.prices, self.isIncremental, self.minimum) = (prices, isIncremental, minimum)
        (self.multiple, self.maximum, self.unitVolume) = (max(1, multiple), maximum, unitVolume)
    }

    /// The smallest order of at least `units` that the terms allow; nil beyond the maximum.
    func allowed(atLeast units: Int64) -> Int64? {
        let least = max(units, minimum, 1)
        let lots = least / multiple + (least % multiple == 0 ? 0 : 1)
        let (order, overflow) = lots.multipliedReportingOverflow(by: multiple)
        return overflow || order > maximum ?? .max ? nil : order
    }

    /// What an order of that many units costs.
    func cost(_ units: Int64) -> Double {
        guard isIncremental else { return Double(units) * (prices.last { $0.from <= units } ?? prices[0]).price }
        var sum = 0.0
        for (place, tier) in prices.enumerated() {
            let end = place + 1 < prices.count ? prices[place + 1].from - 1 : Int64.max
            let start = place == 0 ? 1 : tier.from
            if units >= start { sum += Double(min(units, end) - start + 1) * tier.price }
        }
        return sum
    }

    func check() throws(ReplenishmentError) {
        guard let first = prices.first, first.from <= 1, prices.allSatisfy({ $0.price >= 0 && $0.price.isFinite })
        else {
            throw .parameter(
                name: "price", value: prices.first?.price ?? .nan, expected: "prices of 0 or more, the first from 1 on")
        }
        for (one, next) in zip(prices, prices.dropFirst()) where one.from >= next.from {
            throw .parameter(name: "price break", value: Double(next.from), expected: "quantities that rise")
        }
        guard minimum >= 0, unitVolume >= 0, unitVolume.isFinite else {
            throw .parameter(
                name: "minimum or volume", value: min(Double(minimum), unitVolume), expected: "a number of 0 or more")
        }
    }
}
