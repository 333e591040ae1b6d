import Foundation
import NumericCore
import Retail

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
        }
        for receipt in world.stock.receipts {
            guard let row = world.stock.index(receipt.sku, receipt.node) else { continue }
            send(receipt.quantity, to: row.position, isTransfer: false, due: receipt.due.microseconds)
        }
    }

    /// Looks at every row supplied from outside, or from a node upstream, and orders up to its level.
    mutating func review(suppliers: Bool, at now: Int64) {
        let rows = prepared.world.stock.rows
        let moment = UInt64(now)
        for index in rows.indices {
            let policy = rows[index]
            let upstream = Int(terms.upstreamRows[index])
            guard policy.orderUpTo > 0, (upstream < 0) == suppliers else { continue }
            let state = stock.rows[index]
            let position =
                Int64(state.book - state.blocked) + Int64(state.inTransit) + Int64(state.onOrder)
                - Int64(state.reserved)
            guard position <= Int64(policy.reorderPoint) else { continue }
            let pack = Int64(max(1, prepared.world.skus.casePacks[policy.sku.position]))
            let need = (Int64(policy.orderUpTo) - position + pack - 1) / pack * pack
            let entity = combine(
                combine(prepared.world.skus.entities[policy.sku.position], nodeEntities[policy.node.position]), moment)
            var draws = random(.leadTime, entity)
            let lead = leadTime(policy, &draws)
            if upstream >= 0 {
                // The node upstream gives what it has free, in whole cases while it can.
                let free = Int64(max(0, stock.rows[upstream].free))
                let quantity = Int32(truncatingIfNeeded: need <= free ? need : free / pack * pack)
                if quantity <= 0 { continue }
                stock.dispatch(quantity, from: upstream, to: index)
                send(quantity, to: index, isTransfer: true, due: now + lead)
                counters.transfers += 1
                counters.transferUnits += Int64(quantity)
                let cost = terms.minor(prepared.world.replenishment.transferCostPerUnit.units * Int64(quantity))
                postShared(debit: .transfers, credit: .accrued, cost, day: day(of: now))
            } else {
                let quantity = Int32(truncatingIfNeeded: min(need, 1_000_000_000))
                send(quantity, to: index, isTransfer: false, due: now + lead)
                counters.purchases += 1
                counters.purchaseUnits += Int64(quantity)
            }
        }
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
    private mutating func send(_ quantity: Int32, to row: Int, isTransfer: Bool, due: Int64) {
        if !isTransfer { stock.rows[row].onOrder += quantity }
        let end = Int64(prepared.world.clock.days) * SliceGrid.microsecondsPerDay
        if !isTransfer && due >= end { return }
        stock.shipments.append(Shipment(row: Int32(row), quantity: quantity, isTransfer: isTransfer))
        let place = stock.shipments.count - 1
        wheel.add(Event(time: due, id: UInt64(place), slot: Int32(place), kind: .received))
    }

    /// Goods are on the shelf.
    mutating func receive(_ place: Int, at now: Int64) {
        let shipment = stock.shipments[place]
        stock.receive(shipment)
        if !shipment.isTransfer {
            let sku = Int(stock.rows[Int(shipment.row)].sku)
            let cost = terms.minor(terms.unitCosts[sku] * Int64(shipment.quantity))
            postShared(debit: .inventory, credit: .supplierPayable, cost, day: day(of: now))
        }
    }
}
