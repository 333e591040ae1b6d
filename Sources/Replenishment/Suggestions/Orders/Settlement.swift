public import Retail

/// What a budget bought, and what a larger one could have.
public struct BudgetUse: Sendable, Equatable {
    public var limit: Amount
    /// What all lines together would have cost.
    public var asked: Amount
    public var spent: Amount
    /// What the purchases are worth (margin saved, later order lines saved and discounts, less holding and freight),
    /// and an upper bound on what any purchases within the limit could be.
    public var saved: Amount
    public var bound: Amount
}

/// What all purchases together are worth, and an upper bound on what any choice under the same rules could be.
public struct OrderWorth: Sendable, Equatable {
    public var worth = Amount.zero
    public var bound = Amount.zero
    public init() {}
}

/// Settles all lines of all suppliers at once (`JointOrder`), one kind of rule after another, so that each line can tell
/// what every kind did to it: price breaks; the suppliers' minimum orders; containers; what suppliers can send and
/// warehouses can hold; the budget.
struct Settlement {
    let suppliers: [Supplier]
    let currency: Currency
    let options: SuggestionOptions
    /// Free litres by node; infinity where nothing binds it.
    let spaces: [Double]

    private var terms: [JointOrder.Supplier]
    private var lines: [JointOrder.Line] = []

    init(
        _ drafts: [PurchaseDraft], suppliers: [Supplier], spaces: [Double], currency: Currency,
        options: SuggestionOptions
    ) {
        (self.suppliers, self.spaces, self.currency, self.options) = (suppliers, spaces, currency, options)
        terms = [JointOrder.Supplier](repeating: JointOrder.Supplier(), count: suppliers.count)
        // The rest of a split need starts from what its urgent part brings.
        var urgent: Int64 = 0
        for draft in drafts {
            lines.append(draft.jointLine(options, brought: draft.part == .rest ? urgent : 0))
            urgent = draft.part == .urgent ? draft.chain.afterMultiple : 0
        }
    }

    /// - Parameter budget: money for all lines; nil where nothing binds it.
    mutating func settle(
        _ drafts: inout [PurchaseDraft], budget: Amount?
    ) throws(ReplenishmentError) -> (worth: OrderWorth, budget: BudgetUse?) {
        let used = Set(drafts.map(\.supplier.position))
        var solution = try solve()
        for at in drafts.indices { drafts[at].chain.take(solution.quantities[at], from: \.afterBreak) }

        func asksForMore(_ supplier: Supplier) -> Bool {
            supplier.minimumOrderValue > .zero || supplier.minimumOrderUnits > 0 || supplier.orderCost > .zero
        }
        if used.contains(where: { asksForMore(suppliers[$0]) }) {
            // Lines are rounded to the minor unit: half of one may be lost on each that costs a part of one.
            var lost = [Double](repeating: 0, count: suppliers.count)
            for draft in drafts where !draft.isWholeMinor(currency) { lost[draft.supplier.position] += 0.5 }
            for at in used {
                let least = Double(suppliers[at].minimumOrderValue.minor) - 1e-6 + lost[at]
                terms[at].minimumValue = max(0, least / Double(currency.minorPerMajor))
                terms[at].minimumUnits = suppliers[at].minimumOrderUnits
                terms[at].orderCost = suppliers[at].orderCost.major(in: currency)
            }
            solution = try reach(&drafts, solution, \.afterOrderValue) { terms in
                (terms.minimumValue, terms.minimumUnits, terms.orderCost) = (0, 0, 0)
            } missed: {
                $0.isBelowOrderValue = true
            }
        }
        if used.contains(where: { suppliers[$0].containerVolume > 0 }) {
            for at in used where suppliers[at].containerVolume > 0 {
                terms[at].container = JointOrder.Container(
                    volume: Double(suppliers[at].containerVolume),
                    cost: suppliers[at].containerFreight.major(in: currency),
                    leastFill: suppliers[at].containerFill.fraction)
            }
            solution = try reach(&drafts, solution, \.afterContainer) { terms in
                terms.container = nil
            } missed: {
                $0.isBelowContainer = true
            }
        }
        var isLimited = spaces.contains { $0 < .infinity }
        for at in used where suppliers[at].weeklyCapacity > 0 {
            // What it can send until the next order, in whole weeks of its capacity.
            let weeks = max(1, (Int64(suppliers[at].reviewPeriod) + 6) / 7)
            let (most, overflow) = suppliers[at].weeklyCapacity.multipliedReportingOverflow(by: weeks)
            terms[at].maximumUnits = overflow ? nil : most
            isLimited = true
        }
        if isLimited {
            solution = try solve(spaces: spaces)
            for at in drafts.indices { drafts[at].chain.take(solution.quantities[at], from: \.afterLimits) }
        }
        let asked = try value(drafts)
        var use: BudgetUse?
        if let budget, asked > budget.minor {
            // Every line is rounded to the minor unit: half of one may be lost on each.
            let limit = max(0, Double(budget.minor) - 0.5 * Double(drafts.count))
            solution = try solve(budget: limit / Double(currency.minorPerMajor), spaces: spaces)
            for at in drafts.indices { drafts[at].chain.take(solution.quantities[at], from: \.afterBudget) }
            use = BudgetUse(
                limit: budget, asked: Amount(minor: asked), spent: Amount(minor: try value(drafts)),
                saved: money(solution.value, at: 1, currency), bound: money(solution.upperBound, at: 1, currency))
        }
        var worth = OrderWorth()
        worth.worth = money(solution.value, at: 1, currency)
        worth.bound = money(solution.upperBound, at: 1, currency)
        return (worth, use)
    }

