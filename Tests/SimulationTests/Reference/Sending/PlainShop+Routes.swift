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

    func options(_ node: Int, _ region: Int) -> [DeliveryOption] {
        Array(world.delivery.options(Node.Index(node), Region.Index(region)))
    }

    func sends(_ node: Int) -> Bool { world.routing.senders.contains(world.network.nodes[node].kind) }

    func maySend(_ sku: Int, from node: Int) -> Bool {
        let kind = world.network.nodes[node].kind
        switch world.skus.handling[sku] {
        case .normal, .chilled: return true
        case .bulky: return world.routing.bulkySenders.contains(kind)
        case .hazardous: return world.routing.hazardousSenders.contains(kind)
        }
    }

    /// Lines of an order with the parts of each put together again.
    func gathered(_ parts: [Part]) -> [Part] {
        var lines: [Part] = []
        for part in parts where part.quantity > 0 {
            if let last = lines.last, last.sku == part.sku, last.sale == part.sale {
                lines[lines.count - 1].quantity += part.quantity
                lines[lines.count - 1].due += part.due
                lines[lines.count - 1].subsidy += part.subsidy
            } else {
                lines.append(
                    Part(sku: part.sku, quantity: part.quantity, sale: part.sale, due: part.due, subsidy: part.subsidy))
            }
        }
        return lines
    }

    /// - Parameter channel: -1 when the goods are held already.
    func plan(_ order: Order, channel: Int, _ now: Int64) -> Plan {
        joined(gathered(order.parts)) { plan($0, order, asked: Int(order.arrival.askedTier), channel, now) }
    }

    /// A SKU bought and given: its lines take from the same shelf and are planned as one.
    func joined(_ asked: [Part], _ plan: ([Part]) -> Plan) -> Plan {
        let skus = asked.map(\.sku)
        if Set(skus).count == skus.count { return plan(asked) }
        var joined: [Part] = []
        for line in asked {
            if let place = joined.firstIndex(where: { $0.sku == line.sku }) {
                joined[place].quantity += line.quantity
                joined[place].due += line.due
                joined[place].subsidy += line.subsidy
            } else {
                joined.append(line)
            }
        }
        var plan = plan(joined)
        var open = asked.filter { !$0.isGift } + asked.filter(\.isGift)
        var parts: [Part] = []
        for part in plan.parts.filter({ $0.row >= 0 }) + plan.parts.filter({ $0.row < 0 }) {
            var left = part.quantity
            for place in open.indices where open[place].sku == part.sku && open[place].quantity > 0 && left > 0 {
                var piece = open[place]
                piece.quantity = min(left, open[place].quantity)
                if piece.quantity < open[place].quantity {
                    piece.due = open[place].due * piece.quantity / open[place].quantity
                    piece.subsidy = open[place].subsidy * piece.quantity / open[place].quantity
                }
                (piece.row, piece.parcel) = (part.row, part.parcel)
                open[place].quantity -= piece.quantity
                open[place].due -= piece.due
                open[place].subsidy -= piece.subsidy
                left -= piece.quantity
                parts.append(piece)
            }
        }
        plan.parts = parts
        return plan
    }

    func plan(_ asked: [Part], _ order: Order, asked tier: Int, _ channel: Int, _ now: Int64) -> Plan {
        var plan = Plan()
        var lines = asked
        if channel >= 0 {
            // What the channel may not take of the pool is short from the start.
            lines = lines.compactMap { line in
                let allowed = allowed(channel, line.sku)
                guard allowed < line.quantity else { return line }
                let off = line.quantity - allowed
                var cut = line
                cut.quantity = off
                cut.due = off == line.quantity ? line.due : line.due * off / line.quantity
                cut.subsidy = off == line.quantity ? line.subsidy : line.subsidy * off / line.quantity
                plan.parts.append(cut)
                var kept = line
                kept.quantity -= off
                kept.due -= cut.due
                kept.subsidy -= cut.subsidy
                return kept.quantity > 0 ? kept : nil
            }
        }
        guard !lines.isEmpty else { return plan }
        let grams = grams(lines)
        let nodes = world.network.nodes.indices
        let having = nodes.filter { node in lines.allSatisfy { row(of: $0.sku, at: node, for: $0.quantity) != nil } }
        if tier == 0 {
            var best: (rank: Int64, node: Int)?
            for node in having where options(node, order.region).contains(where: { $0.tier == .oneHour }) {
                guard isReadyForTheHour(node, now), let score = whole(node, lines, order.region, 0, grams, now) else {
                    continue
                }
                if score.rank < best?.rank ?? .max { best = (score.rank, node) }
            }
            if let best {
                send(&plan, lines, from: best.node, 0)
                return plan
            }
        }
        let served = nodes.filter { node in
            sends(node) && options(node, order.region).contains { $0.tier != .oneHour }
        }
        let best = best(served.filter(having.contains), lines, order.region, max(1, tier), grams, now)
        if world.routing.splitsWhenCheaper && world.routing.maximumParcels > 1 && lines.count > 1,
            let pair = pair(served, lines, order.region, max(1, tier), below: best?.score.rank ?? .max, now)
        {
            if best != nil { seen.insert("split to save") }
            plan.nodes = pair.nodes
            plan.tier = pair.tier
            plan.parts += pair.lines
            return plan
        }
        if let best, !best.score.isKept || lines.count == 1 {
            send(&plan, lines, from: best.node, best.score.tier)
            return plan
        }
        if best != nil { seen.insert("shared with a front warehouse") }
        split(&plan, lines, served, order.region, tier, grams, now, whole: best)
        return plan
    }

    /// What a channel may take of the pool.
    func allowed(_ channel: Int, _ sku: Int) -> Int64 {
        let open = pool(sku) - uncovered(sku) - keptForCampaigns(channel, sku)
        if !quotas[channel].isEmpty { return max(0, min(quotas[channel][sku], open)) }
        return max(0, open - exclusive(sku) - keptForOthers(channel, sku))
    }

    func grams(_ lines: [Part]) -> Int64 {
        lines.reduce(0) { $0 + Int64(world.skus.weights[$1.sku]) * $1.quantity }
    }

    /// The row of a SKU at a node that may send it and has so much free.
    func row(of sku: Int, at node: Int, for quantity: Int64) -> Int? {
        rows.indices.last {
            rows[$0].sku == sku && rows[$0].node == node && rows[$0].free >= quantity && maySend(sku, from: node)
        }
    }

    /// The end of a node's shift, overtime included.
    func closes(_ node: Int) -> Int32 {
        let place = world.network.nodes[node]
        if place.opens == place.closes { return place.closes }
        return min(86_400, place.closes + Int32(world.fulfilment.overtime.microseconds / 1_000_000))
    }

    func isOpen(_ node: Int, _ now: Int64) -> Bool {
        let place = world.network.nodes[node]
        return inShift(now, opens: place.opens, closes: closes(node)) == now
    }

    func hasRider(_ node: Int, _ now: Int64) -> Bool {
        guard world.shipping.riders != nil else { return true }
        return (riders[node].min() ?? 0) <= now + world.shipping.riderWait.microseconds
    }

    func isReadyForTheHour(_ node: Int, _ now: Int64) -> Bool {
        isOpen(node, now) && !isOut(node, now) && hasRider(node, now)
    }

    func send(_ plan: inout Plan, _ lines: [Part], from node: Int, _ tier: Int) {
        plan.nodes = [node]
        plan.tier = tier
        for line in lines {
            var part = line
            part.row = row(of: line.sku, at: node, for: line.quantity) ?? -1
            part.parcel = 0
            plan.parts.append(part)
        }
    }
}
