/// Eight points of the unit cube of up to four dimensions, one in each lane.
struct UnitPoints {
    var x, y, z, t: SIMD8<Double>

    subscript(lane: Int) -> SIMD4<Double> { SIMD4(x[lane], y[lane], z[lane], t[lane]) }

    /// The points a step away from `centre` in the eight directions, kept inside the cube.
    init(around centre: SIMD4<Double>, step: Double, _ directions: UnitPoints) {
        x = (centre.x + step * directions.x).clamped(lowerBound: SIMD8(repeating: 0), upperBound: SIMD8(repeating: 1))
        y = (centre.y + step * directions.y).clamped(lowerBound: SIMD8(repeating: 0), upperBound: SIMD8(repeating: 1))
        z = (centre.z + step * directions.z).clamped(lowerBound: SIMD8(repeating: 0), upperBound: SIMD8(repeating: 1))
        t = (centre.w + step * directions.t).clamped(lowerBound: SIMD8(repeating: 0), upperBound: SIMD8(repeating: 1))
    }

    init(x: SIMD8<Double>, y: SIMD8<Double> = .zero, z: SIMD8<Double> = .zero, t: SIMD8<Double> = .zero) {
        (self.x, self.y, self.z, self.t) = (x, y, z, t)
    }

    /// Poll directions that span one to four dimensions, eight at a time.
    static func directions(_ dimensions: Int) -> UnitPoints {
        switch dimensions {
        case 1: UnitPoints(x: [1, -1, 0.5, -0.5, 2, -2, 0.25, -0.25])
        case 2: UnitPoints(x: [1, -1, 0, 0, 0.7, 0.7, -0.7, -0.7], y: [0, 0, 1, -1, 0.7, -0.7, 0.7, -0.7])
        case 3:
            UnitPoints(
                x: [1, -1, 0, 0, 0, 0, 0.6, -0.6], y: [0, 0, 1, -1, 0, 0, -0.6, 0.6], z: [0, 0, 0, 0, 1, -1, 0.6, 0.6])
        default:
            UnitPoints(
                x: [1, -1, 0, 0, 0, 0, 0, 0], y: [0, 0, 1, -1, 0, 0, 0, 0], z: [0, 0, 0, 0, 1, -1, 0, 0],
                t: [0, 0, 0, 0, 0, 0, 1, -1])
        }
    }
}

/// The point of the unit cube with the least error found by compass search (Kolda, Lewis and Torczon 2003): poll
/// eight neighbours at once, move to a better one, else halve the step. Deterministic; one call of `errors` judges
/// eight points in the lanes of one pass over the data.
func compassSearch(
    dimensions: Int, starts: UnitPoints, passes: Int = 24, _ errors: (UnitPoints) -> SIMD8<Double>
) -> SIMD4<Double> {
    func least(_ values: SIMD8<Double>) -> (lane: Int, value: Double) {
        var lane = 0
        for k in 1..<8 where values[k] < values[lane] { lane = k }
        return (lane, values[lane])
    }
    let first = least(errors(starts))
    var (point, best) = (starts[first.lane], first.value)
    var step = 0.2
    let directions = UnitPoints.directions(dimensions)
    for _ in 0..<passes where step > 0.01 && best > 0 {
        let polls = UnitPoints(around: point, step: step, directions)
        let found = least(errors(polls))
        if found.value < best * (1 - 1e-9) {
            let gain = found.value < best * (1 - 1e-4)
            (point, best) = (polls[found.lane], found.value)
            if !gain { step /= 2 }
        } else {
            step /= 2
        }
    }
    return point
}
