import Foundation
import NumericCore
import Retail

@testable import Simulation

/// Replenishment.
extension PlainShop {
    /// - Parameter part: 0 transfers, 1 purchases on the suppliers' days, 3 purchases under continuous review.
    func review(_ part: Int, _ now: Int64) {
        forecast?.look(asked, now)
        let early = ordered
        for index in rows.indices {
            let policy = world.stock.rows[index]
            let above = upstreamRow(index)
            guard policy.orderUpTo > 0, part == (above != nil ? 0 : policy.isContinuous ? 3 : 1) else { continue }
            if part == 1 && policy.supplier >= 0 {
                let period = Int64(world.replenishment.suppliers[Int(policy.supplier)].reviewDays)
                if now / Self.day % max(1, period) != 0 { continue }
            }
            if part == 1, let second = policy.second { buyFast(second, index, early, now) }
            let row = rows[index]
            let position = row.book - row.blocked - row.reserved + row.inTransit + row.onOrder
            var levels = (reorderPoint: Int64(policy.reorderPoint), orderUpTo: Int64(policy.orderUpTo))
            if let new = forecast?.levels(index, row.sku, now) {
                if new != levels { seen.insert("levels follow the forecast") }
                levels = new
            }
            let multiple = Int64(policy.orderMultiple > 0 ? policy.orderMultiple : world.skus.casePacks[row.sku])
            let wanted = missing(position, levels, Int64(policy.minimumQuantity), multiple)
            if wanted == 0 { continue }
            guard let above else {
                let usual = Source(
                    supplier: Int(policy.supplier), leadTime: policy.leadTime, deviation: policy.leadTimeDeviation)
                purchase(wanted, index, usual, now)
                continue
            }
            guard let (source, quantity) = source(wanted, index, above) else { continue }
            transfer(quantity, to: index, from: source, now)
        }
    }

    /// Nothing above the reorder point; else what is missing, at least the minimum, in whole multiples.
    func missing(
        _ position: Int64, _ levels: (reorderPoint: Int64, orderUpTo: Int64), _ minimum: Int64, _ multiple: Int64
    ) -> Int64 {
        guard position <= levels.reorderPoint, position < levels.orderUpTo else { return 0 }
        let (least, lot) = (max(levels.orderUpTo - position, minimum), max(1, multiple))
        return (least + lot - 1) / lot * lot
    }

    /// The fast supplier brings what is there, and will be within its lead time, up to its level.
    func buyFast(_ second: SecondSource, _ index: Int, _ ordered: [UInt64: Goods], _ now: Int64) {
        let soon = now + Int64(second.leadTime * 8.64e10)
        if soon >= Int64(world.clock.days) * Self.day { return }
        let row = rows[index]
        let due = ordered.values.filter { $0.row == index && $0.promised <= soon }.reduce(0) { $0 + $1.quantity }
        let units = missing(
            row.book - row.blocked - row.reserved + row.inTransit + due,
            (Int64(second.level) - 1, Int64(second.level)), Int64(second.minimumQuantity),
            Int64(second.orderMultiple))
        if units == 0 { return }
        seen.insert("bought from the fast one")
        let fast = Source(
            supplier: Int(second.supplier), leadTime: second.leadTime, deviation: second.leadTimeDeviation,
            isFast: true, premium: second.premium.units)
        purchase(units, index, fast, now)
    }

    /// Who brings goods, and how soon.
    struct Source {
        /// -1 is nobody in particular.
        var supplier: Int
        var leadTime: Double
        var deviation: Double
        var isFast = false
        var premium: Int64 = 0
    }

    /// The row of the same SKU at the node from which a row is replenished.
    func upstreamRow(_ index: Int) -> Int? {
        world.network.upstream[rows[index].node].flatMap { node in
            rows.firstIndex { $0.sku == rows[index].sku && $0.node == node.position }
        }
    }

    func transfer(_ quantity: Int64, to index: Int, from source: Int, _ now: Int64) {
        rows[source].book -= quantity
        rows[index].inTransit += quantity
        let lots = takeLots(source, quantity, .sellable)
        post(.transfers, .accrued, minor(world.replenishment.transferCostPerUnit.units * quantity))
        let policy = world.stock.rows[index]
        let lead = leadTime(deliveryEntity(index, now), policy.leadTime, policy.leadTimeDeviation)
        let due = delayed(now + lead, row: index, isTransfer: true)
        dispatch(
            Goods(row: index, quantity: quantity, coming: quantity, isTransfer: true, lots: lots, number: 0),
            due: due)
    }

