extension Catalogue {
    /// The headline figures of a run, keyed `figure.<Figure.key>`.
    static let figures: [CatalogueEntry] = [
        .init("figure.orders", "Orders placed", "下单量")
    ]
}
