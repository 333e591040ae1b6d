import NumericCore
public import Retail
import Synchronization

/// How far a run has come.
public struct SimulationProgress: Sendable, Equatable {
    /// Part of all slices done, over all replications, 0 to 1.
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
    public static let engineVersion = "6"

    /// Runs the world `replications` times and combines the replications in order.
    ///
    /// - Parameters:
    ///   - replications: at least 1, below 2^20.
    ///   - threads: replications running at once; where there are more threads than replications, demand is made
    ///     on a thread beside each. The result does not depend on it.
    ///   - checkpoints: where each replication goes on from, and saves its state to; the numbers are the same with
    ///     and without.
    ///   - progress: called now and then, from any thread.
    ///   - isCancelled: asked at least once a simulated hour; true ends the run with `.cancelled`.
    /// - Throws: `.invalid` when the world has faults, `.audit` when the books of any replication do not balance, `.checkpoint` when a
    ///   saved state cannot be taken up or kept.
    public static func run(
        _ world: World, seed: UInt64, replications: Int, threads: Int, checkpoints: Checkpoints = .none,
        progress: @escaping @Sendable (SimulationProgress) -> Void = { _ in },
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) async throws(SimulationError) -> RunResult {
        try world.validate()
        guard replications > 0, replications < 1 << 20 else {
            throw .invalid([WorldFault("replications", "\(replications) is outside 1 to 1,048,575; ask for at least 1")]
            )
        }
        let prepared = PreparedRun(world)
        let meter = ProgressMeter(replications: replications, report: progress)
        let results = try await concurrentMap(chunks: replications, threads: max(1, threads)) {
            (index) throws(SimulationError) -> ReplicationResult in
            var replication = try prepared.simulate(
                seed: seed, number: UInt32(index), isAhead: threads > replications, meter: meter,
                checkpoints: checkpoints, isCancelled: isCancelled)
            return try replication.result()
        }
        return combine(results, currency: world.currency)
    }

    /// Tells the story of one order: the replication is run again with that order observed.
    /// - Returns: the steps by time; empty when no such order is placed in that replication.
    public static func trace(
        _ world: World, seed: UInt64, replication: Int, order: OrderID
    ) throws(SimulationError) -> [TraceStep] {
        var run = try single(world, seed: seed, replication: replication) { $0.observed = order.bits }
        run.tellPostings()
        func isEnd(_ step: TraceStep) -> Int { if case .ended = step.what { 1 } else { 0 } }
        let story = run.story.enumerated().sorted {
            ($0.element.time, isEnd($0.element), $0.offset) < ($1.element.time, isEnd($1.element), $1.offset)
        }.map(\.element)
        // Steps that were foreseen but lie behind the order's end never came.
        let end = story.firstIndex { if case .ended = $0.what { true } else { false } }
        return Array(story.prefix(end.map { $0 + 1 } ?? story.count))
    }

    /// The first order of a replication to end in each final state that occurs: names to give to `trace`.
    /// - Returns: the state's key in the catalogue under `state.`, and the order.
    public static func examples(
        _ world: World, seed: UInt64, replication: Int
    ) throws(SimulationError) -> [(state: String, order: OrderID)] {
        let run = try single(world, seed: seed, replication: replication) {
            $0.examples = Array(repeating: nil, count: OrderState.allCases.count)
        }
        return OrderState.finals.compactMap { state in
            run.examples[Int(state.rawValue)].map { (state.key, $0) }
        }
    }

    /// The single postings of a replication, which is run again for them, in the order they are made.
    ///
    /// - Parameter take: gets them slice by slice.
    public static func postings(
        _ world: World, seed: UInt64, replication: Int, take: @escaping ([LedgerPosting]) -> Void
    ) throws(SimulationError) {
        var run = try single(world, seed: seed, replication: replication) { replication in
            replication.ledger.keepsJournal = true
            replication.postingSink = take
        }
        take(run.drainJournal())
    }

    /// One replication run to its end, with something about it set before it begins.
    private static func single(
        _ world: World, seed: UInt64, replication: Int, configure: (inout Replication) -> Void
    ) throws(SimulationError) -> Replication {
        try world.validate()
        guard replication >= 0, replication < 1 << 20 else {
            throw .invalid([WorldFault("replication", "\(replication) is outside 0 to 1,048,575")])
        }
        return try PreparedRun(world).simulate(
            seed: seed, number: UInt32(replication), meter: nil, isCancelled: { false }, configure: configure)
    }
}

