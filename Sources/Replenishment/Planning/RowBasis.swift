import Retail

/// One stock row before its level is chosen: its demand laws, its lot, and what any level promises.
struct RowBasis {
    let feed: Feed
    let target: ServiceTarget
    let value: RowValue
    /// Demand over lead time plus review, and over the lead time alone.
    let law: DemandLaw
    let overLeadTime: DemandLaw
    /// What the level must last for: under (R, S) demand over lead time plus review; under (R, s, S) demand over the
    /// lead time and what the position has fallen below s by the review that sees it.
    let protection: DemandLaw
    /// How well the law fits the forecast's samples; nil where it was chosen by its moments.
    let fit: Double?
    /// Units ordered at a time under (R, s, S); 0 under (R, S).
    let lot: Int64
    private let costs: InventoryCosts
    /// Demand from the plan's day to the day on which goods ordered now expire; nil where they do not.
    private let overLife: DemandLaw?
    private let review: Double
    /// Mean units by which a review finds the position below s.
    private let undershoot: Double

    /// Under (R, s, S) the lot is the economic order quantity, at least the demand of a review period and the
    /// supplier's minimum, rounded up to the order multiple: a minimum makes orders larger, so that fewer are at risk,
    /// and the reorder point takes this into account; S = s + lot.
    ///
    /// - Parameters:
    ///   - lot: units ordered at a time under (R, s, S), where they are settled; nil: as above.
    ///   - levelDoubt: squared coefficient of variation of a factor on all days alike that nobody knows yet.
    init(
        daily: DailyDemand, offset: Int = 0, feed: Feed, target: ServiceTarget, costs: InventoryCosts,
        value: RowValue, lot settled: Int64? = nil, levelDoubt: Double = 0, chooser: inout LawChooser
    ) throws(ReplenishmentError) {
        guard feed.leadTime >= 0, feed.leadTime.isFinite else {
            throw .parameter(name: "lead time", value: feed.leadTime, expected: "days, 0 or more")
        }
        guard feed.leadTimeDeviation >= 0, feed.leadTimeDeviation.isFinite else {
            throw .parameter(name: "lead time deviation", value: feed.leadTimeDeviation, expected: "days, 0 or more")
        }
        switch target {
        case .cycle(let level): try requireShare("cycle service level", level)
        case .fill(let level): try requireShare("fill rate", level)
        case .line(let level): try requireShare("order-line fill", level)
        case .cost: break
        }
        (self.feed, self.target, self.value, self.costs) = (feed, target, value, costs)
        // Under continuous review somebody looks every hour.
        review = feed.policy.isContinuous ? 1.0 / 24 : Double(max(1, feed.reviewPeriod))
        // Samples have no undershoot: under (R, s, S) a form must stand for them.
        var deepest = target.level
        if case .cost = target { deepest = 0.99 }
        if feed.policy.hasReorderPoint { deepest = 1 }
        let choice = try chooser.choose(daily, from: offset, feed: feed, review: review, deepest: deepest)
        func doubted(_ law: DemandLaw) -> DemandLaw {
            guard levelDoubt > 0, law.mean > 0 else { return law }
            let (mean, deviation) = (law.mean, law.standardDeviation)
            return Moments(mean: mean, variance: deviation * deviation + levelDoubt * mean * mean).law
        }
        // Few lines of many units have no law by name: they are added up to the unit.
        func byLine(_ review: Double, more: Double = 0) -> DemandLaw? {
            guard !feed.policy.isInLots, levelDoubt == 0, !value.lines.isEmpty else { return nil }
            var moments = daily.leadTimeMoments(
                from: offset, leadTime: feed.leadTime, leadTimeDeviation: feed.leadTimeDeviation, review: review)
            moments.variance += more
            return CompoundLaw.law(moments, lines: value.lines)
        }
        let hasLead = feed.leadTime > 0 || feed.leadTimeDeviation > 0
        let added = byLine(review)
        law = added ?? doubted(choice.law)
        fit = added == nil ? choice.fit : nil
        var overLife: DemandLaw?
        if value.shelfLife > 0 {
            overLife =
                daily.leadTimeMoments(
                    from: offset, leadTime: feed.leadTime, leadTimeDeviation: feed.leadTimeDeviation,
                    review: Double(value.shelfLife)
                ).law
        }
        self.overLife = overLife
        let family = choice.fit == nil || added != nil ? nil : law.name
        guard feed.policy.hasReorderPoint, law.mean > 0 else {
            if added != nil, let lead = hasLead ? byLine(0) : DemandLaw.none {
                overLeadTime = lead
            } else if law.mean > 0 {
                overLeadTime = doubted(
                    try chooser.choose(daily, from: offset, feed: feed, review: 0, family: family).law)
            } else {
                overLeadTime = law
            }
            (lot, protection, undershoot) = (0, law, 0)
            return
        }
        if let settled {
            lot = max(1, settled)
        } else {
            lot = try Self.lot(law, review: review, feed: feed, costs: costs, value: value)
        }
        let window = feed.leadTime + review
        if added != nil, let lead = hasLead ? byLine(0) : DemandLaw.none,
            let below = Undershoot.table(
                daily.reviews(from: offset, review: review, window: window), lines: value.lines, lot: lot),
            let after = hasLead
                ? byLine(
                    0, more: Undershoot.shared(below.mean, daily, from: offset, leadTime: feed.leadTime, review: review)
                ) : lead,
            let sum = CompoundLaw.sum(after, below)
        {
            (overLeadTime, protection, undershoot) = (lead, sum, below.mean)
            return
        }
        overLeadTime = doubted(try chooser.choose(daily, from: offset, feed: feed, review: 0, family: family).law)
        let lead = daily.leadTimeMoments(
            from: offset, leadTime: feed.leadTime, leadTimeDeviation: feed.leadTimeDeviation, review: 0)
        let below = Undershoot.moments(
            daily, from: offset, review: review, window: window, lot: feed.policy.isInLots ? nil : lot)
        let doubt = levelDoubt * lead.mean * lead.mean
        let shared = Undershoot.shared(below.mean, daily, from: offset, leadTime: feed.leadTime, review: review)
        let moments = Moments(
            mean: max(0, lead.mean) + below.mean, variance: max(0, lead.variance) + below.variance + shared + doubt)
        protection = family.map { DemandLaw(family: $0, moments) } ?? moments.law
        undershoot = below.mean
    }

