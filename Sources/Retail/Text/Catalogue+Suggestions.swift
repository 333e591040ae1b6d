extension Catalogue {
    /// Reasons and explanations of stock targets and purchase suggestions.
    static let suggestions: [CatalogueEntry] = []
}
