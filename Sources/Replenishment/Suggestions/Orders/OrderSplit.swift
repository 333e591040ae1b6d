import Retail

/// Shares a need between two suppliers where the chosen one comes too late and a quicker one pays for itself.
enum OrderSplit {
    /// The draft alone, or an urgent part from a quicker supplier followed by the rest from the chosen one.
    ///
    /// The urgent part covers expected demand from the day stock is out, or the quicker goods arrive, to the day the
    /// chosen supplier's arrive. Without it those sales are lost, so it is worth their margin at the quicker price;
    /// what minimum and multiple add beyond costs the difference between the two prices.
    static func parts(
        of draft: PurchaseDraft, offers: [SupplierChoice.Offer], suppliers: [Supplier], calendar: SupplierCalendar,
        options: SuggestionOptions
    ) -> [PurchaseDraft] {
        let today = draft.outlook.today
        guard offers.count > 1, let stockout = draft.outlook.stockout, stockout < draft.receipt else { return [draft] }
        var best: (gain: Double, part: PurchaseDraft)?
        for offer in offers where offer.terms.supplier != draft.supplier {
            let feed = Feed(
                offer, supplier: suppliers[offer.terms.supplier.position], fallback: draft.product.unitCost,
                policy: draft.feed.policy
            ).waiting(calendar, today: today)
            let arrival = today + feed.leadDays
            let gap = draft.outlook.demand(from: max(stockout, arrival), to: draft.receipt)
            guard arrival < draft.receipt, gap > 0 else { continue }
            guard
                var part = PurchaseDraft(
                    target: draft.target, feed: feed, offer: offer, rival: offers.first, outlook: draft.outlook,
                    product: draft.product, need: Int64(clampedUp: gap), options: options)
            else { continue }
            let price = part.ladder.unitCost(part.chain.final).major
            let usual = draft.ladder.unitCost(draft.chain.final).major
            let gain =
                gap * (draft.product.listPrice.major - price) - max(0, Double(part.chain.final) - gap) * (price - usual)
            part.part = .urgent
            if gain > (best?.gain ?? 0) { best = (gain, part) }
        }
        guard let urgent = best?.part else { return [draft] }
        guard draft.chain.need > urgent.chain.final else { return [urgent] }
        var rest = draft
        rest.part = .rest
        rest.chain = draft.ladder.chain(need: draft.chain.need - urgent.chain.final, rounding: options.rounding)
        return [urgent, rest]
    }
}
