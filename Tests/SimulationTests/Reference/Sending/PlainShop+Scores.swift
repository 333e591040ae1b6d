import Foundation
import NumericCore
import Retail

@testable import Simulation

/// What a parcel from a node costs.
extension PlainShop {
    /// What a parcel from a node costs, all told, in ten-thousandths.
    struct Score {
        var cost: Int64
        var tier: Int
        var isFull = false
        var isKept = false
        /// Nodes with too much work waiting come after all others, and those kept for the hour after them.
        var rank: Int64 { cost + (isFull ? 1 << 44 : 0) + (isKept ? 1 << 45 : 0) }
    }

    /// Freight of the cheapest offer of the tier asked for or a faster one (else of the next slower), handling,
    /// distance, waiting work, slowness, a day lost. Nil where there is no way.
    func score(
        _ node: Int, _ region: Int, _ asked: Int, _ grams: Int64, _ lines: Int64, _ now: Int64
    ) -> Score? {
        let routing = world.routing
        guard asked == 0 || sends(node) else { return nil }
        let ready = afterOutage(node, max(now, stations[node].min() ?? 0))
        let offers = options(node, region).filter { asked == 0 || $0.tier != .oneHour }
        func surcharged(_ offer: DeliveryOption) -> Int64 {
            let leaves = departure(node, offer.carrier.position, offer.tier.number, ready)
            return price(offer.carrier.position, offer.price(grams: grams), leaves)
        }
        func cheapest(_ offers: [DeliveryOption]) -> (price: Int64, tier: Int)? {
            let quick = offers.filter { $0.tier.number <= asked }
            let slower = offers.filter { $0.tier.number > asked }.map(\.tier.number).min()
            var best: (price: Int64, tier: Int)?
            for offer in quick.isEmpty ? offers.filter({ $0.tier.number == slower }) : quick
            where surcharged(offer) < best?.price ?? .max { best = (surcharged(offer), offer.tier.number) }
            return best
        }
        var found: (price: Int64, tier: Int)?
        if routing.seesCarriers {
            found = cheapest(
                offers.filter { offer in
                    let carrier = offer.carrier.position
                    let leaves = departure(node, carrier, offer.tier.number, ready)
                    return loads[carrier][min(Int(leaves / Self.day), loads[carrier].count - 1)]
                        < capacity(carrier, world.carriers[carrier].dailyCapacity, leaves)
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
        return Score(cost: cost, tier: freight.tier, isFull: isFull, isKept: asked > 0 && isKept(node))
    }

    /// A front warehouse whose stock is kept for the hour.
    func isKept(_ node: Int) -> Bool { world.routing.keepsFronts && world.network.nodes[node].kind == .front }

    /// What it costs to take units from a shelf that runs empty, less what is spared where there is too much.
    func shelf(_ row: Int, _ quantity: Int64) -> Int64 {
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
    func whole(
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
    func best(
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
        let nearest = nodes.min {
            (isKept($0) ? 1 : 0, metres($0, region), $0) < (isKept($1) ? 1 : 0, metres($1, region), $1)
        }
        guard let node = chosen ?? nearest, let score = whole(node, lines, region, asked, grams, now) else {
            return nil
        }
        return (node, score)
    }

    func metres(_ node: Int, _ region: Int) -> Int64 { Int64(world.network.distance(node, region) * 1_000) }

    /// The node that serves a region by the fixed table: the cheapest for a parcel of a kilogram.
    func home(_ region: Int) -> Int {
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
}
