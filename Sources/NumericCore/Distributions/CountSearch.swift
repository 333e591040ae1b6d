import Glibc

// What the laws of counts share: a first guess at a quantile, the search for it, and sums over a tail.

/// A guess at the quantile of a count: the normal one, corrected for skewness (Cornish and Fisher, 1937).
func countQuantileGuess(_ p: Double, mean: Double, standardDeviation: Double, skewness: Double) -> Double {
    let z = Normal.quantile(p)
    return (mean + standardDeviation * (z + skewness * (z * z - 1) / 6)).rounded(.down)
}

/// The smallest whole k in 0...highest whose distribution function reaches p.
///
/// Above one half the comparison is made in the upper tail, where the distribution function has lost its digits.
/// A slack of a few roundings makes the search the exact inverse of the distribution function as computed: the
/// quantile of `cumulative(k)` is k.
func countQuantile(
    _ p: Double, guess: Double, highest: Double, cumulative: (Double) -> Double, upperTail: (Double) -> Double
) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if p == 0 { return 0 }
    if p == 1 { return highest }
    func reaches(_ k: Double) -> Bool {
        if k >= highest { return true }
        return p <= 0.5
            ? cumulative(k) >= p * (1 - 0x1p-49) : upperTail(k) <= (1 - p) * (1 + 0x1p-49) + 0x1p-54
    }
    if reaches(0) { return 0 }
    // Keep: `below` does not reach p, `above` does. Steps double away from the guess, then halve.
    var below = 0.0
    var above = highest
    var k = guess.isFinite ? min(max(1, guess), highest) : 1
    var step = 1.0
    if reaches(k) {
        above = k
        while k > 1 {
            k = max(1, above - step)
            guard reaches(k) else {
                below = k
                break
            }
            above = k
            step *= 2
        }
    } else {
        below = k
        while true {
            k = min(highest, below + step)
            if reaches(k) || k >= 0x1p53 {
                above = k
                break
            }
            below = k
            step *= 2
        }
    }
    while above - below > 1 {
        let middle = (below + 0.5 * (above - below)).rounded(.down)
        if reaches(middle) { above = middle } else { below = middle }
    }
    return above
}

/// E[max(X - x, 0)] summed from the first count above x: all terms positive, so nothing cancels.
///
/// - Parameters:
///   - first: the smallest count above x.
///   - term: the probability of that count.
///   - ratio: the probability of j + 1 over that of j.
func countTailLoss(above x: Double, first: Double, term: Double, ratio: (Double) -> Double) -> Double {
    var j = first
    var term = term
    var sum = 0.0
    var steps = 0
    while term > 0 && steps < 10_000_000 {
        let addition = (j - x) * term
        sum += addition
        // Beyond the mode terms fall at least geometrically; the rest is below the last one over (1 - r)^2.
        let r = ratio(j)
        if r < 1 && addition < sum * 0x1p-54 * (1 - r) * (1 - r) { break }
        term *= r
        j += 1
        steps += 1
    }
    return sum
}
