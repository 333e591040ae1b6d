import Foundation
import NumericCore
import Retail
import Testing

@testable import Replenishment

@Suite("Expiring goods, two suppliers, and the form of demand") struct SourcingTests {
    private let demand = DemandLaw.poisson(PoissonDistribution(mean: 6))

    @Test("goods that last one period are a newsvendor each period")
    func onePeriod() throws {
        let goods = try Perishable(
            law: demand, shelfLife: 1, leadTime: 0, issue: .oldestFirst, holding: 0, shortage: 4, waste: 1)
        let best = goods.solve()
        let known = try Newsvendor.solve(law: demand, holding: 1, shortage: 4)
        #expect(abs(Double(best.level) - known.quantity) <= 1)
        let same = goods.evaluate(level: Int(known.quantity))
        #expect(abs(same.cost - known.cost) < 3 * same.halfWidth)
        #expect(abs(same.fillRate - (1 - demand.loss(known.quantity) / 6)) < 0.005)
    }

    @Test("a longer life wastes less and serves more, and taking the freshest wastes more than taking the oldest")
    func lives() throws {
        func result(_ life: Int, _ issue: Perishable.Issue) throws -> Perishable.Result {
            try Perishable(
                law: demand, shelfLife: life, leadTime: 1, issue: issue, holding: 0.1, shortage: 4, waste: 2
            ).evaluate(level: 20)
        }
        let (two, three) = (try result(2, .oldestFirst), try result(3, .oldestFirst))
        #expect(three.wasteRate < two.wasteRate && three.fillRate >= two.fillRate - 1e-9)
        #expect(try result(3, .freshestFirst).wasteRate > three.wasteRate)
        let long = try result(200, .oldestFirst)
        #expect(long.wasteRate == 0)
    }

    @Test("two suppliers are never dearer than the better one alone, and become one at the ends")
    func twoSuppliers() throws {
        func solve(_ premium: Double) throws -> DualSourcing.Solution {
            try DualSourcing(
                law: demand, fastLead: 0, slowLead: 4, premium: premium, holding: 1, shortage: 19
            ).solve()
        }
        let free = try solve(0)
        #expect(abs(free.cost / free.fastOnlyCost - 1) < 0.03)
        let dear = try solve(500)
        #expect(abs(dear.cost / dear.slowOnlyCost - 1) < 0.03 && dear.fastShare < 0.01)
        let between = try solve(2)
        #expect(between.cost < 0.97 * min(between.slowOnlyCost, between.fastOnlyCost))
        #expect(between.fastShare > 0.01 && between.fastShare < 0.6)
    }

    @Test(
        "samples speak for the law they were drawn from, and the gap is stated",
        arguments: ["poisson", "negative binomial", "gamma", "normal"])
    func forms(name: String) throws {
        var random = draws("forms", 1)
        var samples: [Double] = []
        for _ in 0..<2_000 {
            switch name {
            case "poisson": samples.append(Double(random.poisson(mean: 4)))
            case "negative binomial":
                let mean = random.gamma(shape: 0.6, scale: 6)
                samples.append(Double(random.poisson(mean: mean)))
            case "gamma": samples.append(random.gamma(shape: 1.5, scale: 40))
            default: samples.append(500 + 40 * Normal.quantile(random.uniform()))
            }
        }
        let fit = try LawFit(samples)
        // A Poisson sample is hardly told from a negative binomial one with a trace of clumping.
        #expect(fit.law.name == name || (name == "poisson" && fit.law.name == "negative binomial"))
        #expect(fit.distance < 0.035 && fit.candidates[0].distance == fit.distance)
    }

    @Test("samples that fit no form stand for themselves when there are enough, and never when there are few")
    func twoHumps() throws {
        var humps: [Double] = []
        for place in 0..<300 { humps += [Double(5 + place % 3), Double(90 + place % 5)] }
        #expect(try LawFit(humps).law.name == "empirical")
        #expect(try LawFit(Array(humps[..<40])).law.name != "empirical")
    }
}
