import Foundation
import Synchronization

/// Orders and lines of a slice, as the demand stage makes them. Its memory goes round: whoever has it is the only
/// one to look at it.
final class DemandBatch: @unchecked Sendable {
    var arrivals = GrowingColumn<Arrival>()
    var lines = GrowingColumn<DemandLine>()
    /// The first moment not made yet.
    var reached: Int64 = 0
}

/// Makes the coming slices of demand on a thread of its own, while the stages that use them work on this one.
///
/// Demand is a pure function of plan and random key, so that it does not matter who makes it, or when. A few slices are
/// kept, so that their orders are still in the cache when they are placed.
final class DemandAhead: Sendable {
    private struct State {
        var ready: [DemandBatch] = []
        var used: [DemandBatch] = []
        var isStopped = false
    }

    private let state = Mutex(State())
    private let filled = DispatchSemaphore(value: 0)
    // A semaphore may not be given up below the value it was made with: both are made empty.
    private let room = DispatchSemaphore(value: 0)

    private static let kept = 16

    /// - Parameter moment: the first to be made.
    init(_ prepared: Prepared, seed: UInt64, replication: UInt32, from moment: Int64) {
        let thread = Thread { [self] in
            var stage = DemandStage(prepared, seed: seed, replication: replication)
            stage.skip(to: moment)
            while !stage.isDone {
                let batch = state.withLock { $0.used.popLast() } ?? DemandBatch()
                stage.exchange(batch)
                stage.clear()
                stage.generate()
                stage.exchange(batch)
                room.wait()
                let isStopped = state.withLock { state in
                    state.ready.append(batch)
                    return state.isStopped
                }
                filled.signal()
                if isStopped { return }
            }
        }
        for _ in 0..<Self.kept { room.signal() }
        thread.name = "demand"
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// The next slice; waits until it is made. Not to be asked beyond the last one; to be given back when it has been
    /// read.
    func next() -> DemandBatch {
        filled.wait()
        let batch = state.withLock { $0.ready.removeFirst() }
        room.signal()
        return batch
    }

    /// The memory of a slice that is needed no more.
    func giveBack(_ batch: DemandBatch) { state.withLock { $0.used.append(batch) } }

    /// Ends the thread after the slice it is at.
    func stop() {
        state.withLock { $0.isStopped = true }
        room.signal()
    }
}
