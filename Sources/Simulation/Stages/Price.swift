import NumericCore
import Retail

/// Prices of an order as it is placed: unit prices, then savings by layers, then gifts.
extension Replication {
    /// A line at the price of the moment; flash units are taken from the sale's cap in order.
    @inline(__always)
    mutating func priced(_ sku: Int, _ quantity: Int32, channel: Int) -> WorkLine {
        let cell = channel * prepared.skuCount + sku
        var price = board.prices[cell]
        var share = Int64(board.cutShares[cell])
        let sale = Int(board.flash[cell])
        var taken: Int16 = LineRow.noSale
        if sale >= 0 && capLeft[sale] >= Int64(quantity) && board.flashPrices[cell] < price {
            capLeft[sale] -= Int64(quantity)
            price = board.flashPrices[cell]
            share = promotionShares[sale]
            taken = Int16(sale)
        }
        let list = terms.minor(terms.listPrices[sku] * Int64(quantity))
        let due = price == terms.listPrices[sku] ? list : terms.minor(price * Int64(quantity))
        let cut = list - due
        let merchant = share == 1_000_000 ? cut : Rate(partsPerMillion: share).of(cut)
        return WorkLine(
            sku: Int32(sku), quantity: quantity, list: list, cut: merchant, due: due, subsidy: cut - merchant,
            sale: taken)
    }

    /// The savings an order gets: the largest of each layer (shop, platform, coupon), each on what the layers before
    /// have left to pay; or the largest that stands alone, when that saves more than all the others together.
    mutating func takeSavings(_ slot: Int) {
        let channel = Int(pool.orders[slot].channel)
        if board.savings[channel].isEmpty { return }
        let entity = pool.orders[slot].entity
        let alone = Int(PromotionStacking.alone.layer)
        let (single, singleValue) = bestSaving(layer: alone, channel: channel, entity: entity)
        if single >= 0 { keepAmounts() }
        var chosen = SIMD4<Int16>(repeating: -1)
        var total: Int64 = 0
        for layer in 0..<alone {
            let (best, value) = bestSaving(layer: layer, channel: channel, entity: entity)
            if best < 0 { continue }
            apply(best, value)
            chosen[layer] = Int16(best)
            total += value
        }
        if single >= 0 && singleValue > total {
            restoreAmounts()
            apply(single, singleValue)
            chosen = SIMD4(Int16(single), -1, -1, -1)
        }
        for place in 0..<4 where chosen[place] >= 0 { capLeft[Int(chosen[place])] -= 1 }
        pool.orders[slot].promotions = chosen
    }

    /// The promotion of a layer that saves this order most, as its lines stand; -1 is none.
    private mutating func bestSaving(layer: Int, channel: Int, entity: UInt64) -> (promotion: Int, value: Int64) {
        var (best, most): (Int, Int64) = (-1, 0)
        for number in board.savings[channel] where Int(savingTerms.stackings[number]) == layer && capLeft[number] > 0 {
            let threshold = savingTerms.thresholds[number]
            let spent = spent(in: number)
            guard spent > 0, spent >= threshold, isHeld(number, by: entity) else { continue }
            let times = threshold > 0 ? min(spent / threshold, savingTerms.times[number]) : 1
            let value = min(savingTerms.savings[number] * times, spent)
            if value > most { (best, most) = (number, value) }
        }
        return (best, most)
    }

    /// Whether the buyer holds the coupon; everybody does unless it says otherwise.
    private mutating func isHeld(_ promotion: Int, by entity: UInt64) -> Bool {
        let part = savingTerms.heldBy[promotion]
        if part >= 1 { return true }
        return random(.coupon, combine(entity, savingTerms.entities[promotion])).uniform(at: 0) < part
    }

    private mutating func spent(in promotion: Int) -> Int64 {
        var sum: Int64 = 0
        for line in 0..<scratch.lines.count where isInScope(promotion, Int(scratch.lines[line].sku)) {
            sum += scratch.lines[line].due
        }
        return sum
    }

    /// Shares a saving over the lines in scope to the cent, and each part between merchant and platform.
    private mutating func apply(_ promotion: Int, _ value: Int64) {
        scratch.weights.removeAll()
        for line in 0..<scratch.lines.count {
            let isIn = isInScope(promotion, Int(scratch.lines[line].sku))
            scratch.weights.append(isIn ? scratch.lines[line].due : 0)
        }
        scratch.allocate(value)
        let share = Rate(partsPerMillion: promotionShares[promotion])
        for line in 0..<scratch.lines.count where scratch.amounts[line] > 0 {
            let saved = scratch.amounts[line]
            let merchant = share.of(saved)
            scratch.lines[line].due -= saved
            scratch.lines[line].discount += merchant
            scratch.lines[line].subsidy += saved - merchant
        }
    }

    private mutating func keepAmounts() {
        scratch.kept.removeAll()
        for line in 0..<scratch.lines.count { scratch.kept.append(scratch.lines[line]) }
    }

    private mutating func restoreAmounts() {
        for line in 0..<scratch.lines.count { scratch.lines[line] = scratch.kept[line] }
    }

    /// Adds the gift of the highest threshold the order reaches, when the shop shows enough of it: a line of its own
    /// that takes stock and costs nothing, its list value given away as a price cut.
    mutating func addGift(_ slot: Int) {
        let channel = Int(pool.orders[slot].channel)
        if board.gifts[channel].isEmpty { return }
        var (best, highest): (Int, Int64) = (-1, -1)
        for number in board.gifts[channel] where capLeft[number] > 0 {
            let threshold = savingTerms.thresholds[number]
            let spent = spent(in: number)
            if spent > 0 && spent >= threshold && threshold > highest { (best, highest) = (number, threshold) }
        }
        guard best >= 0 else { return }
        let (sku, quantity) = (Int(savingTerms.gifts[best]), savingTerms.giftQuantities[best])
        var taken = Int64(quantity)
        for line in 0..<scratch.lines.count where Int(scratch.lines[line].sku) == sku {
            taken += Int64(scratch.lines[line].quantity)
        }
        guard stock.shown(channel, sku) >= taken else { return }
        let list = terms.minor(terms.listPrices[sku] * Int64(quantity))
        let merchant = Rate(partsPerMillion: promotionShares[best]).of(list)
        scratch.lines.append(
            WorkLine(
                sku: Int32(sku), quantity: quantity, list: list, cut: merchant, due: 0, subsidy: list - merchant,
                sale: LineRow.gift))
        capLeft[best] -= 1
        pool.orders[slot].promotions[3] = Int16(best)
        counters.giftUnits += Int64(quantity)
    }

    /// An order that comes to nothing gives back what it has taken of caps and coupon budgets.
    mutating func giveBackCaps(_ slot: Int) {
        if prepared.world.promotions.isEmpty { return }
        let order = pool.orders[slot]
        for place in 0..<4 where order.promotions[place] >= 0 { capLeft[Int(order.promotions[place])] += 1 }
        pool.orders[slot].promotions = SIMD4(repeating: -1)
        guard order.lineBase >= 0 else { return }
        for line in Int(order.lineBase)..<Int(order.lineBase + order.lineCount) { giveBackFlash(pool.lines[line]) }
    }

    @inline(__always)
    mutating func giveBackFlash(_ line: LineRow) {
        if line.sale >= 0 { capLeft[Int(line.sale)] += Int64(line.quantity) }
    }

    @inline(__always)
    private mutating func isInScope(_ promotion: Int, _ sku: Int) -> Bool {
        scopes[promotion * prepared.skuCount + sku]
    }
}
