/// The root of an increasing function, by Newton's method kept inside the bracket that past values give.
///
/// `function` returns value and slope. Where a Newton step leaves the bracket or is not finite, the bracket is
/// halved, or, while one side is still open, left by steps that double. NaN is returned for a NaN value.
func safeguardedNewton(
    start: Double, function: (Double) -> (value: Double, slope: Double)
) -> Double {
    var below = -Double.infinity
    var above = Double.infinity
    var t = start
    var reach = 1.0
    for _ in 0..<400 {
        let (value, slope) = function(t)
        if value.isNaN { return .nan }
        if value == 0 { return t }
        if value < 0 { below = t } else { above = t }
        var next = t - value / slope
        if !(next > below && next < above && next.isFinite) {
            if next == t { return t }
            if below.isFinite && above.isFinite {
                next = below + 0.5 * (above - below)
            } else {
                next = t + (value < 0 ? reach : -reach)
                reach *= 2
            }
        }
        if abs(next - t) <= 0x1p-52 * max(1, abs(t)) { return next }
        t = next
    }
    return t
}