    /// The economic order quantity in whole lots.
    private static func lot(
        _ law: DemandLaw, review: Double, feed: Feed, costs: InventoryCosts, value: RowValue
    ) throws(ReplenishmentError) -> Int64 {
        let perDay = law.mean / (feed.leadTime + review)
        let holding = costs.holdingPerDay(feed.unitCost)
        var units = max(1, perDay * review)
        if holding > 0, costs.orderLine > 0 {
            units = max(
                units, try LotSize.economic(orderCost: costs.orderLine, demand: perDay, holding: holding).quantity)
        }
        // More than a year's demand at a time is never economic when goods go out of fashion, nor more than is sold
        // before it expires.
        let longest = value.shelfLife > 0 ? min(365, Double(value.shelfLife)) : 365
        units = min(units, max(1, perDay * longest))
        let multiple = max(1, feed.orderMultiple)
        let least = max(Int64(clampedUp: units), feed.minimumQuantity)
        return (least + multiple - 1) / multiple * multiple
    }

    /// The row with the level its target asks for.
    func plan() throws(ReplenishmentError) -> RowPlan {
        guard law.mean > 0 else {
            return RowPlan(self, target: target, lot: 0, reorderPoint: 0, orderUpTo: 0, safetyStock: 0)
        }
        let level: Int64
        switch target {
        case .cycle(let share): level = try ReorderPoint.wholeForCycleService(share, law: protection)
        case .fill(let share): level = try levelForFill(share)
        case .line(let share):
            level = LineFill(value.lines, lot: lot, fill: fill).level(share, near: try levelForFill(share))
        case .cost:
            level = LevelSearch.lowestWhole(from: protection.mean) { !isWorthOneMore(Int64($0)) }
            return plan(level: level, target: .cost(min(1, protection.cumulative(Double(level)))))
        }
        return plan(level: level, target: target)
    }

    /// The row at a level chosen for the whole assortment: the fill rate that comes of it is its promise.
    func plan(level: Int64) -> RowPlan {
        plan(level: level, target: .fill(min(max(fill(Double(level)), 1e-6), 1 - 1e-6)))
    }

