public import Retail

/// What to order and to move today.
public struct SuggestionBook: Sendable, Equatable {
    /// Most urgent first: too late already, then the margin at risk, then value.
    public var purchases: [PurchaseSuggestion] = []
    /// Replenishing ones ordered by (from, to, SKU), then balancing ones by what they save.
    public var transfers: [TransferSuggestion] = []
    /// Purchases that a person has declined: listed, and no part of what follows.
    public var declined: Set<PurchaseKey> = []
    /// What somebody should look at, dearest first.
    public var exceptions: [SuggestionException] = []
    /// What the purchases are worth together.
    public var worth = OrderWorth()
    /// Where a budget cut the purchases.
    public var budget: BudgetUse?
    public init() {}
}

/// What names a purchase within a review.
public struct PurchaseKey: Hashable, Sendable {
    /// The article, by its place in the data set.
    public var sku: SKU.Index
    /// Whom it is bought from, by its place in the data set.
    public var supplier: Supplier.Index
    /// Where it is to come, by its place in the network reviewed.
    public var node: Node.Index
    public init(sku: SKU.Index, supplier: Supplier.Index, node: Node.Index) {
        (self.sku, self.supplier, self.node) = (sku, supplier, node)
    }
}

extension PurchaseSuggestion {
    /// What a person may have declined.
    public var key: PurchaseKey { PurchaseKey(sku: sku, supplier: supplier, node: node) }
}

public struct SuggestionOptions: Sendable, Equatable {
    /// Longest time in days an order may last when it is enlarged for a price break, a minimum or a container.
    public var longestCover: Double
    /// Days of cover are reported up to this many.
    public var coverLimit: Int
    /// Days looked ahead for the stockout dates.
    public var projectionDays: Int
    public var rounding = RoundingRule.up
    /// Stock beyond this many days of demand is overstock.
    public var overstockDays = 120.0
    /// An order that lasts this many days beyond the need is an exception.
    public var forcedDays = 60.0
    /// A probability of stockout from which a line is an exception.
    public var riskyShare = 0.2
    /// Days a move between two nodes takes that do not replenish each other, and its cost as a part of the unit cost.
    public var balanceDays = 1
    public var balanceCostRate = 0.05
    /// What an order line and holding stock cost.
    public var costs: InventoryCosts

