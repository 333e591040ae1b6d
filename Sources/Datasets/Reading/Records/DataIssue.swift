/// One thing wrong in one place of a data set: where, what was found, what was expected, and what to do.
public struct DataIssue: Error, Equatable, Sendable, CustomStringConvertible {
    /// File name as in the folder, such as `demand.csv.gz`.
    public var file: String
    /// Line in the (decompressed) file, the header being line 1; nil when it is about the file as a whole.
    public var line: Int?
    /// 1 for the first field of the line; nil when it is about the whole line.
    public var column: Int?
    /// Name of the column.
    public var field: String?
    /// The value as found, cut to 60 characters.
    public var value: String?
    public var expected: String
    public var cure: String

    public init(
        file: String, line: Int? = nil, column: Int? = nil, field: String? = nil, value: String? = nil,
        expected: String, cure: String
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.field = field
        self.value = value
        self.expected = expected
        self.cure = cure
    }

    public var description: String {
        var text = file
        if let line { text += ":\(line)" }
        if let column { text += ":\(column)" }
        text += ": "
        if let field { text += "\(field) " }
        if let value { text += "'\(value)': " } else if field != nil { text += ": " }
        return text + expected + "; " + cure
    }
}

/// Everything found wrong in a data set, at most 50 listed; nothing was imported.
public struct DatasetError: Error, Equatable, Sendable, CustomStringConvertible {
    public static let listed = 50

    public var issues: [DataIssue]
    /// Issues beyond those listed.
    public var further: Int

    public init(issues: [DataIssue], further: Int = 0) {
        self.issues = Array(issues.prefix(Self.listed))
        self.further = further + max(0, issues.count - Self.listed)
    }

    public init(_ error: FileError) {
        self.init(issues: [
            DataIssue(file: error.path, expected: "cannot \(error.action.rawValue): \(error.reason)", cure: error.cure)
        ])
    }

    public var description: String {
        var lines = issues.map(\.description)
        if further > 0 { lines.append("and \(further) more") }
        return lines.joined(separator: "\n")
    }
}
