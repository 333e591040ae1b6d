public import Retail

/// Where a product stands in its life.
public enum LifeStage: String, Sendable, CaseIterable, Codable {
    /// Nothing sold yet.
    case unborn = "not launched"
    /// On sale for less than a quarter of a year.
    case launch
    case mature
    /// Sells less than half of what it did at its best.
    case decline
    /// Nothing sold for far longer than it ever paused before.
    case end
}

extension DemandPanel {
    /// The stage of a series at the end of the axis.
    ///
    /// Launch is told from the first sale, which must lie inside the axis: what sold from the axis' first weeks on may be
    /// old. Decline compares the last eight seasons with the best eight, beyond what counts vary by chance. End is a
    /// stretch without a sale three times as long as the longest before it, and at least eight seasons.
    public func stage(_ series: Int) -> LifeStage {
        let season = max(1, axis.step == .hour ? 24 : axis.step.defaultSeason == 52 ? 4 : axis.step.defaultSeason)
        let cells = cells(series)
        let known = cells.indices.filter { cells[$0].isFinite }
        guard let first = known.first(where: { cells[$0] > 0 }) else { return .unborn }
        let life = known.filter { $0 >= first }
        var (longest, pause) = (0, 0)
        for t in life {
            if cells[t] > 0 { (longest, pause) = (max(longest, pause), 0) } else { pause += 1 }
        }
        if pause >= 8 * season, pause > 3 * max(1, longest) { return .end }
        if Int(starts[series]) + first > 4 * season, life.count < 13 * season { return .launch }
        let window = 8 * season
        guard life.count >= 3 * window else { return .mature }
        var sums: [Double] = [0]
        for t in life { sums.append(sums[sums.count - 1] + cells[t]) }
        let last = sums[life.count] - sums[life.count - window]
        let best = (window...life.count - window).map { sums[$0] - sums[$0 - window] }.max() ?? 0
        // Counts vary by their root: half of the best, and four roots below it.
        return last < 0.5 * best && best - last > 4 * (best + last).squareRoot() ? .decline : .mature
    }
}
