/// A theta model of one series for eight parameter sets at once: level before the first value, alpha, and the weight
/// of the line, 1 - 1/theta (left out where theta is 2).
struct ThetaLanes: LaneModel {
    /// One-step errors before this step do not count: the line has yet to be found.
    static let warmUp = 3

    let values: UnsafeBufferPointer<Double>
    let intercepts: UnsafeBufferPointer<Double>
    let slopes: UnsafeBufferPointer<Double>
    let isOptimised: Bool

    var count: Int { values.count - Self.warmUp }

    func residuals(_ p: UnsafePointer<Lanes>, _ out: UnsafeMutablePointer<Lanes>) -> LaneErrors {
        let alpha = p[1]
        let rest = 1 - alpha
        let inverse = 1 / alpha
        let weight = isOptimised ? p[2] : Lanes(repeating: 0.5)
        var level = alpha * values[0] + rest * p[0]
        var power = rest
        var squares = Lanes.zero
        for i in 1..<values.count {
            // power is rest^i. The line of what is known before value i.
            let next = power * rest
            let line = intercepts[i - 1] * power + slopes[i - 1] * ((1 - next) * inverse)
            let error = values[i] - (level + weight * line)
            if i >= Self.warmUp {
                squares += error * error
                out[i - Self.warmUp] = error
            }
            level = alpha * values[i] + rest * level
            power = next
        }
        return LaneErrors(squares: squares)
    }
}
