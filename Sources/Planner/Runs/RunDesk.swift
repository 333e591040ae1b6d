import Retail
import Scenarios
import Store
import Synchronization

/// Keeps the runs that were started from the pages: one works, the others wait their turn.
final class RunDesk: Sendable {
    /// Runs that may be working or waiting at once.
    static let capacity = 4

    private final class Ticket: Sendable {
        let isCancelled = Atomic(false)
    }

    private struct State {
        var open: [RunID: Ticket] = [:]
        /// How runs of this process ended badly, for words in the reader's language.
        var failures: [RunID: PipelineError] = [:]
        var latest: Task<Void, Never>?
        /// Places taken by runs that are being begun.
        var promised = 0
    }

    private let state = Mutex(State())

    /// Starts a run, after those that were started before it.
    /// - Throws: `PlannerFailure.tooManyRuns`, or what kept it from being stored.
    func start(_ scenario: Scenario, overrides: [String], engine: any PlannerEngine) throws -> RunID {
        try state.withLock { state in
            guard state.open.count + state.promised < Self.capacity else { throw PlannerFailure.tooManyRuns }
            state.promised += 1
        }
        let id: RunID
        do { id = try engine.begin(scenario, overrides: overrides) } catch {
            state.withLock { $0.promised -= 1 }
            throw error
        }
        let ticket = Ticket()
        state.withLock { state in
            state.promised -= 1
            state.open[id] = ticket
            let before = state.latest
            state.latest = Task {
                await before?.value
                await self.work(id, scenario, ticket, engine)
            }
        }
        return id
    }

    /// Asks a run to stop; false when it is not one of this process's or has ended.
    func cancel(_ id: RunID) -> Bool {
        state.withLock { state in
            guard let ticket = state.open[id] else { return false }
            ticket.isCancelled.store(true, ordering: .relaxed)
            return true
        }
    }

    /// Whether the run was started here and has not ended: only then can it be cancelled.
    func isOpen(_ id: RunID) -> Bool { state.withLock { $0.open[id] != nil } }

    func failure(of id: RunID) -> PipelineError? { state.withLock { $0.failures[id] } }

    /// Stops every run and waits until each has stored its end.
    func stopAll() async {
        let latest = state.withLock { state in
            for ticket in state.open.values { ticket.isCancelled.store(true, ordering: .relaxed) }
            return state.latest
        }
        await latest?.value
    }

    private func work(_ id: RunID, _ scenario: Scenario, _ ticket: Ticket, _ engine: any PlannerEngine) async {
        do {
            try await engine.run(
                id, scenario, progress: { _ in }, isCancelled: { ticket.isCancelled.load(ordering: .relaxed) })
            state.withLock { _ = $0.open.removeValue(forKey: id) }
        } catch {
            state.withLock { state in
                state.open[id] = nil
                if !error.isCancellation { state.failures[id] = error }
            }
        }
    }
}
