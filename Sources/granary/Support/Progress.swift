import Foundation
import Retail
import Synchronization

/// Progress on standard error for work over two seconds: what, how far, rate and time left.
///
/// On a terminal one line is redrawn; elsewhere (a log, CI) nothing moves and a line is written at most every
/// ten seconds. Never on standard output.
final class Progress: Sendable {
    private struct State {
        var label = ""
        var began: ContinuousClock.Instant
        var drawn: ContinuousClock.Instant?
        var lineIsOpen = false
        /// The last step of the label has been drawn.
        var isDone = false
    }

    private let state: Mutex<State>
    private let clock = ContinuousClock()
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let isQuiet: Bool
    private let language: Language

    init(quiet: Bool, language: Language) {
        isQuiet = quiet
        self.language = language
        state = Mutex(State(began: ContinuousClock().now))
    }

    /// Reports that `done` of `total` steps of `label` are behind us.
    func report(_ label: String, _ done: Int, of total: Int) {
        guard !isQuiet else { return }
        state.withLock { state in
            let now = clock.now
            if state.label != label {
                close(&state)
                state.label = label
                state.began = now
                state.drawn = nil
                state.isDone = false
            }
            let elapsed = seconds(now - state.began)
            guard elapsed > 2, !state.isDone else { return }
            if let drawn = state.drawn, done < total, seconds(now - drawn) < (isTerminal ? 0.2 : 10) { return }
            state.drawn = now
            state.isDone = done >= total
            draw(Self.line(label: label, done: done, total: total, elapsed: elapsed, in: language), &state)
        }
    }

    /// Ends the line that is being redrawn, so that what follows starts on a line of its own.
    func finish() {
        state.withLock { close(&$0) }
    }

    static func line(
        label: String, done: Int, total: Int, elapsed: Double, in language: Language = .english
    ) -> String {
        let rate = Double(done) / max(elapsed, 1e-9)
        let share = total > 0 ? Int((100 * Double(done) / Double(total)).rounded(.down)) : 0
        var words: Phrase = "\(label): \(done) of \(total) (\(share) %), \(short(rate))/s"
        if done > 0, done < total { words = words + ", \(Int((Double(total - done) / rate).rounded(.up))) s left" }
        return words.text(language)
    }

    private static func short(_ rate: Double) -> String {
        rate >= 100 ? String(Int(rate.rounded())) : String(format: "%.1f", rate)
    }

    private func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }

    private func draw(_ line: String, _ state: inout State) {
        if isTerminal {
            write("\r\u{1B}[K" + line)
            state.lineIsOpen = true
        } else {
            write(line + "\n")
        }
    }

    private func close(_ state: inout State) {
        if state.lineIsOpen { write("\n") }
        state.lineIsOpen = false
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
