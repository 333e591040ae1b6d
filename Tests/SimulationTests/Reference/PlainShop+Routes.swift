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

    /// What a parcel from a node costs, all told, in ten-thousandths.
    struct Score {
        var cost: Int64
        var tier: Int
        var isFull = false
        /// Nodes with too much work waiting come after all others.
        var rank: Int64 { cost + (isFull ? 1 << 44 : 0) }
    }

    func options(_ node: Int, _ region: Int) -> [DeliveryOption] {
        Array(world.delivery.options(Node.Index(node), Region.Index(region)))
    }

    private func sends(_ node: Int) -> Bool { world.routing.senders.contains(world.network.nodes[node].kind) }

    private func maySend(_ sku: Int, from node: Int) -> Bool {
        let kind = world.network.nodes[node].kind
        switch world.skus.handling[sku] {
        case .normal, .chilled: return true
        case .bulky: return world.routing.bulkySenders.contains(kind)
        case .hazardous: return world.routing.hazardousSenders.contains(kind)
        }
    }

    /// Lines of an order with the parts of each put together again.
    private func gathered(_ parts: [Part]) -> [Part] {
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
        let asked = gathered(order.parts)
        let skus = asked.map(\.sku)
        if Set(skus).count == skus.count { return plan(asked, order, channel, now) }
        // A SKU bought and given: its lines take from the same shelf and are planned as one.
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
        var plan = plan(joined, order, channel, now)
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

    private func plan(_ asked: [Part], _ order: Order, _ channel: Int, _ now: Int64) -> Plan {
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
        let tier = Int(order.arrival.askedTier)
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
            plan.nodes = pair.nodes
            plan.tier = pair.tier
            plan.parts += pair.lines
            return plan
        }
        if let best {
            send(&plan, lines, from: best.node, best.score.tier)
            return plan
        }
        split(&plan, lines, served, order.region, tier, grams, now)
        return plan
    }

    /// What a channel may take of the pool.
    private func allowed(_ channel: Int, _ sku: Int) -> Int64 {
        let open = pool(sku) - uncovered(sku)
        return max(0, quotas[channel].isEmpty ? open - exclusive(sku) : min(quotas[channel][sku], open))
    }

    private func grams(_ lines: [Part]) -> Int64 {
        lines.reduce(0) { $0 + Int64(world.skus.weights[$1.sku]) * $1.quantity }
    }

    /// The row of a SKU at a node that may send it and has so much free.
    private func row(of sku: Int, at node: Int, for quantity: Int64) -> Int? {
        rows.indices.last {
            rows[$0].sku == sku && rows[$0].node == node && rows[$0].free >= quantity && maySend(sku, from: node)
        }
    }

    private func isOpen(_ node: Int, _ now: Int64) -> Bool {
        let place = world.network.nodes[node]
        return inShift(now, opens: place.opens, closes: place.closes) == now
    }

    private func hasRider(_ node: Int, _ now: Int64) -> Bool {
        guard world.shipping.riders != nil else { return true }
        return (riders[node].min() ?? 0) <= now + world.shipping.riderWait.microseconds
    }

    private func isReadyForTheHour(_ node: Int, _ now: Int64) -> Bool { isOpen(node, now) && hasRider(node, now) }

    private func send(_ plan: inout Plan, _ lines: [Part], from node: Int, _ tier: Int) {
        plan.nodes = [node]
        plan.tier = tier
        for line in lines {
            var part = line
            part.row = row(of: line.sku, at: node, for: line.quantity) ?? -1
            part.parcel = 0
            plan.parts.append(part)
        }
    }

    // MARK: The score

    /// Freight of the cheapest offer of the tier asked for or a faster one (else of the next slower), handling,
    /// distance, waiting work, slowness, a day lost. Nil where there is no way.
    private func score(
        _ node: Int, _ region: Int, _ asked: Int, _ grams: Int64, _ lines: Int64, _ now: Int64
    ) -> Score? {
        let routing = world.routing
        guard asked == 0 || sends(node) else { return nil }
        let ready = max(now, stations[node].min() ?? 0)
        let offers = options(node, region).filter { asked == 0 || $0.tier != .oneHour }
        func cheapest(_ offers: [DeliveryOption]) -> (price: Int64, tier: Int)? {
            let quick = offers.filter { $0.tier.number <= asked }
            let slower = offers.filter { $0.tier.number > asked }.map(\.tier.number).min()
            var best: (price: Int64, tier: Int)?
            for offer in quick.isEmpty ? offers.filter({ $0.tier.number == slower }) : quick
            where offer.price(grams: grams) < best?.price ?? .max {
                best = (offer.price(grams: grams), offer.tier.number)
            }
            return best
        }
        var found: (price: Int64, tier: Int)?
        if routing.seesCarriers {
            found = cheapest(
                offers.filter { offer in
                    let carrier = offer.carrier.position
                    let leaves = departure(node, carrier, offer.tier.number, ready)
                    return loads[carrier][min(Int(leaves / Self.day), loads[carrier].count - 1)]
                        < world.carriers[carrier].dailyCapacity
                })
        }
        guard let freight = found ?? cheapest(offers) else { return nil }
        var cost = freight.price + world.network.nodes[node].costPerLine.units * lines
        cost += Int64(world.network.distance(node, region) * Double(routing.costPerKilometre.units))
        cost += (ready - now) / 1_000_000 * routing.costPerBacklogHour.units / 3_600
        cost += Int64(max(0, freight.tier - asked)) * routing.costPerTierStep.units
        if asked > 0 {
            var days = ready / Self.day - now / Self.day
            if ready % Self.day > Int64(world.network.nodes[node].cutOff) * 1_000_000 { days += 1 }
            cost += days * routing.costPerLateDay.units
        }
        let isFull = ready - now > routing.maximumBacklog?.microseconds ?? .max
        return Score(cost: cost, tier: freight.tier, isFull: isFull)
    }

    /// What it costs to take units from a shelf that runs empty, less what is spared where there is too much.
    private func shelf(_ row: Int, _ quantity: Int64) -> Int64 {
        let level = Int64(world.stock.rows[row].orderUpTo)
        guard level > 0 else { return 0 }
        let left = rows[row].free - quantity
        let missing = min(level, max(0, level - left))
        let part = Double(missing) / Double(level)
        var cost = Int64(Double(world.routing.costOfImbalance.units) * Double(quantity) * part)
        let surplus = min(quantity, max(0, rows[row].free - level))
        let unitCost = world.skus.unitCosts[rows[row].sku].units
        cost -= unitCost * world.routing.markdownRisk.partsPerMillion / 1_000_000 * surplus
        return cost
    }

    /// The score of a node that sends all of the lines.
    private func whole(
        _ node: Int, _ lines: [Part], _ region: Int, _ asked: Int, _ grams: Int64, _ now: Int64
    ) -> Score? {
        guard var score = score(node, region, asked, grams, Int64(lines.count), now) else { return nil }
        for line in lines {
            if let row = rows.firstIndex(where: { $0.sku == line.sku && $0.node == node }) {
                score.cost += shelf(row, line.quantity)
            }
        }
        return score
    }

    /// Of nodes that have everything the first by the rule.
    private func best(
        _ nodes: [Int], _ lines: [Part], _ region: Int, _ asked: Int, _ grams: Int64, _ now: Int64
    ) -> (node: Int, score: Score)? {
        var chosen: Int?
        switch world.routing.rule {
        case .cheapest:
            var best: (node: Int, score: Score)?
            for node in nodes {
                guard let score = whole(node, lines, region, asked, grams, now) else { continue }
                if score.rank < best?.score.rank ?? .max { best = (node, score) }
            }
            return best
        case .nearest: break
        case .fixed: chosen = nodes.contains(home(region)) ? home(region) : nil
        }
        let nearest = nodes.min { (metres($0, region), $0) < (metres($1, region), $1) }
        guard let node = chosen ?? nearest, let score = whole(node, lines, region, asked, grams, now) else {
            return nil
        }
        return (node, score)
    }

    private func metres(_ node: Int, _ region: Int) -> Int64 { Int64(world.network.distance(node, region) * 1_000) }

    /// The node that serves a region by the fixed table: the cheapest for a parcel of a kilogram.
    private func home(_ region: Int) -> Int {
        var best: (cost: Int64, node: Int) = (.max, -1)
        for node in world.network.nodes.indices where sends(node) {
            let prices = options(node, region).filter { $0.tier != .oneHour }.map { $0.price(grams: 1_000) }
            guard let price = prices.min() else { continue }
            let distance = Int64(world.network.distance(node, region) * Double(world.routing.costPerKilometre.units))
            let cost = price + world.network.nodes[node].costPerLine.units + distance
            if cost < best.cost { best = (cost, node) }
        }
        return best.node
    }

    // MARK: Several parcels

    /// The cheapest two parcels of all ways to cut the order in two between the six best nodes.
    private func pair(
        _ served: [Int], _ lines: [Part], _ region: Int, _ asked: Int, below limit: Int64, _ now: Int64
    ) -> (nodes: [Int], tier: Int, lines: [Part])? {
        var candidates: [(rank: Int64, node: Int)] = []
        for node in served {
            let count = Int64(lines.count { row(of: $0.sku, at: node, for: $0.quantity) != nil })
            guard count > 0, let score = score(node, region, asked, 0, count, now), !score.isFull else { continue }
            candidates.append((score.cost / count, node))
        }
        // The earlier of equals.
        let ranked = candidates.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
        let nodes = ranked.prefix(6).map(\.element.node)
        let extra = world.routing.costPerSplit.units + world.costs.packagingPerParcel.units
        var best = limit
        var found: (nodes: [Int], tier: Int, lines: [Part])?
        for (place, first) in nodes.enumerated() {
            for second in nodes[(place + 1)...] {
                for choice in 1..<(1 << lines.count) - 1 {
                    var cut = lines
                    for line in lines.indices {
                        let isFirst = choice >> line & 1 == 1
                        let node = isFirst ? first : second
                        cut[line].row = row(of: lines[line].sku, at: node, for: lines[line].quantity) ?? -1
                        cut[line].parcel = isFirst ? 0 : 1
                    }
                    guard cut.allSatisfy({ $0.row >= 0 }) else { continue }
                    let halves = [0, 1].map { parcel in cut.filter { $0.parcel == parcel } }
                    guard let one = whole(first, halves[0], region, asked, grams(halves[0]), now),
                        let two = whole(second, halves[1], region, asked, grams(halves[1]), now), !one.isFull,
                        !two.isFull
                    else { continue }
                    let cost = one.cost + two.cost + extra
                    if cost < best { (best, found) = (cost, ([first, second], max(one.tier, two.tier), cut)) }
                }
            }
        }
        return found
    }

    /// Node by node the one with most of what is left, the cheapest of equals; then lines in pieces.
    private func split(
        _ plan: inout Plan, _ lines: [Part], _ served: [Int], _ region: Int, _ asked: Int, _ grams: Int64, _ now: Int64
    ) {
        var lines = lines
        let most = world.routing.maximumParcels
        while lines.contains(where: { $0.row < 0 }) && plan.nodes.count < most {
            var best: (count: Int, rank: Int64, node: Int, tier: Int)?
            for node in served {
                let count = lines.count { $0.row < 0 && row(of: $0.sku, at: node, for: $0.quantity) != nil }
                if count == 0 { continue }
                let part = grams * Int64(count) / Int64(lines.count)
                guard let score = score(node, region, max(1, asked), part, Int64(count), now) else { continue }
                if let best, count < best.count || (count == best.count && score.rank >= best.rank) { continue }
                best = (count, score.rank, node, score.tier)
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
                if plan.nodes.contains(node) == isNew || !maySend(line.sku, from: node) { continue }
                let piece = min(left.quantity, rows[row].free)
                if isNew {
                    guard plan.nodes.count < world.routing.maximumParcels else { continue }
                    let grams = Int64(world.skus.weights[line.sku]) * piece
                    guard let score = score(node, region, max(1, asked), grams, 1, now) else { continue }
                    plan.tier = plan.nodes.isEmpty ? score.tier : max(plan.tier, score.tier)
                    plan.nodes.append(node)
                }
                let isRest = piece == left.quantity
                let due = isRest ? left.due : left.due * piece / left.quantity
                let subsidy = isRest ? left.subsidy : left.subsidy * piece / left.quantity
                plan.parts.append(
                    Part(
                        sku: line.sku, quantity: piece, row: row, parcel: plan.nodes.firstIndex(of: node) ?? 0,
                        sale: line.sale, due: due, subsidy: subsidy))
                left.quantity -= piece
                left.due -= due
                left.subsidy -= subsidy
            }
        }
        if left.quantity > 0 {
            left.row = -1
            plan.parts.append(left)
        }
    }

    // MARK: Release

    func route(_ order: Order, _ now: Int64) {
        guard order.state == .paid else { return }
        let node = order.nodes[0]
        let isBusy = (stations[node].min() ?? 0) > now
        if order.nodes.count > 1 || isBusy || (order.tier == 0 && !isReadyForTheHour(node, now)) {
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
        order.leftToShip = order.nodes.count
        if random(.refusal, order.entity).uniform(at: 0) < world.afterSales.refusalRate.fraction {
            order.isRefused = true
        }
        order.promise = promise(order)
        tell(
            order, now,
            .routed(
                nodes: order.nodes.map { world.network.nodes[$0].code }, tier: ServiceTier.allCases[order.tier],
                promise: Instant(microseconds: order.promise)))
        toFulfil.append((order, nil, now))
    }

    private func promise(_ order: Order) -> Int64 {
        if order.tier == 0 { return order.paidAt + Self.hour }
        var day = order.paidAt / Self.day
        if order.paidAt % Self.day > Int64(world.network.nodes[order.nodes[0]].cutOff) * 1_000_000 { day += 1 }
        let isExport = order.tier == 3 && world.network.regions[order.region].isExport
        day += Int64(isExport ? world.routing.exportPromiseDays : world.routing.promiseDays[order.tier])
        return (day + 1) * Self.day
    }

    // MARK: Short picks

    /// Goods that are not where the books say leave the books; the line goes from another node that has it all, in a
    /// parcel not yet begun or a new one; else it leaves the order.
    func sendFromElsewhere(_ order: Order, _ place: Int, _ now: Int64) {
        let part = order.parts[place]
        let code = world.skus.codes[part.sku]
        rows[part.row].reserved -= part.quantity
        rows[part.row].book -= part.quantity
        takeLots(part.row, part.quantity, .sellable)
        post(.shrinkage, .inventory, minor(world.skus.unitCosts[part.sku].units * part.quantity))
        tell(order, now, .notFound(sku: code, units: part.quantity))
        var best: (rank: Int64, row: Int, parcel: Int?)?
        for row in rows.indices where rows[row].sku == part.sku && row != part.row && rows[row].free >= part.quantity {
            guard allowed(order.channel, part.sku) >= part.quantity else { break }
            let node = rows[row].node
            let grams = Int64(world.skus.weights[part.sku]) * part.quantity
            guard maySend(part.sku, from: node),
                let score = score(node, order.region, max(1, order.tier), grams, 1, now)
            else { continue }
            // A parcel opened for another line at this very moment takes this one too, for its handling.
            let open = order.nodes.indices.first { parcel in
                order.nodes[parcel] == node && !order.picked.contains(parcel)
                    && toFulfil.contains { $0.order === order && $0.parcel == parcel }
            }
            if open == nil && order.nodes.count == 4 { continue }
            let rank = open == nil ? score.rank : world.network.nodes[node].costPerLine.units
            if rank < best?.rank ?? .max { best = (rank, row, open) }
        }
        guard let best else { return dropLine(order, place, now) }
        let node = rows[best.row].node
        if best.parcel == nil {
            order.nodes.append(node)
            order.leftToPick += 1
            order.leftToShip += 1
            toFulfil.append((order, order.nodes.count - 1, now))
        }
        order.parts[place].row = best.row
        order.parts[place].parcel = best.parcel ?? order.nodes.count - 1
        reserve(order.channel, order.parts[place])
        tell(order, now, .rerouted(sku: code, node: world.network.nodes[node].code))
    }

    private func dropLine(_ order: Order, _ place: Int, _ now: Int64) {
        let part = order.parts[place]
        (order.parts[place].quantity, order.parts[place].due, order.parts[place].subsidy) = (0, 0, 0)
        if !part.isGift { giveBackFlash(part) }
        postOversold(order, part)
        if !order.isCut { post(.compensation, .accrued, world.costs.oversoldCompensation.minor) }
        order.isCut = true
        tell(order, now, .notSent(sku: world.skus.codes[part.sku]))
    }
}
