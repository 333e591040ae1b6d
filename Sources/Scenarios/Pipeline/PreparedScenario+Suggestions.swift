public import Replenishment
import Retail
public import Store

extension PreparedScenario {
    /// The names that suggestions and stock targets are told with.
    public var names: SuggestionNames {
        SuggestionNames(
            skus: dataset.skus, suppliers: dataset.suppliers, nodes: network.nodes, currency: dataset.currency)
    }

    /// The purchase suggestions with codes, names and reasons put in, most urgent first.
    public var suggestionRows: [SuggestionRow] {
        let names = names
        return suggestions.purchases.map {
            SuggestionRow(
                sku: names.skuCode($0.sku), skuName: names.sku($0.sku), supplier: names.supplierCode($0.supplier),
                supplierName: names.supplier($0.supplier), node: names.nodeCode($0.node), line: $0.line,
                reasonEnglish: SuggestionEngine.reason($0, names: names, language: .english),
                reasonChinese: SuggestionEngine.reason($0, names: names, language: .chinese))
        }
    }
}
