import NumericCore
import Replenishment
import Testing

@Suite("Reorder points for a fill rate under gamma demand")
struct ReorderPointTests {
    /// shape, fill rate, order quantity and the reorder point at scale 1: the root of loss(R) - loss(R + Q) = (1 - fill
    /// rate) Q with 60 digits, losses from the series of positive terms.
    static let gammaRoots: [(Double, Double, Double, Double)] = [
        (0.020924734867117697, 0.95, 4.738831602391345e-06, 0.05174159465636543),
        (0.1, 0.7, 3.6869293833453434e-05, 0.01740934472395806),
        (0.04737336603854288, 0.99, 2.7055977793767802e-05, 1.0523955273359296),
        (0.0491548977393903, 0.9, 5.867769591135666e-05, 0.07332753171003845),
        (0.02, 0.95, 1.323670995353607e-07, 0.045909757416207085),
        (0.04623375027195086, 0.5, 2.021010384803793e-06, 0.0),
        (0.05, 0.99, 2.1058016863386837e-07, 1.0876272948017287),
        (0.1, 0.9999, 4.198794633123597e-07, 5.316243267750833),
        (32.1, 0.7, 4.079259790571329, 32.8467560497555),
        (1.0, 0.9999, 3.1503608052850697e-06, 9.210338796796304),
        (21.845911955800336, 0.99, 35.871991557571924, 27.267009844469904),
        (1.5, 0.95, 5.9861240191693305e-05, 3.907334021135694),
        (31.35710482015311, 0.7, 0.00013257921078416125, 34.034907612145),
        (20.0, 0.9, 10.165243738255187, 21.902496201881647),
        (18.26408980220431, 0.9, 9.94172369261536, 20.0167790709955),
        (31.9, 0.9999, 0.002457774715208535, 57.28286186191719),
        (32.60409088254514, 0.5, 0.006792604502125654, 32.26797393518312),
        (1.0, 0.99, 39.50200106025481, 0.9288188556108898),
        (1.5, 0.5, 0.7756634750628503, 0.809502065823387),
        (7.0, 0.9999, 0.003874332184823025, 21.287707759634934),
        (34.19484975641676, 0.5, 0.0046107387523578935, 33.8597949165686),
        (19.10270550621145, 0.999, 0.03522441378100903, 35.47287873018233),
        (95108.90032973692, 0.9, 454.85058365408145, 95311.90415337338),
        (1000000.0, 0.99, 0.015435972061474816, 1002327.8106847949),
        (120.0, 0.9999, 338.68898769876154, 147.98451138691854),
        (910370.6507398196, 0.7, 0.05193353610706337, 910870.7310756388),
        (500.0, 0.9999, 0.0003703740032751624, 587.4665631059393),
        (9999.0, 0.5, 1.4636895612635605, 9997.934829813457),
        (1000000.0, 0.7, 0.15165137262541553, 1000524.0829215468),
        (10000.0, 0.5, 2.3110564563390463, 9998.511155250213),
        (500.0, 0.999, 0.0015546153616253213, 571.9577690150041),
        (500.0, 0.95, 4.914815388923487, 534.9540666918257),
        (9999.0, 0.9999, 0.05880624243842174, 10375.137659884931),
        (116.26516351327228, 0.9, 116.71445088008778, 105.39525941753263),
        (111.04078158120647, 0.5, 593.9868933942882, 0.0),
        (0.02, 0.7, 0.1296756176049239, 0.0),
    ]

    @Test("they agree with 60-digit roots, quantities from next to nothing to many deviations", arguments: gammaRoots)
    func roots(shape: Double, target: Double, quantity: Double, expected: Double) throws {
        for scale in [1.0, 0.001, 4096] {
            let law = DemandLaw.gamma(GammaDistribution(shape: shape, scale: scale))
            let level = try ReorderPoint.forFillRate(target, quantity: scale * quantity, law: law)
            // Levels far below the mean are known to a part of the mean, like the losses that they are the root of.
            let error = abs(level / scale - expected) / max(expected, 1e-3 * shape)
            #expect(error < 1e-12, "found \(level / scale)")
        }
    }

    @Test("an order of next to nothing needs the level of the cycle service", arguments: [0.03, 0.4, 2, 50, 4000])
    func smallOrders(shape: Double) throws {
        let law = DemandLaw.gamma(GammaDistribution(shape: shape, scale: 3))
        for target in [0.6, 0.95, 0.999] {
            let level = try ReorderPoint.forFillRate(target, quantity: 1e-12, law: law)
            let cycle = try ReorderPoint.forCycleService(target, law: law)
            #expect(abs(level - cycle) <= 1e-9 * cycle + 1e-12)
        }
        let normal = DemandLaw.normal(NormalDistribution(mean: 100, standardDeviation: 20))
        let level = try ReorderPoint.forFillRate(0.9, quantity: 1e-9, law: normal)
        #expect(agrees(level, try ReorderPoint.forCycleService(0.9, law: normal), 1e-10))
    }

    @Test("a shortfall carried along by its series is the one integrated afresh")
    func series() {
        for shape in [0.05, 0.7, 3, 40, 1e5] {
            let law = GammaDistribution(shape: shape, scale: 2)
            for level in [0.3, 0.9, 1.0, 1.2, 2.5].map({ $0 * law.mean }) {
                let known = law.shortfall(level)
                for step in [-0.1, -0.01, 1e-6, 0.07, 0.12] {
                    guard let moved = law.shortfall(level * (1 + step), near: level, known: known) else { continue }
                    let fresh = law.shortfall(level * (1 + step))
                    #expect(agrees(moved.density, fresh.density, 1e-12))
                    #expect(abs(moved.tail - fresh.tail) <= 1e-13 * known.tail)
                    #expect(abs(moved.loss - fresh.loss) <= 1e-13 * known.loss)
                }
            }
        }
    }

    @Test("loss, tail and probability of a negative binomial law come out together as they do apart")
    func counts() throws {
        for (mean, size) in [(0.02, 0.3), (3, 0.4), (12, 2), (80, 9), (400, 1e5)] {
            let law = NegativeBinomialDistribution(mean: mean, size: size)
            for k in [0, 1, 5, 20, 90, 400, 700] {
                // Summed from far beyond, all terms positive.
                var (loss, tail) = (0.0, 0.0)
                for j in stride(from: k + 4000, to: k, by: -1) {
                    tail += law.probability(j)
                    loss += Double(j - k) * law.probability(j)
                }
                let here = law.shortfall(Double(k))
                #expect(abs(here.tail - tail) <= 1e-11 * tail + 1e-290)
                #expect(abs(here.loss - loss) <= 1e-10 * loss + 1e-290)
                #expect(abs(here.term - law.probability(k)) <= 1e-12 * law.probability(k))
            }
        }
    }
}
