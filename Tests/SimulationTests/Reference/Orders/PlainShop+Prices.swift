import Foundation
import NumericCore
import Retail

@testable import Simulation

/// What an order costs: prices of the moment, and savings by layers.
extension PlainShop {
    /// A line with its money, minor units.
    struct Bought {
        var sku: Int
        var quantity: Int64
        var list: Int64
        var cut: Int64
        var discount: Int64 = 0
        var subsidy: Int64
        var due: Int64
        var sale = -1
    }

    func isRunning(_ number: Int, _ channel: Int, _ now: Int64) -> Bool {
        let promotion = world.promotions[number]
        return promotion.begins.microseconds <= now && now < promotion.ends.microseconds
            && (promotion.channel == nil || promotion.channel?.position == channel)
    }

    func running(_ channel: Int, _ now: Int64) -> [Int] {
        world.promotions.indices.filter { isRunning($0, channel, now) }
    }

    /// The price before any promotion: the list price, that of all channels, or the channel's own.
    func basePrice(_ sku: Int, _ channel: Int, _ now: Int64) -> Int64 {
        let rows = world.prices.filter {
            $0.sku.position == sku && $0.segment == nil && $0.minimumQuantity <= 1 && $0.begins.microseconds <= now
                && now < $0.ends.microseconds
        }
        let own = rows.last { $0.channel?.position == channel }
        let everywhere = rows.last { $0.channel == nil }
        return (own ?? everywhere)?.price.units ?? world.skus.listPrices[sku].units
    }

    /// The price after the deepest of the cuts that run, the merchant's part of it, and which.
    func cutPrice(_ sku: Int, _ channel: Int, _ now: Int64) -> (price: Int64, share: Int64, cut: Int?) {
        let base = basePrice(sku, channel, now)
        var best: (price: Int64, share: Int64, cut: Int?) = (base, 1_000_000, nil)
        for number in running(channel, now) where world.promotions[number].scope[sku] {
            guard case .priceCut(let depth) = world.promotions[number].effect else { continue }
            if base - depth.of(base) < best.price {
                best = (base - depth.of(base), world.promotions[number].merchantShare.partsPerMillion, number)
            }
        }
        return best
    }

    /// The presale that covers a SKU, else the flash sale: the cheapest, the first of equals.
    func offer(_ sku: Int, _ channel: Int, _ now: Int64) -> (promotion: Int, price: Int64, isPresale: Bool)? {
        let base = basePrice(sku, channel, now)
        var presales: [(Int, Int64)] = []
        var flashes: [(Int, Int64)] = []
        for number in running(channel, now) where world.promotions[number].scope[sku] {
            switch world.promotions[number].effect {
            case .presale(let terms): presales.append((number, base - terms.depth.of(base)))
            case .flashSale(let depth): flashes.append((number, base - depth.of(base)))
            default: break
            }
        }
        if let presale = presales.min(by: { ($0.1, $0.0) < ($1.1, $1.0) }) { return (presale.0, presale.1, true) }
        return flashes.min { ($0.1, $0.0) < ($1.1, $1.0) }.map { ($0.0, $0.1, false) }
    }

    /// What a shop lets a buyer have of a SKU: what it shows, or what a limited presale has left.
    func onOffer(_ channel: Int, _ sku: Int, _ now: Int64) -> Int64 {
        if let offer = offer(sku, channel, now), offer.isPresale {
            if world.promotions[offer.promotion].promisesReceipts {
                let promised =
                    exclusive(sku) + committed[sku] + keptForCampaigns(channel, sku) + keptForOthers(channel, sku)
                return max(0, min(caps[offer.promotion], pool(sku) + coming[sku] - promised))
            }
            if world.promotions[offer.promotion].cap != nil { return max(0, caps[offer.promotion]) }
        }
        return figure(channel, sku)
    }

