/// Local regression over equally spaced values (Cleveland 1979): tricube weights over the `window` nearest values, a
/// constant or a straight line.
struct Loess {
    var window: Int
    /// 0 for a constant, 1 for a line.
    var degree: Int
    /// Every so many places are fitted, those between interpolated.
    var jump = 1

    /// The curve at places `first` ... `last` (values lie at 0 ..< count; beyond them the end's fit is carried on).
    func smooth(_ values: [Double], from first: Int, through last: Int) -> [Double] {
        let n = values.count
        guard n > 0 else { return [Double](repeating: 0, count: last - first + 1) }
        var out = [Double](repeating: 0, count: last - first + 1)
        values.withUnsafeBufferPointer { values in
            var place = first
            var known = first
            out[0] = fit(values, at: first)
            while place < last {
                place = min(place + jump, last)
                out[place - first] = fit(values, at: place)
                let (a, b) = (out[known - first], out[place - first])
                let gap = place - known
                for k in 1..<max(1, gap) { out[known - first + k] = a + (b - a) * Double(k) / Double(gap) }
                known = place
            }
        }
        return out
    }

    private func fit(_ values: UnsafeBufferPointer<Double>, at place: Int) -> Double {
        let n = values.count
        let width = min(window, n)
        let left = min(max(place - width / 2, 0), n - width)
        let right = left + width - 1
        var reach = Double(max(place - left, right - place))
        if window > n { reach += Double(window - n) / 2 }
        guard reach > 0 else { return values[min(max(place, 0), n - 1)] }
        let inverse = 1 / reach
        var (s0, s1, s2, t0, t1) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for k in left...right {
            let x = Double(k - place)
            let r = abs(x) * inverse
            guard r < 0.999 else { continue }
            let cube = 1 - r * r * r
            let weight = r <= 0.001 ? 1 : cube * cube * cube
            s0 += weight
            s1 += weight * x
            s2 += weight * x * x
            t0 += weight * values[k]
            t1 += weight * x * values[k]
        }
        guard s0 > 0 else { return values[min(max(place, left), right)] }
        let spread = s0 * s2 - s1 * s1
        // Too few values around for a slope: the constant.
        guard degree > 0, spread > 1e-9 * s0 * s0 * Double(n) * 1e-3 else { return t0 / s0 }
        return (s2 * t0 - s1 * t1) / spread
    }
}
