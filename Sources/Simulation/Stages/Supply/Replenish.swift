import Foundation
import NumericCore
import Replenishment
import Retail

/// Which rows a review looks at.
enum Review: UInt8 {
    /// Those replenished from a node upstream.
    case transfers = 0
    /// Those of suppliers, on the days on which they take orders.
    case suppliers = 1
    /// Those of suppliers under continuous review.
    case continuous = 3

    static func of(_ row: StockRow, isSupplied: Bool) -> Review {
        isSupplied ? row.isContinuous ? .continuous : .suppliers : .transfers
    }
}

/// Stage 10: stock is reviewed, transfers and purchase orders are made, goods arrive.
extension Replication {
    /// Puts the reviews of all days, and goods already on their way, on the wheel.
    mutating func scheduleReplenishment() {
        let world = prepared.world
        for day in 0..<world.clock.days {
            let reviews =
                world.replenishment.transferReviews.map { ($0, UInt8(0)) }
                + world.replenishment.supplierReviews.map { ($0, UInt8(1)) }
            for (second, part) in reviews {
                let time = Int64(day) * SliceGrid.microsecondsPerDay + Int64(second) * 1_000_000
                wheel.add(Event(time: time, id: 0, slot: 0, kind: .review, part: part))
            }
            // Continuous review: rows are looked at every hour.
            if world.stock.rows.contains(where: \.isContinuous) {
                for hour in 0..<24 {
                    let time = Int64(day) * SliceGrid.microsecondsPerDay + Int64(hour) * SliceGrid.microsecondsPerHour
                    wheel.add(Event(time: time, id: 0, slot: 0, kind: .review, part: Review.continuous.rawValue))
                }
            }
        }
        schedulePresaleMoves()
        for receipt in world.stock.receipts {
            guard let row = world.stock.index(receipt.sku, receipt.node) else { continue }
            let due = delayed(receipt.due.microseconds, row: row.position, isTransfer: false)
            send(receipt.quantity, to: row.position, isTransfer: false, due: due)
        }
    }

    /// Looks at the rows of a review and orders by their policy: when the position is at or below the reorder point, up
    /// to the order-up-to level, in its quantities.
    mutating func review(_ review: Review, at now: Int64) {
        let rows = prepared.world.stock.rows
        if supplyState.forecast.isOn { supplyState.forecast.look(counters.skuDemanded, at: now) }
        let early = review == .suppliers ? dueEarly(at: now) : [:]
        for index in rows.indices {
            let policy = rows[index]
            let upstream = Int(terms.upstreamRows[index])
            guard policy.orderUpTo > 0, review == .of(policy, isSupplied: upstream < 0) else { continue }
            if review == .suppliers && !isOrderDay(policy, at: now) { continue }
            if review == .suppliers, let second = policy.second {
                buyFast(second, policy, row: index, due: early[index] ?? 0, at: now)
            }
            let need = self.need(index, policy, at: now)
            guard need > 0 else { continue }
            if upstream >= 0 {
                transfer(need, policy, to: index, from: upstream, at: now)
            } else {
                purchase(need, policy, to: index, at: now)
            }
        }
    }

    /// What a row's policy orders at this moment.
    private mutating func need(_ index: Int, _ policy: StockRow, at now: Int64) -> Int64 {
        let state = stock.rows[index]
        let position =
            Int64(state.book - state.blocked) + Int64(state.inTransit) + Int64(state.onOrder) - Int64(state.reserved)
            - shelves.waiting(index)
        let sku = policy.sku.position
        let pack = policy.orderMultiple > 0 ? policy.orderMultiple : max(1, prepared.world.skus.casePacks[sku])
        var parameters = PolicyParameters(
            reorderPoint: Int64(policy.reorderPoint), orderUpTo: Int64(policy.orderUpTo),
            minimumQuantity: Int64(policy.minimumQuantity), orderMultiple: Int64(pack))
        if let plan = prepared.world.replenishment.levels {
            let day = Int(now / SliceGrid.microsecondsPerDay)
            (parameters.reorderPoint, parameters.orderUpTo) = plan.levels(row: index, day: day)
        }
        if supplyState.forecast.isOn, let new = supplyState.forecast.levels(row: index, sku: sku, at: now) {
            parameters.reorderPoint = new.reorderPoint
            // Whole lots, until the position is above the reorder point.
            parameters.orderUpTo = new.isInLots ? max(0, new.reorderPoint) + 1 : new.orderUpTo
        }
        return parameters.order(position: position)
    }

