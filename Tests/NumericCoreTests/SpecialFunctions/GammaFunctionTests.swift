import NumericCore
import Testing

@Suite("The gamma function and its incomplete integrals")
struct GammaFunctionTests {
    /// a, x, P(a, x), Q(a, x), from the series of positive terms with 60 digits (400 in the far tails).
    static let incomplete: [(Double, Double, Double, Double)] = [
        (0.001, 1e-200, 0.6313211290858287555, 0.3686788709141712445),
        (0.001, 0.01, 0.99596940303351315577, 0.0040305969664868442291),
        (0.001, 3, 0.99998692686019878626, 1.3073139801213742569e-5),
        (0.3, 0.4, 0.77638058101663582375, 0.22361941898336417625),
        (0.3, 0.6, 0.84321143201734425016, 0.15678856798265574984),
        (0.5, 20, 0.99999999974603714105, 2.5396285894708649707e-10),
        (1, 1e-8, 9.9999999500000003759e-9, 0.99999999000000005),
        (1, 2, 0.86466471676338730811, 0.13533528323661269189),
        (2.5, 0.01, 2.9876015319065938441e-6, 0.99999701239846809341),
        (2.5, 2.5, 0.58411981300449207972, 0.41588018699550792028),
        (7, 8.5, 0.74382213883706808252, 0.25617786116293191748),
        (10, 40, 0.99999999607406777371, 3.9259322262861881947e-9),
        (100, 60, 1.4815276326460467889e-6, 0.99999851847236735395),
        (100, 99, 0.47330433039946099228, 0.52669566960053900772),
        (100, 160, 0.99999985579775494647, 1.4420224505352736576e-7),
        (5000, 4500, 1.2697731705204421211e-13, 0.99999999999987302268),
        (5000, 5100, 0.92067111892238102324, 0.079328881077618976758),
        (9999, 10020, 0.58441318354472682776, 0.41558681645527317224),
        (10001, 10020, 0.57659999198010083898, 0.42340000801989916102),
        (10001, 7500, 2.6679256011542261014e-166, 1.0),
        (10001, 12500, 1.0, 4.6037338406556177321e-119),
        (100000, 99000, 0.00075741992117476797412, 0.99924258007882523203),
        (100000, 101500, 0.99999882631548627783, 1.1736845137221690687e-6),
        (1000000, 1000500, 0.69155047577149718153, 0.30844952422850281847),
        // Around the least shape of the uniform expansion, and far out on either side of it.
        (120.0, 200.66236625223294, 0.9999999996953182, 3.046818211116347e-10),
        (31.9, 9.258099847073364, 4.829548457743094e-09, 0.9999999951704516),
        (50.0, 43.31216737804741, 0.17261237865400084, 0.8273876213459992),
        (32.1, 70.8094874211035, 0.9999999079306836, 9.206931638516295e-08),
        (32.1, 71.88592433596195, 0.9999999503721752, 4.9627824840829486e-08),
        (120.0, 56.27755633706722, 1.1039515636981603e-13, 0.9999999999998896),
        (3000.0, 2741.487237240135, 5.974975758136364e-07, 0.9999994025024241),
        (500.0, 536.1616267939127, 0.9445987514274269, 0.05540124857257315),
        (50.0, 104.66171193481995, 0.9999999990015708, 9.984292410702414e-10),
        (32.1, 46.031109511509776, 0.9871159599803713, 0.012884040019628692),
        (50.0, 96.05467409508641, 0.9999999120171328, 8.798286717818964e-08),
        (31.9, 22.284990752276215, 0.032085196876352265, 0.9679148031236477),
        (31.9, 77.44258887809504, 0.9999999984629219, 1.537078171636717e-09),
        (50.0, 32.2257446218944, 0.0022163699908467754, 0.9977836300091533),
        (1000000, 994000, 9.1789002623020234219e-10, 0.99999999908210997377),
    ]

    @Test("incomplete integrals agree with 60-digit values from shape 0.001 to a million", arguments: incomplete)
    func table(a: Double, x: Double, lower: Double, upper: Double) {
        #expect(isClose(GammaFunction.regularizedLower(a, x), lower, within: 1e-12))
        #expect(isClose(GammaFunction.regularizedUpper(a, x), upper, within: 1e-12))
    }

