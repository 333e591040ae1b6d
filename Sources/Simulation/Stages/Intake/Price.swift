import NumericCore
import Retail

/// Prices of an order as it is placed: unit prices, then savings by layers, then gifts.
extension Replication {
    /// A line at the price of the moment; flash and presale units are taken from the offer's cap in order.
    @inline(__always)
    mutating func priced(_ sku: Int, _ quantity: Int32, channel: Int, segment: Int, at now: Int64) -> WorkLine {
        let cell = board.cell(channel, sku)
        var price = cell.price
        var share = Int64(cell.cutShare)
        let sale = Int(cell.offer)
        var taken: Int16 = LineRow.noSale
        if sale >= 0 && capLeft[sale] >= Int64(quantity) && (cell.isPresale || cell.offerPrice < price) {
            capLeft[sale] -= Int64(quantity)
            price = cell.offerPrice
            share = promotionShares[sale]
            taken = Int16(sale)
        }
        if !specials.isEmpty && taken < 0 {
            let special = specials.lowest(
                price, sku: sku, quantity: quantity, channel: channel, segment: segment, at: now)
            if special < price { (price, share) = (special, 1_000_000) }
        }
        // Where a channel asks for more than the list price, its price is the list.
        let listPrice = max(terms.listPrices[sku], price)
        let list = terms.minor(listPrice * Int64(quantity))
        let due = price == listPrice ? list : terms.minor(price * Int64(quantity))
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
        let alone = SavingTerms.alone
        let (single, singleValue) = bestSaving(layer: alone, slot)
        if single >= 0 { keepAmounts() }
        var chosen = SIMD4<Int16>(repeating: -1)
        var total: Int64 = 0
        for layer in 0..<alone {
            let (best, value) = bestSaving(layer: layer, slot)
            if best < 0 { continue }
            apply(best, value)
            chosen[layer] = Int16(best)
            total += value
        }
        if single >= 0 && singleValue > total {
            restoreLines()
            apply(single, singleValue)
            chosen = SIMD4(Int16(single), -1, -1, -1)
        }
        var taken = 0
        for place in 0..<4 where chosen[place] >= 0 {
            use(Int(chosen[place]), 1, slot)
            taken += 1
        }
        if taken > 1 { flow.ordersStacked += 1 }
        pool.orders[slot].promotions = chosen
    }

    /// The promotion of a layer that saves this order most, as its lines stand; -1 is none.
    private mutating func bestSaving(layer: Int, _ slot: Int) -> (promotion: Int, value: Int64) {
        let place = Int(pool.orders[slot].channel) * SavingTerms.layers + layer
        if board.layers[place].isEmpty { return (-1, 0) }
        var (best, most): (Int, Int64) = (-1, 0)
        for number in board.layers[place] where isOpen(number, to: slot) {
            guard isHeld(number, by: entity(of: pool.orders[slot])) else { continue }
            let value = saving(of: number)
            if value > most { (best, most) = (number, value) }
        }
        return (best, most)
    }

    /// What a promotion saves on the lines as they stand: once over all of them, or shop by shop.
    private mutating func saving(of number: Int) -> Int64 {
        if !savingTerms.perShop[number] { return saving(of: number, spent: spent(in: number)) }
        var value: Int64 = 0
        for line in 0..<scratch.lines.count where isFirstOfShop(line, in: number) {
            value += saving(of: number, spent: spent(in: number, shop: shop(line)))
        }
        return value
    }

    private mutating func saving(of number: Int, spent: Int64) -> Int64 {
        let threshold = savingTerms.thresholds[number]
        guard spent > 0, spent >= threshold else { return 0 }
        let times = threshold > 0 ? min(spent / threshold, savingTerms.times[number]) : 1
        return min(savingTerms.savings[number] * times, spent)
    }

    /// Whether the promotion's budget, and the buyer's part of it, still has room for the order.
    private mutating func isOpen(_ promotion: Int, to slot: Int) -> Bool {
        guard capLeft[promotion] > 0 else { return false }
        guard savingTerms.hasPerCustomer, savingTerms.perCustomer[promotion] != .max else { return true }
        return uses.count(useKey(promotion, slot)) < savingTerms.perCustomer[promotion]
    }

