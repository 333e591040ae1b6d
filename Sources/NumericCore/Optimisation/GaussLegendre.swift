/// Integrals of smooth functions by sixteen-point Gauss-Legendre quadrature, exact for polynomials up to degree 31.
public enum GaussLegendre {
    /// Positive nodes on (-1, 1) and their weights (Abramowitz and Stegun, 1964, table 25.4); the others mirror them.
    public static let nodes = [
        0.095_012_509_837_637_440_185, 0.281_603_550_779_258_913_230, 0.458_016_777_657_227_386_342,
        0.617_876_244_402_643_748_447, 0.755_404_408_355_003_033_895, 0.865_631_202_387_831_743_880,
        0.944_575_023_073_232_576_078, 0.989_400_934_991_649_932_596,
    ]
    public static let weights = [
        0.189_450_610_455_068_496_285, 0.182_603_415_044_923_588_867, 0.169_156_519_395_002_538_189,
        0.149_595_988_816_576_732_082, 0.124_628_971_255_533_872_052, 0.095_158_511_682_492_784_810,
        0.062_253_523_938_647_892_863, 0.027_152_459_411_754_094_852,
    ]

    /// The integral of `function` between two ends.
    @inlinable
    public static func integral(from a: Double, to b: Double, _ function: (Double) -> Double) -> Double {
        let middle = 0.5 * (a + b)
        let half = 0.5 * (b - a)
        var sum = 0.0
        for i in nodes.indices {
            let reach = half * nodes[i]
            sum += weights[i] * (function(middle - reach) + function(middle + reach))
        }
        return sum * half
    }
}
