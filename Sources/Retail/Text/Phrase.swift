import Foundation

/// A sentence for people that stands in English where it is said, and is looked up in the catalogue for other
/// languages: for errors, of which each is said in one place only.
///
/// `"line \(line) has \(count) fields"` keeps the pattern `line {0} has {1} fields` and its arguments apart. A pattern
/// that `Catalogue.phrases` does not have stays English.
public struct Phrase: Sendable, Equatable, ExpressibleByStringInterpolation {
    enum Argument: Sendable, Equatable {
        case text(String)
        case phrase(Phrase)
    }

    /// Patterns one after the other.
    private var parts: [Part] = []

    private struct Part: Sendable, Equatable {
        var pattern: String
        var arguments: [Argument]
    }

    /// Words from elsewhere, such as the operating system's, which have no other language.
    public init(verbatim text: String) { parts = [Part(pattern: "{0}", arguments: [.text(text)])] }

    public init(stringLiteral text: String) { if !text.isEmpty { parts = [Part(pattern: text, arguments: [])] } }

    public init(stringInterpolation: StringInterpolation) {
        parts = [Part(pattern: stringInterpolation.pattern, arguments: stringInterpolation.arguments)]
    }

    /// Gathers the pattern of a phrase while its literal is read: each value becomes `{0}`, `{1}` ... and an argument.
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var pattern = ""
        fileprivate var arguments: [Argument] = []

        public init(literalCapacity: Int, interpolationCount: Int) {}

        public mutating func appendLiteral(_ text: String) { pattern += text }

        public mutating func appendInterpolation(_ phrase: Phrase) { append(.phrase(phrase)) }

        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            append(.text(value.description))
        }

        private mutating func append(_ argument: Argument) {
            pattern += "{\(arguments.count)}"
            arguments.append(argument)
        }
    }

    /// The first phrase and then the second, each looked up by itself.
    public static func + (first: Phrase, second: Phrase) -> Phrase {
        var both = first
        both.parts += second.parts
        return both
    }

    /// The sentence in a language; parts that have no Chinese stay English.
    public func text(_ language: Language) -> String {
        parts.map { part in
            let pattern = language == .chinese ? Catalogue.chinese(of: part.pattern) ?? part.pattern : part.pattern
            let arguments = part.arguments.map { argument in
                switch argument {
                case .text(let text): text
                case .phrase(let phrase): phrase.text(language)
                }
            }
            return Catalogue.fill(pattern, arguments)
        }
        .joined()
    }

    /// The patterns that have no other language.
    public var untranslated: [String] {
        parts.flatMap { part in
            let isKnown = part.pattern == "{0}" || Catalogue.chinese(of: part.pattern) != nil
            let inner = part.arguments.flatMap { argument -> [String] in
                guard case .phrase(let phrase) = argument else { return [] }
                return phrase.untranslated
            }
            return (isKnown ? [] : [part.pattern]) + inner
        }
    }
}

extension Phrase {
    /// A text of ours that was kept in English, in another language: recognised by its pattern in the catalogue, whole or
    /// part by part. What is not ours (a data set's own words) is left as it is.
    public static func said(_ english: String, in language: Language) -> String {
        guard language == .chinese else { return english }
        if let whole = recognised(english) { return whole }
        for (separator, joined) in [("; ", "；"), (", ", "，")] {
            let pieces = english.components(separatedBy: separator)
            guard pieces.count > 1 else { continue }
            let translated = pieces.map { recognised($0) ?? (separator == "; " ? said($0, in: language) : $0) }
            if zip(pieces, translated).allSatisfy({ $0 != $1 }) { return translated.joined(separator: joined) }
        }
        return english
    }

    /// What an error says that is thrown in English, in another language: recognised by its pattern. What the catalogue
    /// does not know stays English.
    public static func thrown(_ english: String, in language: Language) -> String {
        guard language == .chinese else { return english }
        return recognised(english, among: Catalogue.thrownPatterns) ?? english
    }

    private static func recognised(_ text: String, among patterns: [Catalogue.CutPattern] = Catalogue.patterns)
        -> String?
    {
        if let plain = Catalogue.chinese(of: text) { return plain }
        for cut in patterns {
            guard let found = arguments(of: text, cut.literals) else { continue }
            var arguments = [String](repeating: "", count: (cut.places.max() ?? -1) + 1)
            for (place, argument) in zip(cut.places, found) {
                arguments[place] = recognised(argument, among: patterns) ?? argument
            }
            return Catalogue.fill(Catalogue.chinese(of: cut.pattern) ?? cut.pattern, arguments)
        }
        return nil
    }

    /// What stands between the literal parts of a pattern; nil where they do not stand in the text in this order.
    private static func arguments(of text: String, _ literals: [String]) -> [String]? {
        guard let first = literals.first, let last = literals.last, text.hasPrefix(first), text.hasSuffix(last),
            text.utf8.count >= first.utf8.count + last.utf8.count
        else { return nil }
        var rest = text.dropFirst(first.count).dropLast(last.count)
        var found: [String] = []
        for literal in literals.dropFirst().dropLast() {
            guard let range = rest.firstRange(of: literal) else { return nil }
            found.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        found.append(String(rest))
        return found
    }
}
