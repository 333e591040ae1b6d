import Foundation

/// Predictive laws of counts for many series at once, from nothing but their own past: a discounted level for each, a
/// season shared by all, and a dispersion that each series owns as far as its past can tell.
///
/// The level is the mean of a gamma law updated by Poisson counts with old evidence discounted (Harrison and West,
/// 1997, section 10); the predictive law is negative binomial. Periods without stock say nothing and are skipped.
public struct CountForecaster: Sendable {
    public struct Settings: Sendable, Hashable {
        /// Part of the evidence forgotten from one period to the next, for the level and for what it is drawn to.
        public var discount: Double
        public var slowDiscount: Double
        /// Periods of evidence that the slow level counts for.
        public var prior: Double
        /// Periods in a season; 1 for none.
        public var cycle: Int
        /// Factor on the dispersion found.
        public var dispersionScale: Double

        public init(
            discount: Double = 0.1, slowDiscount: Double = 0.03, prior: Double = 8, cycle: Int,
            dispersionScale: Double = 1
        ) {
            (self.discount, self.slowDiscount, self.prior) = (discount, slowDiscount, prior)
            (self.cycle, self.dispersionScale) = (max(1, cycle), dispersionScale)
        }
    }

    /// The law of each period to come: mean m and variance m + dispersion x m^2.
    public struct Outlook: Sendable {
        /// Row-major series x horizon.
        public var means: [Double]
        /// By series.
        public var dispersions: [Double]
        public var horizon: Int
    }

    public let history: DemandHistory
    public let settings: Settings

    public init(_ history: DemandHistory, settings: Settings) {
        self.history = history
        self.settings = settings
    }

    /// What is known at the end of period `known - 1` about the next `horizon` periods.
    public func outlook(known: Int, horizon: Int) -> Outlook {
        let count = history.seriesCount
        let cycle = settings.cycle
        let season = sharedSeason(known: known)
        var means = [Double](repeating: 0, count: count * horizon)
        var excess = [Double](repeating: 0, count: count)
        var square = [Double](repeating: 0, count: count)
        let recent = max(0, known - 2 * max(26, cycle))
        for series in 0..<count {
            let row = series * history.periodCount
            var (fast, fastBase, slow, slowBase) = (0.0, 0.0, 0.0, 0.0)
            func level() -> Double {
                let long = slowBase > 0 ? slow / slowBase : 0
                return (fast + settings.prior * long) / max(fastBase + settings.prior, 1e-9)
            }
            for period in 0..<known {
                let factor = season[period % cycle]
                if history.isObserved[row + period] {
                    let units = history.units[row + period]
                    if period >= recent, slowBase > 8 {
                        let mean = max(1e-3, level() * factor)
                        excess[series] += (units - mean) * (units - mean) - mean
                        square[series] += mean * mean
                    }
                    fast += units
                    slow += units
                    fastBase += factor
                    slowBase += factor
                }
                fast *= 1 - settings.discount
                fastBase *= 1 - settings.discount
                slow *= 1 - settings.slowDiscount
                slowBase *= 1 - settings.slowDiscount
            }
            for step in 0..<horizon {
                means[series * horizon + step] = max(1e-3, level() * season[(known + step) % cycle])
            }
        }
        // A series' own dispersion counts by how much of it its past could show.
        let totalSquare = square.reduce(0, +)
        let shared = totalSquare > 0 ? max(0.02, excess.reduce(0, +) / totalSquare) : 0.5
        let typical = 2 * median(square)
        let dispersions = (0..<count).map { series in
            let own = (max(0, excess[series]) + typical * shared) / max(square[series] + typical, 1e-12)
            return settings.dispersionScale * min(5, max(0.02, own))
        }
        return Outlook(means: means, dispersions: dispersions, horizon: horizon)
    }

    /// Factors of the places in a season with mean 1, from the mean of all series over its own centred moving average.
    private func sharedSeason(known: Int) -> [Double] {
        let cycle = settings.cycle
        guard cycle > 1, known > cycle else { return [Double](repeating: 1, count: cycle) }
        var totals: [Double] = []
        for period in 0..<known {
            var (sum, seen) = (0.0, 0)
            for series in 0..<history.seriesCount where history.isObserved[series * history.periodCount + period] {
                sum += history.units[series * history.periodCount + period]
                seen += 1
            }
            totals.append(seen > 0 ? sum / Double(seen) : totals.last ?? 0)
        }
        let half = cycle / 2
        var factor = [Double](repeating: 0, count: cycle)
        var seen = factor
        for period in 0..<known {
            var sum = 0.0
            for near in -half...half { sum += totals[min(known - 1, max(0, period + near))] }
            let average = sum / Double(2 * half + 1)
            guard average > 0 else { continue }
            factor[period % cycle] += totals[period] / average
            seen[period % cycle] += 1
        }
        for place in 0..<cycle { factor[place] = seen[place] > 0 ? factor[place] / seen[place] : 1 }
        // A week of a year has been seen once or twice: its neighbours know it too.
        if cycle > 12 {
            let raw = factor
            for place in 0..<cycle {
                factor[place] =
                    0.25 * raw[(place + cycle - 1) % cycle] + 0.5 * raw[place]
                    + 0.25 * raw[(place + 1) % cycle]
            }
        }
        let mean = factor.reduce(0, +) / Double(cycle)
        return factor.map { max(0.05, $0 / max(mean, 1e-9)) }
    }

    private func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }
}
