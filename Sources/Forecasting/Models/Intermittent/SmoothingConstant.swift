/// The constant of simple exponential smoothing with the least squared one-step errors, and the last level; starts at
/// the first value.
///
/// Eight constants are tried in the lanes of one pass, then eight around the best. The zeros before a value are one
/// step: the level falls by a power, and its squares are a geometric sum.
func smoothed(_ values: [Double], constants range: ClosedRange<Double>) -> (constant: Double, level: Double) {
    guard let first = values.first else { return (range.lowerBound, 0) }
    var (low, high) = (range.lowerBound, range.upperBound)
    var best = (constant: low, level: first, squares: Double.infinity)
    let width = high - low
    withUnsafeTemporaryAllocation(of: ZerosAndValue.self, capacity: values.count) { buffer in
        let runs = ZerosAndValue.runs(values, in: buffer)
        for pass in 0..<2 {
            let step = (high - low) / 7
            let alpha = low + step * Lanes(0, 1, 2, 3, 4, 5, 6, 7)
            let (level, squares) = lanesSmoothed(runs, from: first, alpha)
            for lane in 0..<8 where squares[lane] < best.squares {
                best = (alpha[lane], level[lane], squares[lane])
            }
            guard pass == 0, width > 0 else { break }
            (low, high) = (max(range.lowerBound, best.constant - step), min(range.upperBound, best.constant + step))
        }
    }
    return (best.constant, best.level)
}

/// A value and the zeros before it.
private struct ZerosAndValue {
    /// Longer runs of zeros are cut, with a zero for their value.
    static let longest = 32

    var zeros: Int
    var value: Double

    /// All values but the first. Written without a branch: where demands come without order, no processor can guess.
    static func runs(
        _ values: [Double], in buffer: UnsafeMutableBufferPointer<ZerosAndValue>
    ) -> UnsafeMutableBufferPointer<ZerosAndValue> {
        values.withUnsafeBufferPointer { values in
            var (count, last) = (0, 0)
            for t in 1..<max(1, values.count) {
                buffer[count] = ZerosAndValue(zeros: t - last - 1, value: values[t])
                let ends = values[t] != 0 || t - last == longest || t == values.count - 1
                count += ends ? 1 : 0
                last = ends ? t : last
            }
            return UnsafeMutableBufferPointer(rebasing: buffer[..<count])
        }
    }
}

/// The last levels of eight constants, and the sums of their squared one-step errors.
private func lanesSmoothed(
    _ runs: UnsafeMutableBufferPointer<ZerosAndValue>, from first: Double, _ alpha: Lanes
) -> (level: Lanes, squares: Lanes) {
    let kept = 1 - alpha
    return withUnsafeTemporaryAllocation(of: Lanes.self, capacity: 2 * ZerosAndValue.longest + 2) { table in
        // What is left of a level after 0, 1, 2 ... zeros, and the sum of the squares on the way.
        var (power, sum) = (Lanes(repeating: 1), Lanes.zero)
        for k in 0...ZerosAndValue.longest {
            table[2 * k] = power
            table[2 * k + 1] = sum
            sum += power * power
            power *= kept
        }
        var level = Lanes(repeating: first)
        var squares = Lanes.zero
        for run in runs {
            let error = run.value - level * table[2 * run.zeros]
            squares += level * level * table[2 * run.zeros + 1] + error * error
            // One step further than the zeros: the level waits for a product and a sum only.
            level = level * table[2 * run.zeros + 2] + alpha * run.value
        }
        return (level, squares)
    }
}
