public import Retail

/// What a budget bought, and what a larger one could have.
public struct BudgetUse: Sendable, Equatable {
    public var limit: Amount
    /// What all lines together would have cost.
    public var asked: Amount
    public var spent: Amount
    /// Margin that the purchases are expected to save, and an upper bound on what any purchases within the limit
    /// could save.
    public var saved: Amount
    public var bound: Amount
}

/// Cuts the lines of all suppliers to what there is money for, where each yuan saves most.
enum BudgetCut {
    /// Each line is offered in steps (the supplier's minimum first, then whole multiples), each worth the lost margin
    /// it is expected to save. Steps are bought by worth per money until the budget is spent. Since lost sales fall
    /// ever more slowly, the steps of a line come in order; the linear relaxation of the same choice is the bound.
    ///
    /// - Returns: nil where there is no budget for the day, or it is enough for everything.
    static func apply(
        _ drafts: inout [PurchaseDraft], budgets: [Budget], today: Day, currency: Currency
    ) throws(ReplenishmentError) -> BudgetUse? {
        let current = budgets.filter { $0.from <= today && today <= $0.through }
        guard !current.isEmpty else { return nil }
        var limit: Int64 = 0
        for budget in current { limit = try add(limit, budget.amount.minor) }
        var asked: Int64 = 0
        for draft in drafts { asked = try add(asked, try draft.value(draft.chain.final, in: currency).minor) }
        guard asked > limit else { return nil }
        var steps: [Step] = []
        for (line, draft) in drafts.enumerated() { steps += try Self.steps(draft, line, currency) }
        steps.sort { ($1.ratio, $0.line, $0.quantity) < ($0.ratio, $1.line, $1.quantity) }
        var bought = [Int64](repeating: 0, count: drafts.count)
        var isClosed = [Bool](repeating: false, count: drafts.count)
        var (spent, saved, bound) = (Int64(0), 0.0, 0.0)
        var relaxedLeft = Double(limit)
        for step in steps {
            if relaxedLeft > 0 {
                let part = step.cost > 0 ? min(1, relaxedLeft / Double(step.cost)) : 1
                bound += part * step.worth
                relaxedLeft -= part * Double(step.cost)
            }
            guard !isClosed[step.line] else { continue }
            guard spent + step.cost <= limit else {
                isClosed[step.line] = true
                continue
            }
            spent += step.cost
            saved += step.worth
            bought[step.line] = step.quantity
        }
        spent = 0
        for line in drafts.indices {
            drafts[line].chain.afterBudget = bought[line]
            spent = try add(spent, try drafts[line].value(bought[line], in: currency).minor)
        }
        return BudgetUse(
            limit: Amount(minor: limit), asked: Amount(minor: asked), spent: Amount(minor: spent),
            saved: money(saved, at: 1, currency), bound: money(bound, at: 1, currency))
    }

    private struct Step {
        var line: Int
        /// The line's quantity once the step is bought.
        var quantity: Int64
        /// Minor units.
        var cost: Int64
        /// Margin saved, major units.
        var worth: Double
        var ratio: Double { worth / Double(max(1, cost)) }
    }

    /// At most this many steps for a line: fine enough, and the count of all steps stays bounded.
    private static let stepsOfLine: Int64 = 16

    private static func steps(
        _ draft: PurchaseDraft, _ line: Int, _ currency: Currency
    ) throws(ReplenishmentError) -> [Step] {
        let final = draft.chain.final
        guard final > 0 else { return [] }
        let multiple = draft.ladder.orderMultiple
        let least = min(final, draft.ladder.rounded(draft.ladder.minimumQuantity))
        let width = max(1, (final - least) / multiple / stepsOfLine + 1) * multiple
        var quantities: [Int64] = []
        var quantity = least
        while quantity < final {
            quantities.append(quantity)
            quantity += width
        }
        quantities.append(final)
        let margin = draft.margin
        var steps: [Step] = []
        var (before, short) = (Int64(0), draft.outlook.short())
        for quantity in quantities {
            let value = try draft.value(quantity, in: currency).minor
            let left = draft.outlook.short(Double(quantity))
            // A larger quantity may cost no more where a price break lies between.
            let cost = max(0, value - before)
            let worth = max(0, short - left) * margin
            var step = Step(line: line, quantity: quantity, cost: cost, worth: worth)
            // The minimum may be worth less than what comes after it: such steps are bought together.
            while let last = steps.last, last.ratio < step.ratio {
                step.cost += last.cost
                step.worth += last.worth
                steps.removeLast()
            }
            steps.append(step)
            (before, short) = (max(before, value), left)
        }
        return steps
    }

    private static func add(_ a: Int64, _ b: Int64) throws(ReplenishmentError) -> Int64 {
        let (sum, overflow) = a.addingReportingOverflow(b)
        if overflow { throw .overflow("the money of all purchases") }
        return sum
    }
}
