public import Replenishment
public import Retail

/// What a rolling forecast needs to make the levels of the stock rows anew in mid-run: what was expected of each day by
/// day, how each is fed, and the service it is held for.
public struct RollingPlan: Sendable, Equatable {
    /// Days from the clock's first day on, at least 1; beyond them the last week repeats.
    public var days: Int
    /// Expected units and their standard deviation, stock rows x days, in the order of the rows.
    public var mean: [Float]
    public var deviation: [Float]
    /// What ordering and holding cost.
    public var costs: InventoryCosts
    /// By stock row; nil keeps its levels.
    public var rows: [Row?]

    public struct Row: Sendable, Equatable {
        public var feed: Feed
        public var target: ServiceTarget

        public init(feed: Feed, target: ServiceTarget) {
            self.feed = feed
            self.target = target
        }
    }

    public init(
        days: Int, mean: [Float], deviation: [Float], rows: [Row?], costs: InventoryCosts = InventoryCosts()
    ) {
        self.costs = costs
        self.days = days
        self.mean = mean
        self.deviation = deviation
        self.rows = rows
    }
}