    private func plan(level: Int64, target: ServiceTarget) -> RowPlan {
        let safetyStock = level - Int64(law.mean.rounded())
        // Under (R, S) anything missing to S is ordered: s is the highest position below S.
        return lot > 0
            ? RowPlan(
                self, target: target, lot: lot, reorderPoint: level, orderUpTo: level + lot, safetyStock: safetyStock)
            : RowPlan(
                self, target: target, lot: 0, reorderPoint: max(0, level - 1), orderUpTo: level,
                safetyStock: safetyStock)
    }

    private func levelForFill(_ share: Double) throws(ReplenishmentError) -> Int64 {
        guard lot > 0 else {
            return try OrderUpToLevel.wholeForFillRate(share, overLeadTime: overLeadTime, overLeadTimeAndReview: law)
        }
        let start = LevelSearch.start(protection, missed: (1 - share) * cycle)
        return LevelSearch.lowestWhole(from: start) { fill($0) >= share }
    }

    /// Mean units of an order under (R, s, S).
    private var cycle: Double { Double(lot) + undershoot }

    /// Part of demand that a level serves from stock: under (R, s, S) what is short when an order arrives, less what is
    /// still short then, of the units of a cycle.
    func fill(_ level: Double) -> Double {
        guard law.mean > 0 else { return 1 }
        return lot > 0
            ? 1 - max(0, protection.loss(level) - overLeadTime.loss(level + Double(lot))) / cycle
            : OrderUpToLevel.fillRate(level, overLeadTime: overLeadTime, overLeadTimeAndReview: law)
    }

    /// Part of what its target counts that a level serves: more than promised by what whole units add.
    func reached(_ level: Int64, _ target: ServiceTarget) -> Double {
        guard law.mean > 0 else { return 1 }
        return switch target {
        case .cycle, .cost: protection.cumulative(Double(level))
        case .fill: fill(Double(level))
        case .line: LineFill(value.lines, lot: lot, fill: fill).rate(level)
        }
    }

    /// Part of what is bought that expires; nil where nothing does.
    ///
    /// With the oldest sold first, the unit that an order puts at place k of the position expires when less than k is
    /// asked for until its last day (Chiu, 1995), or expires before it. What expires goes as if it were asked for: a
    /// fixed point. A little high: how much expires is steadier than demand of that size would be.
    func waste(_ orderUpTo: Int64) -> Double? {
        guard let overLife, law.mean > 0, orderUpTo > 0 else { return nil }
        let top = Double(orderUpTo)
        let perReview = law.mean * review / (feed.leadTime + review)
        var share = 0.0
        for _ in 0..<100 {
            let mean = overLife.mean / (1 - share)
            let gone = DemandLaw.choose(mean: mean, variance: overLife.variance + mean - overLife.mean)
            let batch = min(top, lot > 0 ? Double(lot) : perReview / (1 - share))
            guard batch > 0 else { return nil }
            let left = batch + gone.loss(top) - gone.loss(top - batch)
            let next = min(0.99, max(0, left / batch))
            if abs(next - share) < 1e-9 { break }
            share += 0.5 * (next - share)
        }
        return share
    }

    /// Whether the unit after `level` saves more shortage than it costs to hold and, with a shelf life, to waste: the
    /// newsvendor's balance over a cycle, which is a review period or the time a lot lasts.
    private func isWorthOneMore(_ level: Int64) -> Bool {
        let perDay = law.mean / (feed.leadTime + review)
        let days = max(review, cycle / perDay)
        let holding = value.unitCost * costs.holdingRate / 365 * days
        // How likely the next unit is wanted.
        let wanted = protection.loss(Double(level)) - protection.loss(Double(level + 1))
        var cost = holding * (1 - wanted)
        if let overLife {
            // One that is not reached before it expires is lost, at most once in its life.
            cost +=
                (value.unitCost - value.salvage) * (days / max(days, Double(value.shelfLife)))
                * overLife.cumulative(Double(level + lot))
        }
        return value.shortage * wanted > cost
    }

    /// The row as an item of the whole assortment.
    func item(_ weighsMargin: Bool) -> StockToService.Item {
        let weight = weighsMargin ? value.margin : 1
        let perReview = law.mean * review / (feed.leadTime + review)
        guard lot > 0 else {
            return StockToService.Item(
                overLeadTime: overLeadTime, overLeadTimeAndReview: law, unitCost: feed.unitCost.major, weight: weight)
        }
        return StockToService.Item(
            protection: protection, overLeadTime: overLeadTime, lot: lot, cycle: cycle, demand: perReview,
            unitCost: feed.unitCost.major, weight: weight)
    }
}