    /// Takes of, or gives back to, the promotion's budget and the buyer's part of it.
    private mutating func use(_ promotion: Int, _ orders: Int32, _ slot: Int) {
        capLeft[promotion] -= Int64(orders)
        guard savingTerms.hasPerCustomer, savingTerms.perCustomer[promotion] != .max else { return }
        uses.add(orders, to: useKey(promotion, slot))
    }

    private mutating func useKey(_ promotion: Int, _ slot: Int) -> UInt64 {
        combine(savingTerms.entities[promotion], buyer(of: pool.orders[slot]))
    }

    /// Whether the buyer holds the coupon; everybody does unless it says otherwise.
    private mutating func isHeld(_ promotion: Int, by entity: UInt64) -> Bool {
        let part = savingTerms.heldBy[promotion]
        if part >= 1 { return true }
        return random(.coupon, combine(entity, savingTerms.entities[promotion])).uniform(at: 0) < part
    }

    private mutating func spent(in promotion: Int, shop only: Int32? = nil) -> Int64 {
        var sum: Int64 = 0
        for line in 0..<scratch.lines.count where isInScope(promotion, Int(scratch.lines[line].sku)) {
            if let only, shop(line) != only { continue }
            sum += scratch.lines[line].due
        }
        return sum
    }

    @inline(__always)
    private mutating func shop(_ line: Int) -> Int32 { terms.shops[Int(scratch.lines[line].sku)] }

    private mutating func isFirstOfShop(_ line: Int, in promotion: Int) -> Bool {
        guard isInScope(promotion, Int(scratch.lines[line].sku)) else { return false }
        for earlier in 0..<line
        where shop(earlier) == shop(line) && isInScope(promotion, Int(scratch.lines[earlier].sku)) { return false }
        return true
    }

    private mutating func apply(_ promotion: Int, _ value: Int64) {
        if !savingTerms.perShop[promotion] { return share(promotion, value, shop: nil) }
        for line in 0..<scratch.lines.count where isFirstOfShop(line, in: promotion) {
            let only = shop(line)
            share(promotion, saving(of: promotion, spent: spent(in: promotion, shop: only)), shop: only)
        }
    }

