import Foundation
import NumericCore

/// What will be on the shelf when an order placed now arrives, exactly, period by period: demand that finds no stock
/// is lost, so that the shelf never falls below nothing (or waits, and it may).
public struct ArrivalOutlook: Sendable {
    /// Law of the stock at arrival before the order itself: probability of `lowest`, `lowest + 1`, ...
    public private(set) var stock: ProbabilityTable

    /// - Parameters:
    ///   - onHand: units on the shelf now; below 0 customers wait.
    ///   - arrivals: units that come in before each of the next periods; the order comes after as many.
    ///   - demand: probabilities of 0, 1, 2 ... units in each of those periods.
    public init(onHand: Int, arrivals: [Int], demand: [[Double]], salesAreLost: Bool) {
        stock = ProbabilityTable(lowest: onHand, probabilities: [1])
        for (units, law) in zip(arrivals, demand) {
            stock.lowest += units
            let before = stock
            let lowest = before.lowest - (law.count - 1)
            if salesAreLost {
                let floor = max(0, lowest)
                var after = [Double](repeating: 0, count: max(1, before.lowest + before.probabilities.count - floor))
                for (i, p) in before.probabilities.enumerated() where p > 0 {
                    for (k, q) in law.enumerated() { after[max(0, before.lowest + i - k - floor)] += p * q }
                }
                stock = ProbabilityTable(lowest: floor, probabilities: after)
            } else {
                var after = [Double](repeating: 0, count: before.probabilities.count + law.count - 1)
                for (i, p) in before.probabilities.enumerated() where p > 0 {
                    for (k, q) in law.enumerated() { after[i + law.count - 1 - k] += p * q }
                }
                stock = ProbabilityTable(lowest: lowest, probabilities: after)
            }
        }
    }

    /// The smallest order with which stock at arrival covers the demand of its first period with probability `ratio`:
    /// the newsvendor's order for that period, since what is left over is not lost but orders less the next time.
    public func order(demand: [Double], ratio: Double) -> Int {
        // Units missing: demand less stock, written out from the lowest up.
        let highest = stock.lowest + stock.probabilities.count - 1
        var missing = [Double](repeating: 0, count: demand.count + stock.probabilities.count - 1)
        for (i, p) in stock.probabilities.enumerated() where p > 0 {
            for (k, q) in demand.enumerated() { missing[k + stock.probabilities.count - 1 - i] += p * q }
        }
        var reached = 0.0
        for (place, p) in missing.enumerated() {
            reached += p
            if reached >= ratio { return max(0, place - highest) }
        }
        return max(0, missing.count - 1 - highest)
    }
}

/// Probabilities of 0, 1, 2 ... of a negative binomial count with the given mean and dispersion (variance = mean +
/// dispersion x mean^2), up to a tail of 1e-9 that the last entry holds.
public func countTable(mean: Double, dispersion: Double) -> [Double] {
    guard mean > 0 else { return [1] }
    let size = 1 / max(dispersion, 1e-9)
    let chance = mean / (size + mean)
    var term = exp(-size * log1p(mean / size))
    guard term > 1e-280 else {
        let law = NegativeBinomialDistribution(mean: mean, size: size)
        return (try? ProbabilityTable(.negativeBinomial(law)))?.probabilities ?? [1]
    }
    var table = [term]
    var sum = term
    var k = 0.0
    while sum < 1 - 1e-9, table.count < 100_000 {
        term *= chance * (k + size) / (k + 1)
        k += 1
        table.append(term)
        sum += term
    }
    table[table.count - 1] += max(0, 1 - sum)
    return table
}