/// Adds up what the replications have done; called a few times a second from each of them.
final class ProgressMeter: Sendable {
    private struct Totals {
        var slices: Double = 0
        var orders: Int64 = 0
        var finished = 0
    }

    private let replications: Int
    private let report: @Sendable (SimulationProgress) -> Void
    private let totals = Mutex(Totals())

    init(replications: Int, report: @escaping @Sendable (SimulationProgress) -> Void) {
        self.replications = replications
        self.report = report
    }

    /// - Parameters: what has been done since the last call, as a part of one replication.
    func add(fraction: Double, orders: Int64, isFinished: Bool) {
        let now = totals.withLock { totals in
            totals.slices += fraction
            totals.orders += orders
            if isFinished { totals.finished += 1 }
            return totals
        }
        report(
            SimulationProgress(
                fraction: min(1, now.slices / Double(replications)), finished: now.finished,
                replications: replications, orders: now.orders))
    }
}

extension Replication {
    /// Every slice to the end, then whatever is left behind the grid.
    ///
    /// - Parameters:
    ///   - until: the slice to stop before; nil goes on to the end.
    ///   - isAhead: demand is made on a thread beside; the numbers are the same.
    mutating func run(
        until last: Int? = nil, isAhead: Bool = false, meter: ProgressMeter?, checkpoints: Checkpoints = .none,
        isCancelled: () -> Bool
    ) throws(SimulationError) {
        let ordered = Int(wheel.grid.days * wheel.grid.slicesPerDay)
        let interval = max(1, Int(wheel.grid.slicesPerDay) / 24)
        let end = last ?? sliceCount
        if isAhead && !demand.isDone {
            ahead = DemandAhead(prepared, seed: seed, replication: number, from: demand.reached)
        }
        // Stories are told in the order of their steps, and carriers that routing looks at are not kept waiting.
        let isAlone = observed != .max || journal != nil || ledger.keepsJournal || stageClock != nil
        if isAhead && !isAlone && !routing.seesCarriers && !fulfilment.riders { desk.start() }
        defer {
            ahead?.stop()
            ahead = nil
            desk.stop()
        }
        var (reportedSlices, reportedOrders) = (nextSlice, counters.orders)
        var savedMinute = wheel.grid.start(of: nextSlice) / SliceGrid.microsecondsPerMinute
        while nextSlice < end {
            let slice = nextSlice
            step(slice)
            if slice == ordered - 1 { closeHorizon() }
            nextSlice += 1
            let minute = wheel.grid.start(of: nextSlice) / SliceGrid.microsecondsPerMinute
            if minute > savedMinute && checkpoints.isDue(Int(number)) {
                try save(to: checkpoints)
                savedMinute = minute
            }
            if slice % interval == interval - 1 || nextSlice == end {
                if isCancelled() {
                    try save(to: checkpoints)
                    throw .cancelled
                }
                meter?.add(
                    fraction: Double(nextSlice - reportedSlices) / Double(sliceCount),
                    orders: counters.orders - reportedOrders, isFinished: nextSlice == sliceCount)
                (reportedSlices, reportedOrders) = (nextSlice, counters.orders)
            }
        }
        guard last == nil else { return }
        while wheel.pending > 0 { step(sliceCount - 1) }
        try save(to: checkpoints)
        postFixedCosts()
    }

    /// Goes on from a saved state.
    mutating func resume(_ state: [UInt8]) throws(SimulationError) {
        do { try restore(state) } catch { throw .checkpoint(error.description) }
    }

    private mutating func save(to checkpoints: Checkpoints) throws(SimulationError) {
        guard let save = checkpoints.save else { return }
        // Books that are out of order already are no place to go on from.
        if let fault { throw .audit(fault) }
        do { try save(Int(number), try checkpoint()) } catch { throw .checkpoint("\(error)") }
    }

    /// Keeps what is on the shelves when the last order has been placed.
    private mutating func closeHorizon() {
        var value: Int64 = 0
        for row in 0..<stock.rows.count {
            value += terms.unitCosts[Int(stock.rows[row].sku)] * Int64(stock.rows[row].book)
        }
        horizonValue = Double(value) / 10_000
    }

    /// The audit, and when it passes the numbers.
    mutating func result() throws(SimulationError) -> ReplicationResult {
        let audited: [Int64]
        do { audited = try audit(isOver: true) } catch { throw .audit(error) }
        return ReplicationResult(figures: figures(), tables: tables(), audited: audited, orders: counters.orders)
    }
}
