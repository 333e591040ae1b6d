import Synchronization

/// Counts the work done on all tasks, in whole series, and passes it on.
final class ProgressTally: Sendable {
    private let done = Atomic<Int>(0)
    private let total: Int
    private let passes: Int
    private let report: (@Sendable (Int, Int) -> Void)?

    /// - Parameter passes: how often every series is gone through.
    init(total: Int, passes: Int, report: (@Sendable (Int, Int) -> Void)?) {
        self.total = total
        self.passes = passes
        self.report = report
    }

    func add(_ series: Int) {
        guard let report else { return }
        let now = done.add(series, ordering: .relaxed).newValue
        report(now / passes, total)
    }
}
