public import Mustache

extension MustacheLibrary {
    /// Parses templates, by name, that escape what they show as `escapeHTML` does.
    public static func html(_ parts: [(name: String, text: String)]) throws -> MustacheLibrary {
        MustacheContentTypes.register(ScalarHTMLContent(), named: ScalarHTMLContent.name)
        var library = MustacheLibrary()
        for part in parts {
            // Every part says how it escapes: a partial starts over with the library's own escaping.
            try library.register("{{% CONTENT_TYPE:\(ScalarHTMLContent.name)}}" + part.text, named: part.name)
        }
        return library
    }
}

/// Escapes text for HTML by Unicode scalar. The template library's own escaping goes by grapheme, so that a quote
/// followed by a combining mark would pass through it and could end an attribute.
private struct ScalarHTMLContent: MustacheContentType {
    static let name = "GRANARY_HTML"

    func escapeText(_ text: String) -> String { escapeHTML(text) }
}

/// Text as it may stand in an element or a quoted attribute.
public func escapeHTML(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
        switch scalar {
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "&": result += "&amp;"
        case "\"": result += "&quot;"
        case "'": result += "&#39;"
        // Characters HTML does not allow, even as references.
        case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{7F}"..."\u{9F}": result += "\u{FFFD}"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}
