import NumericCore
import Replenishment
import Retail
import Testing

@Suite("Suppliers") struct SupplierTests {
    private let today = Day(number: 15_000)

    @Test("lead time stops while the supplier is closed: brute force over days", arguments: 0..<200)
    func calendar(seed: Int) {
        var random = draws("calendar", seed)
        let closures = (0..<random.integer(below: 4)).map { _ -> SupplierClosure in
            let from = today + random.integer(below: 40)
            return SupplierClosure(
                supplier: Supplier.Index(0), from: from, through: from + random.integer(below: 20))
        }
        let calendar = SupplierCalendar(suppliers: 1, closures)
        let lead = random.integer(below: 30)
        let ordered = today + random.integer(below: 30)
        func isOpen(_ day: Day) -> Bool { !closures.contains { $0.from <= day && day <= $0.through } }
        var (arrival, left) = (ordered, lead)
        while left > 0 {
            arrival = arrival + 1
            if isOpen(arrival) { left -= 1 }
        }
        if lead == 0 { while !isOpen(arrival) { arrival = arrival + 1 } }
        #expect(
            calendar.arrival(Supplier.Index(0), ordered: ordered, leadDays: lead) == arrival, "seed \(seed)")
    }

    @Test("goods are bought ahead of a shutdown that the next order would run into")
    func buyAhead() {
        let world = SmallWorld()
        let demand = world.demand([(0, 0, 10, 3)])
        func feed(_ closures: [SupplierClosure]) -> Feed? {
            Feed.resolve(
                demand: demand, upstream: world.upstream, skus: world.skus, suppliers: world.suppliers,
                supply: world.supply, transfers: [], calendar: SupplierCalendar(suppliers: 1, closures),
                today: world.today)[0]
        }
        // Review every 7 days, 6 days of lead time: the next order would arrive on day 13.
        let shut = SupplierClosure(supplier: Supplier.Index(0), from: world.today + 8, through: world.today + 28)
        #expect(feed([])?.leadTime == 6 && feed([shut])?.leadTime == 27)
        #expect(feed([shut])?.leadDays == 6, "this order still comes before the shutdown")
        let over = SupplierClosure(supplier: Supplier.Index(0), from: world.today + 60, through: world.today + 80)
        #expect(feed([over])?.leadTime == 6)
    }

    @Test("a scorecard counts what past orders show")
    func scorecard() {
        func record(
            _ ordered: Int, _ promised: Int, _ received: Int?, _ quantity: Quantity, got: Quantity? = nil,
            bad: Quantity = 0
        )
            -> PurchaseRecord
        {
            PurchaseRecord(
                sku: SKU.Index(0), supplier: Supplier.Index(0), quantity: quantity, ordered: today + ordered,
                promised: today + promised, received: received.map { today + $0 }, receivedQuantity: got,
                rejectedQuantity: bad)
        }
        let records = [
            record(-100, -90, -90, 10), record(-80, -70, -66, 10, got: 8, bad: 2), record(-60, -50, -50, 20),
            record(-30, -20, nil, 10), record(-5, 5, nil, 99),
        ]
        let card = Scorecard.measure(records, suppliers: 2, today: today)[0]
        #expect(card.lines == 5 && card.received == 3 && !card.isMeasured)
        // 10, 14 and 10 days.
        #expect(agrees(card.leadTime ?? 0, 34.0 / 3) && agrees(card.leadTimeDeviation ?? 0, (16.0 / 3).squareRoot()))
        #expect(agrees(card.onTime ?? 0, 2.0 / 3) && card.delay == 4)
        // 38 of the 50 units that were due; the order due in five days is not held against the supplier.
        #expect(agrees(card.fill ?? 0, 38.0 / 50) && agrees(card.faulty ?? 0, 2.0 / 38))
        #expect(Scorecard.measure(records, suppliers: 2, today: today)[1].leadTime == nil)
    }

    private func world(_ second: Supplier, cost: Int64) -> SmallWorld {
        var world = SmallWorld()
        world.suppliers.append(second)
        world.supply.append(
            SupplyTerms(
                sku: SKU.Index(0), supplier: Supplier.Index(1), minimumQuantity: 1, orderMultiple: 1,
                breaks: [PriceBreak(from: 1, unitCost: UnitPrice(units: cost))]))
        return world
    }

    @Test("payment days, tax, lead time and faulty goods decide between prices that are close")
    func choice() {
        func chosen(_ second: Supplier, _ cost: Int64, _ purchases: [PurchaseRecord] = []) -> Int? {
            let world = world(second, cost: cost)
            let demand = world.demand([(0, 0, 5, 2)])
            return SupplierChoice(
                skus: world.skus, suppliers: world.suppliers, supply: world.supply, today: world.today,
                scorecards: Scorecard.measure(purchases, suppliers: 2, today: world.today), demand: demand
            ).terms(of: SKU.Index(0))?.supplier.position
        }
        let same = Supplier(code: "S2", name: "Beta", leadTime: 6, leadTimeDeviation: 1.5)
        #expect(chosen(same, 20_000) == 0 && chosen(same, 19_000) == 1)
        var credit = same
        credit.paymentDays = 120
        // 90 more days at 6 % a year are worth 1.5 %.
        #expect(chosen(credit, 20_200) == 1 && chosen(credit, 20_500) == 0)
        var taxed = same
        (taxed.taxRate, taxed.pricesIncludeTax) = (Rate(partsPerMillion: 130_000), true)
        #expect(chosen(taxed, 22_000) == 1)
        var maker = same
        maker.tier = .manufacturer
        #expect(chosen(maker, 20_020) == 1, "as good as equal: nearer to the maker")
        var slow = same
        (slow.leadTime, slow.leadTimeDeviation) = (90, 30)
        #expect(chosen(slow, 19_900) == 0)
        let faulty = (0..<10).map { k in
            PurchaseRecord(
                sku: SKU.Index(0), supplier: Supplier.Index(1), quantity: 100, ordered: today - 100 + k,
                promised: today - 94 + k, received: today - 94 + k, rejectedQuantity: 10)
        }
        #expect(chosen(same, 19_000, faulty) == 0)
    }

    @Test("a need that comes too late for the cheap supplier is split with a quicker one that pays for itself")
    func split() throws {
        var world = world(Supplier(code: "S2", name: "Quick", leadTime: 1, leadTimeDeviation: 0), cost: 26_000)
        world.suppliers[0].leadTime = 20
        let demand = world.demand([(0, 0, 10, 3)])
        let lines = try world.book(demand, stock: [stock(0, 0, 50)]).book.purchases
        #expect(lines.count == 2)
        let urgent = try #require(lines.first { $0.part == .urgent })
        let rest = try #require(lines.first { $0.part == .rest })
        #expect(urgent.supplier == Supplier.Index(1) && rest.supplier == Supplier.Index(0))
        // 50 units last five days; the cheap goods come on day 20: ten a day for fifteen days.
        #expect(urgent.quantity.final == 150)
        #expect(urgent.quantity.final + rest.quantity.final == rest.orderUpTo - 50)
        // Dearer than it sells for: the sales are let go.
        var dear = world
        dear.supply[1].breaks[0].unitCost = UnitPrice(units: 60_000)
        #expect(try dear.book(demand, stock: [stock(0, 0, 50)]).book.purchases.map(\.part) == [.whole])
    }

    @Test("terms hold only within their contract, and that nobody's do is said")
    func contract() throws {
        var world = SmallWorld()
        world.supply[0].contractThrough = world.today - 1
        let demand = world.demand([(0, 0, 5, 2)])
        let choice = SupplierChoice(
            skus: world.skus, suppliers: world.suppliers, supply: world.supply, today: world.today)
        let feeds = Feed.resolve(
            demand: demand, upstream: world.upstream, skus: world.skus, suppliers: world.suppliers,
            supply: world.supply, transfers: [], choice: choice)
        #expect(feeds == [nil])
        let book = try SuggestionEngine.review(
            plan: StockPlan(service: .cycle(0.9), targets: []), demand: demand, feeds: feeds,
            situation: StockSituation(today: world.today, stock: []), skus: world.skus, suppliers: world.suppliers,
            supply: world.supply, choice: choice, currency: .gbp)
        #expect(book.exceptions.map(\.kind) == [.contractEnded])
    }
}
