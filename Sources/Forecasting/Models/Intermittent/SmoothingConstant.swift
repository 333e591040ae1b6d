/// The constant of simple exponential smoothing with the least squared one-step errors, and the last level; starts at
/// the first value.
///
/// Eight constants are tried in the lanes of one pass, then eight around the best.
func smoothed(_ values: [Double], constants range: ClosedRange<Double>) -> (constant: Double, level: Double) {
    guard let first = values.first else { return (range.lowerBound, 0) }
    var (low, high) = (range.lowerBound, range.upperBound)
    var best = (constant: low, level: first, squares: Double.infinity)
    let width = high - low
    for pass in 0..<2 {
        let step = (high - low) / 7
        let alpha = low + step * Lanes(0, 1, 2, 3, 4, 5, 6, 7)
        var level = Lanes(repeating: first)
        var squares = Lanes.zero
        values.withUnsafeBufferPointer { values in
            for t in 1..<max(1, values.count) {
                let error = values[t] - level
                squares += error * error
                level += alpha * error
            }
        }
        for lane in 0..<8 where squares[lane] < best.squares {
            best = (alpha[lane], level[lane], squares[lane])
        }
        guard pass == 0, width > 0 else { break }
        (low, high) = (max(range.lowerBound, best.constant - step), min(range.upperBound, best.constant + step))
    }
    return (best.constant, best.level)
}
