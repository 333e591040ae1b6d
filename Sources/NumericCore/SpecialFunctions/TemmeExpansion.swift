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
    /// From this shape on eight terms in 1/a, and the Taylor polynomials below for |eta| up to a half, are exact to
    /// rounding.
    static let leastShape = 32.0
    /// From this shape on both tails have left the range of numbers where |eta| is a half.
    private static let boundlessShape = 1e4

    /// Whether the expansion is exact to rounding there.
    @inline(__always)
    static func holds(_ a: Double, _ x: Double) -> Bool {
        a >= leastShape && (x > 0.6 * a && x < 1.57 * a || a >= boundlessShape)
    }

    /// The error function's part of the smaller tail, the sum that is added to Q and taken from P, and
    /// exp(-a eta^2 / 2).
    static func parts(_ a: Double, _ x: Double) -> (main: Double, rest: Double, fall: Double) {
        let exponent = deviance(a, mean: x)
        guard exponent < 745 else { return (0, 0, 0) }
        let inverse = 1 / a
        let square = 2 * exponent * inverse
        let eta = x < a ? -square.squareRoot() : square.squareRoot()
        var rows = firstRows(eta, square)
        if a < boundlessShape {
            let fourth = (inverse * inverse) * (inverse * inverse)
            rows += lastRows(eta, square) * fourth
        }
        let sum = rows.x + inverse * (rows.y + inverse * (rows.z + inverse * rows.w))
        let fall = exp(-exponent)
        return (0.5 * erfc(exponent.squareRoot()), fall * peakOfNormal * inverse.squareRoot() * sum, fall)
    }

    /// The normal density at 0, 1 / sqrt(2 pi).
    private static let peakOfNormal = 0.398_942_280_401_432_677_94

    // c[0] to c[3], and c[4] to c[7] below, side by side; even and odd powers apart, so that two chains run at once.
    // swift-format-ignore
    private static func firstRows(_ eta: Double, _ square: Double) -> SIMD4<Double> {
        var even = SIMD4<Double>(-5.830772132550426e-11, 0, 0, 0)
        even = even * square + SIMD4<Double>(9.14769958223679e-10, -1.0091543710600413e-09, 0, 0)
        even = even * square + SIMD4<Double>(1.0261809784240309e-08, 1.1951628599778148e-08, -1.409252991086752e-08, -1.9111168485973655e-08)
        even = even * square + SIMD4<Double>(-1.7665952736826078e-07, 1.378633446915721e-07, 1.4280614206064242e-07, -1.6958404091930278e-07)
        even = even * square + SIMD4<Double>(-1.85406221071516e-06, -1.6120900894563446e-06, 1.3721957309062934e-06, 1.4230900732435883e-06)
        even = even * square + SIMD4<Double>(3.919263178522438e-05, -1.8098550334489977e-05, -1.2760635188618728e-05, 1.1082654115347302e-05)
        even = even * square + SIMD4<Double>(0.0003527336860670194, 0.00020576131687242798, -0.0001073665322636516, -7.561801671883977e-05)
        even = even * square + SIMD4<Double>(-0.014814814814814815, 0.0026455026455026454, 0.0007716049382716049, -0.0004691894943952557)
        even = even * square + SIMD4<Double>(-0.3333333333333333, -0.001851851851851852, 0.004133597883597883, 0.0006494341563786008)
        var odd = SIMD4<Double>(2.4361948020667415e-11, 0, 0, 0)
        odd = odd * square + SIMD4<Double>(-2.5514193994946248e-11, 4.162792991842583e-10, 0, 0)
        odd = odd * square + SIMD4<Double>(-4.382036018453353e-09, -1.7543241719747647e-11, 6.228974084922022e-09, 0)
        odd = odd * square + SIMD4<Double>(6.707853543401498e-09, -5.752545603517705e-08, -2.0477098421990866e-10, 8.099464905388083e-08)
        odd = odd * square + SIMD4<Double>(8.296711340953087e-07, 4.647127802807434e-09, -6.298992138380055e-07, -2.7861080291528143e-11)
        odd = odd * square + SIMD4<Double>(-2.185448510679992e-06, 7.64916091608111e-06, 3.423578734096138e-08, -5.6749528269915965e-06)
        odd = odd * square + SIMD4<Double>(-0.0001787551440329218, -4.018775720164609e-07, 5.2923448829120125e-05, -2.396505113867297e-07)
        odd = odd * square + SIMD4<Double>(0.0011574074074074073, -0.0009902263374485596, 2.0093878600823047e-06, 0.00026772063206283885)
        odd = odd * square + SIMD4<Double>(0.08333333333333333, -0.003472222222222222, -0.0026813271604938273, 0.00022947209362139917)
        return even + odd * eta
    }

    // swift-format-ignore
    private static func lastRows(_ eta: Double, _ square: Double) -> SIMD4<Double> {
        var even = SIMD4<Double>(-2.292934834000805e-07, 0, 0, 0)
        even = even * square + SIMD4<Double>(-1.6954149536558305e-06, -2.291481176508095e-06, 0, 0)
        even = even * square + SIMD4<Double>(1.1375726970678419e-05, -1.3594048189768693e-05, -1.8329116582843375e-05, 0)
        even = even * square + SIMD4<Double>(6.641498215465122e-05, 6.797780477937208e-05, -8.153969367561969e-05, -0.00010976582244684731)
        even = even * square + SIMD4<Double>(-0.0002990724803031902, 0.0002772753244959392, 0.0002708782096718045, -0.00033493161081142234)
        even = even * square + SIMD4<Double>(-0.0008618882909167117, -0.00033679855336635813, 0.0005313079364639922, 0.00034436760689237765)
        var odd = SIMD4<Double>(8.907507532205309e-07, 0, 0, 0)
        odd = odd * square + SIMD4<Double>(2.507497226237533e-10, 8.018470256334202e-06, 0, 0)
        odd = odd * square + SIMD4<Double>(-3.968365047179435e-05, 1.419062920643967e-07, 5.61168275310625e-05, 0)
        odd = odd * square + SIMD4<Double>(-1.4638452578843418e-06, -0.00019932570516188847, 7.902353232660328e-07, 0.0002812695154763237)
        odd = odd * square + SIMD4<Double>(0.0007840392217200666, -6.972813758365857e-05, -0.0005921664373536939, 5.171790908260592e-05)
        return even + odd * eta
    }
}
