public import Retail

/// What a buyer made of a suggestion.
public enum SuggestionState: String, Sendable, CaseIterable, Codable { case proposed, accepted, rejected }

/// A purchase suggestion as it is stored and looked up: with codes and names in place of dense indices.
public struct SuggestionRow: Sendable, Equatable {
    public var sku: String
    public var skuName: String
    public var supplier: String
    public var supplierName: String
    public var node: String
    public var onHand: Int64
    public var reserved: Int64
    public var inTransit: Int64
    public var onOrder: Int64
    public var backordered: Int64
    /// Demand over lead time plus review, units.
    public var demandMean: Double
    public var demandP10: Double
    public var demandP50: Double
    public var demandP90: Double
    public var safetyStock: Int64
    public var reorderPoint: Int64
    public var orderUpTo: Int64
    public var quantity: QuantityChain
    public var unitCost: UnitPrice
    public var value: Amount
    public var orderBy: Day
    public var receipt: Day
    public var stockout: Day?
    public var daysOfCoverBefore: Double
    public var daysOfCoverAfter: Double
    public var stockoutProbability: Double
    /// One sentence for the buyer, in both languages.
    public var reasonEnglish: String
    public var reasonChinese: String
    public var state: SuggestionState = .proposed

    /// - Parameters:
    ///   - skus, suppliers, nodes: the arrays that the suggestion's indices point into.
    public init(
        _ suggestion: PurchaseSuggestion, skus: [SKU], suppliers: [Supplier], nodes: [Node], reasonEnglish: String,
        reasonChinese: String
    ) {
        let product = skus[suggestion.sku.position]
        let source = suppliers[suggestion.supplier.position]
        sku = product.code
        skuName = product.name
        supplier = source.code
        supplierName = source.name
        node = nodes[suggestion.node.position].code
        onHand = suggestion.onHand
        reserved = suggestion.reserved
        inTransit = suggestion.inTransit
        onOrder = suggestion.onOrder
        backordered = suggestion.backordered
        demandMean = suggestion.demandMean
        demandP10 = suggestion.demandP10
        demandP50 = suggestion.demandP50
        demandP90 = suggestion.demandP90
        safetyStock = suggestion.safetyStock
        reorderPoint = suggestion.reorderPoint
        orderUpTo = suggestion.orderUpTo
        quantity = suggestion.quantity
        unitCost = suggestion.unitCost
        value = suggestion.value
        orderBy = suggestion.orderBy
        receipt = suggestion.receipt
        stockout = suggestion.stockout
        daysOfCoverBefore = suggestion.daysOfCoverBefore
        daysOfCoverAfter = suggestion.daysOfCoverAfter
        stockoutProbability = suggestion.stockoutProbability
        self.reasonEnglish = reasonEnglish
        self.reasonChinese = reasonChinese
    }

    /// On hand + in transit + on order - backordered, each unit once (reserved is inside on hand).
    public var position: Int64 { onHand + inTransit + onOrder - backordered }

    public func reason(_ language: Language) -> String { language == .chinese ? reasonChinese : reasonEnglish }
}
