import NumericCore
import Replenishment
import Testing

@Suite("Published answers of inventory theory") struct PublishedAnswersTests {
    @Test("newsvendor, N(50, 8), holding 0.18, shortage 0.70")
    func newsvendorNormal() throws {
        let best = try Newsvendor.solve(
            law: .normal(NormalDistribution(mean: 50, standardDeviation: 8)), holding: 0.18, shortage: 0.70)
        #expect(agrees(best.quantity, 56.6039559274338868))
        #expect(agrees(best.cost, 1.99760519317664484))
    }

    @Test("newsvendor, Poisson(6), holding 1, shortage 4")
    func newsvendorPoisson() throws {
        let best = try Newsvendor.solve(law: .poisson(PoissonDistribution(mean: 6)), holding: 1, shortage: 4)
        #expect(best.quantity == 8)
        #expect(agrees(best.cost, 3.57010694577094216))
    }

    @Test("fill rate of (R, Q) with normal lead-time demand N(100, 25), Q 200")
    func fillRate() throws {
        let law = DemandLaw.normal(NormalDistribution(mean: 100, standardDeviation: 25))
        #expect(agrees(ReorderPoint.fillRate(110, quantity: 200, law: law), 0.971195145381568379))
        #expect(agrees(ReorderPoint.fillRate(125, quantity: 200, law: law), 0.989585566176539213))
        #expect(agrees(ReorderPoint.fillRate(150, quantity: 200, law: law), 0.998938662172896295))
        #expect(agrees(try ReorderPoint.forFillRate(0.98, quantity: 200, law: law), 115.806271740344402))
        #expect(try ReorderPoint.wholeForFillRate(0.98, quantity: 200, law: law) == 116)
    }

    @Test("random lead time: 20 a day sd 6, lead time 9 days sd 2, 95 % cycle service")
    func randomLeadTime() throws {
        let deviation = SafetyStock.leadTimeDeviation(
            dailyMean: 20, dailyDeviation: 6, leadTime: 9, leadTimeDeviation: 2)
        #expect(agrees(deviation, 43.8634243989226176))
        #expect(agrees(try SafetyStock.forCycleService(0.95, deviation: deviation), 72.1489127130795896))
    }

    @Test(
        "the (s, S) test bed of Zheng and Federgruen (1991), Poisson demand, lead time 0, h 1, p 9, K 64",
        arguments: [
            (10.0, 6, 40, 35.0215552723204, 1e-12), (15, 10, 49, 42.6978189226454, 1e-12),
            (20, 14, 62, 49.1730357449393, 1e-12), (25, 19, 56, 54.2621667185891, 1e-12),
            (30, 23, 66, 57.819, 1e-5), (50, 42, 108, 70.975, 1e-5), (65, 56, 75, 78.518, 1e-5),
            (75, 67, 86, 79.554, 1e-5),
        ])
    func zhengFedergruen(mean: Double, s: Int, upTo: Int, cost: Double, tolerance: Double) throws {
        var costs = try PeriodicReview.Costs(poissonMean: mean, leadTime: 0, orderCost: 64, holding: 1, shortage: 9)
        let best = try PeriodicReview.solve(costs)
        #expect(agrees(best.cost, cost, tolerance), "(\(best.reorderPoint), \(best.orderUpTo)) costs \(best.cost)")
        #expect(agrees(costs.average(s, upTo), cost, 1e-4))
    }

    @Test("(r, Q) under continuous review and Poisson demand")
    func continuousReview() throws {
        let cost = try ContinuousReview.cost(
            reorderPoint: 3, quantity: 5, rate: 1.5, leadTime: 2, orderCost: 100, holding: 20, shortage: 150)
        #expect(agrees(cost, 107.923580633149759))
        let first = try ContinuousReview.solve(rate: 1.5, leadTime: 2, orderCost: 100, holding: 20, shortage: 150)
        #expect(first.reorderPoint == 3 && first.quantity == 5)
        let second = try ContinuousReview.solve(rate: 2, leadTime: 5, orderCost: 50, holding: 1, shortage: 9)
        #expect(second.reorderPoint == 9 && second.quantity == 16)
        #expect(agrees(second.cost, 15.8349292221062))
    }

    @Test("base stock: Palm's theorem with waiting customers, Erlang's formula with lost ones")
    func baseStock() {
        #expect(agrees(BaseStock.fillRate(level: 12, meanOnOrder: 10), 0.696776146303107))
        #expect(agrees(BaseStock.backorders(level: 12, meanOnOrder: 10), 0.530916253707425))
        #expect(agrees(BaseStock.fillRate(level: 14, meanOnOrder: 10), 0.864464422619311))
        #expect(agrees(BaseStock.lostSalesFillRate(level: 12, meanOnOrder: 10), 0.880260811555175))
    }

    @Test("Wagner-Whitin: demand 90 120 80 70, holding 2, order cost 500")
    func lotSizes() throws {
        let plan = try LotSize.dynamic(demand: [90, 120, 80, 70], orderCost: 500, holding: 2)
        #expect(plan.orders == [210, 0, 150, 0])
        #expect(plan.cost == 1380)
    }

    @Test("economic order quantity: order cost 8, holding 0.225, demand 1300")
    func economicOrder() throws {
        let best = try LotSize.economic(orderCost: 8, demand: 1300, holding: 0.225)
        #expect(agrees(best.quantity, 304.046780026437))
        #expect(agrees(best.cost, 68.4105255059483))
    }

    @Test("bullwhip of a moving average, and pooling of four alike channels")
    func amplification() throws {
        #expect(agrees(SafetyStock.bullwhip(leadTime: 1, window: 5), 1.48))
        #expect(agrees(SafetyStock.bullwhip(leadTime: 2, window: 5), 2.12))
        #expect(agrees(SafetyStock.bullwhip(leadTime: 4, window: 5), 3.88))
        // Four channels N(100, 30): apart each holds z 30, together z times the root of 4 x 30^2.
        let channels = Pooling.Covariance(deviations: [30, 30, 30, 30], correlation: 0)
        #expect(agrees(channels.apart / (try channels.together()), 2))
        let alike = Pooling.Covariance(deviations: [30, 30, 30, 30], correlation: 1)
        #expect(agrees(try alike.together(), alike.apart))
    }

    @Test(
        "lost sales: Zipkin's test bed (2008), Poisson(5), holding 1",
        arguments: [
            (4.0, [4.0407, 4.3953, 4.5987]), (9.0, [5.4382, 6.0936, 6.5314]), (19.0, [6.6757, 7.6644, 8.3625]),
        ])
    func lostSales(shortage: Double, costs: [Double]) throws {
        for (place, published) in costs.enumerated() {
            let problem = try LostSales(
                law: .poisson(PoissonDistribution(mean: 5)), leadTime: place + 1, holding: 1, shortage: shortage)
            let best = try problem.solve()
            #expect(best.isExact)
            #expect(abs(best.cost - published) < 1e-4, "lead time \(place + 1): \(best.cost)")
        }
    }
}
