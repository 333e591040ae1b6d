import Hummingbird
import Mustache
import Reporting
import Retail

/// The templates of all pages, with the words of each language put in.
///
/// A template names words by `[[key]]`; whatever else it shows is escaped as in reports.
struct PageTemplates: Sendable {
    private let libraries: [Language: MustacheLibrary]

    init() throws {
        var libraries: [Language: MustacheLibrary] = [:]
        for language in Language.allCases {
            libraries[language] = try .html(
                PageText.all.map { (name: $0, text: Self.withWords($1, language)) })
        }
        self.libraries = libraries
    }

    func render(_ name: String, _ values: [String: Any], _ language: Language) -> String {
        libraries[language]?.render(values, withTemplate: name) ?? ""
    }

    /// The catalogue keys that a template names.
    static func keys(in text: String) -> [String] {
        text.split(separator: "[[", omittingEmptySubsequences: false).dropFirst().compactMap { part in
            part.firstRange(of: "]]").map { String(part[..<$0.lowerBound]) }
        }
    }

    private static func withWords(_ text: String, _ language: Language) -> String {
        var result = ""
        var rest = Substring(text)
        while let open = rest.firstRange(of: "[["), let close = rest[open.upperBound...].firstRange(of: "]]") {
            result += rest[..<open.lowerBound]
            result += escapeHTML(Catalogue.text(String(rest[open.upperBound..<close.lowerBound]), language))
            rest = rest[close.upperBound...]
        }
        return result + rest
    }
}

/// A text for a section that is left out when there is nothing to say; to Mustache an empty text is something.
func shown(_ text: String) -> Any { text.isEmpty ? false : text }

extension Planner {
    /// A page within the frame that all pages share.
    /// - Parameters:
    ///   - active: which entry of the navigation the page belongs to.
    ///   - refreshes: a browser without scripts fetches the page again every few seconds.
    func page(
        _ template: String, _ request: Request, title: String, _ values: [String: Any] = [:], active: String = "",
        status: HTTPResponse.Status = .ok, refreshes: Bool = false
    ) throws -> Response {
        let language = request.language
        let other: Language = language == .english ? .chinese : .english
        let frame: [String: Any] = [
            "language": language == .chinese ? "zh-CN" : "en",
            "title": title,
            "other_address": request.method == .get ? request.address(in: other) : "/?lang=" + other.rawValue,
            "other_code": other == .chinese ? "zh-CN" : "en",
            "other_name": other == .chinese ? "中文" : "English",
            "on_runs": active == "runs", "on_new": active == "new", "on_orders": active == "orders",
            "on_changes": active == "changes",
            "refreshes": refreshes,
            "body": templates.render(template, values, language),
        ]
        var response = Response.html(templates.render("frame", frame, language), status: status)
        if Language(rawValue: request.query["lang"]) != nil {
            response.setCookie(
                Cookie(
                    name: Request.languageCookie, value: language.rawValue, maxAge: 365 * 86_400, path: "/",
                    sameSite: .lax))
        }
        return response
    }
}
