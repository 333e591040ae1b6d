import ArgumentParser
import Placement

struct LimitOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Stop after this long with the best choice so far and its gap.", valueName: "seconds"))
    var timeLimit: Double?

    @Option(help: ArgumentHelp("Stop after this many steps of search: the same answer everywhere.", valueName: "steps"))
    var workLimit: Int?

    @Option(help: "Threads to use; the search takes one.")
    var threads = 1

    func validate() throws {
        if let timeLimit, !(timeLimit > 0) { throw ValidationError("--time-limit takes seconds above 0.") }
        if let workLimit, workLimit < 1 { throw ValidationError("--work-limit takes a number from 1.") }
        if threads < 1 { throw ValidationError("--threads takes a number from 1.") }
    }

    var search: SearchLimits {
        var limits = SearchLimits()
        limits.steps = workLimit ?? (timeLimit == nil ? limits.steps : .max)
        return limits
    }
}

/// When the work began and when it must end.
struct SolveClock {
    private let clock = ContinuousClock()
    private let began: ContinuousClock.Instant
    private let end: ContinuousClock.Instant?

    init(_ limits: LimitOptions) {
        Interrupt.shared.listen()
        let now = clock.now
        began = now
        end = limits.timeLimit.map { now + .seconds(min($0, 1e9)) }
    }

    var seconds: Double { (clock.now - began) / .seconds(1) }

    func isOver() -> Bool { Interrupt.shared.isRaised || end.map { clock.now >= $0 } ?? false }
}
