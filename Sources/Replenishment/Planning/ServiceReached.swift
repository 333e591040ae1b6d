import NumericCore

/// The service a stock row reached in several replications, with its interval, held against what was promised of it.
public struct ServiceReached: Sendable, Equatable {
    /// Part served of all that was asked for.
    public var share: Double
    /// Half the width of its 95 % interval.
    public var halfWidth: Double
    public var asked: Double

    /// The interval is the wider of two: by how the replications differ (Student's t on a ratio), and by how many
    /// shortages they rest on, as many as a Poisson count may vary by, each as large as the others. Few large shortages
    /// make replications look more alike than they are; without any, one of `usualMiss` units stands for them. Where many
    /// replications of the plan alone tell how they differ, it is at least by that.
    ///
    /// - Parameters:
    ///   - served, asked: units, lines or cycles by replication.
    ///   - shortages: of all replications together, one after the other counting once.
    ///   - spread: half the width of the interval of a single replication by the plan (`LevelReplay`); 0: unknown.
    public init(served: [Double], asked: [Double], shortages: Double, usualMiss: Double, spread: Double = 0) {
        let (share, halfWidth) = shareAndHalfWidth(served, of: asked)
        self.asked = asked.reduce(0, +)
        self.share = share ?? 1
        let missed = self.asked - served.reduce(0, +)
        let size = shortages > 0 ? missed / shortages : usualMiss
        let rare = self.asked > 0 ? (1.96 * (shortages + 1).squareRoot() + 2) * size / self.asked : 1
        let planned = min(1, spread / Double(max(1, served.count)).squareRoot())
        self.halfWidth = max(halfWidth ?? 1, min(1, rare), planned)
    }

    /// - Parameters:
    ///   - promised: the share asked of the plan.
    ///   - planned: what the plan's levels come to by its own formulas: more by what whole units add.
    public func verdict(promised: Double, planned: Double) -> PlanReplay.Verdict {
        if share + halfWidth < promised { return .below }
        if share - halfWidth > max(promised, planned) { return .above }
        // From no shortage at all to twice as many as promised: such an interval tells nothing.
        return share + halfWidth >= 1 && share - halfWidth <= 2 * promised - 1 ? .few : .kept
    }
}
