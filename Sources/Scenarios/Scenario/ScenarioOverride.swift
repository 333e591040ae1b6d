import Foundation

/// `--set path=value`: one change to one key, written in the file's own notation.
struct ScenarioOverride {
    /// Keys and list positions from the top: `promotions`, `[1]`, `depth`.
    var steps: [Step]
    var node: SettingsNode
    var place: SourcePlace

    enum Step: Equatable {
        case key(String)
        /// A position, or the `code` of an item.
        case item(String)
    }

    /// Parses one override; the issues say what is wrong with it.
    static func parse(_ text: String) -> (ScenarioOverride?, [ScenarioIssue]) {
        let file = "--set \(text.count > 100 ? text.prefix(97) + "..." : text)"
        let place = SourcePlace(file: file)
        guard let equals = text.firstIndex(of: "="),
            let steps = steps(text[..<equals]), !steps.isEmpty
        else { return (nil, [.init(place, "", text, .badOverride)]) }
        let offset = text.unicodeScalars.distance(from: text.startIndex, to: text.index(after: equals))
        let path = pathText(steps)
        if ["granary", "extends"].contains(path) { return (nil, [.init(place, path, text, .fixedOverride)]) }
        let value = String(text[text.index(after: equals)...])
        var reader = YAMLReader(file: file)
        guard var node = reader.read(value) else {
            if !reader.issues.isEmpty, !value.allSatisfy(\.isWhitespace) {
                return (nil, reader.issues.map { shifted($0, by: offset, in: text.unicodeScalars.count) })
            }
            return (nil, [.init(place, path, "", .badOverride)])
        }
        guard reader.issues.isEmpty else {
            return (nil, reader.issues.map { shifted($0, by: offset, in: text.unicodeScalars.count) })
        }
        node = shifted(node, by: offset)
        return (ScenarioOverride(steps: steps, node: node, place: place), [])
    }

    /// Lays the override into a tree.
    func apply(to root: inout SettingsNode) -> ScenarioIssue? {
        var issue: ScenarioIssue?
        let changed = laid(into: root, steps[...], issue: &issue)
        if issue == nil { root = changed }
        return issue
    }

    private func laid(
        into node: SettingsNode?, _ rest: ArraySlice<Step>, issue: inout ScenarioIssue?
    ) -> SettingsNode {
        guard let step = rest.first else { return self.node }
        switch step {
        case .key(let key):
            // `promotions.CODE.depth` means `promotions[CODE].depth`: no list has keys.
            if case .list? = node?.content {
                return laid(into: node, [.item(key)] + rest.dropFirst(), issue: &issue)
            }
            var entries = node?.entries ?? []
            if let at = entries.firstIndex(where: { $0.key == key }) {
                entries[at].node = laid(into: entries[at].node, rest.dropFirst(), issue: &issue)
            } else {
                let below = laid(into: nil, rest.dropFirst(), issue: &issue)
                entries.append(.init(key: key, place: place, node: below))
            }
            return SettingsNode(content: .mapping(entries), place: node?.place ?? place)
        case .item(let name):
            guard case .list(var items)? = node?.content, let at = Self.position(name, items) else {
                issue = .init(place, Self.pathText(steps), name, .noSuchItem(known: Self.names(node)))
                return node ?? self.node
            }
            items[at] = laid(into: items[at], rest.dropFirst(), issue: &issue)
            return SettingsNode(content: .list(items), place: node?.place ?? place)
        }
    }

    /// What the items of a list can be called by: their codes, or else their positions.
    private static func names(_ node: SettingsNode?) -> [String] {
        guard case .list(let items)? = node?.content else { return [] }
        return items.enumerated().map { place, item in
            if case .scalar(let code)? = item["code"]?.content { code } else { "\(place)" }
        }
    }

    static func position(_ name: String, _ items: [SettingsNode]) -> Int? {
        if let at = items.firstIndex(where: { $0["code"]?.content == .scalar(name) }) { return at }
        guard let at = Int(name), items.indices.contains(at) else { return nil }
        return at
    }

    static func steps(_ text: Substring) -> [Step]? {
        var steps: [Step] = []
        for part in text.split(separator: ".", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
            guard let key = pieces.first, !key.isEmpty else { return nil }
            // `promotions.0.depth` means `promotions[0].depth`: no key is a number.
            if !steps.isEmpty, pieces.count == 1, key.allSatisfy(\.isNumber) {
                steps.append(.item(String(key)))
                continue
            }
            steps.append(.key(key.trimmingCharacters(in: .whitespaces)))
            for piece in pieces.dropFirst() {
                guard piece.last == "]", piece.count > 1 else { return nil }
                steps.append(.item(String(piece.dropLast())))
            }
        }
        return steps
    }

    static func pathText(_ steps: [Step]) -> String {
        var text = ""
        for step in steps {
            switch step {
            case .key(let key): text += text.isEmpty ? key : "." + key
            case .item(let name): text += "[\(name)]"
            }
        }
        return text
    }

    private static func shifted(_ node: SettingsNode, by offset: Int) -> SettingsNode {
        var node = node
        if node.place.line == 1 { node.place.column += offset }
        switch node.content {
        case .scalar: break
        case .list(let items): node.content = .list(items.map { shifted($0, by: offset) })
        case .mapping(let entries):
            node.content = .mapping(
                entries.map { entry in
                    var entry = entry
                    if entry.place.line == 1 { entry.place.column += offset }
                    entry.node = shifted(entry.node, by: offset)
                    return entry
                })
        }
        return node
    }

    private static func shifted(_ issue: ScenarioIssue, by offset: Int, in length: Int) -> ScenarioIssue {
        var issue = issue
        // What is missing at the end of the text is reported on a line behind it.
        if issue.place.line > 1 {
            issue.place = SourcePlace(file: issue.place.file, column: length + 1)
        } else {
            issue.place.column += offset
        }
        return issue
    }
}
