import Foundation

/// Demand of many series over the same periods, with the cells in which it could be seen.
public struct DemandHistory: Sendable, Equatable {
    public let seriesCount: Int
    public let periodCount: Int
    /// Row-major series x periods, whole units as numbers.
    public let units: [Double]
    /// Whether the shelf had stock: elsewhere the units are those sold, not those asked for.
    public let isObserved: [Bool]

    /// - Parameters:
    ///   - units: row-major series x periods, 0 or more.
    ///   - isObserved: as many; false where there was no stock to sell.
    public init(seriesCount: Int, periodCount: Int, units: [Double], isObserved: [Bool]) throws(ReplenishmentError) {
        guard seriesCount >= 0, periodCount >= 0, units.count == seriesCount * periodCount else {
            throw .shape(what: "demand", count: units.count, expected: seriesCount * periodCount)
        }
        guard isObserved.count == units.count else {
            throw .shape(what: "observed flags", count: isObserved.count, expected: units.count)
        }
        if let bad = units.first(where: { !($0 >= 0 && $0 < 1e9) }) {
            throw .parameter(name: "demand", value: bad, expected: "a number of 0 or more")
        }
        (self.seriesCount, self.periodCount) = (seriesCount, periodCount)
        (self.units, self.isObserved) = (units, isObserved)
    }

    /// Demand with what could not be seen put in: the mean of the nearest `neighbours` observed periods on each side, to
    /// whole units, and never below what was sold. It is the truth that replays are judged by, so it looks ahead.
    public func imputed(neighbours: Int = 4) -> DemandHistory {
        var filled = units
        for series in 0..<seriesCount {
            let row = series * periodCount
            let seen = (0..<periodCount).filter { isObserved[row + $0] }
            var next = 0
            for period in 0..<periodCount {
                while next < seen.count, seen[next] < period { next += 1 }
                guard !isObserved[row + period] else { continue }
                let near = seen[max(0, next - neighbours)..<min(seen.count, next + neighbours)]
                guard !near.isEmpty else { continue }
                let mean = near.reduce(0) { $0 + units[row + $1] } / Double(near.count)
                filled[row + period] = max(units[row + period], (mean + 0.5).rounded(.down))
            }
        }
        return DemandHistory(same: self, units: filled, isObserved: isObserved)
    }

    /// Takes runs of zeros for missing stock where they are too long for luck: where a count with the series' mean
    /// outside the run would show none for so long with a probability below `significance`, each run counted against
    /// all the places where it could have begun.
    ///
    /// - Parameter clumping: how many times the variance of demand exceeds its mean; runs of clumped demand are longer.
    public func zeroRunsHidden(significance: Double = 0.01, clumping: Double = 2) -> DemandHistory {
        var seen = isObserved
        for series in 0..<seriesCount {
            let row = series * periodCount
            var runs: [Range<Int>] = []
            var start: Int?
            for period in 0...periodCount {
                let isZero = period < periodCount && isObserved[row + period] && units[row + period] == 0
                if isZero, start == nil { start = period }
                if !isZero, let begin = start {
                    runs.append(begin..<period)
                    start = nil
                }
            }
            // The longest first: what is hidden no longer pulls the mean down.
            for run in runs.sorted(by: { $0.count > $1.count }) {
                var (sum, count) = (0.0, 0)
                for period in 0..<periodCount where seen[row + period] && !run.contains(period) {
                    sum += units[row + period]
                    count += 1
                }
                guard count > 0, sum > 0 else { break }
                let mean = sum / Double(count)
                // P(0 in one period) of a negative binomial count with that clumping.
                let logZero = clumping > 1 ? -mean / (clumping - 1) * log(clumping) : -mean
                guard log(Double(periodCount)) + Double(run.count) * logZero < log(significance) else { break }
                for period in run { seen[row + period] = false }
            }
        }
        return DemandHistory(same: self, units: units, isObserved: seen)
    }

    private init(same other: DemandHistory, units: [Double], isObserved: [Bool]) {
        (seriesCount, periodCount) = (other.seriesCount, other.periodCount)
        (self.units, self.isObserved) = (units, isObserved)
    }
}
