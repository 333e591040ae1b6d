import Foundation
import NumericCore
import Retail

@testable import Simulation

/// What is there, and who may see and take it.
extension PlainShop {
    func pool(_ sku: Int) -> Int64 { rows.filter { $0.sku == sku }.reduce(0) { $0 + $1.free } }
    func exclusive(_ sku: Int) -> Int64 { quotas.reduce(0) { $0 + ($1.isEmpty ? 0 : $1[sku]) } }

    /// What presales have sold and nothing on its way will bring.
    func uncovered(_ sku: Int) -> Int64 { max(0, committed[sku] - coming[sku]) }

    func truth(_ channel: Int, _ sku: Int) -> Int64 {
        switch world.channels[channel].sharing {
        case .quota: return allowed(channel, sku)
        case .ratio(let ratio, let buffer):
            return max(0, allowed(channel, sku) * ratio.partsPerMillion / 1_000_000 - Int64(buffer))
        case .priority(_, _, let buffer): return max(0, allowed(channel, sku) - Int64(buffer))
        }
    }

    func refresh(_ channel: Int) {
        for sku in 0..<world.skus.count { shown[channel][sku] = truth(channel, sku) }
    }

    func figure(_ channel: Int, _ sku: Int) -> Int64 {
        world.channels[channel].channel.synchronisationLag == 0 ? truth(channel, sku) : max(0, shown[channel][sku])
    }

    /// Warehouses report, campaigns begin and end, and shops refresh, each at its own moment; of one moment the shops
    /// come last.
    func advance(to now: Int64) {
        while let next = (reports.map(\.due) + campaignMoments.filter { $0 > clock }).min(), next <= now {
            refreshShops(to: next - 1)
            clock = next
            for report in reports where report.due == next { rows[report.row].unseen -= report.quantity }
            reports.removeAll { $0.due == next }
        }
        refreshShops(to: now)
        clock = now
    }

    private var campaignMoments: [Int64] {
        world.promotions.filter { $0.reserve > .zero }.flatMap { [$0.begins.microseconds, $0.ends.microseconds] }
    }

    func refreshShops(to now: Int64) {
        for (channel, plan) in world.channels.enumerated() {
            let lag = Int64(plan.channel.synchronisationLag) * 1_000_000
            guard lag > 0, now / lag > refreshes[channel] else { continue }
            refreshes[channel] = now / lag
            refresh(channel)
        }
    }

    /// Changes what is free of a SKU, and a channel's own part of it where it has one.
    func giveQuota(_ channel: Int, _ sku: Int, _ units: Int64) {
        if !quotas[channel].isEmpty { quotas[channel][sku] += units }
    }

    func reserve(_ channel: Int, _ part: Part) {
        rows[part.row].reserved += part.quantity
        giveQuota(channel, part.sku, -part.quantity)
        note(channel, part.sku, part.quantity)
        shown[channel][part.sku] -= part.quantity
    }

    func release(_ order: Order) {
        endCommitment(order)
        guard order.isHeld else { return }
        order.isHeld = false
        for part in order.parts { unreserve(order.channel, part) }
    }

    func unreserve(_ channel: Int, _ part: Part) {
        rows[part.row].reserved -= part.quantity
        giveQuota(channel, part.sku, part.quantity)
        note(channel, part.sku, -part.quantity)
    }

    /// Goods that came on sale count from their warehouse's next report.
    func announce(_ row: Int, _ units: Int64, _ now: Int64) {
        let lag = Int64(world.network.nodes[rows[row].node].synchronisationLag) * 1_000_000
        guard lag > 0 else { return }
        rows[row].unseen += units
        reports.append(((now / lag + 1) * lag, row, units))
        seen.insert("told later")
    }

    /// Quotas beyond what is left and on its way give up the difference.
    func shrinkQuotas(_ sku: Int) {
        let others = rows.filter { $0.sku == sku }.reduce(0) { $0 + $1.inTransit + $1.unseen }
        let open = max(0, pool(sku) + others)
        guard exclusive(sku) > open else { return }
        let weights = quotas.map { $0.isEmpty ? 0 : $0[sku] }
        guard let parts = try? allocateByLargestRemainder(open, over: weights) else { return }
        for channel in quotas.indices where !quotas[channel].isEmpty { quotas[channel][sku] = parts[channel] }
    }

    // MARK: Wrong books

    func rowEntity(_ row: Int) -> UInt64 {
        combine(world.skus.entities[rows[row].sku], entityHash(world.network.nodes[rows[row].node].code))
    }

    func drift(_ row: Int) -> Int64 {
        let draws = random(.stockError, rowEntity(row))
        guard draws.uniform(at: 0) < world.stockTakes.errorRate.fraction else { return 0 }
        let free = Double(rows[row].free)
        let size = abs(Normal.quantile(draws.uniform(at: 1))) * world.stockTakes.errorSize.fraction * free
        let units = Int64(min(max(1, size.rounded()), max(0, free)))
        return draws.uniform(at: 2) < world.stockTakes.lossShare.fraction ? -units : units
    }

    /// Whether a picker finds less than he is sent for.
    func isMissing(_ part: Part) -> Bool {
        guard world.stockTakes.errorRate > .zero else { return false }
        let row = rows[part.row]
        return part.quantity > max(0, row.book - row.blocked + row.drift)
    }

    /// A stock-take puts books right; where less is there than is promised, the latest orders are sent from elsewhere.
    func count(_ record: Record) {
        let share = world.stockTakes.countedShare.fraction
        for row in rows.indices {
            let entity = combine(rowEntity(row), record.id)
            if share < 1 && random(.stockCount, entity).uniform(at: 0) >= share { continue }
            let change = max(rows[row].drift, rows[row].blocked - rows[row].book)
            rows[row].drift = 0
            if change == 0 { continue }
            seen.insert("counted")
            rows[row].book += change
            correctLots(row, change, record.time)
            if change < 0 { shrinkQuotas(rows[row].sku) }
            let cost = minor(world.skus.unitCosts[rows[row].sku].units * abs(change))
            if change < 0 { post(.shrinkage, .inventory, cost) } else { post(.inventory, .shrinkage, cost) }
            if rows[row].free < 0 {
                settleShortage(row, record.time)
                shrinkQuotas(rows[row].sku)
            }
        }
    }

    func settleShortage(_ row: Int, _ now: Int64) {
        let orders = live.filter(\.isHeld)
        for order in orders.sorted(by: { ($0.arrival.time, $0.arrival.id) > ($1.arrival.time, $1.arrival.id) }) {
            for place in order.parts.indices where order.parts[place].row == row && rows[row].free < 0 {
                let part = order.parts[place]
                if part.quantity == 0 || order.picked.contains(part.parcel) { continue }
                seen.insert("taken back by a count")
                unreserve(order.channel, part)
                if !moveLine(order, place, now) { dropLine(order, place, now) }
            }
            let isOpen = order.state == .placed || order.state == .paid
            guard isOpen, order.parts.allSatisfy({ $0.quantity == 0 }) else { continue }
            order.isHeld = false
            giveBack(order)
            returnDeposit(order)
            finish(order, .oversold, now)
        }
    }
}