    /// Who sends a transfer, and how much: the node upstream what it has, in whole cases; else a neighbour of what it
    /// has above its order-up-to level, the one with most.
    func source(_ wanted: Int64, _ index: Int, _ above: Int) -> (row: Int, quantity: Int64)? {
        let pack = Int64(world.skus.casePacks[rows[index].sku])
        let free = max(0, rows[above].free)
        let quantity = wanted <= free ? wanted : free / pack * pack
        if quantity > 0 { return (above, quantity) }
        guard world.replenishment.lateral else { return nil }
        func surplus(_ row: Int) -> Int64 { rows[row].free - Int64(world.stock.rows[row].orderUpTo) }
        let others = rows.indices.filter {
            rows[$0].sku == rows[index].sku && $0 != index && $0 != above && surplus($0) > 0
        }
        guard let helper = others.max(by: { (surplus($0), -$0) < (surplus($1), -$1) }) else { return nil }
        seen.insert("helped by a neighbour")
        return (helper, min(surplus(helper), wanted))
    }

    /// A supplier sends what it has room for week by week; deliveries may be late or short, and come on its days.
    func purchase(_ wanted: Int64, _ index: Int, _ source: Source, _ now: Int64) {
        let entity = source.isFast ? combine(deliveryEntity(index, now), 2) : deliveryEntity(index, now)
        let lead = leadTime(entity, source.leadTime, source.deviation)
        var goods = Goods(
            row: index, quantity: wanted, coming: wanted, isTransfer: false, number: 0,
            promised: now + Int64(source.leadTime * 8.64e10), premium: source.premium)
        let number = source.supplier
        guard number >= 0 else { return dispatch(goods, due: delayed(now + lead, row: index, isTransfer: false)) }
        let supplier = world.replenishment.suppliers[number]
        let promised = goods.promised
        for (weeks, units) in weeklyParts(number, wanted, now) {
            let part = combine(entity, UInt64(weeks))
            var due = now + lead + Int64(weeks) * 7 * Self.day
            let late = random(.lateDelivery, part)
            if late.uniform(at: 0) < supplier.lateRate.fraction {
                due += Int64(min(-log1p(-late.uniform(at: 1)) * supplier.lateDays * 8.64e10, 1e14))
                seen.insert("supplier late")
            }
            var coming = units
            if random(.shortDelivery, part).uniform(at: 0) < supplier.shortRate.fraction {
                coming = supplier.shortPart.of(units)
                seen.insert("supplier short")
            }
            due = deliveryDay(supplier, delayed(due, row: index, isTransfer: false))
            (goods.quantity, goods.coming) = (units, coming)
            goods.promised = promised + Int64(weeks) * 7 * Self.day
            dispatch(goods, due: due)
        }
    }

    func deliveryEntity(_ index: Int, _ now: Int64) -> UInt64 {
        let row = rows[index]
        return combine(
            combine(world.skus.entities[row.sku], entityHash(world.network.nodes[row.node].code)), UInt64(now))
    }

    func leadTime(_ entity: UInt64, _ mean: Double, _ deviation: Double) -> Int64 {
        var draws = random(.leadTime, entity)
        guard deviation > 0 && mean > 0 else { return Int64(mean * 8.64e10) }
        let shape = mean * mean / (deviation * deviation)
        return Int64(min(draws.gamma(shape: shape, scale: mean / shape) * 8.64e10, 1e15))
    }

    func weeklyParts(_ supplier: Int, _ wanted: Int64, _ now: Int64) -> [(weeks: Int, units: Int64)] {
        let capacity = world.replenishment.suppliers[supplier].weeklyCapacity
        if capacity == 0 { return [(0, wanted)] }
        // Weeks begin on Monday.
        let first = (Int(now / Self.day) + world.clock.start.weekday - 1) / 7
        var (left, parts): (Int64, [(Int, Int64)]) = (wanted, [])
        for week in first..<sent[supplier].count {
            let units = min(left, capacity - sent[supplier][week])
            if units <= 0 { continue }
            sent[supplier][week] += units
            parts.append((week - first, units))
            left -= units
        }
        if parts.count > 1 { seen.insert("supplier full") }
        return parts
    }

