import Yams

/// Reads YAML text into a tree with places. Duplicate keys do not end the reading: each is an issue of its own and
/// the later value counts from there on.
struct YAMLReader {
    /// Largest scenario file, bytes.
    static let maximumBytes = 262_144
    /// Aliases (`*name`) in one file; with so few, expansion stays small ("billion laughs" needs dozens).
    static let maximumAliases = 10
    /// Mappings and lists inside one another.
    static let maximumDepth = 32
    /// Values in one file after aliases are expanded.
    static let maximumValues = 50_000

    let file: String
    private(set) var issues: [ScenarioIssue] = []
    private var values = 0

    init(file: String) { self.file = file }

    /// The tree, or nil (with at least one issue) when there is none.
    mutating func read(_ text: String) -> SettingsNode? {
        let start = SourcePlace(file: file)
        guard text.utf8.count <= Self.maximumBytes else {
            issues.append(.init(start, "", "", .tooLarge(limit: Self.maximumBytes)))
            return nil
        }
        guard Self.aliasCount(text) <= Self.maximumAliases else {
            issues.append(.init(start, "", "", .tooManyAliases(limit: Self.maximumAliases)))
            return nil
        }
        guard let (root, renamed) = compose(text) else { return nil }
        let node = convert(root, path: "", depth: 0, renamed: renamed)
        if values > Self.maximumValues {
            issues = [.init(start, "", "", .tooManyValues(limit: Self.maximumValues))]
            return nil
        }
        return node
    }

    /// Upper estimate of the aliases in a text: every `*` that could begin one.
    static func aliasCount(_ text: String) -> Int {
        var count = 0
        var previous: UInt8 = 10
        for byte in text.utf8 {
            if byte == UInt8(ascii: "*"), " \t\n\r[{,:-?".utf8.contains(previous) { count += 1 }
            previous = byte
        }
        return count
    }

    /// Composes the text. The parser stops at a mapping with a key twice; the first of the two is then renamed (one
    /// private-use character for its first, so that no position moves) and the text composed again, until every
    /// pair is known.
    private mutating func compose(_ text: String) -> (Node, [String: String])? {
        var renamed: [String: String] = [:]
        var text = text
        while true {
            do {
                guard let root = try Yams.compose(yaml: text) else {
                    issues.append(.init(SourcePlace(file: file), "", "", .notMapping))
                    return nil
                }
                return (root, renamed)
            } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
                let mark = context.mark
                guard renamed.count < ScenarioError.limit,
                    let (changed, key, marker) = Self.renaming(keys, in: text, at: mark, number: renamed.count)
                else {
                    issues.append(
                        .init(
                            SourcePlace(file: file, line: mark.line, column: mark.column), keys.first ?? "", "",
                            .duplicateKey(firstLine: mark.line)))
                    return nil
                }
                renamed[marker] = key
                text = changed
            } catch {
                issues.append(Self.issue(error, file: file, text: text))
                return nil
            }
        }
    }

    private static func renaming(
        _ keys: [String], in text: String, at mark: Mark, number: Int
    ) -> (text: String, key: String, marker: String)? {
        var scalars = Array(text.unicodeScalars)
        var at = 0
        var line = 1
        while line < mark.line, at < scalars.count {
            if scalars[at] == "\n" { line += 1 }
            at += 1
        }
        at += mark.column - 1
        guard at < scalars.count else { return nil }
        if scalars[at] == "\"" || scalars[at] == "'" { at += 1 }
        guard let replacement = Unicode.Scalar(0xE000 + UInt32(number)) else { return nil }
        for key in keys {
            let wanted = Array(key.unicodeScalars)
            guard !wanted.isEmpty, at + wanted.count <= scalars.count,
                Array(scalars[at..<at + wanted.count]) == wanted
            else { continue }
            scalars[at] = replacement
            var changed = String.UnicodeScalarView()
            changed.append(contentsOf: scalars)
            var marker = String.UnicodeScalarView()
            marker.append(replacement)
            marker.append(contentsOf: wanted.dropFirst())
            return (String(changed), key, String(marker))
        }
        return nil
    }

    private static func issue(_ error: any Error, file: String, text: String) -> ScenarioIssue {
        guard let error = error as? YamlError else {
            return .init(SourcePlace(file: file), "", "", .syntax(reason: "\(error)"))
        }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return .init(
                SourcePlace(file: file, line: mark.line, column: mark.column), "", "", .syntax(reason: problem))
        case .reader(let problem, let offset, _, _):
            let before = text.utf8.prefix(offset ?? 0)
            let line = before.count { $0 == 10 } + 1
            let column = before.reversed().prefix { $0 != 10 }.count + 1
            return .init(SourcePlace(file: file, line: line, column: column), "", "", .syntax(reason: problem))
        default: return .init(SourcePlace(file: file), "", "", .syntax(reason: "\(error)"))
        }
    }

    private mutating func convert(
        _ node: Node, path: String, depth: Int, renamed: [String: String]
    ) -> SettingsNode {
        values += 1
        let place = self.place(node.mark)
        guard depth <= Self.maximumDepth else {
            issues.append(.init(place, path, "", .syntax(reason: "nested more than \(Self.maximumDepth) deep")))
            return SettingsNode(content: .scalar(""), place: place)
        }
        // Past the limit the walk ends at once; the caller reports it.
        guard values <= Self.maximumValues else { return SettingsNode(content: .scalar(""), place: place) }
        switch node {
        case .scalar(let scalar): return SettingsNode(content: .scalar(scalar.string), place: place)
        case .alias: return SettingsNode(content: .scalar(""), place: place)
        case .sequence(let sequence):
            var items: [SettingsNode] = []
            for (i, item) in sequence.enumerated() {
                items.append(convert(item, path: "\(path)[\(i)]", depth: depth + 1, renamed: renamed))
                if values > Self.maximumValues { break }
            }
            return SettingsNode(content: .list(items), place: place)
        case .mapping(let mapping):
            var entries: [SettingsNode.Entry] = []
            for (keyNode, valueNode) in mapping {
                let keyPlace = self.place(keyNode.mark)
                guard let written = keyNode.scalar?.string else {
                    issues.append(.init(keyPlace, path, "", .syntax(reason: "a key must be a plain word")))
                    continue
                }
                let key = renamed[written] ?? written
                let below = path.isEmpty ? key : "\(path).\(key)"
                let value = convert(valueNode, path: below, depth: depth + 1, renamed: renamed)
                let entry = SettingsNode.Entry(key: key, place: keyPlace, node: value)
                if values > Self.maximumValues { break }
                if let first = entries.firstIndex(where: { $0.key == key }) {
                    issues.append(
                        .init(keyPlace, below, entry.node.shown, .duplicateKey(firstLine: entries[first].place.line)))
                    entries[first] = entry
                } else {
                    entries.append(entry)
                }
            }
            return SettingsNode(content: .mapping(entries), place: place)
        }
    }

    private func place(_ mark: Mark?) -> SourcePlace {
        SourcePlace(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1)
    }
}
