import Foundation
import NumericCore
import Retail
import Testing

@testable import Forecasting

@Suite struct DemandEffectsTests {
    @Test("Elasticities, uplift, dip, waiting and cannibalisation of a simulated shop are found again")
    func recovers() async throws {
        let shop = SimulatedShop(seed: 11)
        let effects = try #require(await DemandEffects(shop.panel, shop.drivers, threads: 2))
        for (column, truth) in [
            (EffectColumn.kind(.priceCut), SimulatedShop.uplift), (.after, SimulatedShop.dip),
            (.before, SimulatedShop.wait), (.rivals, SimulatedShop.cannibalisation),
        ] {
            let estimate = try #require(effects.estimate(column))
            #expect(estimate.interval(0.99).contains(truth), "\(column): \(estimate), truth \(truth)")
            #expect(estimate.deviation < 0.3, "\(column): \(estimate)")
        }
        let mean = shop.elasticities.reduce(0, +) / Double(shop.elasticities.count)
        let overall = try #require(effects.estimate(.price))
        #expect(abs(overall.mean - mean) < 0.3)
        // Each article's own elasticity is closer than the common mean would be.
        var (own, common) = (0.0, 0.0)
        for (series, truth) in shop.elasticities.enumerated() {
            let estimate = try #require(effects.estimate(.price, series: series))
            own += (estimate.mean - truth) * (estimate.mean - truth)
            common += (mean - truth) * (mean - truth)
        }
        #expect(own < 0.6 * common)
    }

