import Foundation
import NumericCore
import Retail

/// What is done to the stock at fixed times.
enum Upkeep: UInt8 {
    /// At midnight: goods whose time is over are written off.
    case expiry
    /// Unused quotas are shared out again.
    case rebalancing
    /// Rows are counted.
    case count
    /// The outlet takes second choice.
    case outlet
}

/// Keeping the books of the stock: expiry, rebalancing, stock-takes.
extension Replication {
    /// Puts the upkeep of all days on the wheel, and makes the books wrong as far as the plan says.
    mutating func scheduleUpkeep() {
        let world = prepared.world
        let days = Int64(world.clock.days) * SliceGrid.microsecondsPerDay
        func add(_ kind: Upkeep, at time: Int64, number: UInt64, to wheel: inout EventWheel) {
            wheel.add(Event(time: time, id: number, slot: 0, kind: .upkeep, part: kind.rawValue))
        }
        if stock.hasLots {
            for day in 0..<world.clock.days {
                add(.expiry, at: Int64(day) * SliceGrid.microsecondsPerDay, number: 0, to: &wheel)
            }
        }
        if let interval = world.rebalancing?.microseconds, interval > 0 {
            var time = interval
            while time < days {
                add(.rebalancing, at: time, number: 0, to: &wheel)
                time += interval
            }
        }
        if let interval = world.afterSales.outlet?.interval.microseconds, interval > 0 {
            // Goods come back long after the last day: the outlet is open while orders are followed.
            let end = days + Int64(world.clock.drainDays) * SliceGrid.microsecondsPerDay
            var time = interval
            while time <= end {
                add(.outlet, at: time, number: 0, to: &wheel)
                time += interval
            }
        }
        guard stock.drifts.count > 0 else { return }
        for day in 0..<world.clock.days {
            for (number, second) in world.stockTakes.counts.enumerated() {
                let time = Int64(day) * SliceGrid.microsecondsPerDay + Int64(second) * 1_000_000
                add(.count, at: time, number: UInt64(day * world.stockTakes.counts.count + number), to: &wheel)
            }
        }
        for row in 0..<stock.rows.count { stock.drifts[row] = drift(row) }
    }

    private mutating func rowEntity(_ row: Int) -> UInt64 {
        let place = prepared.world.stock.rows[row]
        return combine(prepared.world.skus.entities[place.sku.position], nodeEntities[place.node.position])
    }

    /// Actual count less book at the start.
    private mutating func drift(_ row: Int) -> Int32 {
        let plan = prepared.world.stockTakes
        let draws = random(.stockError, rowEntity(row))
        guard draws.uniform(at: 0) < plan.errorRate.fraction else { return 0 }
        let sellable = Double(stock.rows[row].free)
        let size = abs(Normal.quantile(draws.uniform(at: 1))) * plan.errorSize.fraction * sellable
        let units = Int32(min(max(1, size.rounded()), max(0, sellable)))
        return draws.uniform(at: 2) < plan.lossShare.fraction ? -units : units
    }

    mutating func keepUp(_ event: Event) {
        switch Upkeep(rawValue: event.part) {
        case .expiry: writeOffExpired(at: event.time)
        case .rebalancing: stock.rebalance()
        case .count: countStock(number: event.id, at: event.time)
        case .outlet: sellSecond(at: event.time)
        case nil: break
        }
    }

    private mutating func writeOffExpired(at now: Int64) {
        for row in 0..<stock.rows.count {
            let units = stock.expire(row: row, at: now)
            if units == 0 { continue }
            counters.trade.unitsExpired += Int64(units)
            flow.expired[Int(stock.rows[row].node)] += Int64(units)
            postStock(loss: units, sku: Int(stock.rows[row].sku), account: .writeDown, at: now)
        }
    }

    /// Sells all second choice to the outlet: revenue without tax, and the goods' cost.
    private mutating func sellSecond(at now: Int64) {
        guard let outlet = prepared.world.afterSales.outlet else { return }
        for row in 0..<stock.rows.count {
            let units = stock.clearSecond(row: row)
            if units == 0 { continue }
            counters.trade.unitsOutlet += Int64(units)
            let sku = Int(stock.rows[row].sku)
            let gross = outlet.price.of(terms.minor(terms.listPrices[sku] * Int64(units)))
            let tax = roundedDivision(gross * terms.vat, by: 1_000_000 + terms.vat)
            counters.trade.outletTax += tax
            let cost = terms.minor(terms.unitCosts[sku] * Int64(units))
            let day = day(of: now)
            postShared(debit: .cash, credit: .outletSales, gross - tax, day: day)
            postShared(debit: .cash, credit: .vatPayable, tax, day: day)
            postShared(debit: .costOfGoods, credit: .inventory, cost, day: day)
            if stock.lots.consigned > 0 {
                let owed = terms.minor(terms.unitCosts[sku] * Int64(stock.lots.consigned))
                postShared(debit: .inventory, credit: .supplierPayable, owed, day: day)
            }
        }
    }

    /// Counts a part of the rows, a different one each time.
    private mutating func countStock(number: UInt64, at now: Int64) {
        let share = prepared.world.stockTakes.countedShare.fraction
        for row in 0..<stock.rows.count {
            if share < 1 && random(.stockCount, combine(rowEntity(row), number)).uniform(at: 0) >= share { continue }
            counters.trade.rowsCounted += 1
            let change = stock.count(row: row)
            if change == 0 { continue }
            counters.trade.unitsCorrected += Int64(abs(change))
            postStock(loss: -change, sku: Int(stock.rows[row].sku), account: .shrinkage, at: now)
            if stock.rows[row].free < 0 {
                settleShortage(row: row, at: now)
                // Quotas had nothing left to give up while more was promised than there is.
                stock.shrinkQuotas(Int(stock.rows[row].sku))
            }
        }
    }

    /// Goods written off, or (below zero) found: at cost.
    private mutating func postStock(loss: Int32, sku: Int, account: Account, at now: Int64) {
        let cost = terms.minor(terms.unitCosts[sku] * Int64(abs(loss)))
        if loss > 0 {
            postShared(debit: account, credit: .inventory, cost, day: day(of: now))
        } else {
            postShared(debit: .inventory, credit: account, cost, day: day(of: now))
        }
    }
}
