import Foundation
public import Retail

/// A stretch of zeros that is too long to be chance: the article may have been sold out, or gone.
public struct ZeroRun: Sendable, Equatable {
    public var series: Int
    /// Cells of the panel's axis.
    public var steps: Range<Int>
    /// The chance of such a stretch anywhere in the series if its demand had not changed.
    public var chance: Double
}

extension DemandPanel {
    /// Stretches of zeros that are suspicious: expected less than once in a thousand series by how often the rest of the
    /// series sells nothing. They are reported, never corrected.
    ///
    /// Missing cells, closed days among them, neither end nor lengthen a stretch.
    public func suspiciousZeroRuns() -> [ZeroRun] {
        keys.indices.compactMap { s -> ZeroRun? in
            let cells = cells(s)
            guard let first = cells.firstIndex(where: { $0.isFinite && $0 > 0 }) else { return nil }
            var (best, run) = ((from: 0, to: 0, length: 0), (from: first, length: 0))
            var (zeros, observed) = (0, 0)
            for t in first..<cells.count where cells[t].isFinite {
                observed += 1
                guard cells[t] == 0 else {
                    run.length = 0
                    continue
                }
                zeros += 1
                if run.length == 0 { run.from = t }
                run.length += 1
                if run.length > best.length { best = (run.from, t + 1, run.length) }
            }
            let rest = observed - best.length
            guard best.length > 1, rest >= 10 else { return nil }
            let share = (Double(zeros - best.length) + 0.5) / (Double(rest) + 1)
            let chance = Double(observed) * pow(share, Double(best.length))
            guard chance < 0.001 else { return nil }
            return ZeroRun(series: s, steps: Int(starts[s]) + best.from..<Int(starts[s]) + best.to, chance: chance)
        }
    }
}
