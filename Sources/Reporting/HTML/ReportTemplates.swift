import Mustache

/// The parsed templates, made once.
enum ReportTemplates {
    static let library: Result<MustacheLibrary, any Error> = Result {
        MustacheContentTypes.register(ScalarHTMLContent(), named: ScalarHTMLContent.name)
        var library = MustacheLibrary()
        let parts = [
            ("page", PageTemplate.page), ("section", PageTemplate.section), ("block", PageTemplate.block),
            ("fold", PageTemplate.fold), ("table", PageTemplate.table),
        ]
        for (name, text) in parts {
            // Every part says how it escapes: a partial starts over with the library's own escaping.
            try library.register("{{% CONTENT_TYPE:\(ScalarHTMLContent.name)}}" + text, named: name)
        }
        return library
    }
}