    // MARK: Two suppliers

    /// Units promised within the fast supplier's lead time, by row with two suppliers.
    private mutating func dueEarly(at now: Int64) -> [Int: Int64] {
        let rows = prepared.world.stock.rows
        guard prepared.hasSecondSources else { return [:] }
        var units: [Int: Int64] = [:]
        for place in 0..<stock.shipments.count {
            let shipment = stock.shipments[place]
            guard !shipment.isTransfer, let second = rows[Int(shipment.row)].second else { continue }
            if shipment.promised <= now + Int64(second.leadTime * 8.64e10) {
                units[Int(shipment.row), default: 0] += Int64(shipment.quantity)
            }
        }
        return units
    }

    /// The fast supplier brings what is there in its lead time up to its level.
    private mutating func buyFast(_ second: SecondSource, _ policy: StockRow, row: Int, due: Int64, at now: Int64) {
        // What would come after the last day is not bought dear.
        let end = Int64(prepared.world.clock.days) * SliceGrid.microsecondsPerDay
        guard now + Int64(second.leadTime * 8.64e10) < end else { return }
        let state = stock.rows[row]
        let position = Int64(state.book - state.blocked) + Int64(state.inTransit) - Int64(state.reserved) + due
        let parameters = PolicyParameters(
            reorderPoint: Int64(second.level) - 1, orderUpTo: Int64(second.level),
            minimumQuantity: Int64(second.minimumQuantity), orderMultiple: Int64(second.orderMultiple))
        let units = parameters.order(position: position)
        guard units > 0 else { return }
        var fast = policy
        (fast.supplier, fast.leadTime, fast.leadTimeDeviation) = (
            second.supplier, second.leadTime, second.leadTimeDeviation
        )
        flow.fastUnits += units
        purchase(units, fast, to: row, at: now, isFast: true)
    }

    private mutating func isOrderDay(_ policy: StockRow, at now: Int64) -> Bool {
        guard policy.supplier >= 0 else { return true }
        let period = Int64(supplyState.plans[Int(policy.supplier)].reviewDays)
        return period <= 1 || now / SliceGrid.microsecondsPerDay % period == 0
    }

    private mutating func deliveryEntity(_ policy: StockRow, at now: Int64) -> UInt64 {
        combine(
            combine(prepared.world.skus.entities[policy.sku.position], nodeEntities[policy.node.position]), UInt64(now))
    }

    /// The node upstream gives what it has free, in whole cases while it can; where it has nothing, a neighbour gives
    /// of its surplus.
    private mutating func transfer(_ need: Int64, _ policy: StockRow, to index: Int, from upstream: Int, at now: Int64)
    {
        let pack = Int64(max(1, prepared.world.skus.casePacks[policy.sku.position]))
        var (source, quantity) = (upstream, given(need, of: Int64(max(0, stock.rows[upstream].free)), pack: pack))
        if quantity <= 0 && prepared.world.replenishment.lateral {
            source = neighbour(of: index, upstream: upstream)
            if source >= 0 {
                let surplus = Int64(stock.rows[source].free) - Int64(prepared.world.stock.rows[source].orderUpTo)
                quantity = min(Int32(truncatingIfNeeded: surplus), Int32(truncatingIfNeeded: need))
                flow.lateral += 1
                flow.lateralUnits += Int64(quantity)
            }
        }
        if quantity > 0 { dispatch(quantity, policy, to: index, from: source, at: now) }
    }

