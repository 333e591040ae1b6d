import NumericCore
import Placement
import Testing

@Suite("Assortment of front warehouses")
struct AssortmentTests {
    private func random(_ seed: Int, items: Int, orders: Int) -> Baskets {
        var random = draws("assortment", seed)
        var baskets = Baskets(itemCount: items)
        for _ in 0..<orders {
            baskets.append(
                (0..<1 + random.integer(below: 3)).map { _ in random.integer(below: items) },
                weight: 0.5 + random.uniform())
        }
        return baskets
    }

    @Test("one item that is missing sends the whole order elsewhere")
    func whole() {
        var baskets = Baskets(itemCount: 3)
        baskets.append([0, 1])
        baskets.append([2, 2], weight: 3)
        #expect(baskets.fill([true, false, true]) == 0.75)
        #expect(baskets.expectedFill([0.5, 0.5, 1]) == (0.25 + 3) / 4)
        #expect(baskets.popularity == [0.25, 0.25, 0.75])
    }

    @Test("items that are only bought together are held together, though each alone sells less than others")
    func pairs() throws {
        var baskets = Baskets(itemCount: 4)
        // The pair 0, 1 fills six orders; 2 and 3 are in seven orders each, never without the other two.
        for _ in 0..<6 { baskets.append([0, 1]) }
        for _ in 0..<7 { baskets.append([0, 2, 3]) }
        let held = try AssortmentProblem.items(baskets, maximumItems: 2, closeness: 0.2).solve().items
        #expect(held == [0, 1])
        #expect(try AssortmentProblem.items(baskets, maximumItems: 3, closeness: 0.2).solve().items == [0, 2, 3])
    }

    @Test("within a tenth of the best subset on average, and never beyond the room", arguments: 0..<10)
    func nearOptimum(block: Int) throws {
        var (found, best) = (0.0, 0.0)
        for seed in block * 20..<block * 20 + 20 {
            var random = draws("rooms", seed)
            let baskets = self.random(seed, items: 9, orders: 30)
            let sizes = (0..<9).map { _ in 1 + 2 * random.uniform() }
            let room = 5 + 6 * random.uniform()
            let problem = try AssortmentProblem.items(baskets, sizes: sizes, room: room, closeness: 0.05)
            let held = problem.solve().items
            #expect(held.reduce(0) { $0 + sizes[$1] } <= room + 1e-9, "seed \(seed)")
            func fill(_ items: [Int]) -> Double { baskets.fill((0..<9).map(items.contains)) }
            var optimum = 0.0
            for mask in 0..<512 {
                let items = (0..<9).filter { mask >> $0 & 1 == 1 }
                let used = items.reduce(0.0) { $0 + sizes[$1] }
                if used <= room { optimum = max(optimum, fill(items)) }
            }
            #expect(fill(held) <= optimum + 1e-12, "seed \(seed)")
            (found, best) = (found + fill(held), best + optimum)
        }
        #expect(found >= 0.9 * best, "block \(block): \(found) of \(best)")
    }

    @Test("stock is shared out with the items: more room never fills less, and costs are earned back")
    func allocation() throws {
        let baskets = random(5, items: 12, orders: 200)
        func held(_ room: Double, worth: Double, cost: Double) throws -> (fill: Double, levels: [Int]) {
            let levels = (0..<12).map { _ in
                [(0.6, 1.0), (0.9, 2.0), (0.99, 3.0)].map {
                    AssortmentProblem.Level(availability: $0.0, room: $0.1, cost: cost * $0.1)
                }
            }
            let assortment = try AssortmentProblem(
                baskets: baskets, levels: levels, room: room, worth: worth, closeness: 0.1
            ).solve()
            let used = assortment.levels.reduce(0.0) { $0 + Double($1) }
            #expect(used <= room + 1e-9)
            let fill = baskets.expectedFill(
                assortment.levels.enumerated().map { $1 == 0 ? 0 : levels[$0][$1 - 1].availability })
            return (fill, assortment.levels)
        }
        var last = 0.0
        for room in stride(from: 6.0, through: 36, by: 6) {
            let fill = try held(room, worth: 1, cost: 0).fill
            #expect(fill >= last - 0.02, "room \(room)")
            last = max(last, fill)
        }
        #expect(try held(36, worth: 1, cost: 0).levels == [Int](repeating: 3, count: 12))
        // Nothing is held that costs more than all orders are worth.
        #expect(try held(36, worth: 1, cost: 1e6).levels == [Int](repeating: 0, count: 12))
    }

    @Test("the ranking holds every item once, and its tails are the assortments of their sizes")
    func ranking() throws {
        let baskets = random(8, items: 30, orders: 300)
        let problem = try AssortmentProblem.items(baskets)
        let ranking = problem.ranking()
        #expect(ranking.sorted() == Array(0..<30))
        for size in [5, 12, 20] {
            let held = try AssortmentProblem.items(baskets, maximumItems: size).solve(isExchanging: false).items
            #expect(held == ranking.suffix(size).sorted())
        }
    }

    @Test("an order of one half-life ago counts half, and the reading is chosen by earlier orders alone")
    func reading() {
        #expect(AssortmentReading(halfLife: 30).weight(age: 30) == 0.5)
        #expect(AssortmentReading(halfLife: .infinity).weight(age: 900) == 1)
        // The season turned: what sold in the first hundred days is not bought any more.
        let days = (0..<200).map { $0 }
        let orders = days.map { $0 < 100 ? [0, 1, $0 % 3 + 2] : [5, 6, $0 % 3 + 7] }
        let fitted = AssortmentReading.fitted(
            orders, days: days, itemCount: 10, sizes: [5], halfLives: [20, .infinity], closenesses: [0.5])
        let past = fitted.baskets(orders, days: days, through: 199, itemCount: 10)
        #expect(past.count == 200)
        let ranking = (try? AssortmentProblem.items(past).ranking()) ?? []
        #expect(Set(ranking.suffix(5)) == [5, 6, 7, 8, 9])
    }

    @Test("stock levels that do not rise are refused")
    func errors() {
        let baskets = random(1, items: 1, orders: 5)
        #expect(throws: PlacementError.self) {
            try AssortmentProblem(
                baskets: baskets,
                levels: [[.init(availability: 0.9, room: 1), .init(availability: 0.8, room: 2)]])
        }
        #expect(throws: PlacementError.value(what: "closeness", position: 0, value: 1)) {
            try AssortmentProblem.items(baskets, closeness: 1)
        }
    }
}
