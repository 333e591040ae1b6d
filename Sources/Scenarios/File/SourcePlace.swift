/// Where a value of a scenario was written: a file, or an override on the command line.
public struct SourcePlace: Sendable, Hashable, CustomStringConvertible {
    /// Path as the caller gave it, or `--set path=value`.
    public var file: String
    /// From 1.
    public var line: Int
    /// From 1, counted in Unicode scalars.
    public var column: Int

    public init(file: String, line: Int = 1, column: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
    }

    public var description: String { "\(file):\(line):\(column)" }
}
