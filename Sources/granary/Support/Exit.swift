import ArgumentParser
import Foundation

/// What a command's exit code says to a script.
enum Exit {
    static let failed = ExitCode(1)
    /// Bad data, or a problem without a solution.
    static let badData = ExitCode(2)
    /// Done, with exceptions that somebody should look at.
    static let exceptions = ExitCode(3)
    static let interrupted = ExitCode(130)
}

/// Writes to standard error: notes and errors, never data.
func note(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
}