    /// x and psi(x), with 60 digits.
    static let digammas: [(Double, Double)] = [
        (0.001, -1000.5755719318102797),
        (0.5, -1.9635100260214234794),
        (1, -0.57721566490153286061),
        (1.5, 0.036489973978576520559),
        (3.7, 1.1671535393615114409),
        (12, 2.4426616799758120167),
        (1000, 6.9072551956488120521),
    ]

    @Test("digamma agrees with 60-digit values", arguments: digammas)
    func digamma(x: Double, expected: Double) {
        #expect(abs(GammaFunction.digamma(x) - expected) <= 1e-14 * max(1, abs(expected)))
    }

    @Test("the upper integral of a whole shape is a Poisson sum")
    func poissonSum() {
        for mean in [0.3, 2.0, 11.5] {
            var (term, sum) = (1.0, 0.0)
            // Terms without the factor e^-mean, which divides out.
            for k in 0..<30 {
                sum += term
                term *= mean / Double(k + 1)
                let whole = GammaFunction.regularizedUpper(Double(k + 1), mean)
                let limit = GammaFunction.regularizedUpper(200, mean)
                #expect(isClose(whole / limit, sum / partialExponential(mean, terms: 200), within: 1e-12))
            }
        }
    }

    @Test("the inverse inverts the lower integral")
    func inverse() {
        for a in [1e-3, 0.05, 0.5, 1, 1.5, 8, 120, 4000, 9999, 10_001, 3e5, 2e7] {
            for p in [1e-200, 1e-10, 1e-3, 0.2, 0.5, 0.500001, 0.8, 0.99, 1 - 1e-9] {
                let x = GammaFunction.inverseRegularizedLower(a, p)
                guard x > 1e-290 else {
                    // The quantile underflows: so small an x must indeed have reached p.
                    #expect(GammaFunction.regularizedLower(a, 1e-289) >= p)
                    continue
                }
                let (found, wanted) =
                    p <= 0.5
                    ? (GammaFunction.regularizedLower(a, x), p) : (GammaFunction.regularizedUpper(a, x), 1 - p)
                #expect(isClose(found, wanted, within: 1e-10), "a = \(a), p = \(p)")
            }
        }
        #expect(GammaFunction.inverseRegularizedLower(2, 0) == 0)
        #expect(GammaFunction.inverseRegularizedLower(2, 1) == .infinity)
    }

    @Test("two halves make one, and the integrals rise in x across the changes of method")
    func halves() {
        for a in [0.2, 0.999, 1, 30, 9990, 10_000, 1e6, 1e9] {
            var previous = 0.0
            for z in stride(from: -4.0, through: 4, by: 0.25) {
                let x = max(1e-9, a + z * a.squareRoot())
                let lower = GammaFunction.regularizedLower(a, x)
                #expect(abs(lower + GammaFunction.regularizedUpper(a, x) - 1) < 1e-14)
                #expect(lower >= previous)
                previous = lower
            }
        }
    }

    @Test("arguments outside the domain give NaN")
    func outside() {
        #expect(GammaFunction.regularizedLower(-1, 2).isNaN && GammaFunction.regularizedLower(1, -2).isNaN)
        #expect(GammaFunction.regularizedUpper(.nan, 2).isNaN && GammaFunction.regularizedUpper(1, .nan).isNaN)
        #expect(GammaFunction.inverseRegularizedLower(1, 1.5).isNaN && GammaFunction.digamma(0).isNaN)
        #expect(GammaFunction.logGamma(-0.5).isNaN && GammaFunction.logGamma(0) == .infinity)
        #expect(GammaFunction.regularizedUpper(3, .infinity) == 0 && GammaFunction.regularizedLower(3, 0) == 0)
    }

    private func partialExponential(_ x: Double, terms: Int) -> Double {
        var (term, sum) = (1.0, 0.0)
        for k in 0..<terms {
            sum += term
            term *= x / Double(k + 1)
        }
        return sum
    }
}
