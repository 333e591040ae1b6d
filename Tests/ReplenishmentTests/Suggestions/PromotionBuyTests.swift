import NumericCore
import Replenishment
import Retail
import Testing

@Suite("Promotion buy") struct PromotionBuyTests {
    private let today = Day(number: 15_000)

    private func buy(
        lift: Double = 3, days: Int = 4, lead: Double = 6, onHand: Int64 = 100, returns: Bool = false,
        deviation: Double = 4,
        closures: [SupplierClosure] = [], spread: Double = 0.25
    ) throws -> PromotionBuy {
        let world = SmallWorld()
        let supplier = Supplier(
            code: "S", name: "S", leadTime: lead, leadTimeDeviation: 0, acceptsReturns: returns)
        let offer = SupplierChoice(skus: world.skus, suppliers: [supplier], supply: world.supply).offers(
            of: SKU.Index(0))[0]
        var position = StockPosition()
        position.onHand = onHand
        var options = PromotionBuyOptions()
        options.liftSpread = spread
        return try #require(
            try PromotionBuy.plan(
                sku: world.skus[0], at: SKU.Index(0), node: Node.Index(0),
                daily: DailyDemand(mean: [10], deviation: [deviation]),
                position: position,
                window: PromotionWindow(
                    first: today + 20, end: today + 20 + days, lift: [Double](repeating: lift, count: days),
                    priceRate: 0.9),
                offer: offer, supplier: supplier, calendar: SupplierCalendar(suppliers: 1, closures), today: today,
                currency: .gbp, options: options))
    }

    @Test("buys the newsvendor's quantile less what will still be there")
    func newsvendor() throws {
        // 100 units are gone after ten days: nothing is left on day 20. Four days at 10 x 3.
        let buy = try buy()
        #expect(buy.available == 0 && buy.mean == 120 && buy.ordinary == 40)
        let law = DemandLaw.choose(mean: 120, variance: 4 * 9 * 16 + 30 * 30)
        #expect(agrees(buy.service, buy.shortage / (buy.shortage + buy.overage)))
        // Sells at 4.50, costs 2.00.
        #expect(agrees(buy.shortage, 2.5))
        #expect(buy.quantity == Int64(law.quantile(buy.service).rounded(.up)))
        #expect(buy.p50 == law.quantile(0.5) && buy.p90 == law.quantile(0.9))
        // Dock two days before the first, six days of lead time before that.
        #expect(buy.dock == today + 18 && buy.latestOrder == today + 12 && buy.arrival == today + 18)
        #expect(buy.timing == .inTime)
    }

    @Test("stock that outlasts the days before is taken off, and a return right buys more")
    func available() throws {
        #expect(try buy(onHand: 260).available == 60)
        #expect(try buy(onHand: 260).quantity == buy().quantity - 60)
        #expect(try buy(onHand: 5_000).quantity == 0)
    }

    @Test("less ordered leaves less and loses more, step by step")
    func steps() throws {
        let steps = try buy().steps
        #expect(steps.map(\.change) == [-30, -20, -10, 0, 10, 20, 30])
        for (less, more) in zip(steps, steps.dropFirst()) {
            #expect(less.leftover < more.leftover && less.lostMargin > more.lostMargin)
            // What comes in is sold or left: the change in leftovers and in sales adds up to the change in quantity.
            let change = (more.leftover - less.leftover) + (less.short - more.short)
            #expect(agrees(change, Double(more.quantity - less.quantity), 1e-9))
        }
        // The newsvendor's quantity costs no more than a tenth more or less.
        let cost = steps.map { $0.leftoverCost + $0.lostMargin }
        #expect(cost[3] <= cost[2] && cost[3] <= cost[4])
    }

    @Test("a second order that still arrives in time leaves less to buy ahead")
    func secondOrder() throws {
        let (once, twice) = (try buy(days: 12, lead: 18), try buy(days: 12, lead: 4))
        #expect(!once.canReorder && twice.canReorder && twice.quantity < once.quantity / 2)
    }

    @Test("an order that is late serves the days it is there for, and one that comes when all is over buys nothing")
    func late() throws {
        let late = try buy(days: 12, lead: 26)
        #expect(late.timing == .late && late.latestOrder == today, "no order date in the past")
        #expect(late.dock == today + 18 && late.arrival == today + 26)
        // Six days of twelve are left to serve: as much as for a promotion of six.
        let six = try buy(days: 6, lead: 18)
        #expect(late.quantity == six.quantity && late.mean == 360)
        let missed = try buy(days: 12, lead: 40)
        #expect(missed.timing == .missed && missed.quantity == 0 && missed.wanted > 0)
        #expect(missed.arrival == today + 40 && missed.latestOrder == today)
    }

    @Test("a shutdown before the promotion moves the last day to order forward")
    func shutdown() throws {
        let shut = SupplierClosure(supplier: Supplier.Index(0), from: today + 13, through: today + 17)
        #expect(try buy(closures: [shut]).latestOrder == today + 7)
    }
}
