import NumericCore
import Testing

@Suite("The standard normal law")
struct NormalTests {
    /// z, Phi(z), Q(z), phi(z) - z Q(z), ((z^2 + 1) Q(z) - z phi(z)) / 2, worked out with 400 digits.
    static let values: [(Double, Double, Double, Double, Double)] = [
        (-30, 4.9067139271481870595e-198, 1.0, 30.0, 450.5),
        (-8, 6.2209605742717841235e-16, 0.9999999999999993779, 8.0000000000000000755, 32.499999999999999991),
        (-3.5, 0.00023262907903552503635, 0.99976737092096447496, 3.5000584809184214224, 6.6249860270677197267),
        (-1, 0.15865525393145705141, 0.84134474606854294859, 1.0833154705876862984, 0.96233010832811462348),
        (0, 0.5, 0.5, 0.39894228040143267794, 0.25),
        (0.5, 0.69146246127401310364, 0.30853753872598689636, 0.19779655740130602959, 0.10481963001266694078),
        (1, 0.84134474606854294859, 0.15865525393145705141, 0.083315470587686298383, 0.037669891671885376516),
        (1.9, 0.9712834401839982006, 0.028716559816001799401, 0.011054351124273172403, 0.003856646339941385918),
        (2.1, 0.98213557943718344322, 0.017864420562816556784, 0.0064683127985124248022, 0.0021404818429702323496),
        (3, 0.99865010196836990547, 0.0013498980316300945267, 0.00038215431704772359565, 0.00010171754024346186986),
        (4, 0.99996832875816688008, 3.1671241833119921254e-5, 7.145258432405666759e-6, 1.5451040517486271089e-6),
        (8, 0.9999999999999993779, 6.2209605742717841235e-16, 7.5502624119464989137e-17, 9.0375322357292496262e-18),
        (20, 1.0, 2.7536241186062336951e-89, 1.3700124947295799431e-90, 6.7995645735369043888e-92),
        (37, 1.0, 5.7255712225245768227e-300, 1.5451991905122024593e-301, 4.1671088147138617028e-303),
    ]

    @Test("agrees with 400-digit values in the centre and in both tails", arguments: values)
    func table(z: Double, lower: Double, upper: Double, loss: Double, second: Double) {
        #expect(isClose(Normal.cumulative(z), lower, within: 2e-13))
        #expect(isClose(Normal.upperTail(z), upper, within: 2e-13))
        #expect(isClose(Normal.loss(z), loss, within: 2e-13))
        #expect(isClose(Normal.secondOrderLoss(z), second, within: 4e-13))
    }

    /// p and the root of Phi(z) = p for the double nearest to p, with 400 digits.
    static let quantiles: [(Double, Double)] = [
        (1e-300, -37.047096299361199237),
        (1e-50, -14.933337534788488981),
        (1e-12, -7.0344838253011319326),
        (0.001, -3.0902323061678135354),
        (0.02425, -1.9729610513118848376),
        (0.075, -1.4395314709384559349),
        (0.3, -0.52440051270804081597),
        (0.5, 0.0),
        (0.7, 0.52440051270804065631),
        (0.9, 1.2815515655446005935),
        (0.95, 1.6448536269514722843),
        (0.99, 2.3263478740408407676),
        (0.999, 3.0902323061678132778),
        (0.999999, 4.7534243088170877657),
    ]

    @Test("quantiles agree with 400-digit roots", arguments: quantiles)
    func quantile(p: Double, z: Double) {
        #expect(isClose(Normal.quantile(p), z, within: 1e-14))
        #expect(isClose(Normal.upperQuantile(p), -z, within: 1e-14))
    }

    @Test("losses have the published values")
    func publishedLosses() {
        #expect(isClose(Normal.loss(0), 0.398942280401432678, within: 1e-14))
        #expect(isClose(Normal.loss(0.5), 0.19779655740130603, within: 1e-14))
        #expect(isClose(Normal.loss(1), 0.0833154705876862984, within: 1e-14))
        #expect(isClose(Normal.loss(2), 0.00849070261682963755, within: 1e-14))
        #expect(isClose(Normal.loss(4), 7.14525843240566676e-6, within: 1e-14))
        #expect(isClose(Normal.loss(-1), 1.0833154705876863, within: 1e-14))
    }

    @Test("the quantile inverts the distribution function and is symmetric")
    func inverse() {
        var p = 1e-14
        while p < 0.5 {
            #expect(isClose(Normal.cumulative(Normal.quantile(p)), p, within: 1e-13))
            #expect(isClose(Normal.upperTail(-Normal.quantile(p)), p, within: 1e-13))
            p *= 1.7
        }
        for k in 1..<512 {
            // 1 - p is exact for these.
            let p = Double(k) / 1024
            #expect(Normal.quantile(1 - p) == -Normal.quantile(p))
        }
    }

    @Test("the inverse loss inverts the loss over 300 orders of magnitude")
    func inverseLoss() {
        for z in stride(from: -40.0, through: 37, by: 0.37) {
            let found = Normal.inverseLoss(Normal.loss(z))
            #expect(abs(found - z) <= 1e-12 * max(1, abs(z)), "z = \(z)")
        }
        #expect(Normal.inverseLoss(0) == .infinity)
        #expect(Normal.inverseLoss(.infinity) == -.infinity)
        #expect(Normal.inverseLoss(-1).isNaN)
    }

    @Test("each loss is the integral of the one before it")
    func integrals() {
        for z in [-2.0, 0, 0.9, 1.1, 1.95, 2.05, 3.5] {
            let first = simpson(from: z, to: 12, intervals: 4000, Normal.upperTail)
            #expect(isClose(Normal.loss(z), first, within: 1e-10))
            let second = simpson(from: z, to: 12, intervals: 4000, Normal.loss)
            #expect(isClose(Normal.secondOrderLoss(z), second, within: 1e-10))
        }
    }

    @Test("ends of the line and bad arguments are answered, not trapped")
    func ends() {
        #expect(Normal.quantile(0) == -.infinity)
        #expect(Normal.quantile(1) == .infinity)
        #expect(Normal.quantile(-0.1).isNaN && Normal.quantile(1.1).isNaN && Normal.quantile(.nan).isNaN)
        #expect(Normal.loss(.infinity) == 0 && Normal.loss(-.infinity) == .infinity && Normal.loss(.nan).isNaN)
        #expect(Normal.secondOrderLoss(.infinity) == 0 && Normal.secondOrderLoss(.nan).isNaN)
        #expect(Normal.cumulative(.infinity) == 1 && Normal.cumulative(-.infinity) == 0)
    }
}
