import Mustache

/// Escapes text for HTML by Unicode scalar. The template library's own escaping goes by grapheme, so that a quote
/// followed by a combining mark would pass through it and could end an attribute.
struct ScalarHTMLContent: MustacheContentType {
    static let name = "GRANARY_HTML"

    func escapeText(_ text: String) -> String { escapeHTML(text) }
}

func escapeHTML(_ text: String) -> String {
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
