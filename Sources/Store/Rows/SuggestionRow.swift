public import Retail

/// A purchase suggestion as it is stored and looked up: with codes and names in place of dense indices.
@dynamicMemberLookup
public struct SuggestionRow: Sendable, Equatable {
    public var sku: String
    public var skuName: String
    public var supplier: String
    public var supplierName: String
    public var node: String
    /// The supplier next in cost; empty where there is none.
    public var rival: String
    public var line: PurchaseLine
    /// One sentence for the buyer, in both languages.
    public var reasonEnglish: String
    public var reasonChinese: String
    /// What became of it; not stored with the line but told from the decisions.
    public var status: LineStatus

    public init(
        sku: String, skuName: String, supplier: String, supplierName: String, node: String, rival: String = "",
        line: PurchaseLine, reasonEnglish: String, reasonChinese: String, status: LineStatus = LineStatus()
    ) {
        self.sku = sku
        self.skuName = skuName
        self.supplier = supplier
        self.supplierName = supplierName
        self.node = node
        self.rival = rival
        self.line = line
        self.reasonEnglish = reasonEnglish
        self.reasonChinese = reasonChinese
        self.status = status
    }

    public subscript<Value>(dynamicMember path: KeyPath<PurchaseLine, Value>) -> Value { line[keyPath: path] }

    public func reason(_ language: Language) -> String { language == .chinese ? reasonChinese : reasonEnglish }

    public var key: LineKey { LineKey(sku: sku, supplier: supplier, node: node) }

    /// What is to be ordered: what a person decided, else what was suggested; nothing of a line that was turned down
    /// or put off.
    public var orderQuantity: Int64 {
        switch status.state {
        case .rejected, .snoozed, .closed: 0
        default: status.quantity ?? line.quantity.final
        }
    }
}

/// What names a line from one book to the next: what, from whom, for where.
public struct LineKey: Hashable, Comparable, Sendable {
    public var sku: String
    public var supplier: String
    public var node: String

    public init(sku: String, supplier: String, node: String) {
        self.sku = sku
        self.supplier = supplier
        self.node = node
    }

    public static func < (a: Self, b: Self) -> Bool {
        (a.supplier, a.sku, a.node) < (b.supplier, b.sku, b.node)
    }
}
