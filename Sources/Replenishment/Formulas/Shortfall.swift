import NumericCore

/// What a level misses: E[max(D - x, 0)], P(D > x), and the density and its slope where there are any.
struct Shortfall {
    var loss: Double
    var tail: Double
    var density = 0.0
    var slope = 0.0
}

/// A law asked for its shortfall at one level after another, each mostly near the last.
struct ShortfallProbe {
    private let law: DemandLaw
    private let scale: Double?
    /// Where a gamma law was integrated last, and what came out: near by its series is quicker.
    private var level = Double.nan
    private var known = (loss: 0.0, tail: 0.0, density: 0.0)

    init(_ law: DemandLaw) { (self.law, scale) = (law, law.smoothScale) }

    mutating func callAsFunction(_ x: Double) -> Shortfall {
        switch law {
        case .gamma(let law):
            let here: (loss: Double, tail: Double, density: Double)
            if let near = law.shortfall(x, near: level, known: known) {
                here = near
            } else {
                here = law.shortfall(x)
                (level, known) = (x, here)
            }
            let slope = x > 0 ? here.density * ((law.shape - 1) / x - 1 / law.scale) : 0
            return Shortfall(loss: here.loss, tail: here.tail, density: here.density, slope: slope)
        case .normal(let law):
            // The difference loses z^2 roundings: no more than the root needs, and half the work.
            let deviation = law.standardDeviation
            let z = (x - law.mean) / deviation
            let (tail, density) = (Normal.upperTail(z), Normal.density(z))
            return Shortfall(
                loss: max(0, deviation * (density - z * tail)), tail: tail, density: density / deviation,
                slope: -z * density / (deviation * deviation))
        case .poisson, .negativeBinomial, .empirical: return Shortfall(loss: law.loss(x), tail: law.upperTail(x))
        }
    }

    /// loss(x) - loss(x + width), with its derivatives, `allowed` units of which may be missed.
    ///
    /// Over a width small beside all that the law changes over, the difference of two losses has no digits: there it is
    /// the mean tail, by its series around the middle.
    mutating func excess(_ x: Double, width: Double, beyond far: inout ShortfallProbe, allowed: Double)
        -> LevelSearch.Excess
    {
        let middle = x + 0.5 * width
        if let scale, width < 0.02 * min(scale, middle) {
            let here = self(middle)
            let (first, second, third) = law.logDensitySlopes(middle)
            let bend = here.density * (first * first + second)
            let twist = here.density * (first * (first * first + 3 * second) + third)
            let square = width * width / 24
            return LevelSearch.Excess(
                missed: width * (here.tail - square * (here.slope + 0.0125 * width * width * twist)),
                allowed: allowed, slope: -width * (here.density + square * bend), curvature: -width * here.slope,
                third: -width * bend)
        }
        let (here, there) = (self(x), far(x + width))
        return LevelSearch.Excess(
            missed: here.loss - there.loss, allowed: allowed, slope: there.tail - here.tail,
            curvature: here.density - there.density, third: here.slope - there.slope)
    }
}

extension DemandLaw {
    /// The first three derivatives of the logarithm of a smooth law's density.
    fileprivate func logDensitySlopes(_ x: Double) -> (first: Double, second: Double, third: Double) {
        switch self {
        case .gamma(let law):
            let bend = (law.shape - 1) / x
            return (bend - 1 / law.scale, -bend / x, 2 * bend / (x * x))
        case .normal(let law): return ((law.mean - x) / law.variance, -1 / law.variance, 0)
        case .poisson, .negativeBinomial, .empirical: return (0, 0, 0)
        }
    }
}
