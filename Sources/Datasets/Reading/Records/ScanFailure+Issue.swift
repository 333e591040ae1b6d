import Retail

extension ScanFailure {
    /// The failure in words, with its place and the cure.
    func issue(file: String) -> DataIssue {
        switch self {
        case .file(let error):
            DataIssue(file: file, error)
        case .fieldTooLong(let line, let column):
            DataIssue(
                file: file, line: line, column: column, expected: "the field is longer than 1 MiB",
                cure: "look for a quote that is never closed")
        case .recordTooLong(let line):
            DataIssue(
                file: file, line: line, expected: "the line is longer than 4 MiB",
                cure: "check that this is a CSV file with one record a line")
        case .unclosedQuote(let line, let column):
            DataIssue(
                file: file, line: line, column: column, expected: "a quote is opened and never closed",
                cure: "close it, or double quotes inside a quoted text")
        case .textAfterQuote(let line, let column):
            DataIssue(
                file: file, line: line, column: column, expected: "text follows a closing quote",
                cure: "double quotes inside a quoted text")
        case .wideCharacters:
            DataIssue(file: file, line: 1, expected: "the file is UTF-16", cure: "save it as UTF-8")
        }
    }
}