    public init(
        costs: InventoryCosts = InventoryCosts(), longestCover: Double = 120, coverLimit: Int = 365,
        projectionDays: Int = 90
    ) {
        self.costs = costs
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
    ///   - choice: as the feeds were resolved with; nil: from first prices and stated lead times.
    ///   - calendar: when suppliers work.
    ///   - budgets: money for purchases; what is left of those that hold today is added up.
    ///   - storage: litres that each node holds; 0, or beyond the end, without limit.
    ///   - declined: purchases that a person has rejected or postponed. They are listed with what they need, but take
    ///     no part of a budget, a container, a supplier's minimum or a quicker supplier's help.
    public static func review(
        plan: StockPlan, demand: NodeDemand, feeds: [Feed?], situation: StockSituation, skus: [SKU],
        suppliers: [Supplier], supply: [SupplyTerms], choice: SupplierChoice? = nil,
        calendar: SupplierCalendar = SupplierCalendar(), budgets: [Budget] = [], storage: [Int64] = [],
        declined: Set<PurchaseKey> = [], currency: Currency, options: SuggestionOptions = SuggestionOptions()
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
        let today = situation.today
        var chooser = LawChooser()
        var room = TransferRoom(freeSpace(storage, demand, feeds, table, skus, today), skus: skus)
        let moves = try transfers(
            demand: demand, targets: targets, feeds: feeds, table: &table, room: &room, today: today,
            projectionDays: options.projectionDays, chooser: &chooser)
        book.transfers =
            try moves
            + balance(
                demand: demand, targets: targets, feeds: feeds, granted: moves, table: &table, room: &room, skus: skus,
                today: today, currency: currency, options: options, chooser: &chooser)
        let choice = choice ?? SupplierChoice(skus: skus, suppliers: suppliers, supply: supply, today: today)
        var watch = ExceptionWatch(skus: skus, suppliers: suppliers, currency: currency, options: options)
        var drafts: [PurchaseDraft] = []
        for row in demand.orderedRows {
            let (sku, node) = (demand.skus[row], demand.nodes[row])
            guard let feed = feeds[row] else {
                watch.unsupplied(
                    sku, node, daily: demand.daily(row), position: table.positions[row], ended: choice.hasEnded(sku))
                continue
            }
            guard let target = targets[row] else {
                watch.add(sku, node, .noTarget, .zero)
                continue
            }
            let outlook = try outlook(
                row, demand, feed, table, today, days: options.projectionDays, target, &chooser)
            watch.look(at: outlook, feed: feed, target: target)
            guard case .supplier(let supplier) = feed.source else { continue }
            let offers = choice.offers(of: sku)
            guard let offer = offers.first, offer.terms.supplier == supplier else {
                watch.unsupplied(
                    sku, node, daily: demand.daily(row), position: table.positions[row], ended: choice.hasEnded(sku))
                continue
            }
            let draft = PurchaseDraft(
                target: target, feed: feed, offer: offer, rival: offers.dropFirst().first, outlook: outlook,
                product: skus[sku.position], options: options)
            guard let draft else { continue }
            let willing = offers.filter {
                !declined.contains(PurchaseKey(sku: sku, supplier: $0.terms.supplier, node: node))
            }
            drafts += OrderSplit.parts(
                of: draft, offers: declined.contains(draft.key) ? [] : willing, suppliers: suppliers,
                calendar: calendar, options: options)
        }
        watch.stockWithoutDemand(situation.stock, table)
        book.declined = declined
        let refused = drafts.filter { declined.contains($0.key) }
        drafts.removeAll { declined.contains($0.key) }
        var settlement = Settlement(
            drafts, suppliers: suppliers, spaces: freeSpace(storage, demand, feeds, table, skus, today),
            currency: currency, options: options)
        (book.worth, book.budget) = try settlement.settle(&drafts, budget: try left(of: budgets, today: today))
        for draft in drafts + refused {
            book.purchases.append(
                try draft.suggestion(calendar: calendar, currency: currency, options: options))
        }
        for draft in drafts { watch.look(at: draft) }
        book.purchases.sort { isMoreUrgent($0, $1) }
        book.exceptions = watch.sorted()
        return book
    }

    /// What is left of the budgets that hold today; nil where there is none.
    private static func left(of budgets: [Budget], today: Day) throws(ReplenishmentError) -> Amount? {
        var limit: Int64?
        for budget in budgets where budget.from <= today && today <= budget.through {
            let (sum, overflow) = (limit ?? 0).addingReportingOverflow(max(0, budget.amount.minor - budget.spent.minor))
            if overflow { throw .overflow("the money of all budgets") }
            limit = sum
        }
        return limit.map { Amount(minor: $0) }
    }

    /// Litres free in each node when goods ordered today arrive: its storage less what lies there and is on its way,
    /// of which expected sales until then have gone.
    private static func freeSpace(
        _ storage: [Int64], _ demand: NodeDemand, _ feeds: [Feed?], _ table: PositionTable, _ skus: [SKU],
        _ today: Day
    ) -> [Double] {
        var free = storage.map { $0 > 0 ? Double($0) : .infinity }
        guard free.contains(where: { $0 < .infinity }) else { return [] }
        for row in 0..<demand.rowCount {
            let node = demand.nodes[row].position
            guard node < free.count, free[node] < .infinity, demand.skus[row].position < skus.count else { continue }
            let position = table.positions[row]
            let sold = demand.daily(row).cumulative(
                from: max(0, today - demand.start), span: Double(feeds[row]?.leadDays ?? 0)
            ).mean
            let units = Double(position.onHand + position.expiring + position.inTransit + position.onOrder)
            free[node] -= max(0, units - sold) * Double(skus[demand.skus[row].position].volume) / 1_000
        }
        return free.map { max(0, $0) }
    }

    /// Too late first, then more margin at risk, then more value, then SKU, node and supplier.
    static func isMoreUrgent(_ a: PurchaseSuggestion, _ b: PurchaseSuggestion) -> Bool {
        let (aIsLate, bIsLate) = (a.urgency == .late, b.urgency == .late)
        if aIsLate != bIsLate { return aIsLate }
        if a.marginAtRisk != b.marginAtRisk { return a.marginAtRisk > b.marginAtRisk }
        if a.value != b.value { return a.value > b.value }
        return (a.sku, a.node, a.supplier) < (b.sku, b.node, b.supplier)
    }
}