    /// Sends goods from one of our nodes to another.
    mutating func dispatch(_ quantity: Int32, _ policy: StockRow, to index: Int, from source: Int, at now: Int64) {
        var draws = random(.leadTime, deliveryEntity(policy, at: now))
        let due = delayed(now + leadTime(policy, &draws), row: index, isTransfer: true)
        stock.dispatch(quantity, from: source, to: index)
        send(quantity, to: index, isTransfer: true, due: due)
        counters.transfers += 1
        counters.transferUnits += Int64(quantity)
        let cost = terms.minor(prepared.world.replenishment.transferCostPerUnit.units * Int64(quantity))
        postShared(debit: .transfers, credit: .accrued, cost, day: day(of: now))
    }

    private mutating func given(_ need: Int64, of free: Int64, pack: Int64) -> Int32 {
        Int32(truncatingIfNeeded: need <= free ? need : free / pack * pack)
    }

    /// The row of the same SKU with most above its order-up-to level; -1 is none.
    private mutating func neighbour(of index: Int, upstream: Int) -> Int {
        let sku = Int(stock.rows[index].sku)
        var (best, most): (Int, Int64) = (-1, 0)
        for row in Int(stock.offsets[sku])..<Int(stock.offsets[sku + 1]) where row != index && row != upstream {
            let surplus = Int64(stock.rows[row].free) - Int64(prepared.world.stock.rows[row].orderUpTo)
            if surplus > most { (best, most) = (row, surplus) }
        }
        return best
    }

    /// A purchase order: the supplier sends it off in the weeks in which it has room; deliveries may be late, or short.
    private mutating func purchase(
        _ need: Int64, _ policy: StockRow, to index: Int, at now: Int64, isFast: Bool = false
    ) {
        let entity = isFast ? combine(deliveryEntity(policy, at: now), 2) : deliveryEntity(policy, at: now)
        let premium = isFast ? policy.second?.premium.units ?? 0 : 0
        let promised = now + Int64(policy.leadTime * 8.64e10)
        var draws = random(.leadTime, entity)
        let lead = leadTime(policy, &draws)
        let quantity = min(need, 1_000_000_000)
        counters.purchases += 1
        guard policy.supplier >= 0 else {
            counters.purchaseUnits += quantity
            send(
                Int32(quantity), to: index, isTransfer: false, due: delayed(now + lead, row: index, isTransfer: false),
                promised: promised, premium: premium)
            return
        }
        let supplier = Int(policy.supplier)
        let plan = supplyState.plans[supplier]
        for (units, weeks) in supplyState.weeklyParts(supplier, quantity, at: now) {
            counters.purchaseUnits += units
            let part = combine(entity, UInt64(weeks))
            var due = now + lead + weeks * 7 * SliceGrid.microsecondsPerDay
            if plan.lateRate > .zero {
                let late = random(.lateDelivery, part)
                if late.uniform(at: 0) < plan.lateRate.fraction {
                    due += Int64(min(-log1p(-late.uniform(at: 1)) * plan.lateDays * 8.64e10, 1e14))
                    flow.lateDeliveries += 1
                }
            }
            var coming = units
            if plan.shortRate > .zero, random(.shortDelivery, part).uniform(at: 0) < plan.shortRate.fraction {
                coming = plan.shortPart.of(units)
                flow.shortDeliveries += 1
                flow.unitsNotDelivered += units - coming
            }
            due = supplyState.deliveryDay(supplier, delayed(due, row: index, isTransfer: false))
            send(
                Int32(units), coming: Int32(coming), to: index, isTransfer: false, due: due,
                promised: promised + weeks * 7 * SliceGrid.microsecondsPerDay, premium: premium)
        }
    }

