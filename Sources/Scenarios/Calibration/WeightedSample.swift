import Foundation
import NumericCore
import Retail

/// Values with sampling weights, in order of size.
struct WeightedSample {
    let values: [Double]
    /// Running sums of the weights.
    private let sums: [Double]

    init(_ pairs: [(value: Double, weight: Double)]) {
        let sorted = pairs.filter { $0.weight > 0 && $0.value.isFinite }.sorted { $0.value < $1.value }
        values = sorted.map(\.value)
        var sum = 0.0
        sums = sorted.map {
            sum += $0.weight
            return sum
        }
        squares = sorted.reduce(0) { $0 + $1.weight * $1.weight }
    }

    var count: Int { values.count }
    var isEmpty: Bool { values.isEmpty }
    var total: Double { sums.last ?? 0 }
    /// Sum of the squared weights.
    private let squares: Double

    /// The least value that at least part `p` of the weight does not exceed.
    func quantile(_ p: Double) -> Double {
        guard !isEmpty else { return .nan }
        let wanted = p * total * (1 - 1e-12)
        var (low, high) = (0, count - 1)
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        return values[low]
    }

    /// 95 % interval of the quantiles by the bootstrap (Efron, 1979): as many draws as there are values, each value as
    /// likely as any other, with its weight; what is sampled are orders, whatever each stands for.
    func intervals(_ probabilities: [Double], resamples: Int = 400, seed: UInt64) -> [ClosedRange<Double>] {
        guard count > 1 else { return probabilities.map { _ in quantile(0.5)...quantile(0.5) } }
        let draws = count
        var found = [[Double]](repeating: [], count: probabilities.count)
        for number in 0..<resamples {
            var stream = RandomStream(
                seed: seed, stream: 97, entity: UInt64(count), replication: UInt32(number))
            // A resample of sorted values is a count for each of them.
            var times = [Double](repeating: 0, count: draws)
            for _ in 0..<draws { times[min(draws - 1, Int(stream.uniform() * Double(draws)))] += 1 }
            var sum = 0.0
            for value in 0..<draws {
                times[value] *= sums[value] - (value > 0 ? sums[value - 1] : 0)
                sum += times[value]
            }
            var (at, reached) = (-1, 0.0)
            for (k, p) in probabilities.enumerated() {
                while at < draws - 1 && reached < p * sum * (1 - 1e-12) || at < 0 {
                    at += 1
                    reached += times[at]
                }
                found[k].append(values[at])
            }
        }
        return found.map { list in
            let sorted = list.sorted()
            return sorted[Int(0.025 * Double(resamples))]...sorted[min(resamples - 1, Int(0.975 * Double(resamples)))]
        }
    }

    /// The law by quantiles that follows these values: finer towards the tail, as far as values carry it.
    func law(atLeast floor: Double) -> LagLaw {
        let wanted = [
            0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85,
            0.88, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.995, 0.998, 0.999,
        ]
        // A quantile rests on at least three values beyond it.
        let carried = wanted.filter { $0 <= 0.5 || (1 - $0) * Double(count) >= 3 }
        // Smoothed ends of equal values may differ in the last bit; a law does not fall.
        var last = floor
        let seconds = carried.map { share in
            last = max(last, smoothQuantile(share, atLeast: floor))
            return last
        }
        return LagLaw(probabilities: carried, seconds: seconds)
    }

    /// The quantile at `p` by the estimator of Harrell and Davis (1982, Biometrika 69), on logarithms: every value counts
    /// as likely as it is the one wanted in a sample of as many. A single order statistic of a heavy tail is mostly luck,
    /// and its neighbours know as much of the law.
    private func smoothQuantile(_ p: Double, atLeast floor: Double) -> Double {
        guard p > 0, p < 1, count > 1 else { return quantile(p) }
        // Values of unequal weight say as much as so many of equal weight (Kish, 1965).
        let size = total * total / squares
        let (a, b) = ((size + 1) * p, (size + 1) * (1 - p))
        let reach = 12 * (p * (1 - p) / (size + 2)).squareRoot() + 12 / (size + 2)
        var (first, last) = (0, count)
        while first < last {
            let middle = (first + last) / 2
            if sums[middle] < (p - reach) * total { first = middle + 1 } else { last = middle }
        }
        func below(_ place: Int) -> Double {
            place < 0 ? 0 : BetaFunction.regularized(a, b, min(1, sums[place] / total))
        }
        let start = below(first - 1)
        var (sum, before, place) = (0.0, start, first)
        while place < count, place == first || sums[place - 1] < (p + reach) * total {
            let here = below(place)
            sum += (here - before) * log(max(floor, values[place]))
            before = here
            place += 1
        }
        return before > start ? exp(sum / (before - start)) : quantile(p)
    }
}
