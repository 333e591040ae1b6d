import Mustache

/// The parsed templates, made once.
enum ReportTemplates {
    static let library: Result<MustacheLibrary, any Error> = Result {
        try .html([
            ("page", PageTemplate.page), ("section", PageTemplate.section), ("block", PageTemplate.block),
            ("fold", PageTemplate.fold), ("table", PageTemplate.table),
        ])
    }
}
