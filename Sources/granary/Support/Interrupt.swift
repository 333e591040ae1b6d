import Dispatch
import Foundation
import Synchronization

/// Turns the first SIGINT or SIGTERM into a flag that running work looks at; the second ends the process at once.
final class Interrupt: Sendable {
    static let shared = Interrupt()

    private let raised = Atomic<Bool>(false)
    private let sources = Mutex<[any DispatchSourceSignal]>([])

    var isRaised: Bool { raised.load(ordering: .relaxed) }

    /// Starts to listen. Safe to call once per process.
    func listen() {
        sources.withLock { sources in
            guard sources.isEmpty else { return }
            for number in [SIGINT, SIGTERM] {
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
                source.setEventHandler { [self] in
                    if raised.exchange(true, ordering: .relaxed) { _exit(130) }
                }
                source.resume()
                sources.append(source)
            }
        }
    }
}

/// Runs `work` in a task that the first SIGINT or SIGTERM cancels.
func interruptible<Result: Sendable>(_ work: sending @escaping @isolated(any) () async throws -> Result) async throws
    -> Result
{
    Interrupt.shared.listen()
    let task = Task(operation: work)
    let watch = Task {
        while !Interrupt.shared.isRaised { try await Task.sleep(for: .milliseconds(50)) }
        task.cancel()
    }
    defer { watch.cancel() }
    return try await task.value
}