    func buy(_ sku: Int, _ quantity: Int64, _ order: Order, _ now: Int64) -> Bought {
        var (price, share, _) = cutPrice(sku, order.channel, now)
        var sale = -1
        if let offer = offer(sku, order.channel, now), caps[offer.promotion] >= quantity,
            offer.isPresale || offer.price < price
        {
            caps[offer.promotion] -= quantity
            (price, sale) = (offer.price, offer.promotion)
            share = world.promotions[sale].merchantShare.partsPerMillion
        } else {
            let special = world.prices.filter {
                $0.sku.position == sku && ($0.segment != nil || $0.minimumQuantity > 1)
                    && Int64($0.minimumQuantity) <= quantity && $0.begins.microseconds <= now
                    && now < $0.ends.microseconds && ($0.channel == nil || $0.channel?.position == order.channel)
                    && ($0.segment == nil || $0.segment?.position == Int(order.arrival.segment))
            }.map(\.price.units).min()
            if let special, special < price { (price, share) = (special, 1_000_000) }
        }
        let list = minor(max(world.skus.listPrices[sku].units, price) * quantity)
        let due = minor(price * quantity)
        let merchant = share == 1_000_000 ? list - due : Rate(partsPerMillion: share).of(list - due)
        return Bought(
            sku: sku, quantity: quantity, list: list, cut: merchant, subsidy: list - due - merchant, due: due,
            sale: sale)
    }

    // MARK: Savings

    func buyer(_ order: Order) -> UInt64 {
        if world.customers.count == 0 { return order.entity }
        let (regions, days) = (world.network.regions.count, world.clock.days)
        func orders(_ region: Int) -> Double {
            var sum = 0.0
            for channel in world.channels.indices {
                for day in 0..<days { sum += world.demand.orders[(channel * regions + region) * days + day] }
            }
            return sum
        }
        let segment = world.segments[Int(order.arrival.segment)]
        let total = (0..<regions).reduce(0.0) { $0 + orders($1) }
        let part = segment.share.fraction * orders(order.region) / total
        let count = max(1, (Double(world.customers.count) * part).rounded())
        let number = UInt64(random(.customer, order.entity).uniform(at: 0) * count)
        return combine(
            combine(entityHash(segment.code), entityHash(world.network.regions[order.region].code)), number)
    }

    func isOpen(_ number: Int, to order: Order) -> Bool {
        guard caps[number] > 0 else { return false }
        guard let most = world.promotions[number].perCustomer else { return true }
        return uses["\(number) \(buyer(order))", default: 0] < most
    }

    func use(_ number: Int, _ orders: Int32, _ order: Order) {
        caps[number] -= Int64(orders)
        if world.promotions[number].perCustomer != nil { uses["\(number) \(buyer(order))", default: 0] += orders }
    }

    func isHeld(_ number: Int, by order: Order) -> Bool {
        let promotion = world.promotions[number]
        if promotion.heldBy >= .one { return true }
        let draw = random(.coupon, combine(order.entity, entityHash(promotion.code))).uniform(at: 0)
        return draw < promotion.heldBy.fraction
    }

    func saved(_ number: Int, of spent: Int64) -> Int64 {
        guard case .spendAndSave(let threshold, let saving) = world.promotions[number].effect else { return 0 }
        guard spent > 0, spent >= threshold.minor else { return 0 }
        var times: Int64 = 1
        if threshold.minor > 0 { times = min(spent / threshold.minor, Int64(world.promotions[number].times)) }
        return min(saving.minor * times, spent)
    }

    /// The lines a promotion looks at together: all in scope, or those of one shop.
    func groups(_ number: Int, _ basket: [Bought]) -> [[Int]] {
        let scope = basket.indices.filter { world.promotions[number].scope[basket[$0].sku] }
        if !world.promotions[number].perShop { return [scope] }
        let shops = Set(scope.map { world.skus.shops[basket[$0].sku] })
        return shops.map { shop in scope.filter { world.skus.shops[basket[$0].sku] == shop } }
    }

    func value(_ number: Int, _ basket: [Bought]) -> Int64 {
        groups(number, basket).reduce(0) { sum, group in
            sum + saved(number, of: group.reduce(0) { $0 + basket[$1].due })
        }
    }

    func give(_ number: Int, _ basket: inout [Bought]) {
        let promotion = world.promotions[number]
        for group in groups(number, basket) {
            let dues = group.map { basket[$0].due }
            let saving = saved(number, of: dues.reduce(0, +))
            guard saving > 0, let parts = try? allocateByLargestRemainder(saving, over: dues) else { continue }
            for (line, part) in zip(group, parts) {
                let merchant = promotion.merchantShare.of(part)
                basket[line].due -= part
                basket[line].discount += merchant
                basket[line].subsidy += part - merchant
            }
        }
    }

