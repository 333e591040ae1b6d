public import Retail

/// The days simulated and the slice grid.
///
/// The grid is part of the world and never of load or threads: halving every slice may move a figure by less than
/// its interval, using another number of threads may not move it at all.
public struct SimulationClock: Sendable, Equatable {
    /// The first day; instant 0 is its midnight.
    public var start: Day
    /// Days on which orders are placed.
    public var days: Int
    /// Seconds in a slice, for each hour of the day: 24 numbers, each dividing 3,600.
    public var secondsPerSlice: [Int32]
    /// Days after the last on which events still fall on the grid (one slice an hour); what comes later is
    /// processed at its exact time behind them.
    public var drainDays: Int

    /// Ten-second slices by day, minutes at night, unless said otherwise.
    public init(
        start: Day, days: Int,
        secondsPerSlice: [Int32] = [Int32](repeating: 60, count: 6) + [Int32](repeating: 10, count: 18),
        drainDays: Int = 45
    ) {
        self.start = start
        self.days = days
        self.secondsPerSlice = secondsPerSlice
        self.drainDays = drainDays
    }

    /// The moment from which no more orders are placed.
    public var end: Instant { Instant.day * Int64(days) }
}
