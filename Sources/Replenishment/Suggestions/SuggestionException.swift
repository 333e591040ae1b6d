public import Retail

/// Something that somebody should look at, with the money at stake.
public struct SuggestionException: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable, Codable {
        /// Stock runs out before goods ordered today arrive: the margin of the sales in between.
        case tooLate = "too_late"
        /// Stock may run out before the next chance to order: the margin expected to be lost.
        case stockoutRisk = "stockout_risk"
        /// An open order is overdue, or lands after stock has run out: the margin until it does, or its value.
        case lateOrder = "late_order"
        /// More on hand than the longest time it should last: the value of what is beyond.
        case overstock
        /// On hand and not asked for: its value.
        case deadStock = "dead_stock"
        /// Will expire before it can be sold: its value.
        case expiring
        /// Minimum, multiple or the rules of the whole order make a line last much longer than needed.
        case minimumForces = "minimum_forces"
        /// Nobody supplies it: the margin of four weeks.
        case noSupplier = "no_supplier"
        /// Its supplier's contract does not hold today: the margin of four weeks.
        case contractEnded = "contract_ended"
        /// Its supplier states no lead time and has not shown one.
        case noLeadTime = "no_lead_time"
        /// It has no cost or no price, so that nothing about it can be weighed.
        case noPrice = "no_price"
        case noTarget = "no_target"

        /// The data, not the stock, are at fault.
        public var isDataFault: Bool {
            switch self {
            case .noSupplier, .contractEnded, .noLeadTime, .noPrice, .noTarget: true
            default: false
            }
        }
    }

    /// Nil where it is about all of a supplier's goods.
    public var sku: SKU.Index?
    public var node: Node.Index?
    public var supplier: Supplier.Index?
    public var kind: Kind
    /// The money at stake.
    public var amount = Amount.zero
    /// Units it is about.
    public var quantity: Int64 = 0
    /// The day it is about: stock runs out, the order is due.
    public var day: Day?
    /// Days: of cover, of delay, that an order lasts beyond the need.
    public var days = 0.0
}

/// Collects exceptions while a review goes over its rows.
struct ExceptionWatch {
    let skus: [SKU]
    let suppliers: [Supplier]
    let currency: Currency
    let options: SuggestionOptions
    private var found: [SuggestionException] = []
    private var withoutLeadTime: [Supplier.Index: Double] = [:]

    init(skus: [SKU], suppliers: [Supplier], currency: Currency, options: SuggestionOptions) {
        self.skus = skus
        self.suppliers = suppliers
        self.currency = currency
        self.options = options
    }

    mutating func add(
        _ sku: SKU.Index, _ node: Node.Index, _ kind: SuggestionException.Kind, _ amount: Amount,
        supplier: Supplier.Index? = nil, quantity: Int64 = 0, day: Day? = nil, days: Double = 0
    ) {
        found.append(
            SuggestionException(
                sku: sku, node: node, supplier: supplier, kind: kind, amount: amount, quantity: quantity, day: day,
                days: days))
    }

    /// A row that cannot be bought; silent where nothing is wanted of it.
    mutating func unsupplied(
        _ sku: SKU.Index, _ node: Node.Index, daily: DailyDemand, position: StockPosition, ended: Bool
    ) {
        let wanted = daily.cumulative(span: 28).mean
        guard wanted > 0 || position.backordered > 0 else { return }
        add(
            sku, node, ended ? .contractEnded : .noSupplier, money(wanted, at: margin(sku), currency),
            quantity: Int64(clampedUp: wanted))
    }

