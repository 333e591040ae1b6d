import Foundation
import NumericCore
import Retail

@testable import Simulation

/// Which node sends what.
extension PlainShop {
    struct Plan {
        var parts: [Part] = []
        var nodes: [Int] = []
        var tier = 0
    }

    private func options(_ node: Int, _ region: Int) -> [DeliveryOption] {
        Array(world.delivery.options(Node.Index(node), Region.Index(region)))
    }

    /// Lines of an order with the parts of each put together again.
    private func gathered(_ parts: [Part]) -> [Part] {
        var lines: [Part] = []
        for part in parts {
            if let last = lines.last, last.sku == part.sku {
                lines[lines.count - 1].quantity += part.quantity
                lines[lines.count - 1].due += part.due
                lines[lines.count - 1].subsidy += part.subsidy
            } else {
                lines.append(Part(sku: part.sku, quantity: part.quantity, due: part.due, subsidy: part.subsidy))
            }
        }
        return lines
    }

    /// - Parameter channel: -1 when the goods are held already.
    func plan(_ order: Order, channel: Int, _ now: Int64) -> Plan {
        var plan = Plan()
        var lines = channel >= 0 && order.paidAt == 0 ? order.parts : gathered(order.parts)
        if channel >= 0 {
            // What the channel may not take of the pool is short from the start.
            lines = lines.compactMap { line in
                let allowed =
                    quotas[channel].isEmpty
                    ? max(0, quotas.allSatisfy(\.isEmpty) ? pool(line.sku) : pool(line.sku) - exclusive(line.sku))
                    : min(quotas[channel][line.sku], pool(line.sku))
                guard allowed < line.quantity else { return line }
                let off = line.quantity - max(0, allowed)
                let due = off == line.quantity ? line.due : line.due * off / line.quantity
                let subsidy = off == line.quantity ? line.subsidy : line.subsidy * off / line.quantity
                plan.parts.append(Part(sku: line.sku, quantity: off, due: due, subsidy: subsidy))
                var kept = line
                kept.quantity -= off
                kept.due -= due
                kept.subsidy -= subsidy
                return kept.quantity > 0 ? kept : nil
            }
        }
        guard !lines.isEmpty else { return plan }
        let asked = Int(order.arrival.askedTier)
        let grams = lines.reduce(Int64(0)) { $0 + Int64(world.skus.weights[$1.sku]) * $1.quantity }
        let nodes = world.network.nodes.indices
        func hasAll(_ node: Int) -> Bool { lines.allSatisfy { row(of: $0.sku, at: node, for: $0.quantity) != nil } }
        if asked == 0 {
            var best: (cost: Int64, node: Int)?
            for node in nodes where options(node, order.region).contains(where: { $0.tier == .oneHour }) {
                guard hasAll(node), isOpen(node, now) else { continue }
                let cost = score(node, order.region, 0, grams, Int64(lines.count), now).cost
                if cost < best?.cost ?? .max { best = (cost, node) }
            }
            if let best {
                send(&plan, lines, from: best.node)
                plan.tier = 0
                return plan
            }
        }
        let served = nodes.filter { options($0, order.region).contains { $0.tier != .oneHour } }
        var best: (cost: Int64, node: Int, tier: Int)?
        for node in served where hasAll(node) {
            let (cost, tier) = score(node, order.region, max(1, asked), grams, Int64(lines.count), now)
            if cost < best?.cost ?? .max { best = (cost, node, tier) }
        }
        if let best {
            send(&plan, lines, from: best.node)
            plan.tier = best.tier
            return plan
        }
        split(&plan, lines, served, order.region, asked, grams, now)
        return plan
    }

    /// The row of a SKU at a node with so much free. The last one, should there be several.
    private func row(of sku: Int, at node: Int, for quantity: Int64) -> Int? {
        rows.indices.last { rows[$0].sku == sku && rows[$0].node == node && rows[$0].free >= quantity }
    }

    private func isOpen(_ node: Int, _ now: Int64) -> Bool {
        let place = world.network.nodes[node]
        return inShift(now, opens: place.opens, closes: place.closes) == now
    }

    private func send(_ plan: inout Plan, _ lines: [Part], from node: Int) {
        plan.nodes = [node]
        for line in lines {
            var part = line
            part.row = row(of: line.sku, at: node, for: line.quantity) ?? -1
            part.parcel = 0
            plan.parts.append(part)
        }
    }

    /// Freight of the cheapest offer of the tier asked for or a faster one (else of the next slower), handling,
    /// distance, waiting work, and slowness.
    private func score(
        _ node: Int, _ region: Int, _ asked: Int, _ grams: Int64, _ lines: Int64, _ now: Int64
    ) -> (cost: Int64, tier: Int) {
        let offers = options(node, region).filter { asked == 0 || $0.tier != .oneHour }
        let quick = offers.filter { $0.tier.number <= asked }
        let slower = offers.filter { $0.tier.number > asked }.map(\.tier.number).min()
        let considered = quick.isEmpty ? offers.filter { $0.tier.number == slower } : quick
        var best: (price: Int64, tier: Int)?
        for offer in considered where offer.price(grams: grams) < best?.price ?? .max {
            best = (offer.price(grams: grams), offer.tier.number)
        }
        guard let best else { return (.max, asked) }
        let routing = world.routing
        let backlog = max(0, (stations[node].min() ?? 0) - now) / 1_000_000
        let distance = Int64(world.network.distance(node, region) * Double(routing.costPerKilometre.units))
        var cost = best.price + world.network.nodes[node].costPerLine.units * lines + distance
        cost += backlog * routing.costPerBacklogHour.units / 3_600
        cost += Int64(max(0, best.tier - asked)) * routing.costPerTierStep.units
        return (cost, best.tier)
    }

