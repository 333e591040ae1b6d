public import Retail

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
    private let problem: Phrase
    private let remedy: Phrase

    /// What is wrong, or what should have stood there.
    public var expected: String { problem.text(.english) }
    /// What to do about it.
    public var cure: String { remedy.text(.english) }

    public init(
        file: String, line: Int? = nil, column: Int? = nil, field: String? = nil, value: String? = nil,
        expected: Phrase, cure: Phrase
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.field = field
        self.value = value
        problem = expected
        remedy = cure
    }

    /// `file:line:column: field 'value': what is wrong; what to do`.
    public func message(_ language: Language) -> String {
        var text = file
        if let line { text += ":\(line)" }
        if let column { text += ":\(column)" }
        text += ": "
        let shown = value.map { value in
            // What a screen would not show is told by its code.
            "'"
                + value.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? $0.escaped(asASCII: false) : "\($0)" }
                .joined() + "'"
        }
        let about = [field == "header" ? (Phrase(stringLiteral: "header")).text(language) : field, shown].compactMap(
            \.self
        ).joined(separator: " ")
        if !about.isEmpty { text += about + ": " }
        return text + problem.text(language) + (language == .chinese ? "；" : "; ") + remedy.text(language)
    }

    public var description: String { message(.english) }

    /// The sentences of the message that are there in English only.
    public var untranslated: [String] { problem.untranslated + remedy.untranslated }
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
            DataIssue(file: error.path, error)
        ])
    }

    /// All issues, one a line, and how many there are beyond those listed.
    public func message(_ language: Language) -> String {
        var lines = issues.map { $0.message(language) }
        if further > 0 { lines.append(("and \(further) more" as Phrase).text(language)) }
        return lines.joined(separator: "\n")
    }

    public var description: String { message(.english) }
}
