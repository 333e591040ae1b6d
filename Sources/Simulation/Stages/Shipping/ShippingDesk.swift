import Foundation
import Synchronization

/// Where the shipping stage works: on the thread of the other stages, or on one beside.
///
/// What it is handed and what it answers keep their order either way, and the answers are taken at the end of the slice:
/// the numbers do not depend on the thread.
final class ShippingDesk: @unchecked Sendable {
    private struct State {
        var waiting: [ShippingBatch] = []
        var isStopped = false
    }

    /// Touched by the thread beside while it has batches, by the other stages' only when it has none.
    var stage: ShippingStage
    private let state = Mutex(State())
    private let filled = DispatchSemaphore(value: 0)
    private let done = DispatchSemaphore(value: 0)
    private(set) var hasThread = false
    /// Handed in and not taken back, in order; how many of them the thread was given; those that may be used again.
    private var pending: [ShippingBatch] = []
    private var given = 0
    private var spare: [ShippingBatch] = []

    init(_ stage: consuming ShippingStage) { self.stage = stage }

    /// Nothing is being worked on.
    var isIdle: Bool { given == 0 }

    /// Lets a thread of its own do the work, until `stop`.
    func start() {
        hasThread = true
        state.withLock { $0.isStopped = false }
        let thread = Thread { [self] in
            // Who has riders ships at the end of a slice, on the other stages' thread.
            let nobody = Stations(servers: [], opens: [], closes: [])
            while true {
                filled.wait()
                let batch = state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
                guard let batch else { return }
                stage.work(batch, riders: nobody)
                done.signal()
            }
        }
        thread.name = "shipping"
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// Ends the thread when its work is done.
    func stop() {
        if !hasThread { return }
        hasThread = false
        filled.signal()
    }

    /// Hands in what is in a column, and leaves it empty.
    func submit(_ handovers: inout GrowingColumn<Handover>, isAtOnce: Bool, riders: borrowing Stations) {
        let batch = spare.popLast() ?? ShippingBatch()
        swap(&batch.handovers, &handovers)
        pending.append(batch)
        if isAtOnce || !hasThread {
            stage.work(batch, riders: riders)
            return
        }
        given += 1
        state.withLock { $0.waiting.append(batch) }
        filled.signal()
    }

    /// The batches handed in since the last time, when all are done; to be given back when they have been read.
    func finish() -> [ShippingBatch] {
        while given > 0 {
            done.wait()
            given -= 1
        }
        defer { pending.removeAll(keepingCapacity: true) }
        return pending
    }

    func giveBack(_ batch: ShippingBatch) {
        batch.outcomes.removeAll()
        spare.append(batch)
    }
}
