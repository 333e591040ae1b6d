public import Retail

/// The quantity rules of one supplier for one SKU.
public struct PriceLadder: Sendable, Equatable {
    public var minimumQuantity: Int64
    public var orderMultiple: Int64
    /// Ascending by quantity; the first holds from the start.
    public var breaks: [PriceBreak]
    public var rule: PriceBreakRule

    public init(_ terms: SupplyTerms, fallback: UnitPrice) {
        minimumQuantity = max(1, Int64(terms.minimumQuantity))
        orderMultiple = max(1, Int64(terms.orderMultiple))
        breaks = terms.breaks.sorted { $0.from < $1.from }
        rule = terms.breakRule
        if breaks.isEmpty { breaks = [PriceBreak(from: 1, unitCost: fallback)] }
    }

    /// The price of the last unit of an order of `quantity`.
    public func marginalCost(_ quantity: Int64) -> UnitPrice {
        var price = breaks.first?.unitCost ?? .zero
        for step in breaks where Int64(step.from) <= quantity { price = step.unitCost }
        return price
    }

    /// What a unit of an order of `quantity` costs on average.
    public func unitCost(_ quantity: Int64) -> UnitPrice {
        guard rule == .incremental, quantity > 0 else { return marginalCost(quantity) }
        let (sum, overflow) = cost(quantity)
        return overflow ? marginalCost(quantity) : UnitPrice(units: roundedDivision(sum, by: quantity))
    }

    /// What the whole line costs, rounded once.
    public func value(_ quantity: Int64, in currency: Currency) throws(QuantityError) -> Amount {
        guard rule == .incremental else { return try marginalCost(quantity).amount(quantity, in: currency) }
        let (sum, overflow) = cost(quantity)
        if overflow { throw .overflow("the value of an order line") }
        return Amount(minor: roundedDivision(sum, by: currency.unitsPerMinor))
    }

    /// Ten-thousandths of the major unit for the whole line.
    private func cost(_ quantity: Int64) -> (Int64, Bool) {
        if rule == .allUnits {
            return marginalCost(quantity).units.multipliedReportingOverflow(by: quantity)
        }
        var sum: Int64 = 0
        var overflows = false
        for (k, step) in breaks.enumerated() {
            let first = k == 0 ? 1 : Int64(step.from)
            let last = k + 1 < breaks.count ? min(quantity, Int64(breaks[k + 1].from) - 1) : quantity
            guard last >= first else { continue }
            let (part, tooLarge) = step.unitCost.units.multipliedReportingOverflow(by: last - first + 1)
            let (next, tooMuch) = sum.addingReportingOverflow(part)
            overflows = overflows || tooLarge || tooMuch
            sum = next
        }
        return (sum, overflows)
    }

    /// Rounded to the order multiple. Rounding up saturates at the largest multiple that 64 bits hold.
    public func rounded(_ quantity: Int64, _ rule: RoundingRule = .up) -> Int64 {
        let below = quantity / orderMultiple * orderMultiple
        let left = quantity - below
        let (next, overflow) = below.addingReportingOverflow(orderMultiple)
        let above = left == 0 || overflow ? below : next
        switch rule {
        case .up: return above
        case .nearest: return below > 0 && left < orderMultiple - left ? below : above
        case .down: return below > 0 ? below : above
        }
    }

    /// From need to order quantity. No need, no order: a minimum alone never creates one.
    ///
    /// A price break is taken when what it saves on the whole order is more than what holding the extra units costs:
    /// each is held until the order without them is used up and then, on average, half the time the extra lasts.
    ///
    /// - Parameters:
    ///   - perDay: expected units a day.
    ///   - holdingRate: part of a unit's cost that holding it for a year costs.
    ///   - longestCover: days the whole order may last when it is enlarged for a price.
    ///   - rounding: how the need is brought to the order multiple; the minimum is always kept.
    public func chain(
        need: Int64, perDay: Double, holdingRate: Double, longestCover: Double, rounding: RoundingRule = .up
    ) -> QuantityChain {
        guard need > 0 else { return QuantityChain(need: 0, afterMinimum: 0, afterMultiple: 0, afterBreak: 0) }
        let afterMinimum = max(need, minimumQuantity)
        let base = max(rounded(afterMinimum, rounding), rounded(minimumQuantity))
        var best = base
        var bestSaving = 0.0
        for step in breaks where Int64(step.from) > base && perDay > 0 {
            let quantity = rounded(Int64(step.from))
            guard Double(quantity) <= longestCover * perDay else { continue }
            let (whole, without) = (cost(quantity), cost(base))
            guard !whole.1, !without.1 else { continue }
            let extra = Double(quantity - base)
            let heldYears = (Double(base) + 0.5 * extra) / perDay / 365
            let price = unitCost(quantity).major
            // The extra units would have been bought later at the price of the order without them.
            let later = extra * unitCost(base).major
            let saving =
                (Double(without.0) - Double(whole.0)) / 10_000 + later - extra * price * holdingRate * heldYears
            if saving > bestSaving {
                best = quantity
                bestSaving = saving
            }
        }
        return QuantityChain(
            need: need, afterMinimum: afterMinimum, afterMultiple: base, rounding: rounding, afterBreak: best)
    }
}
