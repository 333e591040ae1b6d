import Hummingbird
import Retail

extension Request {
    static var languageCookie: String { "granary_language" }

    /// The query as a form; empty where it is malformed.
    var query: Form { Form(encoded: uri.query ?? "") ?? Form() }

    /// The reader's language: asked for in the query, chosen before (cookie), or as the browser prefers.
    var language: Language {
        if let asked = Language(rawValue: query["lang"]) { return asked }
        if let chosen = cookies[Self.languageCookie].flatMap({ Language(rawValue: $0.value) }) { return chosen }
        for preference in (headers[.acceptLanguage] ?? "").split(separator: ",") {
            let code = preference.drop { $0 == " " }.prefix(2).lowercased()
            if let language = Language(rawValue: code) { return language }
        }
        return .english
    }

    /// The same address in another language.
    func address(in language: Language) -> String {
        let kept = query.fields.filter { $0.name != "lang" } + [("lang", language.rawValue)]
        return uri.path + "?" + kept.map { queryEncoded($0.name) + "=" + queryEncoded($0.value) }.joined(separator: "&")
    }
}
