import Glibc

/// The incomplete gamma functions for large shapes, where series and fractions need many terms.
///
/// With `eta^2 / 2 = x / a - 1 - log(x / a)` (eta has the sign of x - a),
///
///     Q(a, x) = erfc(eta sqrt(a / 2)) / 2 + exp(-a eta^2 / 2) / sqrt(2 pi a) * sum of c[k](eta) / a^k
///
/// where c[0] = 1/(x/a - 1) - 1/eta and each later one follows by differentiation; their Taylor coefficients in eta
/// are rational numbers, worked out exactly and rounded once.
///
/// Source: Temme, "The asymptotic expansion of the incomplete gamma functions", SIAM J. Math. Anal. 10, 1979; DLMF
/// 8.12.
enum TemmeExpansion {
    /// From this shape on four terms in 1/a, and the Taylor polynomials below out to where both tails underflow
    /// (|eta| < 0.4), are exact to rounding.
    static let leastShape = 1e4

    /// The error function's part of the smaller tail, and the sum that is added to Q and taken from P.
    static func parts(_ a: Double, _ x: Double) -> (main: Double, rest: Double) {
        let exponent = deviance(a, mean: x)
        guard exponent < 745 else { return (0, 0) }
        let magnitude = (2 * exponent / a).squareRoot()
        let eta = x < a ? -magnitude : magnitude
        var sum = 0.0
        for row in [c3, c2, c1, c0] {
            var polynomial = 0.0
            for coefficient in row.reversed() { polynomial = polynomial * eta + coefficient }
            sum = sum / a + polynomial
        }
        let scale = exp(-exponent - halfLogTwoPi) / a.squareRoot()
        return (0.5 * erfc(exponent.squareRoot()), scale * sum)
    }

    private static let c0: [Double] = [
        -0.3333333333333333, 0.08333333333333333, -0.014814814814814815, 0.0011574074074074073,
        0.0003527336860670194, -0.0001787551440329218, 3.919263178522438e-05, -2.185448510679992e-06,
        -1.85406221071516e-06, 8.296711340953087e-07, -1.7665952736826078e-07, 6.707853543401498e-09,
        1.0261809784240309e-08, -4.382036018453353e-09,
    ]
    private static let c1: [Double] = [
        -0.001851851851851852, -0.003472222222222222, 0.0026455026455026454, -0.0009902263374485596,
        0.00020576131687242798, -4.018775720164609e-07, -1.8098550334489977e-05, 7.64916091608111e-06,
        -1.6120900894563446e-06, 4.647127802807434e-09, 1.378633446915721e-07,
    ]
    private static let c2: [Double] = [
        0.004133597883597883, -0.0026813271604938273, 0.0007716049382716049, 2.0093878600823047e-06,
        -0.0001073665322636516, 5.2923448829120125e-05, -1.2760635188618728e-05, 3.423578734096138e-08,
    ]
    private static let c3: [Double] = [
        0.0006494341563786008, 0.00022947209362139917, -0.0004691894943952557, 0.00026772063206283885,
        -7.561801671883977e-05,
    ]
}