    /// When goods really come, with the delays of the scenario's events.
    private mutating func delayed(_ due: Int64, row: Int, isTransfer: Bool) -> Int64 {
        guard faults.hasDelays else { return due }
        return faults.delayed(
            due, supplier: prepared.world.stock.rows[row].supplier, node: stock.rows[row].node, isTransfer: isTransfer)
    }

    /// A gamma time with the row's mean and deviation.
    private mutating func leadTime(_ policy: StockRow, _ draws: inout RandomStream) -> Int64 {
        let (mean, deviation) = (policy.leadTime, policy.leadTimeDeviation)
        guard deviation > 0, mean > 0 else { return Int64(mean * 8.64e10) }
        let shape = mean * mean / (deviation * deviation)
        return Int64(min(draws.gamma(shape: shape, scale: mean / shape) * 8.64e10, 1e15))
    }

    /// Puts goods on their way. What a supplier would bring after the clock's last day stays on order: orders are
    /// followed to their end, the shop's supply is not.
    private mutating func send(
        _ quantity: Int32, coming: Int32? = nil, to row: Int, isTransfer: Bool, due: Int64, promised: Int64? = nil,
        premium: Int64 = 0
    ) {
        if !isTransfer { stock.rows[row].onOrder += quantity }
        let end = Int64(prepared.world.clock.days) * SliceGrid.microsecondsPerDay
        if !isTransfer && due >= end { return }
        let place = stock.addShipment(quantity, to: row, isTransfer: isTransfer, coming: coming)
        stock.shipments[place].promised = promised ?? due
        stock.shipments[place].premium = premium
        wheel.add(Event(time: due, id: UInt64(place), slot: Int32(place), kind: .received))
    }

    /// Goods are in the yard, or, after the docks and put-away, on the shelf.
    mutating func receive(_ place: Int, at now: Int64) {
        let shipment = stock.shipments[place]
        if !docks.isOff && !isOnShelf(place, shipment, at: now) { return }
        stock.receive(shipment)
        stock.shipments[place].promised = .max
        if shipment.premium > 0 {
            // Stock is valued at its usual cost: what was paid beyond is a cost of the goods sold.
            let premium = terms.minor(shipment.premium * Int64(shipment.coming))
            postShared(debit: .costOfGoods, credit: .supplierPayable, premium, day: day(of: now))
        }
        if !shipment.isTransfer {
            let sku = Int(stock.rows[Int(shipment.row)].sku)
            let cost = terms.minor(terms.unitCosts[sku] * Int64(shipment.coming))
            postShared(debit: .inventory, credit: .supplierPayable, cost, day: day(of: now))
        }
    }

    /// Whether goods have passed docks and put-away and find room. Goods in the yard are for sale to nobody. False:
    /// they will be looked at again; goods that find no room until everything else is over stay in the yard.
    private mutating func isOnShelf(_ place: Int, _ shipment: Shipment, at now: Int64) -> Bool {
        let node = Int(stock.rows[Int(shipment.row)].node)
        if shipment.arrived < 0 {
            stock.shipments[place].arrived = now
            let done =
                docks.appointment(node, units: Int64(shipment.coming), at: now) + docks.plan.putAway.microseconds
            if done > now {
                wheel.add(Event(time: done, id: UInt64(place), slot: Int32(place), kind: .received))
                return false
            }
        }
        let sku = Int(stock.rows[Int(shipment.row)].sku)
        if !docks.hasRoom(node, sku: sku, units: Int64(shipment.coming), stock) {
            let clock = prepared.world.clock
            let tomorrow = now + SliceGrid.microsecondsPerDay
            if tomorrow < Int64(clock.days + clock.drainDays) * SliceGrid.microsecondsPerDay {
                wheel.add(Event(time: tomorrow, id: UInt64(place), slot: Int32(place), kind: .received))
            }
            return false
        }
        let waited = now - stock.shipments[place].arrived
        if waited > 0 {
            flow.yardUnits[node] += Int64(shipment.coming)
            flow.yardTime[node] += Double(waited) * Double(shipment.coming)
        }
        return true
    }
}
