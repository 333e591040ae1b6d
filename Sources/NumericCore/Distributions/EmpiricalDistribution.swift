/// The law that gives each of some observed values a weight: what was seen, and nothing else.
///
/// No observations, or a value that is not finite, make every result NaN.
public struct EmpiricalDistribution: Sendable, Hashable {
    /// The distinct values, ascending.
    public let values: [Double]
    /// The weight of each value; they add up to 1.
    public let weights: [Double]
    /// P(X <= values[i]), and P(X > values[i]) summed from the other end so that neither loses digits.
    private let lower: [Double]
    private let upper: [Double]
    /// E[max(X - values[i], 0)].
    private let losses: [Double]
    public let mean: Double
    public let variance: Double
    /// Whether every value is a whole number.
    public let isWhole: Bool

    /// Equally likely observations, in any order.
    public init(_ observations: [Double]) {
        self.init(values: observations, weights: [Double](repeating: 1, count: observations.count))
    }

    /// - Parameters:
    ///   - values: finite, in any order; equal ones are put together.
    ///   - weights: one for each value, not negative; only their proportions count.
    public init(values: [Double], weights: [Double]) {
        let total = compensatedSum(weights)
        let isValid =
            values.count == weights.count && !values.isEmpty && values.allSatisfy(\.isFinite)
            && weights.allSatisfy { $0 >= 0 } && total > 0 && total.isFinite
        var distinct: [Double] = []
        var parts: [Double] = []
        for place in isValid ? values.indices.sorted(by: { values[$0] < values[$1] }) : [] where weights[place] > 0 {
            if let last = distinct.last, last == values[place] {
                parts[parts.count - 1] += weights[place] / total
            } else {
                distinct.append(values[place])
                parts.append(weights[place] / total)
            }
        }
        self.values = distinct
        self.weights = parts
        isWhole = isValid && distinct.allSatisfy { $0 == $0.rounded() }
        var running = CompensatedSum()
        lower = parts.map {
            running.add($0)
            return min(1, running.value)
        }
        var upper = [Double](repeating: 0, count: parts.count)
        var losses = upper
        for i in stride(from: parts.count - 2, through: 0, by: -1) {
            upper[i] = min(1, upper[i + 1] + parts[i + 1])
            losses[i] = losses[i + 1] + (distinct[i + 1] - distinct[i]) * upper[i]
        }
        self.upper = upper
        self.losses = losses
        let mean = isValid ? compensatedSum(zip(distinct, parts).map { $0 * $1 }) : .nan
        self.mean = mean
        variance = isValid ? compensatedSum(zip(distinct, parts).map { ($0 - mean) * ($0 - mean) * $1 }) : .nan
    }

    /// P(X <= x).
    public func cumulative(_ x: Double) -> Double {
        guard !values.isEmpty, !x.isNaN else { return .nan }
        let place = countNotAbove(x)
        return place == 0 ? 0 : place == values.count ? 1 : lower[place - 1]
    }

    /// P(X > x), without cancellation.
    public func upperTail(_ x: Double) -> Double {
        guard !values.isEmpty, !x.isNaN else { return .nan }
        let place = countNotAbove(x)
        return place == 0 ? 1 : upper[place - 1]
    }

    /// The smallest value with `cumulative(x) >= p`, but for the last roundings; NaN outside 0...1.
    public func quantile(_ p: Double) -> Double {
        guard let last = values.last, p >= 0, p <= 1 else { return .nan }
        let place = firstTrue(in: 0...(values.count - 1)) { lower[$0] >= p * (1 - 0x1p-49) }
        return place.map { values[$0] } ?? last
    }

    /// The first-order loss E[max(X - x, 0)].
    public func loss(_ x: Double) -> Double {
        guard let first = values.first, !x.isNaN else { return .nan }
        if x < first { return mean - x }
        let place = countNotAbove(x) - 1
        return max(0, losses[place] - (x - values[place]) * upper[place])
    }

    /// How many values are at most x.
    private func countNotAbove(_ x: Double) -> Int {
        guard let last = values.last else { return 0 }
        if x >= last { return values.count }
        return firstTrue(in: 0...(values.count - 1)) { values[$0] > x } ?? values.count
    }
}
