extension Catalogue {
    /// The planner web pages' words.
    static let planner: [CatalogueEntry] = []
}
