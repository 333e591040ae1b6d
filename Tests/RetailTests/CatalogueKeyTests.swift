import Foundation
import Retail
import Testing

/// The message keys that sources and templates name, held against the catalogue: a key it lacks would stand on the
/// screen as it is.
@Suite struct CatalogueKeyTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources")

    private static let keys = Catalogue.entries.map(\.key)

    /// A literal in a source: what stands between its interpolations, of which there is one less.
    private struct Literal {
        var place: String
        var parts: [String]

        var isKnown: Bool {
            guard parts.count > 1, let first = parts.first, let last = parts.last else {
                return Catalogue.contains(parts.joined())
            }
            return keys.contains { $0.count > first.count + last.count && $0.hasPrefix(first) && $0.hasSuffix(last) }
        }
    }

    private func sources() throws -> [(name: String, text: String)] {
        let files = try #require(FileManager.default.enumerator(at: Self.root, includingPropertiesForKeys: nil))
        return try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
            .map { ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8)) }
    }

    /// The literals that directly follow a match of a pattern, each with a prefix put before it.
    private func literals(_ pattern: String, prefix: String = "") throws -> [Literal] {
        let call = try Regex(pattern)
        var found: [Literal] = []
        for (name, text) in try sources() {
            for match in text.matches(of: call) {
                var parts = Self.parts(text[match.range.upperBound...])
                // `"unit." + unit` is a beginning as `"unit.\(unit)"` is.
                if parts.count == 1, parts[0].hasSuffix(".") || parts[0].hasSuffix("_") { parts.append("") }
                parts[0] = prefix + parts[0]
                let line = text[..<match.range.lowerBound].count { $0 == "\n" } + 1
                found.append(Literal(place: "\(name):\(line)", parts: parts))
            }
        }
        return found
    }

    /// The parts of a literal whose opening quote was read already.
    private static func parts(_ text: Substring) -> [String] {
        var parts = [""]
        var rest = text
        while let character = rest.popFirst(), character != "\"" {
            guard character == "\\", rest.first == "(" else {
                parts[parts.count - 1].append(character)
                continue
            }
            var depth = 0
            repeat {
                let next = rest.popFirst()
                depth += next == "(" ? 1 : next == ")" ? -1 : 0
            } while depth > 0 && !rest.isEmpty
            parts.append("")
        }
        return parts
    }

    @Test("keys that are written out where a message is asked for are in the catalogue")
    func written() throws {
        for (pattern, prefix, least) in [
            (#"Catalogue\.(text|contains)\(\s*""#, "", 60), (#"session\.say\(\s*""#, "", 10),
            (#"context\.text\(\s*""#, "report.", 50),
        ] {
            let found = try literals(pattern, prefix: prefix)
            #expect(found.count >= least, "the pattern \(pattern) matches hardly anything any more")
            for literal in found { #expect(literal.isKnown, "\(literal.place): \(literal.parts)") }
        }
    }

    @Test("literals that look like a key of the catalogue are one, or the beginning of some")
    func dotted() throws {
        let spaces = Set(Self.keys.map { String($0.prefix { $0 != "." }) })
        let shape = try Regex(#""([a-z]+)(\.[a-z0-9_]+)+""#)
        let files: Set = ["yaml", "json", "css", "js", "csv", "html"]
        var count = 0
        for (name, text) in try sources() where !name.hasPrefix("Catalogue") {
            for match in text.matches(of: shape) {
                let key = String(text[match.range].dropFirst().dropLast())
                let words = key.split(separator: ".")
                guard spaces.contains(String(words[0])), !files.contains(String(words[words.count - 1])) else {
                    continue
                }
                count += 1
                let isKnown = Catalogue.contains(key) || Self.keys.contains { $0.hasPrefix(key + ".") }
                #expect(isKnown, "\(name): \(key)")
            }
        }
        #expect(count > 100)
    }

    @Test("words that templates ask for are in the catalogue")
    func templates() throws {
        let word = try Regex(#"\[\[([a-z_]+(\.[a-z0-9_]+)+)\]\]"#)
        var count = 0
        for (name, text) in try sources() {
            for match in text.matches(of: word) {
                let key = String(text[match.range].dropFirst(2).dropLast(2))
                count += 1
                #expect(Catalogue.contains(key), "\(name): \(key)")
            }
        }
        #expect(count > 50)
    }
}