    /// Node by node the one with most of what is left, the cheapest of equals; then lines in pieces.
    private func split(
        _ plan: inout Plan, _ lines: [Part], _ served: [Int], _ region: Int, _ asked: Int, _ grams: Int64, _ now: Int64
    ) {
        var lines = lines
        let most = world.routing.maximumParcels
        while lines.contains(where: { $0.row < 0 }) && plan.nodes.count < most {
            var best: (count: Int, cost: Int64, node: Int, tier: Int)?
            for node in served {
                let count = lines.count { $0.row < 0 && row(of: $0.sku, at: node, for: $0.quantity) != nil }
                if count == 0 { continue }
                let part = grams * Int64(count) / Int64(lines.count)
                let (cost, tier) = score(node, region, max(1, asked), part, Int64(count), now)
                if let best, count < best.count || (count == best.count && cost >= best.cost) { continue }
                best = (count, cost, node, tier)
            }
            guard let best else { break }
            plan.tier = plan.nodes.isEmpty ? best.tier : max(plan.tier, best.tier)
            plan.nodes.append(best.node)
            for place in lines.indices where lines[place].row < 0 {
                guard let row = row(of: lines[place].sku, at: best.node, for: lines[place].quantity) else { continue }
                lines[place].row = row
                lines[place].parcel = plan.nodes.count - 1
            }
        }
        for line in lines where line.row < 0 { cut(&plan, line, region, asked, now) }
        plan.parts += lines.filter { $0.row >= 0 }
    }

    /// A line in pieces: from nodes that send a parcel anyway, then from others while parcels are left.
    private func cut(_ plan: inout Plan, _ line: Part, _ region: Int, _ asked: Int, _ now: Int64) {
        var left = line
        for isNew in [false, true] {
            for row in rows.indices where rows[row].sku == line.sku && left.quantity > 0 && rows[row].free > 0 {
                let node = rows[row].node
                if plan.nodes.contains(node) == isNew { continue }
                let piece = min(left.quantity, rows[row].free)
                if isNew {
                    guard plan.nodes.count < world.routing.maximumParcels else { continue }
                    let (cost, tier) = score(
                        node, region, max(1, asked), Int64(world.skus.weights[line.sku]) * piece, 1, now)
                    if cost == .max { continue }
                    plan.tier = plan.nodes.isEmpty ? tier : max(plan.tier, tier)
                    plan.nodes.append(node)
                }
                let isRest = piece == left.quantity
                let due = isRest ? left.due : left.due * piece / left.quantity
                let subsidy = isRest ? left.subsidy : left.subsidy * piece / left.quantity
                plan.parts.append(
                    Part(
                        sku: line.sku, quantity: piece, row: row, parcel: plan.nodes.firstIndex(of: node) ?? 0,
                        due: due,
                        subsidy: subsidy))
                left.quantity -= piece
                left.due -= due
                left.subsidy -= subsidy
            }
        }
        if left.quantity > 0 {
            plan.parts.append(Part(sku: line.sku, quantity: left.quantity, due: left.due, subsidy: left.subsidy))
        }
    }

    func route(_ order: Order, _ now: Int64) {
        guard order.state == .paid else { return }
        let node = order.nodes[0]
        let isBusy = (stations[node].min() ?? 0) > now
        if order.nodes.count > 1 || isBusy || (order.tier == 0 && !isOpen(node, now)) {
            for part in order.parts { rows[part.row].reserved -= part.quantity }
            let plan = plan(order, channel: -1, now)
            if plan.parts.allSatisfy({ $0.row >= 0 }) {
                (order.parts, order.nodes, order.tier) = (plan.parts, plan.nodes, plan.tier)
            }
            for part in order.parts { rows[part.row].reserved += part.quantity }
        }
        order.state = .released
        order.released = now
        order.leftToPick = order.nodes.count
        order.leftToDeliver = order.nodes.count
        order.promise = promise(order)
        tell(
            order, now,
            .routed(
                nodes: order.nodes.map { world.network.nodes[$0].code }, tier: ServiceTier.allCases[order.tier],
                promise: Instant(microseconds: order.promise)))
        toFulfil.append(order)
    }

    private func promise(_ order: Order) -> Int64 {
        if order.tier == 0 { return order.paidAt + Self.hour }
        var day = order.paidAt / Self.day
        if order.paidAt % Self.day > Int64(world.network.nodes[order.nodes[0]].cutOff) * 1_000_000 { day += 1 }
        let isExport = order.tier == 3 && world.network.regions[order.region].isExport
        day += Int64(isExport ? world.routing.exportPromiseDays : world.routing.promiseDays[order.tier])
        return (day + 1) * Self.day
    }
}