    /// What a row's stock and open orders tell.
    mutating func look(at row: RowOutlook, feed: Feed, target: StockTarget) {
        let (sku, node, position) = (target.sku, target.node, row.position)
        let (margin, cost) = (margin(sku), feed.unitCost.major)
        let arrival = row.today + feed.leadDays
        if let stockout = row.stockout, stockout < arrival {
            let lost = row.demand(from: stockout, to: arrival)
            add(
                sku, node, .tooLate, money(lost, at: margin, currency), quantity: Int64(clampedUp: lost),
                day: stockout, days: Double(arrival - stockout))
        } else if position.position <= target.reorderPoint, row.stockoutProbability >= options.riskyShare {
            let short = row.short()
            add(
                sku, node, .stockoutRisk, money(short, at: margin, currency), quantity: Int64(clampedUp: short),
                day: row.stockout, days: row.perDay > 0 ? max(0, row.free) / row.perDay : 0)
        }
        lateOrders(row, sku, node, margin: margin, cost: cost)
        let excess = Double(position.onHand - max(target.orderUpTo, position.reserved + position.backordered))
        let horizon = row.daily.cumulative(from: row.offset, span: options.overstockDays).mean
        if horizon < 0.5, position.onHand > 0 {
            add(sku, node, .deadStock, money(Double(position.onHand), at: cost, currency), quantity: position.onHand)
        } else if excess > 0, Double(position.onHand) > horizon {
            let beyond = min(excess, Double(position.onHand) - horizon)
            add(
                sku, node, .overstock, money(beyond, at: cost, currency), quantity: Int64(clampedUp: beyond),
                days: row.perDay > 0 ? Double(position.onHand) / row.perDay : options.overstockDays)
        }
        if position.expiring > 0 {
            add(sku, node, .expiring, money(Double(position.expiring), at: cost, currency), quantity: position.expiring)
        }
        if case .supplier(let supplier) = feed.source {
            if feed.leadTimeSource == .assumed {
                withoutLeadTime[supplier, default: 0] += row.daily.cumulative(from: row.offset, span: 28).mean * margin
            }
            if feed.unitCost.units <= 0 || skus[sku.position].listPrice.units <= 0 {
                let wanted = row.daily.cumulative(from: row.offset, span: 28).mean
                let price = max(skus[sku.position].listPrice.major, feed.unitCost.major)
                add(
                    sku, node, .noPrice, money(wanted, at: price, currency), supplier: supplier,
                    quantity: Int64(clampedUp: wanted))
            }
        }
    }

    private mutating func lateOrders(
        _ row: RowOutlook, _ sku: SKU.Index, _ node: Node.Index, margin: Double, cost: Double
    ) {
        for receipt in row.position.receipts where receipt.due < row.today {
            add(
                sku, node, .lateOrder, money(Double(receipt.quantity), at: cost, currency),
                quantity: receipt.quantity, day: receipt.due, days: Double(row.today - receipt.due))
        }
        if let gap = row.firstGap, let landing = row.position.receipts.first(where: { $0.due > gap }) {
            let lost = row.demand(from: gap, to: landing.due)
            add(
                sku, node, .lateOrder, money(lost, at: margin, currency), quantity: Int64(clampedUp: lost),
                day: landing.due, days: Double(landing.due - gap))
        }
    }

    /// What the rules of a supplier make of a line.
    mutating func look(at draft: PurchaseDraft) {
        let forced = draft.forcedDays(options.costs)
        guard draft.chain.final > 0, forced > options.forcedDays else { return }
        let extra = forced * draft.outlook.perDay
        add(
            draft.target.sku, draft.target.node, .minimumForces,
            money(extra, at: draft.ladder.unitCost(draft.chain.final).major, currency), supplier: draft.supplier,
            quantity: Int64(clampedUp: extra), days: forced)
    }

    /// Stock of (SKU, node) pairs that nobody is expected to ask for at all.
    mutating func stockWithoutDemand(_ stock: [StockRecord], _ table: PositionTable) {
        for record in stock where record.onHand > 0 && table.row(record.sku, record.node) == nil {
            guard record.sku.position < skus.count else { continue }
            add(
                record.sku, record.node, .deadStock,
                money(Double(record.onHand), at: skus[record.sku.position].unitCost.major, currency),
                quantity: Int64(record.onHand))
        }
    }

    /// Dearest first; equal amounts by kind, SKU and node.
    func sorted() -> [SuggestionException] {
        let faults = withoutLeadTime.map { supplier, margin in
            SuggestionException(supplier: supplier, kind: .noLeadTime, amount: money(margin, at: 1, currency))
        }
        let order = Dictionary(
            uniqueKeysWithValues: SuggestionException.Kind.allCases.enumerated().map { ($1, $0) })
        func key(_ e: SuggestionException) -> (Int64, Int, Int32, Int32, Int32) {
            (-e.amount.minor, order[e.kind] ?? 0, e.sku?.raw ?? -1, e.node?.raw ?? -1, e.day?.number ?? 0)
        }
        return (found + faults).sorted { key($0) < key($1) }
    }

    private func margin(_ sku: SKU.Index) -> Double {
        max(0, skus[sku.position].listPrice.major - skus[sku.position].unitCost.major)
    }
}
