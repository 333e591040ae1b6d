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

    /// From need to the least order that covers it. No need, no order: a minimum alone never creates one.
    ///
    /// - Parameter rounding: how the need is brought to the order multiple; the minimum is always kept.
    public func chain(need: Int64, rounding: RoundingRule = .up) -> QuantityChain {
        guard need > 0 else { return QuantityChain(need: 0, afterMinimum: 0, afterMultiple: 0) }
        let afterMinimum = max(need, minimumQuantity)
        let base = max(rounded(afterMinimum, rounding), rounded(minimumQuantity))
        return QuantityChain(need: need, afterMinimum: afterMinimum, afterMultiple: base, rounding: rounding)
    }
}
