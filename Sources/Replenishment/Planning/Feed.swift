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
    public var leadTimeSource = LeadTimeSource.terms
    /// Lead times of past orders, ascending; empty where they are not measured.
    public var leadTimes: [Int] = []
    /// Days until goods ordered today arrive, where closed days make that differ from the lead time.
    public var arrivalDays: Int?
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

    /// How lead times vary: as past orders did, where there are enough of them.
    public var leadTimeLaw: LeadTimeLaw {
        guard !leadTimes.isEmpty else { return .gamma(mean: leadTime, deviation: leadTimeDeviation) }
        let mean = Double(leadTimes.reduce(0, +)) / Double(leadTimes.count)
        return .observed(leadTimes, shift: leadTime - mean)
    }

    /// The longest expected wait of an order placed today: the lead time in whole days, rounded up.
    public var leadDays: Int { arrivalDays ?? wholeDays(leadTime) }
}

/// Days rounded up, from 0 to ten years.
func wholeDays(_ days: Double) -> Int { days > 0 ? Int(min(days, 3_653).rounded(.up)) : 0 }

/// When to order and up to what.
public enum PolicyKind: String, Sendable, CaseIterable, Codable {
    /// (R, S): at every review order what is missing to S.
    case orderUpTo = "order_up_to"
    /// (R, s, S): at a review order up to S when the position is at or below s.
    case minMax = "min_max"
    /// (s, S): the same whenever the position falls to s (continuous review).
    case continuousMinMax = "continuous_min_max"
    /// (r, Q): whenever the position falls to r, order lots of Q (continuous review).
    case fixedLot = "fixed_lot"
    /// (R, s, nQ): at a review at which the position is at or below s, as many lots of Q as lift it above s.
    case lotReview = "lot_review"
    /// (S - 1, S): every unit is ordered again as soon as it is sold (continuous review).
    case baseStock = "base_stock"

    /// Looked at all the time, not only when an order may be placed.
    public var isContinuous: Bool { self == .continuousMinMax || self == .fixedLot || self == .baseStock }
    /// Orders are whole lots of one size.
    public var isInLots: Bool { self == .fixedLot || self == .lotReview }
    /// Orders wait until the position is at or below s, so that a lot is ordered at a time.
    public var hasReorderPoint: Bool { self != .orderUpTo && self != .baseStock }
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
    ///
    /// Where the supplier is closed between now and the arrival of the next order after this one, the lead time is
    /// longer by the closed days: this order must last until then, so that goods are bought ahead of the shutdown.
    ///
    /// - Parameters:
    ///   - choice: nil: from the first prices and stated lead times alone.
    ///   - today: the day of the review; with `calendar` it tells which closed days matter.
    public static func resolve(
        demand: NodeDemand, upstream: [Node.Index?], skus: [SKU], suppliers: [Supplier], supply: [SupplyTerms],
        transfers: [TransferTerms], supplierPolicy: PolicyKind = .minMax, transferPolicy: PolicyKind = .orderUpTo,
        choice: SupplierChoice? = nil, calendar: SupplierCalendar = SupplierCalendar(), today: Day? = nil
    ) -> [Feed?] {
        let choice = choice ?? SupplierChoice(skus: skus, suppliers: suppliers, supply: supply)
        return (0..<demand.rowCount).map { row in
            let sku = demand.skus[row]
            let node = demand.nodes[row].position
            if node < upstream.count, let from = upstream[node] {
                let terms = node < transfers.count ? transfers[node] : TransferTerms()
                return Feed(
                    source: .node(from), leadTime: terms.leadTime, leadTimeDeviation: terms.leadTimeDeviation,
                    reviewPeriod: terms.reviewPeriod, unitCost: skus[sku.position].unitCost, policy: transferPolicy)
            }
            guard let offer = choice.offers(of: sku).first else { return nil }
            let feed = Feed(
                offer, supplier: suppliers[offer.terms.supplier.position], fallback: skus[sku.position].unitCost,
                policy: supplierPolicy)
            return today.map { feed.waiting(calendar, today: $0) } ?? feed
        }
    }

    /// The feed of an offer.
    init(_ offer: SupplierChoice.Offer, supplier: Supplier, fallback: UnitPrice, policy: PolicyKind) {
        let terms = offer.terms
        self.init(
            source: .supplier(terms.supplier), leadTime: offer.leadTime, leadTimeDeviation: offer.leadTimeDeviation,
            reviewPeriod: Int(supplier.reviewPeriod), minimumQuantity: Int64(terms.minimumQuantity),
            orderMultiple: max(1, Int64(terms.orderMultiple)), unitCost: terms.breaks.first?.unitCost ?? fallback,
            policy: policy)
        leadTimeSource = offer.leadTimeSource
        leadTimes = offer.leadTimes
    }

    /// The feed with the days its supplier is closed added to its lead time.
    func waiting(_ calendar: SupplierCalendar, today: Day) -> Feed {
        guard case .supplier(let supplier) = source else { return self }
        var feed = self
        let days = wholeDays(leadTime)
        feed.arrivalDays = calendar.arrival(supplier, ordered: today, leadDays: days) - today
        let next = today + max(1, reviewPeriod)
        feed.leadTime += Double(calendar.arrival(supplier, ordered: next, leadDays: days) - next - days)
        return feed
    }
}