    private func solve(budget: Double = .infinity, spaces: [Double] = []) throws(ReplenishmentError)
        -> JointOrder.Solution
    {
        try JointOrder(lines: lines, suppliers: terms, budget: budget, spaces: spaces).solve()
    }

    /// Solves with a further kind of rule. Where a supplier's order cannot follow it, or it costs more than the whole
    /// order is worth, its lines are left as they were, marked, and the rule no longer counts.
    private mutating func reach(
        _ drafts: inout [PurchaseDraft], _ before: JointOrder.Solution, _ step: WritableKeyPath<QuantityChain, Int64>,
        without drop: (inout JointOrder.Supplier) -> Void, missed: (inout PurchaseDraft) -> Void
    ) throws(ReplenishmentError) -> JointOrder.Solution {
        var solution = try solve()
        let lost = Set(suppliers.indices.filter { before.isOrdered[$0] && !solution.isOrdered[$0] })
        if !lost.isEmpty {
            for supplier in lost { drop(&terms[supplier]) }
            solution = try solve()
        }
        for at in drafts.indices {
            drafts[at].chain.take(solution.quantities[at], from: step)
            if lost.contains(drafts[at].supplier.position) { missed(&drafts[at]) }
        }
        return solution
    }

    private func value(_ drafts: [PurchaseDraft]) throws(ReplenishmentError) -> Int64 {
        var sum: Int64 = 0
        for draft in drafts {
            let (next, overflow) = sum.addingReportingOverflow(try draft.value(draft.chain.final, in: currency).minor)
            if overflow { throw .overflow("the money of all purchases") }
            sum = next
        }
        return sum
    }
}

extension QuantityChain {
    /// The quantity after one step, and after those that follow until they say otherwise.
    fileprivate mutating func take(_ quantity: Int64, from step: WritableKeyPath<QuantityChain, Int64>) {
        let steps: [WritableKeyPath<QuantityChain, Int64>] = [
            \.afterBreak, \.afterOrderValue, \.afterContainer, \.afterLimits, \.afterBudget,
        ]
        for later in steps.drop(while: { $0 != step }) { self[keyPath: later] = quantity }
    }
}

extension PurchaseDraft {
    /// Whether every price of the line is a whole number of minor units.
    fileprivate func isWholeMinor(_ currency: Currency) -> Bool {
        ladder.breaks.allSatisfy { $0.unitCost.units % currency.unitsPerMinor == 0 }
    }

    /// The line as the joint order sees it.
    ///
    /// - Parameter brought: units that another part of the same need brings.
    func jointLine(_ options: SuggestionOptions, brought: Int64) -> JointOrder.Line {
        let free = outlook.position.free + brought
        let span = feed.leadTime + Double(max(1, feed.reviewPeriod))
        let units = chain.afterMultiple
        let multiple = ladder.orderMultiple
        let most = Int64(clampedUp: options.longestCover * outlook.perDay - Double(max(0, free)))
        let asked = JointOrder.Asked(
            units: units, most: max(units, most / multiple * multiple), again: options.costs.orderLine,
            left: max(0, Double(free) - outlook.perDay * feed.leadTime))
        let prices = ladder.breaks.enumerated().map { place, step in
            (from: place == 0 ? 1 : Int64(step.from), price: step.unitCost.major)
        }
        return JointOrder.Line(
            supplier: supplier.position, place: target.node.position, law: outlook.law, position: free,
            shortage: margin, holding: options.costs.holdingPerDay(ladder.unitCost(units)) * span,
            terms: LineTerms(
                prices: prices, isIncremental: ladder.rule == .incremental, minimum: ladder.minimumQuantity,
                multiple: multiple, unitVolume: Double(product.volume) / 1_000),
            asked: asked)
    }
}