    @Test("A halo over the wider category is found again, and none is found where there is none")
    func halo() async throws {
        for truth in [1.2, 0] {
            let shop = SimulatedShop(seed: 41, categories: 8, articles: 3, days: 700, level: 12, halo: truth)
            let made = try #require(await DemandEffects(shop.panel, shop.drivers, threads: 2))
            let estimate = try #require(made.estimate(.neighbours))
            #expect(estimate.interval(0.99).contains(truth), "\(estimate), truth \(truth)")
            #expect(estimate.deviation < 0.4)
            if truth > 0 { #expect(estimate.interval(0.95).lowerBound > 0, "\(estimate)") }
        }
    }

    @Test("Credible intervals of elasticities hold the truth as often as they say")
    func coverage() async throws {
        var (held, held50, count) = (0, 0, 0)
        for seed in 1...4 {
            let shop = SimulatedShop(seed: UInt64(seed), articles: 10, days: 420, level: 1)
            let effects = try #require(await DemandEffects(shop.panel, shop.drivers, threads: 2))
            for (series, truth) in shop.elasticities.enumerated() {
                let estimate = try #require(effects.estimate(.price, series: series))
                if estimate.interval(0.9).contains(truth) { held += 1 }
                if estimate.interval(0.5).contains(truth) { held50 += 1 }
                count += 1
            }
        }
        // 200 articles: two standard errors of 0.9 are 0.042, of 0.5 are 0.07; articles of a category err together.
        #expect(Double(held) / Double(count) > 0.84, "\(held) of \(count)")
        #expect(Double(held50) / Double(count) > 0.4 && Double(held50) / Double(count) < 0.62, "\(held50) of \(count)")
    }

    @Test("A shock that all articles of a market feel does not make shared prices surer")
    func sharedShocks() async throws {
        let shop = SimulatedShop(seed: 21, categories: 2, articles: 10, days: 300)
        let calm = try #require(await DemandEffects(shop.panel, shop.drivers, threads: 2))
        var random = RandomStream(
            seed: 22, stream: RandomStreamID.verification.rawValue, entity: 1, replication: 0)
        let shocks = (0..<2 * 300).map { _ in exp(0.5 * (random.uniform() * 2 - 1)) }
        var shaken = DemandPanel(axis: shop.panel.axis)
        for series in 0..<20 {
            let cells = shop.panel.cells(series).enumerated().map { $1 * shocks[300 * (series / 10) + $0] }
            shaken.append(name: "s\(series)", key: SeriesKey(sku: SKU.Index(series)), start: 0, cells)
        }
        let moved = try #require(await DemandEffects(shaken, shop.drivers, threads: 2))
        let (before, after) = (
            try #require(calm.estimate(.rivals, category: 0)), try #require(moved.estimate(.rivals, category: 0))
        )
        #expect(after.deviation > 1.2 * before.deviation, "\(after) against \(before)")
        #expect(after.interval(0.99).contains(SimulatedShop.cannibalisation), "\(after)")
    }

    @Test("A price of a cent tells no more than a price cut to a third")
    func absurdPrice() async throws {
        var shop = SimulatedShop(seed: 23, categories: 1, articles: 6, days: 200)
        let before = try #require(await DemandEffects(shop.panel, shop.drivers))
        for day in 20..<24 { shop.drivers.price[day] = -7 }
        let after = try #require(await DemandEffects(shop.panel, shop.drivers))
        let (was, now) = (
            try #require(before.estimate(.price, series: 3)), try #require(after.estimate(.price, series: 3))
        )
        #expect(abs(was.mean - now.mean) < 0.5)
        let daily = after.effects(of: shop.drivers)
        for series in 0..<6 {
            let own = daily.series(series)
            #expect((own.logarithm + own.byPrice).allSatisfy { abs($0) <= log(50) + 1e-9 })
        }
    }

    @Test("The result has the same bits for any number of threads")
    func threads() async throws {
        let shop = SimulatedShop(seed: 3, categories: 2, articles: 5, days: 200)
        let one = try #require(await DemandEffects(shop.panel, shop.drivers, threads: 1))
        let three = try #require(await DemandEffects(shop.panel, shop.drivers, threads: 3))
        for series in 0..<10 {
            #expect(one.estimate(.price, series: series) == three.estimate(.price, series: series))
        }
    }

    @Test("An article that never changed its price has its category's elasticity, less surely")
    func unseenArticle() async throws {
        var shop = SimulatedShop(seed: 5, categories: 2, articles: 8, days: 300)
        for day in 0..<300 { shop.drivers.price[day] = 0 }
        shop.drivers.runs[0] = []
        let effects = try #require(await DemandEffects(shop.panel, shop.drivers))
        let unseen = try #require(effects.estimate(.price, series: 0))
        let category = try #require(effects.estimate(.price, category: 0))
        let seen = try #require(effects.estimate(.price, series: 1))
        #expect(abs(unseen.mean - category.mean) < 0.15)
        #expect(unseen.deviation > category.deviation && unseen.deviation > seen.deviation)
    }

    @Test("Deeper cuts lift more, and other kinds that were never seen tell nothing")
    func uplifts() async throws {
        let shop = SimulatedShop(seed: 7, categories: 2, articles: 6, days: 300)
        let effects = try #require(await DemandEffects(shop.panel, shop.drivers))
        let (ten, thirty) = (
            effects.uplift(.priceCut, depth: 0.1, series: 2), effects.uplift(.priceCut, depth: 0.3, series: 2)
        )
        #expect(ten.mean < thirty.mean && ten.mean > 0)
        #expect(effects.estimate(.kind(.coupon)) == nil)
    }

    @Test("No prices and no promotions are no effects; odd series are no fault")
    func oddInput() async throws {
        let shop = SimulatedShop(seed: 9, categories: 1, articles: 4, days: 120)
        var flat = shop.drivers
        flat.price = flat.price.map { _ in 0 }
        flat.runs = flat.runs.map { _ in [] }
        #expect(await DemandEffects(shop.panel, flat) == nil)
        for cells in [
            [Double](repeating: 0, count: 120), [Double](repeating: .nan, count: 120),
            [Double](repeating: 1e12, count: 120),
            [Double](repeating: 1e-12, count: 120), [1],
        ] {
            var panel = DemandPanel(axis: shop.panel.axis)
            for series in 0..<4 {
                panel.append(
                    name: "s\(series)", key: SeriesKey(sku: SKU.Index(series)), start: 0,
                    series == 0 ? cells : shop.panel.cells(series))
            }
            let effects = try #require(await DemandEffects(panel, shop.drivers))
            for series in 0..<4 {
                let estimate = try #require(effects.estimate(.price, series: series))
                #expect(estimate.mean.isFinite && estimate.deviation.isFinite && estimate.deviation > 0)
            }
        }
    }

    @Test("Without data the beliefs are the outlook, and evidence pulls them to it")
    func hierarchyLimits() throws {
        let none = EffectEvidence(information: Matrix(rows: 1, columns: 1), pull: [0])
        let blank = try EffectHierarchy(
            [none, none], group: [0, 1], groups: 2, outlook: [(mean: -1.5, deviation: 1)], scatter: [0.5])
        #expect(abs(blank.units[0].mean[0] + 1.5) < 1e-9)
        #expect(abs(blank.overall.covariance[0, 0] - 1) < 1e-9)
        // Variances add down the tree.
        #expect(abs(blank.units[0].covariance[0, 0] - 1.5) < 1e-6)
        // One unit known exactly, at 3: its own belief is 3.
        let sure = EffectEvidence(information: Matrix(rows: 1, columns: 1, [1e8]), pull: [3e8])
        let pulled = try EffectHierarchy(
            [sure, none], group: [0, 0], groups: 1, outlook: [(mean: 0, deviation: 10)], scatter: [0.5])
        #expect(abs(pulled.units[0].mean[0] - 3) < 1e-4)
        #expect(pulled.units[1].mean[0] > 2.5)
    }

    @Test("Beliefs of the tree are those of one joint normal regression")
    func hierarchyIsExact() throws {
        // Three units in two groups, one effect: the joint precision matrix of overall, groups and units.
        let evidence = [(2.0, 1.0), (5, -4), (1, 3)].map {
            EffectEvidence(information: Matrix(rows: 1, columns: 1, [$0.0]), pull: [$0.1])
        }
        let group = [0, 0, 1]
        let tree = try EffectHierarchy(
            evidence, group: group, groups: 2, outlook: [(mean: 0.5, deviation: 2)], scatter: [0.7])
        let (u, g) = (1 / tree.unitScatter[0], 1 / tree.groupScatter[0])
        var precision = Matrix(rows: 6, columns: 6)
        var right = [Double](repeating: 0, count: 6)
        precision[0, 0] = 0.25
        right[0] = 0.25 * 0.5
        for k in 0..<2 {
            precision[0, 0] += g
            precision[1 + k, 1 + k] += g
            precision[0, 1 + k] -= g
            precision[1 + k, 0] -= g
        }
        for (unit, own) in evidence.enumerated() {
            let (i, k) = (3 + unit, 1 + group[unit])
            precision[i, i] += u + own.information[0, 0]
            precision[k, k] += u
            precision[i, k] -= u
            precision[k, i] -= u
            right[i] += own.pull[0]
        }
        let factor = try Cholesky(precision)
        let (mean, covariance) = (factor.solve(right), factor.solve(Matrix.identity(6)))
        #expect(abs(tree.overall.mean[0] - mean[0]) < 1e-10)
        for k in 0..<2 { #expect(abs(tree.groups[k].mean[0] - mean[1 + k]) < 1e-10) }
        for unit in 0..<3 {
            #expect(abs(tree.units[unit].mean[0] - mean[3 + unit]) < 1e-10)
            #expect(abs(tree.units[unit].covariance[0, 0] - covariance[3 + unit, 3 + unit]) < 1e-10)
        }
    }
}
