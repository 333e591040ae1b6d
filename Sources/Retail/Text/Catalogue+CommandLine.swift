extension Catalogue {
    /// What the command line says to people.
    static let commandLine: [CatalogueEntry] = []
}
