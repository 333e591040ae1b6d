import NumericCore
public import Retail

/// What to buy ahead of a promotion for one article at one node (备货).
public struct PromotionBuy: Sendable, Equatable {
    public var sku: SKU.Index
    public var node: Node.Index
    public var supplier: Supplier.Index
    /// Units asked for while the promotion runs: mean, quantiles.
    public var mean: Double
    public var p50: Double
    public var p90: Double
    /// Of that what would be sold without the promotion.
    public var ordinary: Double
    /// Units still there when it begins: stock and what is due before, less what is sold until then.
    public var available: Int64
    /// What one unit too few and one too many cost, major units.
    public var shortage: Double
    public var overage: Double
    /// The part of promotions after which nothing was missing: shortage / (shortage + overage).
    public var service: Double
    /// The quantity that balances the two, then by the supplier's minimum and multiple.
    public var wanted: Int64
    public var quantity: Int64
    public var unitCost: UnitPrice
    public var value: Amount
    /// The day goods should be on the dock, and the last day to order for it: today where that has passed.
    public var dock: Day
    public var latestOrder: Day
    /// When goods ordered on that day are on the dock, with the same chance.
    public var arrival: Day
    public var timing: Timing
    /// A second order placed when the promotion begins would still arrive while it runs.
    public var canReorder: Bool
    /// What comes of ordering 30 % less to 30 % more, in steps of 10 %.
    public var steps: [Outcome]

    public enum Timing: String, Sendable, CaseIterable {
        case inTime = "in_time"
        /// The last day to order for the dock date has passed: ordered today, goods serve a part of the promotion, or
        /// all of it with less time in hand.
        case late
        /// Goods ordered today come when it is over: none are bought.
        case missed
    }

    /// What is to be expected of one quantity.
    public struct Outcome: Sendable, Equatable {
        /// -30 ... 30, per cent of `quantity`.
        public var change: Int
        public var quantity: Int64
        /// Units left when the promotion ends, and those that could not be sold for want of stock.
        public var leftover: Double
        public var short: Double
        /// What leftovers cost, and the margin not earned; major units.
        public var leftoverCost: Double
        public var lostMargin: Double
    }
}

/// What a buyer assumes about a promotion.
public struct PromotionBuyOptions: Sendable, Equatable {
    /// Days before the promotion's first day that goods must be on the dock.
    public var bufferDays = 2
    /// Standard deviation of the lift, relative to it: how far promotions differ from what was expected of them.
    public var liftSpread = 0.25
    /// Part of the unit cost that a leftover still brings where it cannot be sold as before.
    public var salvageRate = 0.5
    /// Part of the unit cost that sending leftovers back costs, where the supplier takes them.
    public var returnRate = 0.1
    /// Part of a unit's cost that holding it for a year costs.
    public var holdingRate = 0.25
    /// The chance that goods are on the dock in time when they are ordered on the last day.
    public var dockService = 0.95

    public init() {}
}

/// A promotion as the buyer sees it: the days it runs on and what it does to demand.
public struct PromotionWindow: Sendable, Equatable {
    public var first: Day
    /// One past the last day.
    public var end: Day
    /// What demand is multiplied by on each of its days.
    public var lift: [Double]
    /// What a unit sells for while it runs, as a part of its ordinary price.
    public var priceRate: Double

    public init(first: Day, end: Day, lift: [Double], priceRate: Double) {
        self.first = first
        self.end = end
        self.lift = lift
        self.priceRate = priceRate
    }
}