    /// Shares a saving over the lines in scope to the cent, and each part between merchant and platform.
    private mutating func share(_ promotion: Int, _ value: Int64, shop only: Int32?) {
        if value == 0 { return }
        scratch.weights.removeAll()
        for line in 0..<scratch.lines.count {
            let isIn = isInScope(promotion, Int(scratch.lines[line].sku)) && (only == nil || shop(line) == only)
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

    /// The lines of the scratch are again what was kept of them.
    mutating func restoreLines() {
        scratch.lines.removeAll()
        for line in 0..<scratch.kept.count { scratch.lines.append(scratch.kept[line]) }
    }

    // MARK: Gifts and goods added for a threshold

    /// 凑单: a buyer a little short of a saving adds the cheapest article that reaches it.
    mutating func chase(_ slot: Int, at now: Int64) {
        let order = pool.orders[slot]
        let channel = Int(order.channel)
        let plan = prepared.world.customers
        if board.savings[channel].isEmpty { return }
        if random(.chase, entity(of: order)).uniform(at: 0) >= plan.chase.fraction { return }
        var (target, least): (Int, Int64) = (-1, .max)
        for number in board.savings[channel] where isOpen(number, to: slot) && !savingTerms.perShop[number] {
            let threshold = savingTerms.thresholds[number]
            guard threshold > 0, isHeld(number, by: entity(of: order)) else { continue }
            let spent = spent(in: number)
            guard spent > 0, spent / threshold < savingTerms.times[number] else { continue }
            let gap = threshold - spent % threshold
            if gap <= plan.chaseGap.of(threshold) && gap < least { (target, least) = (number, gap) }
        }
        guard target >= 0, let sku = filler(for: target, gap: least, channel: channel) else { return }
        counters.unitsAsked += 1
        counters.skuDemanded[sku] += 1
        counters.channelUnits[channel] += 1
        counters.demandUnits[day(of: now) * prepared.channelCount + channel] += 1
        counters.lines += 1
        counters.trade.ordersChased += 1
        var line = priced(sku, 1, channel: channel, segment: Int(order.segment), at: now)
        line.sale = LineRow.chased
        scratch.lines.append(line)
        if isObserved(slot) {
            tell(
                at: now,
                .chased(sku: prepared.world.skus.codes[sku], saving: Amount(minor: savingTerms.savings[target])))
        }
    }

    /// The cheapest article in scope on show that fills a gap: the first of a few dozen candidates by price.
    private mutating func filler(for promotion: Int, gap: Int64, channel: Int) -> Int? {
        let units = gap * terms.unitsPerMinor
        var (low, high) = (0, terms.byPrice.count)
        while low < high {
            let middle = (low + high) / 2
            if terms.listPrices[Int(terms.byPrice[middle])] < units { low = middle + 1 } else { high = middle }
        }
        for place in low..<min(low + 64, terms.byPrice.count) {
            let sku = Int(terms.byPrice[place])
            let cell = board.cell(channel, sku)
            var known = false
            for line in 0..<scratch.lines.count where Int(scratch.lines[line].sku) == sku { known = true }
            if !known && cell.offer < 0 && cell.price >= units && isInScope(promotion, sku)
                && stock.shown(channel, sku) > 0
            {
                return sku
            }
        }
        return nil
    }

    /// Adds the gift of the highest threshold the order reaches, when the shop shows enough of it: a line of its own
    /// that takes stock and costs nothing, its list value given away as a price cut.
    mutating func addGift(_ slot: Int) {
        let channel = Int(pool.orders[slot].channel)
        if board.gifts[channel].isEmpty { return }
        var (best, highest): (Int, Int64) = (-1, -1)
        for number in board.gifts[channel] where isOpen(number, to: slot) {
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
        use(best, 1, slot)
        pool.orders[slot].promotions[3] = Int16(best)
        counters.giftUnits += Int64(quantity)
    }

    /// An order that comes to nothing gives back what it has taken of caps and coupon budgets.
    mutating func giveBackCaps(_ slot: Int) {
        if prepared.world.promotions.isEmpty { return }
        let order = pool.orders[slot]
        for place in 0..<4 where order.promotions[place] >= 0 { use(Int(order.promotions[place]), -1, slot) }
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
        savingTerms.coversAll[promotion] || scopes[sku * capLeft.count + promotion]
    }

    // MARK: Terms that promotions bring to an order

    /// When an order takes its stock and when it is dropped: as its channel says, unless promotions it takes part in
    /// say otherwise; of several the earliest deduction and the shortest time-out hold.
    mutating func deduction(of slot: Int) -> (rank: Int8, timeOut: Int64) {
        let order = pool.orders[slot]
        let channel = Int(order.channel)
        var (rank, timeOut): (Int8, Int64) = (-1, .max)
        func consider(_ promotion: Int, _ terms: borrowing SavingTerms) {
            let own = terms.deductions[promotion]
            if own >= 0 && (rank < 0 || own < rank) { rank = own }
            timeOut = min(timeOut, terms.timeOuts[promotion])
        }
        for place in 0..<4 where order.promotions[place] >= 0 { consider(Int(order.promotions[place]), savingTerms) }
        for line in 0..<scratch.lines.count {
            let work = scratch.lines[line]
            if work.sale >= 0 {
                consider(Int(work.sale), savingTerms)
            } else if work.sale == LineRow.noSale || work.sale == LineRow.chased {
                let cut = board.cell(channel, Int(work.sku)).cut
                if cut >= 0 { consider(Int(cut), savingTerms) }
            }
        }
        return (rank < 0 ? terms.deductions[channel] : rank, timeOut == .max ? terms.timeOuts[channel] : timeOut)
    }

    /// The buyer of an order: with no number of buyers stated, every order has one of its own.
    mutating func buyer(of order: OrderRow) -> UInt64 {
        let count = terms.buyers.count
        if count == 0 { return entity(of: order) }
        let cell = Int(order.segment) * prepared.regionCount + Int(order.region)
        let number = random(.customer, entity(of: order)).uniform(at: 0) * terms.buyers[cell]
        return combine(terms.buyerEntities[cell], UInt64(number))
    }
}
