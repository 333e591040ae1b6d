import Retail

/// Brings each supplier's order up to its minimum value with the goods that are needed next.
enum OrderValue {
    /// Raises the lines of a supplier below its minimum order value to one common cover in days, the smallest that
    /// reaches it: the lines that run out first grow first, and none beyond `longestCover`. An order that stays below
    /// is left as it was needed and flagged.
    static func topUp(
        _ drafts: inout [PurchaseDraft], suppliers: [Supplier], currency: Currency, options: SuggestionOptions
    ) throws(ReplenishmentError) {
        var bySupplier = [[Int]](repeating: [], count: suppliers.count)
        for (line, draft) in drafts.enumerated() { bySupplier[draft.supplier.position].append(line) }
        for (supplier, lines) in bySupplier.enumerated() where !lines.isEmpty {
            let minimum = suppliers[supplier].minimumOrderValue
            guard try total(drafts, lines, currency, cover: 0) < minimum else { continue }
            guard try total(drafts, lines, currency, cover: options.longestCover) >= minimum else {
                for line in lines { drafts[line].isBelowOrderValue = true }
                continue
            }
            var below = 0.0
            var above = options.longestCover
            // A hundredth of a day is finer than any order multiple.
            while above - below > 0.01 {
                let middle = 0.5 * (below + above)
                if try total(drafts, lines, currency, cover: middle) >= minimum {
                    above = middle
                } else {
                    below = middle
                }
            }
            for line in lines { drafts[line].chain.afterOrderValue = quantity(drafts[line], cover: above) }
        }
    }

    /// The line's quantity when stock after it must last `cover` days, never less than was needed.
    private static func quantity(_ draft: PurchaseDraft, cover: Double) -> Int64 {
        let wanted = Int64(clampedUp: cover * draft.perDay) - max(0, draft.position.free)
        guard wanted > draft.chain.afterBreak else { return draft.chain.afterBreak }
        return draft.ladder.roundedUp(wanted)
    }

    private static func total(
        _ drafts: [PurchaseDraft], _ lines: [Int], _ currency: Currency, cover: Double
    ) throws(ReplenishmentError) -> Amount {
        var sum: Int64 = 0
        for line in lines {
            let value = try drafts[line].value(quantity(drafts[line], cover: cover), in: currency)
            let (next, overflow) = sum.addingReportingOverflow(value.minor)
            if overflow { throw .overflow("the value of a supplier's order") }
            sum = next
        }
        return Amount(minor: sum)
    }
}
