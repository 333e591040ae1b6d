public import Retail

/// What to order and to move today.
public struct SuggestionBook: Sendable, Equatable {
    /// Most urgent first: too late already, then the margin at risk, then value.
    public var purchases: [PurchaseSuggestion] = []
    /// Ordered by (from, to, SKU).
    public var transfers: [TransferSuggestion] = []
    /// Rows of demand that could not be served, with the reason.
    public var exceptions: [SuggestionException] = []
    public init() {}
}

/// Why a row got no suggestion although it may need one.
public struct SuggestionException: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable, Codable {
        case noSupplier = "no_supplier"
        case noTarget = "no_target"
    }
    public var sku: SKU.Index
    public var node: Node.Index
    public var kind: Kind
}

public struct SuggestionOptions: Sendable, Equatable {
    /// Part of a unit's cost that holding it for a year costs.
    public var holdingRate: Double
    /// Longest time in days an order may last when it is enlarged for a price break or a minimum order value.
    public var longestCover: Double
    /// Days of cover are reported up to this many.
    public var coverLimit: Int
    /// Days looked ahead for the stockout date.
    public var projectionDays: Int

    public init(
        holdingRate: Double = 0.25, longestCover: Double = 120, coverLimit: Int = 365, projectionDays: Int = 90
    ) {
        self.holdingRate = holdingRate
        self.longestCover = longestCover
        self.coverLimit = coverLimit
        self.projectionDays = projectionDays
    }
}

/// Compares targets with what is there and says what to do, with every step of the way from need to quantity.
public enum SuggestionEngine {
    /// Purchase suggestions only; see `review`.
    public static func suggest(
        plan: StockPlan, demand: NodeDemand, feeds: [Feed?], situation: StockSituation, skus: [SKU],
        suppliers: [Supplier], supply: [SupplyTerms], currency: Currency,
        options: SuggestionOptions = SuggestionOptions()
    ) throws(ReplenishmentError) -> [PurchaseSuggestion] {
        try review(
            plan: plan, demand: demand, feeds: feeds, situation: situation, skus: skus, suppliers: suppliers,
            supply: supply, currency: currency, options: options
        ).purchases
    }

    /// Transfers to every node that is replenished from another, and purchases for every node that is not.
    ///
    /// Transfers are settled first; what the nodes below have asked for counts as owed by the node above, so that it
    /// is bought again there, whether it could be shipped today or not. A purchase is suggested only where the
    /// inventory position (everything on order counted, however late) is at or below the reorder point.
    ///
    /// - Parameters:
    ///   - feeds: one per row of `demand`, as the plan was made with.
    public static func review(
        plan: StockPlan, demand: NodeDemand, feeds: [Feed?], situation: StockSituation, skus: [SKU],
        suppliers: [Supplier], supply: [SupplyTerms], currency: Currency,
        options: SuggestionOptions = SuggestionOptions()
    ) throws(ReplenishmentError) -> SuggestionBook {
        guard feeds.count == demand.rowCount else {
            throw .shape(what: "feeds", count: feeds.count, expected: demand.rowCount)
        }
        var table = PositionTable(situation, demand: demand)
        var targets = [StockTarget?](repeating: nil, count: demand.rowCount)
        for target in plan.targets {
            if let row = table.row(target.sku, target.node) { targets[row] = target }
        }
        var book = SuggestionBook()
        book.transfers = try transfers(
            demand: demand, targets: targets, feeds: feeds, table: &table, today: situation.today)
        let choice = SupplierChoice(skuCount: skus.count, suppliers: suppliers, supply: supply)
        var drafts: [PurchaseDraft] = []
        for row in demand.orderedRows {
            let (sku, node) = (demand.skus[row], demand.nodes[row])
            if case .node = feeds[row]?.source { continue }
            guard let feed = feeds[row], case .supplier(let supplier) = feed.source, let terms = choice.terms(of: sku),
                terms.supplier == supplier
            else {
                book.exceptions.append(.init(sku: sku, node: node, kind: .noSupplier))
                continue
            }
            guard let target = targets[row] else {
                book.exceptions.append(.init(sku: sku, node: node, kind: .noTarget))
                continue
            }
            let draft = PurchaseDraft(
                target: target, feed: feed, supplier: supplier, position: table.positions[row],
                daily: demand.daily(row), offset: max(0, situation.today - demand.start), today: situation.today,
                ladder: PriceLadder(terms, fallback: skus[sku.position].unitCost), options: options)
            if let draft { drafts.append(draft) }
        }
        try OrderValue.topUp(&drafts, suppliers: suppliers, currency: currency, options: options)
        for draft in drafts {
            let listPrice = skus[draft.target.sku.position].listPrice
            book.purchases.append(try draft.suggestion(listPrice: listPrice, currency: currency, options: options))
        }
        book.purchases.sort { isMoreUrgent($0, $1) }
        return book
    }

    /// Too late first, then more margin at risk, then more value, then SKU and node.
    static func isMoreUrgent(_ a: PurchaseSuggestion, _ b: PurchaseSuggestion) -> Bool {
        let (aIsLate, bIsLate) = (a.urgency == .late, b.urgency == .late)
        if aIsLate != bIsLate { return aIsLate }
        if a.marginAtRisk != b.marginAtRisk { return a.marginAtRisk > b.marginAtRisk }
        if a.value != b.value { return a.value > b.value }
        return (a.sku, a.node) < (b.sku, b.node)
    }
}
