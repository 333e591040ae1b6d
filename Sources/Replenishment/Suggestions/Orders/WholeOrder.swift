import Retail

/// What is settled for a supplier's order as a whole, once its lines are known: minimum value and units, containers.
enum WholeOrder {
    /// Raises each supplier's lines to what its order as a whole must reach.
    ///
    /// All lines of the supplier are raised to one common cover in days, the smallest that reaches it: the lines that
    /// run out first grow first, and none beyond `longestCover`. An order that stays below is left as it was needed
    /// and flagged.
    static func settle(
        _ drafts: inout [PurchaseDraft], suppliers: [Supplier], currency: Currency, options: SuggestionOptions
    ) throws(ReplenishmentError) {
        var bySupplier = [[Int]](repeating: [], count: suppliers.count)
        for (line, draft) in drafts.enumerated() { bySupplier[draft.supplier.position].append(line) }
        for (position, lines) in bySupplier.enumerated() where !lines.isEmpty {
            let supplier = suppliers[position]
            try reachMinimum(&drafts, lines, supplier, currency, options)
            for line in lines { drafts[line].chain.continueFromOrderValue() }
            try fillContainer(&drafts, lines, supplier, options)
            for line in lines { drafts[line].chain.afterBudget = drafts[line].chain.afterContainer }
        }
    }

    private static func reachMinimum(
        _ drafts: inout [PurchaseDraft], _ lines: [Int], _ supplier: Supplier, _ currency: Currency,
        _ options: SuggestionOptions
    ) throws(ReplenishmentError) {
        guard supplier.minimumOrderValue > .zero || supplier.minimumOrderUnits > 0 else { return }
        let raised = try raise(drafts, lines, from: \.afterBreak, options) {
            (quantities: [Int64]) throws(ReplenishmentError) -> Bool in
            var (value, units) = (Int64(0), Int64(0))
            for (k, line) in lines.enumerated() {
                value = try sum(value, try drafts[line].value(quantities[k], in: currency).minor)
                units = try sum(units, quantities[k])
            }
            return value >= supplier.minimumOrderValue.minor && units >= supplier.minimumOrderUnits
        }
        for (k, line) in lines.enumerated() {
            if let raised { drafts[line].chain.afterOrderValue = raised[k] }
            drafts[line].isBelowOrderValue = raised == nil
        }
    }

    /// Fills the last container to the part from which the supplier sends it.
    private static func fillContainer(
        _ drafts: inout [PurchaseDraft], _ lines: [Int], _ supplier: Supplier, _ options: SuggestionOptions
    ) throws(ReplenishmentError) {
        let (size, overflow) = supplier.containerVolume.multipliedReportingOverflow(by: 1_000)
        guard size > 0 else { return }
        if overflow { throw .overflow("the volume of a container") }
        var volume: Int64 = 0
        for line in lines { volume = try sum(volume, try drafts[line].volume(drafts[line].chain.afterOrderValue)) }
        let least = supplier.containerFill.of(size)
        let inLast = volume % size
        guard inLast > 0, inLast < least else { return }
        let wanted = volume - inLast + least
        let raised = try raise(drafts, lines, from: \.afterOrderValue, options) {
            (quantities: [Int64]) throws(ReplenishmentError) -> Bool in
            var sum: Int64 = 0
            for (k, line) in lines.enumerated() { sum = try Self.sum(sum, try drafts[line].volume(quantities[k])) }
            return sum >= wanted
        }
        for (k, line) in lines.enumerated() {
            if let raised { drafts[line].chain.afterContainer = raised[k] }
            drafts[line].isBelowContainer = raised == nil
        }
    }

    /// The lines' quantities at the smallest common cover at which `reaches` holds; nil when it does not even at the
    /// longest cover allowed.
    private static func raise(
        _ drafts: [PurchaseDraft], _ lines: [Int], from step: KeyPath<QuantityChain, Int64>,
        _ options: SuggestionOptions, reaches: ([Int64]) throws(ReplenishmentError) -> Bool
    ) throws(ReplenishmentError) -> [Int64]? {
        func quantities(_ cover: Double) -> [Int64] {
            lines.map { line in
                let draft = drafts[line]
                let base = draft.chain[keyPath: step]
                let wanted = Int64(clampedUp: cover * draft.outlook.perDay) - max(0, draft.outlook.position.free)
                return wanted > base ? draft.ladder.rounded(wanted) : base
            }
        }
        let asNeeded = lines.map { drafts[$0].chain[keyPath: step] }
        if try reaches(asNeeded) { return asNeeded }
        guard try reaches(quantities(options.longestCover)) else { return nil }
        var below = 0.0
        var above = options.longestCover
        // A hundredth of a day is finer than any order multiple.
        while above - below > 0.01 {
            let middle = 0.5 * (below + above)
            if try reaches(quantities(middle)) { above = middle } else { below = middle }
        }
        return quantities(above)
    }

    private static func sum(_ a: Int64, _ b: Int64) throws(ReplenishmentError) -> Int64 {
        let (sum, overflow) = a.addingReportingOverflow(b)
        if overflow { throw .overflow("the total of a supplier's order") }
        return sum
    }
}

extension QuantityChain {
    /// Later steps start from what the order as a whole asked for.
    fileprivate mutating func continueFromOrderValue() {
        afterOrderValue = max(afterOrderValue, afterBreak)
        afterContainer = afterOrderValue
    }
}
