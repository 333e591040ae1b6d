import NumericCore

/// Buying for a season or a flash sale with a second chance: an order before it, and one after its first part has been
/// seen, dearer and with what it brings sold in the second part only (Fisher and Raman, 1996, Operations Research 44).
public struct SeasonBuy: Sendable {
    public struct Terms: Sendable, Equatable {
        public var price: Double
        public var cost: Double
        /// Price of a unit of the second order; nil where there is none.
        public var secondCost: Double?
        /// What a unit left at the end is worth, and what a unit short costs beyond its margin.
        public var salvage: Double
        public var goodwill: Double
        public init(price: Double, cost: Double, secondCost: Double?, salvage: Double = 0, goodwill: Double = 0) {
            (self.price, self.cost, self.secondCost) = (price, cost, secondCost)
            (self.salvage, self.goodwill) = (salvage, goodwill)
        }
    }

    public struct Solution: Sendable, Equatable {
        public var first: Int
        /// The level that stock is brought up to by the second order, by what was sold in the first part.
        public var secondLevel: [Int]
        public var profit: Double
        /// What the best single order would bring.
        public var singleProfit: Double
        public var expectedLeft: Double
        public var expectedShort: Double
    }

    /// Ways the season can go: how likely each is, and the law of units a part under it. What the first part sells tells
    /// which of them it is (Bayes).
    public struct Outlook: Sendable {
        public var weight: Double
        public var first: DemandLaw
        public var second: DemandLaw
        public init(weight: Double, first: DemandLaw, second: DemandLaw) {
            (self.weight, self.first, self.second) = (weight, first, second)
        }
    }

    private let terms: Terms
    private let weights: [Double]
    private let first: [[Double]]
    private let second: [[Double]]

    public init(_ outlooks: [Outlook], terms: Terms) throws(ReplenishmentError) {
        let total = outlooks.reduce(0) { $0 + $1.weight }
        guard total > 0, outlooks.allSatisfy({ $0.weight >= 0 }) else {
            throw .parameter(name: "weight of an outlook", value: total, expected: "weights of 0 or more, not all 0")
        }
        guard terms.price > terms.cost, terms.cost > terms.salvage, terms.goodwill >= 0 else {
            throw .parameter(name: "cost", value: terms.cost, expected: "a cost between salvage and price")
        }
        if let secondCost = terms.secondCost, !(secondCost >= terms.cost) {
            throw .parameter(name: "cost of the second order", value: secondCost, expected: "no less than the first's")
        }
        self.terms = terms
        weights = outlooks.map { $0.weight / total }
        var (one, two) = ([[Double]](), [[Double]]())
        for outlook in outlooks {
            one.append(try ProbabilityTable(outlook.first).probabilities)
            two.append(try ProbabilityTable(outlook.second).probabilities)
        }
        (first, second) = (one, two)
        guard one.reduce(0, { max($0, $1.count) }) + two.reduce(0, { max($0, $1.count) }) < 20_000 else {
            throw .parameter(name: "demand", value: total, expected: "fewer than 20000 units; count in larger ones")
        }
    }

    public func solve() -> Solution {
        let (c, salvage) = (terms.cost, terms.salvage)
        let sizeOne = first.reduce(0) { max($0, $1.count) }
        let sizeTwo = second.reduce(0) { max($0, $1.count) }
        let top = sizeOne + sizeTwo - 1
        // By units sold in the first part: how likely, and the law of the second part then.
        var mass = [Double](repeating: 0, count: sizeOne)
        var after = [[Double]](repeating: [], count: sizeOne)
        for units in 0..<sizeOne {
            var law = [Double](repeating: 0, count: sizeTwo)
            for (outlook, weight) in weights.enumerated() where units < first[outlook].count {
                let chance = weight * first[outlook][units]
                mass[units] += chance
                for (k, p) in second[outlook].enumerated() { law[k] += chance * p }
            }
            after[units] = mass[units] > 0 ? law.map { $0 / mass[units] } : law
        }
        /// Income of the second part from each stock at its beginning.
        func income(_ law: [Double]) -> [Double] {
            // E[min(D, y)] grows by P(D > y) with each unit.
            let mean = law.indices.reduce(0) { $0 + Double($1) * law[$1] }
            var sold = 0.0
            var tail = 1.0
            return (0...top).map { y in
                if y > 0 {
                    tail -= y - 1 < law.count ? law[y - 1] : 0
                    sold += max(0, tail)
                }
                return terms.price * sold + salvage * (Double(y) - sold) - terms.goodwill * (mean - sold)
            }
        }
        var levels = [Int](repeating: 0, count: sizeOne)
        var withSecond = [Double](repeating: 0, count: top + 1)
        var without = withSecond
        for units in 0..<sizeOne where mass[units] > 0 {
            let values = income(after[units])
            var level = 0
            if let secondCost = terms.secondCost {
                for y in 1...max(1, top) where y <= top {
                    if values[y] - secondCost * Double(y) > values[level] - secondCost * Double(level) { level = y }
                }
            }
            levels[units] = level
            for order in 0...top {
                let left = max(0, order - units)
                let sale = terms.price * Double(min(order, units)) - terms.goodwill * Double(max(0, units - order))
                without[order] += mass[units] * (sale + values[left])
                let more = max(0, level - left)
                withSecond[order] +=
                    mass[units] * (sale + values[left + more] - (terms.secondCost ?? 0) * Double(more))
            }
        }
        func best(_ values: [Double]) -> Int {
            values.indices.max {
                (values[$0] - c * Double($0), -$0) < (values[$1] - c * Double($1), -$1)
            } ?? 0
        }
        let (order, single) = (best(withSecond), best(without))
        var (leftOver, missing) = (0.0, 0.0)
        for units in 0..<sizeOne where mass[units] > 0 {
            let stock = max(max(0, order - units), levels[units])
            missing += mass[units] * Double(max(0, units - order))
            for (k, p) in after[units].enumerated() {
                leftOver += mass[units] * p * Double(max(0, stock - k))
                missing += mass[units] * p * Double(max(0, k - stock))
            }
        }
        return Solution(
            first: order, secondLevel: levels, profit: withSecond[order] - c * Double(order),
            singleProfit: without[single] - c * Double(single), expectedLeft: leftOver, expectedShort: missing)
    }
}
