public import Retail

/// The quantity rules of one supplier for one SKU.
public struct PriceLadder: Sendable, Equatable {
    public var minimumQuantity: Int64
    public var orderMultiple: Int64
    /// Ascending by quantity; the first holds from the start.
    public var breaks: [PriceBreak]

    public init(_ terms: SupplyTerms, fallback: UnitPrice) {
        minimumQuantity = max(1, Int64(terms.minimumQuantity))
        orderMultiple = max(1, Int64(terms.orderMultiple))
        breaks = terms.breaks.sorted { $0.from < $1.from }
        if breaks.isEmpty { breaks = [PriceBreak(from: 1, unitCost: fallback)] }
    }

    /// The price of each unit of an order of `quantity` (all-units breaks: the lower price holds for every unit).
    public func unitCost(_ quantity: Int64) -> UnitPrice {
        var price = breaks.first?.unitCost ?? .zero
        for step in breaks where Int64(step.from) <= quantity { price = step.unitCost }
        return price
    }

    /// Rounded up to the order multiple: never below what is needed or required.
    public func roundedUp(_ quantity: Int64) -> Int64 {
        (quantity + orderMultiple - 1) / orderMultiple * orderMultiple
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
    public func chain(need: Int64, perDay: Double, holdingRate: Double, longestCover: Double) -> QuantityChain {
        guard need > 0 else { return QuantityChain(need: 0, afterMinimum: 0, afterMultiple: 0, afterBreak: 0) }
        let afterMinimum = max(need, minimumQuantity)
        let base = roundedUp(afterMinimum)
        var best = base
        var bestSaving = 0.0
        for step in breaks where Int64(step.from) > base && perDay > 0 {
            let quantity = roundedUp(Int64(step.from))
            guard Double(quantity) <= longestCover * perDay else { continue }
            let price = unitCost(quantity).major
            let extra = Double(quantity - base)
            let heldYears = (Double(base) + 0.5 * extra) / perDay / 365
            // The extra units would have been bought later at the price of the order without them.
            let saving = Double(quantity) * (unitCost(base).major - price) - extra * price * holdingRate * heldYears
            if saving > bestSaving {
                best = quantity
                bestSaving = saving
            }
        }
        return QuantityChain(need: need, afterMinimum: afterMinimum, afterMultiple: base, afterBreak: best)
    }
}
