/// Writes a tree of settings as YAML that reads back as the same tree: the text stored with a run.
enum ScenarioWriter {
    /// Keys come in the order of the table, so that the same settings give the same text.
    static func text(_ root: SettingsNode) -> String {
        var lines: [String] = []
        write(root, path: "", indent: "", &lines)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func write(_ node: SettingsNode, path: String, indent: String, _ lines: inout [String]) {
        for entry in ordered(node.entries ?? [], path) {
            let below = path.isEmpty ? entry.key : "\(path).\(entry.key)"
            switch entry.node.content {
            case .mapping(let entries) where !entries.isEmpty:
                lines.append("\(indent)\(quoted(entry.key)):")
                write(entry.node, path: below, indent: indent + "  ", &lines)
            case .list(let items) where items.contains { $0.entries?.isEmpty == false }:
                lines.append("\(indent)\(quoted(entry.key)):")
                for item in items { writeItem(item, path: below + "[]", indent: indent + "  ", &lines) }
            default: lines.append("\(indent)\(quoted(entry.key)): \(flow(entry.node))")
            }
        }
    }

    private static func writeItem(_ item: SettingsNode, path: String, indent: String, _ lines: inout [String]) {
        guard item.entries?.isEmpty == false else {
            lines.append("\(indent)- \(flow(item))")
            return
        }
        var below: [String] = []
        write(item, path: path, indent: indent + "  ", &below)
        if let first = below.first { below[0] = "\(indent)- " + first.dropFirst(indent.count + 2) }
        lines += below
    }

    static func flow(_ node: SettingsNode) -> String {
        switch node.content {
        case .scalar(let text): quoted(text)
        case .list(let items): "[" + items.map(flow).joined(separator: ", ") + "]"
        case .mapping(let entries):
            "{" + entries.map { "\(quoted($0.key)): \(flow($0.node))" }.joined(separator: ", ") + "}"
        }
    }

    private static func ordered(_ entries: [SettingsNode.Entry], _ path: String) -> [SettingsNode.Entry] {
        let known = SettingTable.children(of: path).map(\.key)
        let places = Dictionary(known.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        return entries.enumerated().sorted {
            (places[$0.element.key] ?? .max, $0.offset) < (places[$1.element.key] ?? .max, $1.offset)
        }.map(\.element)
    }

    /// A scalar as it may stand anywhere: plain where that is safe, else in double quotes.
    private static func quoted(_ text: String) -> String {
        let plain = text.unicodeScalars.allSatisfy {
            ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
                || [" ", ".", "-", "_", "/", "%", "+", "é"].contains($0)
        }
        if plain, let first = text.first, first.isLetter || first.isNumber, text.last != " " { return text }
        if plain, text.count > 1, text.first == "-", text.dropFirst().first?.isNumber == true, text.last != " " {
            return text
        }
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            default:
                if scalar.value < 0x20 || scalar.value == 0x7F {
                    result += "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }
}