    /// The supplier's next day of delivery, when docks open where it is not the day itself.
    func deliveryDay(_ supplier: SupplierPlan, _ due: Int64) -> Int64 {
        for day in (0..<7).map({ due / Self.day + Int64($0) })
        where supplier.deliveryDays[Int(day + Int64(world.clock.start.weekday - 1)) % 7] {
            return day == due / Self.day ? due : day * Self.day + Int64(world.inbound.opens) * 1_000_000
        }
        return due
    }

    /// Goods are on their way. What a supplier would bring after the last day stays on order.
    func dispatch(_ goods: Goods, due: Int64) {
        if !goods.isTransfer {
            rows[goods.row].onOrder += goods.quantity
            if due >= Int64(world.clock.days) * Self.day { return }
        }
        var goods = goods
        goods.number = goodsNumber
        if !goods.isTransfer {
            if goods.promised == .max { goods.promised = due }
            ordered[goodsNumber] = goods
        }
        add(Record(time: due, kind: .received, id: goodsNumber, goods: goods))
        coming[rows[goods.row].sku] += goods.coming
        goodsNumber += 1
    }

    /// Docks, put-away, and room on the shelves. Nil: on the shelf now; else looked at again, or never.
    func waits(_ record: Record, _ goods: Goods) -> Bool {
        let plan = world.inbound
        let (node, now) = (rows[goods.row].node, record.time)
        var goods = goods
        func again(at time: Int64) { add(Record(time: time, kind: .received, id: goods.number, goods: goods)) }
        if goods.arrived == nil {
            goods.arrived = now
            var day = Int(now / Self.day)
            var done = max(now, Int64(day) * Self.day + Int64(plan.opens) * 1_000_000)
            let own = world.network.nodes[node].dockCapacity
            if let capacity = own > 0 ? own : plan.dailyCapacity {
                var left = goods.coming
                while day < taken[node].count - 1 {
                    let room = capacity - taken[node][day]
                    if room >= left || (left > capacity && room > 0) {
                        let part = min(left, room)
                        taken[node][day] += part
                        left -= part
                        if left == 0 { break }
                    }
                    day += 1
                    done = Int64(day) * Self.day + Int64(plan.opens) * 1_000_000
                }
            }
            done += plan.putAway.microseconds
            if done > now {
                again(at: done)
                return true
            }
        }
        let storage = world.network.nodes[node].storage
        guard plan.limitsStorage && storage > 0 else { return false }
        func volume(_ sku: Int, _ units: Int64) -> Int64 { Int64(world.skus.volumes[sku]) * units }
        let used = rows.filter { $0.node == node }.reduce(0) { $0 + volume($1.sku, $1.book) }
        if used + volume(rows[goods.row].sku, goods.coming) <= storage * 1_000 { return false }
        let end = Int64(world.clock.days + world.clock.drainDays) * Self.day
        if now + Self.day < end { again(at: now + Self.day) }
        return true
    }

    func receive(_ record: Record) {
        guard let goods = record.goods else { return }
        let plan = world.inbound
        let isDirect =
            plan.dailyCapacity == nil && plan.putAway == .start && !plan.limitsStorage
            && world.network.nodes.allSatisfy { $0.dockCapacity == 0 }
        if !isDirect && waits(record, goods) { return }
        let (index, quantity) = (goods.row, goods.coming)
        rows[index].book += quantity
        coming[rows[index].sku] -= quantity
        announce(index, quantity, record.time)
        if goods.isTransfer {
            rows[index].inTransit -= quantity
            putLots(index, goods.lots)
            return
        }
        rows[index].onOrder -= goods.quantity
        ordered[goods.number] = nil
        post(.costOfGoods, .supplierPayable, minor(goods.premium * quantity))
        putLots(
            index,
            [PlainLot(expires: expiry(index, record.time), owner: 0, grade: .sellable, quantity: quantity)])
        let sku = rows[index].sku
        post(.inventory, .supplierPayable, minor(world.skus.unitCosts[sku].units * quantity))
        guard quotas.contains(where: { !$0.isEmpty }) else { return }
        // A supplier's goods go to the quotas in proportion to what they had of the opening stock.
        var weights = world.channels.map { plan in
            if case .quota(let units) = plan.sharing { return Int64(units[sku]) }
            return 0
        }
        weights.append(max(0, world.stock.opening(SKU.Index(sku)) - weights.reduce(0, +)))
        guard let parts = try? allocateByLargestRemainder(quantity, over: weights) else { return }
        for channel in quotas.indices where !quotas[channel].isEmpty { quotas[channel][sku] += parts[channel] }
    }
}
