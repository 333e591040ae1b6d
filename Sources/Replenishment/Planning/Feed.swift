public import Retail

/// How one stock row is fed: from where, how fast, how often and in what quantities.
public struct Feed: Sendable, Equatable {
    public enum Source: Sendable, Hashable {
        case supplier(Supplier.Index)
        /// A node of ours further up.
        case node(Node.Index)
    }

    public var source: Source
    /// Days from order to dock, mean and standard deviation.
    public var leadTime: Double
    public var leadTimeDeviation: Double
    /// Days between two occasions to order, at least 1.
    public var reviewPeriod: Int
    public var minimumQuantity: Int64
    /// Orders are rounded up to a multiple of this, at least 1.
    public var orderMultiple: Int64
    public var unitCost: UnitPrice
    public var policy: PolicyKind

    public init(
        source: Source, leadTime: Double, leadTimeDeviation: Double, reviewPeriod: Int, minimumQuantity: Int64 = 1,
        orderMultiple: Int64 = 1, unitCost: UnitPrice, policy: PolicyKind
    ) {
        self.source = source
        self.leadTime = leadTime
        self.leadTimeDeviation = leadTimeDeviation
        self.reviewPeriod = reviewPeriod
        self.minimumQuantity = minimumQuantity
        self.orderMultiple = orderMultiple
        self.unitCost = unitCost
        self.policy = policy
    }

    /// The longest expected wait of an order placed today: the lead time in whole days, rounded up.
    public var leadDays: Int { Int(max(0, leadTime).rounded(.up)) }
}

/// When to order and up to what.
public enum PolicyKind: String, Sendable, CaseIterable, Codable {
    /// (R, S): at every review order what is missing to S.
    case orderUpTo = "order_up_to"
    /// (R, s, S): at a review order up to S when the position is at or below s.
    case minMax = "min_max"
}

/// How a node of ours replenishes the nodes below it.
public struct TransferTerms: Sendable, Equatable, Codable {
    /// Days from request to dock, mean and standard deviation.
    public var leadTime: Double
    public var leadTimeDeviation: Double
    /// Days between two transfers.
    public var reviewPeriod: Int

    public init(leadTime: Double = 1, leadTimeDeviation: Double = 0.25, reviewPeriod: Int = 1) {
        self.leadTime = leadTime
        self.leadTimeDeviation = leadTimeDeviation
        self.reviewPeriod = reviewPeriod
    }
}

extension Feed {
    /// The feed of every row of `demand`: the cheapest supplier (`SupplierChoice`) where the network has no node
    /// further up, else a transfer. Nil where a SKU would need a supplier and has none: such a row gets no target and
    /// is named as an exception.
    public static func resolve(
        demand: NodeDemand, upstream: [Node.Index?], skus: [SKU], suppliers: [Supplier], supply: [SupplyTerms],
        transfers: [TransferTerms], supplierPolicy: PolicyKind = .minMax, transferPolicy: PolicyKind = .orderUpTo
    ) -> [Feed?] {
        let choice = SupplierChoice(skuCount: skus.count, suppliers: suppliers, supply: supply)
        return (0..<demand.rowCount).map { row in
            let sku = demand.skus[row]
            let node = demand.nodes[row].position
            if node < upstream.count, let from = upstream[node] {
                let terms = node < transfers.count ? transfers[node] : TransferTerms()
                return Feed(
                    source: .node(from), leadTime: terms.leadTime, leadTimeDeviation: terms.leadTimeDeviation,
                    reviewPeriod: terms.reviewPeriod, unitCost: skus[sku.position].unitCost, policy: transferPolicy)
            }
            guard let terms = choice.terms(of: sku) else { return nil }
            let supplier = suppliers[terms.supplier.position]
            return Feed(
                source: .supplier(terms.supplier), leadTime: supplier.leadTime,
                leadTimeDeviation: supplier.leadTimeDeviation, reviewPeriod: Int(supplier.reviewPeriod),
                minimumQuantity: Int64(terms.minimumQuantity), orderMultiple: max(1, Int64(terms.orderMultiple)),
                unitCost: terms.breaks.first?.unitCost ?? skus[sku.position].unitCost, policy: supplierPolicy)
        }
    }
}

/// The supplier a SKU is bought from: the lowest first price, then the shorter lead time, then the earlier supplier.
public struct SupplierChoice: Sendable {
    private var chosen: [SupplyTerms?]

    public init(skuCount: Int, suppliers: [Supplier], supply: [SupplyTerms]) {
        chosen = [SupplyTerms?](repeating: nil, count: skuCount)
        for terms in supply
        where terms.sku.position < skuCount && terms.supplier.position < suppliers.count {
            guard let other = chosen[terms.sku.position] else {
                chosen[terms.sku.position] = terms
                continue
            }
            if Self.rank(terms, suppliers) < Self.rank(other, suppliers) { chosen[terms.sku.position] = terms }
        }
    }

    /// The terms to buy a SKU on; nil when nobody supplies it.
    public func terms(of sku: SKU.Index) -> SupplyTerms? { sku.position < chosen.count ? chosen[sku.position] : nil }

    private static func rank(_ terms: SupplyTerms, _ suppliers: [Supplier]) -> (Int64, Double, Int32) {
        (
            terms.breaks.first?.unitCost.units ?? .max, suppliers[terms.supplier.position].leadTime,
            terms.supplier.raw
        )
    }
}
