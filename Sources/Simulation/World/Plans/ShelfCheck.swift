public import Retail

/// Counts, shelf by shelf, what buyers asked for and what was missing: what a stock plan promises, held against what
/// comes of it. A run with one has the table `shelf_service` beside the others.
public struct ShelfCheck: Sendable, Equatable {
    /// Orders placed before this moment are not counted.
    public var from: Instant
    /// By the node of an order's region, the one that serves it alone, line by line: what that one lacks is missing,
    /// whatever lies elsewhere. It is how a plan reckons that promises each node's shelves by themselves. Nil: orders
    /// are routed as ever, and what nobody has is missing at the region's node.
    public var servers: [Node.Index]?
    /// What a shelf that serves alone lacks is owed: the next receipt is set aside for it, and orders count it. Otherwise
    /// buyers who find nothing go away, and nobody makes up for them.
    public var waits: Bool

    public init(from: Instant, servers: [Node.Index]? = nil, waits: Bool = false) {
        self.from = from
        self.servers = servers
        self.waits = waits
    }
}

/// Levels that are set anew every day, in place of those of the stock rows.
public struct LevelPlan: Sendable, Equatable {
    /// Days from the clock's first on, at least 1; beyond them the last counts.
    public var days: Int
    /// Row-major days x stock rows, in the order of the rows.
    public var reorderPoints: [Quantity]
    public var orderUpTos: [Quantity]

    public init(days: Int, reorderPoints: [Quantity], orderUpTos: [Quantity]) {
        self.days = max(1, days)
        self.reorderPoints = reorderPoints
        self.orderUpTos = orderUpTos
    }

    /// The levels of a row on a day.
    func levels(row: Int, day: Int) -> (reorderPoint: Int64, orderUpTo: Int64) {
        let cell = min(max(0, day), days - 1) * (reorderPoints.count / days) + row
        return (Int64(reorderPoints[cell]), Int64(orderUpTos[cell]))
    }
}
