/// A value of a scenario file as it was written, with its place: what YAML says before the schema is asked.
struct SettingsNode: Sendable, Equatable {
    var content: Content
    var place: SourcePlace

    enum Content: Sendable, Equatable {
        case scalar(String)
        case list([SettingsNode])
        case mapping([Entry])
    }

    struct Entry: Sendable, Equatable {
        var key: String
        /// Where the key stands; errors about a missing or unknown key point here.
        var place: SourcePlace
        var node: SettingsNode
    }

    var entries: [Entry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    subscript(key: String) -> SettingsNode? { entries?.first { $0.key == key }?.node }

    /// The value as an error message shows it: a scalar as written, anything else by its shape.
    var shown: String {
        switch content {
        case .scalar(let text): text
        case .list(let items):
            "[" + items.prefix(3).map(\.shown).joined(separator: ", ") + (items.count > 3 ? ", ...]" : "]")
        case .mapping(let entries):
            "{" + entries.prefix(3).map { "\($0.key): ..." }.joined(separator: ", ") + "}"
        }
    }

    /// This node with `other` laid over it: mappings merge key by key, anything else (lists too) is replaced.
    func merged(with other: SettingsNode) -> SettingsNode {
        guard case .mapping(var entries) = content, case .mapping(let changes) = other.content else { return other }
        for change in changes {
            if let at = entries.firstIndex(where: { $0.key == change.key }) {
                let node = entries[at].node.merged(with: change.node)
                entries[at] = Entry(key: change.key, place: change.place, node: node)
            } else {
                entries.append(change)
            }
        }
        return SettingsNode(content: .mapping(entries), place: other.place)
    }

    /// A base without its name and description: a variant under the name of what it varies would mislead.
    var nameless: SettingsNode {
        SettingsNode(
            content: .mapping((entries ?? []).filter { $0.key != "name" && $0.key != "description" }), place: place)
    }
}
