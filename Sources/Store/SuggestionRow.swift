public import Retail

/// What a buyer made of a suggestion.
public enum SuggestionState: String, Sendable, CaseIterable, Codable { case proposed, accepted, rejected }

/// A purchase suggestion as it is stored and looked up: with codes and names in place of dense indices.
@dynamicMemberLookup
public struct SuggestionRow: Sendable, Equatable {
    public var sku: String
    public var skuName: String
    public var supplier: String
    public var supplierName: String
    public var node: String
    public var line: PurchaseLine
    /// One sentence for the buyer, in both languages.
    public var reasonEnglish: String
    public var reasonChinese: String
    public var state: SuggestionState

    public init(
        sku: String, skuName: String, supplier: String, supplierName: String, node: String, line: PurchaseLine,
        reasonEnglish: String, reasonChinese: String, state: SuggestionState = .proposed
    ) {
        self.sku = sku
        self.skuName = skuName
        self.supplier = supplier
        self.supplierName = supplierName
        self.node = node
        self.line = line
        self.reasonEnglish = reasonEnglish
        self.reasonChinese = reasonChinese
        self.state = state
    }

    public subscript<Value>(dynamicMember path: KeyPath<PurchaseLine, Value>) -> Value { line[keyPath: path] }

    public func reason(_ language: Language) -> String { language == .chinese ? reasonChinese : reasonEnglish }
}