    func best(_ layer: PromotionStacking, _ order: Order, _ basket: [Bought], _ now: Int64) -> Int? {
        var best: (number: Int, value: Int64)?
        for number in running(order.channel, now) {
            guard case .spendAndSave = world.promotions[number].effect, world.promotions[number].stacking == layer,
                isOpen(number, to: order), isHeld(number, by: order)
            else { continue }
            let value = value(number, basket)
            if value > best?.value ?? 0 { best = (number, value) }
        }
        return best?.number
    }

    func save(_ order: Order, _ basket: inout [Bought], _ now: Int64) {
        let before = basket
        var given: [Int] = []
        for layer in [PromotionStacking.shop, .platform, .coupon] {
            guard let number = best(layer, order, basket, now) else { continue }
            give(number, &basket)
            given.append(number)
        }
        let together = before.reduce(0) { $0 + $1.due } - basket.reduce(0) { $0 + $1.due }
        if let alone = best(.alone, order, before, now), value(alone, before) > together {
            basket = before
            give(alone, &basket)
            given = [alone]
        }
        for number in given { use(number, 1, order) }
        order.promotions = given
    }

    /// A buyer a little short of a saving adds the cheapest article that reaches it.
    func chase(_ order: Order, _ basket: inout [Bought], _ now: Int64) {
        let plan = world.customers
        guard random(.chase, order.entity).uniform(at: 0) < plan.chase.fraction else { return }
        var target: (number: Int, gap: Int64, saving: Amount)?
        for number in running(order.channel, now) where !world.promotions[number].perShop {
            guard case .spendAndSave(let threshold, let saving) = world.promotions[number].effect,
                threshold.minor > 0, isOpen(number, to: order), isHeld(number, by: order)
            else { continue }
            let spent = basket.filter { world.promotions[number].scope[$0.sku] }.reduce(0) { $0 + $1.due }
            guard spent > 0, spent / threshold.minor < Int64(world.promotions[number].times) else { continue }
            let gap = threshold.minor - spent % threshold.minor
            if gap <= plan.chaseGap.of(threshold.minor) && gap < target?.gap ?? .max { target = (number, gap, saving) }
        }
        guard let target else { return }
        let least = target.gap * world.currency.unitsPerMinor
        let fitting = (0..<world.skus.count).filter { sku in
            world.skus.listPrices[sku].units >= least && !basket.contains { $0.sku == sku }
                && offer(sku, order.channel, now) == nil && cutPrice(sku, order.channel, now).price >= least
                && world.promotions[target.number].scope[sku] && figure(order.channel, sku) > 0
        }
        let prices = world.skus.listPrices
        guard let sku = fitting.min(by: { (prices[$0].units, $0) < (prices[$1].units, $1) }) else { return }
        var line = buy(sku, 1, order, now)
        line.sale = -3
        asked[sku] += 1
        basket.append(line)
        tell(order, now, .chased(sku: world.skus.codes[sku], saving: target.saving))
    }

    func addGift(_ order: Order, _ basket: inout [Bought], _ now: Int64) {
        var best: (number: Int, threshold: Int64)?
        for number in running(order.channel, now) {
            guard case .gift(let threshold, _, _) = world.promotions[number].effect, isOpen(number, to: order) else {
                continue
            }
            let spent = basket.filter { world.promotions[number].scope[$0.sku] }.reduce(0) { $0 + $1.due }
            if spent > 0 && spent >= threshold.minor && threshold.minor > best?.threshold ?? -1 {
                best = (number, threshold.minor)
            }
        }
        guard let best, case .gift(_, let index, let quantity) = world.promotions[best.number].effect else { return }
        let sku = index.position
        let wanted = Int64(quantity) + basket.filter { $0.sku == sku }.reduce(0) { $0 + $1.quantity }
        guard figure(order.channel, sku) >= wanted else { return }
        let list = minor(world.skus.listPrices[sku].units * Int64(quantity))
        let merchant = world.promotions[best.number].merchantShare.of(list)
        basket.append(
            Bought(
                sku: sku, quantity: Int64(quantity), list: list, cut: merchant, subsidy: list - merchant, due: 0,
                sale: -2))
        use(best.number, 1, order)
        order.promotions.append(best.number)
    }

    /// An order that comes to nothing gives back what it took of budgets and caps.
    func giveBack(_ order: Order) {
        for number in order.promotions { use(number, -1, order) }
        order.promotions = []
        for part in order.parts { giveBackFlash(part) }
    }

    func giveBackFlash(_ part: Part) { if part.sale >= 0 { caps[part.sale] += part.quantity } }
}
