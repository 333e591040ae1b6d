extension Catalogue {
    /// The report's words.
    static let report: [CatalogueEntry] = []
}
