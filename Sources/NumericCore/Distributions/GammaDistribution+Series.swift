extension GammaDistribution {
    /// The shortfall at `x` from that at a level near by, by the Taylor series of the density, of which each coefficient
    /// follows from the two before it: a fraction of the work of an integral, and as exact. Nil where `x` is too far off
    /// for the series to settle quickly.
    ///
    /// - Parameter known: the shortfall at `level`, as `shortfall(_:)` gives it.
    public func shortfall(
        _ x: Double, near level: Double, known: (loss: Double, tail: Double, density: Double)
    ) -> (loss: Double, tail: Double, density: Double)? {
        let step = x - level
        let part = step / level
        let units = step / scale
        guard part.magnitude <= 0.125, units * units <= 0.0625 * shape else { return nil }
        // With t[n] the terms of density(x) / density(level): (n + 1) t[n + 1] = (shape - 1 - level / scale - n) part
        // t[n] - units part t[n - 1].
        var (term, termBefore) = (1.0, 0.0)
        var factor = (shape - 1 - level / scale) * part
        let drag = units * part
        var (density, tail, loss) = (0.0, 0.0, 0.0)
        var n = 1.0
        var inverse = 1.0
        repeat {
            let next = 1 / (n + 1)
            density += term
            tail += term * inverse
            loss += term * (inverse * next)
            (term, termBefore) = ((factor * term - drag * termBefore) * inverse, term)
            factor -= part
            inverse = next
            n += 1
        } while term.magnitude + termBefore.magnitude > 0x1p-56 && n < 60
        let mass = known.density * step
        return (
            known.loss - step * known.tail + mass * step * loss, known.tail - mass * tail, known.density * density
        )
    }
}
