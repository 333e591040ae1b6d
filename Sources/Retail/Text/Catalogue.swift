/// The languages text for people comes in.
public enum Language: String, Sendable, CaseIterable, Codable {
    case english = "en"
    case chinese = "zh"
}

/// One message in both languages; `{0}`, `{1}` ... mark where arguments go.
public struct CatalogueEntry: Sendable {
    public let key: String
    public let english: String
    public let chinese: String

    public init(_ key: String, _ english: String, _ chinese: String) {
        self.key = key
        self.english = english
        self.chinese = chinese
    }
}

/// The one message catalogue. Each room's messages are a list in a file of its own beside this one;
/// tests check that keys are unique, that both texts exist and carry the same arguments, and that every key
/// written out in sources and templates is here.
public enum Catalogue {
    public static let entries: [CatalogueEntry] =
        common + figures + report + planner + commandLine + trace + suggestions + orders + scenarios + settings
        + models + flow + trade + goods + calibration + whatIf + placement + detail + commandTables

    private static let byKey: [String: CatalogueEntry] =
        Dictionary(entries.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })

    public static func contains(_ key: String) -> Bool { byKey[key] != nil }

    /// The text of a message with its arguments put in; the key itself when there is no such message.
    public static func text(_ key: String, _ language: Language, _ arguments: String...) -> String {
        text(key, language, arguments: arguments)
    }

    public static func text(_ key: String, _ language: Language, arguments: [String]) -> String {
        guard let entry = byKey[key] else { return key }
        return fill(language == .chinese ? entry.chinese : entry.english, arguments)
    }

    /// The Chinese of each `Phrase`, by its English pattern.
    public static let phrases: [(english: String, chinese: String)] =
        dataFaults + foreignFaults + refusals + notes + assumptions + thrown

    /// A pattern cut at its arguments.
    struct CutPattern: Sendable {
        var pattern: String
        var literals: [String]
        var places: [Int]
    }

    /// The patterns of what is kept with a run.
    static let patterns = cut(assumptions)

    /// The patterns of errors that are thrown in English.
    static let thrownPatterns = cut(thrown)

    /// Those patterns of a list that have arguments, cut there; those that say most first.
    private static func cut(_ list: [(english: String, chinese: String)]) -> [CutPattern] {
        list.map(\.english).filter { $0.contains("{") }.sorted { $0.count > $1.count }.map { pattern in
            var literals: [String] = [""]
            var places: [Int] = []
            for piece in pattern.split(separator: "{", omittingEmptySubsequences: false).enumerated() {
                guard piece.offset > 0, let close = piece.element.firstIndex(of: "}"),
                    let place = Int(piece.element[..<close])
                else {
                    literals[literals.count - 1] += piece.element
                    continue
                }
                places.append(place)
                literals.append(String(piece.element[piece.element.index(after: close)...]))
            }
            return CutPattern(pattern: pattern, literals: literals, places: places)
        }
    }

    /// The Chinese of a `Phrase`'s pattern.
    static func chinese(of pattern: String) -> String? { byPattern[pattern] }

    private static let byPattern = Dictionary(
        phrases.map { ($0.english, $0.chinese) }, uniquingKeysWith: { first, _ in first })

    /// A pattern with its arguments put in.
    static func fill(_ pattern: String, _ arguments: [String]) -> String {
        guard !arguments.isEmpty else { return pattern }
        // One pass over the pattern, so that an argument that itself contains `{1}` is left alone.
        var result = ""
        var rest = Substring(pattern)
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            let after = rest[rest.index(after: open)...]
            if let close = after.firstIndex(of: "}"), let number = Int(after[..<close]), number < arguments.count,
                number >= 0
            {
                result += arguments[number]
                rest = after[after.index(after: close)...]
            } else {
                result += "{"
                rest = after
            }
        }
        return result + rest
    }
}