extension PromotionBuy {
    /// The newsvendor's answer for one row (Arrow, Harris and Marschak 1951; Edgeworth 1888).
    ///
    /// Demand over the promotion has the variance of its days, multiplied by the lift, and that of the lift itself:
    /// E[lift]^2 v + (spread x lifted mean)^2. A unit too few loses its margin at the promotion's price. A unit too
    /// many is returned where the supplier takes it back; else it is held until ordinary demand has used it up, and
    /// what lasts beyond a year is sold for its salvage value. Where a second order can still arrive while the
    /// promotion runs, only demand up to that day must be bought ahead; where this one comes when it has begun, only
    /// demand from then on, and none where it comes when all is over.
    ///
    /// - Parameters:
    ///   - daily: demand without the promotion, its first day being `today`.
    ///   - position: what lies at the node and is on its way there.
    /// - Returns: nil where nothing is expected to be sold.
    public static func plan(
        sku: SKU, at index: SKU.Index, node: Node.Index, daily: DailyDemand, position: StockPosition,
        window: PromotionWindow, offer: SupplierChoice.Offer, supplier: Supplier, calendar: SupplierCalendar,
        today: Day, currency: Currency, options: PromotionBuyOptions = PromotionBuyOptions()
    ) throws(ReplenishmentError) -> PromotionBuy? {
        let start = max(0, window.first - today)
        let safeLead = wholeDays(
            offer.leadTime + offer.leadTimeDeviation
                * NormalDistribution(mean: 0, standardDeviation: 1).quantile(options.dockService))
        let source = offer.terms.supplier
        let dock = window.first - options.bufferDays
        let latest = lastOrderDay(source, dock: dock, leadDays: safeLead, calendar)
        let orderDay = max(today, latest)
        let arrival = calendar.arrival(source, ordered: orderDay, leadDays: safeLead)
        let timing: Timing = latest >= today ? .inTime : arrival < window.end ? .late : .missed
        let second = calendar.arrival(source, ordered: max(orderDay + 1, window.first), leadDays: safeLead)
        let canReorder = second < window.end
        // Days that must be covered from the first order: of a late one those it is there on.
        let from = timing == .late ? max(0, arrival - window.first) : 0
        let covered = from..<max(from + 1, canReorder ? second - window.first : window.lift.count)
        var before = 0.0
        var (covers, whole) = (Moments(mean: 0, variance: 0), Moments(mean: 0, variance: 0))
        var ordinary = 0.0
        for (day, lift) in window.lift.enumerated() {
            let base = daily.mean(day: start + day)
            ordinary += base
            let variance = lift * lift * daily.variance(day: start + day)
            whole.mean += lift * base
            whole.variance += variance
            if day < from { before += lift * base }
            guard covered.contains(day) else { continue }
            covers.mean += lift * base
            covers.variance += variance
        }
        guard covers.mean > 0 else { return nil }
        func lifted(_ moments: Moments) -> DemandLaw {
            let spread = options.liftSpread * moments.mean
            return Moments(mean: moments.mean, variance: moments.variance + spread * spread).law
        }
        let (law, full) = (lifted(covers), lifted(whole))
        let ladder = PriceLadder(offer.terms, fallback: sku.unitCost)
        let cost = supplier.net(ladder.unitCost(max(1, Int64(clampedUp: covers.mean)))).major
        let price = sku.listPrice.major * window.priceRate
        // Even below cost a promotion is meant to be served: a broken promise costs at least what a unit does.
        let shortage = max(price - cost, 0.1 * max(cost, 0.0001))
        let perDay = daily.cumulative(from: start + window.lift.count, span: 28).mean / 28
        let overage = leftoverCost(
            cost: cost, supplier: supplier, units: law.standardDeviation, perDay: perDay, options)
        let service = shortage / (shortage + overage)
        let until = daily.cumulative(from: 0, span: Double(start)).mean + before
        let due = position.receipts.reduce(0) { $1.due <= window.first + from ? $0 + $1.quantity : $0 }
        let left = max(0, Double(position.onHand - position.reserved - position.backordered + due) - until)
        let available = Int64(left.rounded(.down))
        let wanted = max(0, Int64(clampedUp: law.quantile(min(0.9999, max(0.0001, service)))) - available)
        let quantity = timing == .missed ? 0 : ladder.chain(need: wanted).afterMultiple
        let value: Amount
        do { value = try ladder.value(quantity, in: currency) } catch {
            throw .overflow("the value of a promotion buy")
        }
        let steps = stride(from: -30, through: 30, by: 10).map { change -> Outcome in
            let units = (Double(quantity) * (1 + Double(change) / 100)).rounded()
            let total = left + units
            let short = law.loss(total)
            let leftover = max(0, total - law.mean + short)
            return Outcome(
                change: change, quantity: Int64(units), leftover: leftover, short: short,
                leftoverCost: leftover * overage, lostMargin: short * shortage)
        }
        return PromotionBuy(
            sku: index, node: node, supplier: source, mean: whole.mean, p50: full.quantile(0.5),
            p90: full.quantile(0.9),
            ordinary: ordinary, available: available, shortage: shortage, overage: overage, service: service,
            wanted: wanted, quantity: quantity, unitCost: ladder.unitCost(quantity), value: value,
            dock: dock, latestOrder: orderDay, arrival: arrival, timing: timing,
            canReorder: canReorder, steps: steps)
    }

    /// What a unit left over costs, major units.
    private static func leftoverCost(
        cost: Double, supplier: Supplier, units: Double, perDay: Double, _ options: PromotionBuyOptions
    ) -> Double {
        if supplier.isConsignment { return 0.01 * cost }
        if supplier.acceptsReturns { return max(0.001, options.returnRate) * cost }
        let salvage = (1 - options.salvageRate) * cost
        guard perDay > 0 else { return max(salvage, 0.01 * cost) }
        // A typical leftover waits until half of those beside it are sold.
        let years = 0.5 * units / perDay / 365
        return min(salvage, max(0.005, options.holdingRate * years) * cost)
    }

    /// The last day on which an order still arrives by `dock`.
    private static func lastOrderDay(
        _ supplier: Supplier.Index, dock: Day, leadDays: Int, _ calendar: SupplierCalendar
    ) -> Day {
        var day = dock - leadDays
        // Closed days push it back; each step moves by what is missing.
        for _ in 0..<64 {
            let late = calendar.arrival(supplier, ordered: day, leadDays: leadDays) - dock
            if late <= 0 { break }
            day = day - late
        }
        return day
    }
}
