import NumericCore
import Testing

@Suite("The beta function and its incomplete integral")
struct BetaFunctionTests {
    /// a, b, x, I(x; a, b) and its complement, from the hypergeometric series of positive terms with 120 digits.
    static let incomplete: [(Double, Double, Double, Double, Double)] = [
        (0.001, 0.5, 0.001, 0.9917423756231270886, 0.0082576243768729114013),
        (0.5, 0.5, 0.3, 0.36901011956554537504, 0.63098988043445462496),
        (0.5, 0.5, 0.999, 0.97986495836662250008, 0.020135041633377499917),
        (2, 3, 0.001, 5.9920030000000002493e-6, 0.999994007997),
        (2, 3, 0.4, 0.52480000000000003837, 0.47519999999999996163),
        (2, 3, 0.99, 0.99999602999999999999, 3.9700000000000105516e-6),
        (30, 2, 0.5, 1.490116119384765625e-8, 0.99999998509883880615),
        (30, 70, 0.3, 0.51162510455860912129, 0.48837489544139087871),
        (30, 70, 0.8, 1.0, 1.7917701789504563102e-27),
        (1000, 2000, 0.3, 4.0738279160507714984e-5, 0.99995926172083949229),
        (1000, 2000, 0.3333, 0.50017188025206194884, 0.49982811974793805116),
        (1000, 2000, 0.4, 0.99999999999997652762, 2.3472382410688976377e-14),
        (1e5, 2e5, 0.334, 0.78076181383213303707, 0.21923818616786696293),
        (5, 1e5, 1e-4, 0.97076055155782969141, 0.02923944844217030859),
    ]

    @Test("the incomplete integral agrees with 120-digit values in both tails", arguments: incomplete)
    func table(a: Double, b: Double, x: Double, lower: Double, upper: Double) {
        #expect(isClose(BetaFunction.regularized(a, b, x), lower, within: 1e-12))
        #expect(isClose(BetaFunction.regularized(b, a, 1 - x, complement: x), upper, within: 1e-12))
    }

    /// a, b and log B(a, b), with 60 digits.
    static let logarithms: [(Double, Double, Double)] = [
        (0.001, 0.002, 7.3132171044172354027),
        (0.5, 0.5, 1.1447298858494001741),
        (2, 3, -2.4849066497880003102),
        (0.1, 1e6, 0.8711616409377844149),
        (9, 20, -17.945256047236790718),
        (1e5, 3e5, -224938.75152978361689),
        (3, 1e12, -82.199916167228699315),
    ]

    @Test("the logarithm agrees with 60-digit values where three large logarithms would cancel", arguments: logarithms)
    func logBeta(a: Double, b: Double, expected: Double) {
        #expect(isClose(BetaFunction.logBeta(a, b), expected, within: 1e-13))
        #expect(isClose(BetaFunction.logBeta(b, a), expected, within: 1e-13))
    }

    @Test("the inverse inverts the integral")
    func inverse() {
        for (a, b) in [(0.1, 0.1), (0.5, 3), (2, 2), (7, 0.4), (40, 60), (3000, 20), (1e5, 1e5)] {
            for p in [1e-100, 1e-6, 0.01, 0.3, 0.5, 0.7, 0.999] {
                let x = BetaFunction.inverseRegularized(a, b, p)
                // The neighbours of x enclose p: all that one double can say where the function is steep.
                let lower = BetaFunction.regularized(a, b, max(0, x.nextDown.nextDown))
                let upper = BetaFunction.regularized(a, b, min(1, x.nextUp.nextUp))
                #expect(lower <= p * (1 + 1e-11) && p * (1 - 1e-11) <= upper, "\(a), \(b), \(p)")
            }
        }
    }

    @Test("reflection exchanges the parameters")
    func reflection() {
        for x in [0.125, 0.25, 0.5, 0.875] {
            for (a, b) in [(0.3, 2.0), (5, 5), (200, 90)] {
                let sum = BetaFunction.regularized(a, b, x) + BetaFunction.regularized(b, a, 1 - x)
                #expect(abs(sum - 1) < 1e-14)
            }
        }
    }

    @Test("arguments outside the domain give NaN")
    func outside() {
        #expect(BetaFunction.regularized(0, 1, 0.5).isNaN && BetaFunction.regularized(1, 1, 1.5).isNaN)
        #expect(BetaFunction.regularized(1, 1, .nan).isNaN && BetaFunction.logBeta(-1, 2).isNaN)
        #expect(BetaFunction.inverseRegularized(1, 1, -0.5).isNaN)
        #expect(BetaFunction.inverseRegularized(2, 2, 0) == 0 && BetaFunction.inverseRegularized(2, 2, 1) == 1)
    }
}
