import Foundation
import Store
import Synchronization

/// Passes progress on to the caller, and now and then to the workspace, for whoever looks from another process.
final class RunTicker: Sendable {
    private let workspace: Workspace
    private let id: RunID
    private let progress: @Sendable (RunProgress) -> Void
    private let last = Mutex<ContinuousClock.Instant?>(nil)

    init(_ workspace: Workspace, _ id: RunID, _ progress: @escaping @Sendable (RunProgress) -> Void) {
        self.workspace = workspace
        self.id = id
        self.progress = progress
    }

    func report(_ stage: String, _ fraction: Double, orders: Int64 = 0) {
        let at = RunProgress(stage: stage, fraction: fraction, orders: orders)
        progress(at)
        let now = ContinuousClock.now
        let isDue = last.withLock { last in
            if let last, now - last < .milliseconds(500) { return false }
            last = now
            return true
        }
        // A note about progress that cannot be written does not end the run.
        if isDue { try? workspace.reportProgress(id, fraction: at.overall, stage: stage) }
    }
}

/// Lets work cancel the task it runs in, which is known only after it has begun.
final class TaskHandle: Sendable {
    private struct State {
        var cancel: (@Sendable () -> Void)?
        var isCancelled = false
    }

    private let state = Mutex(State())

    func hold(_ cancel: @escaping @Sendable () -> Void) {
        let isLate = state.withLock { state in
            state.cancel = cancel
            return state.isCancelled
        }
        if isLate { cancel() }
    }

    func cancel() {
        let cancel = state.withLock { state in
            state.isCancelled = true
            return state.cancel
        }
        cancel?()
    }
}
