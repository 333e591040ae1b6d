import Foundation
import NumericCore
import Retail

@testable import Simulation

/// Several parcels.
extension PlainShop {
    /// The cheapest two parcels of all ways to cut the order in two between the six best nodes.
    func pair(
        _ served: [Int], _ lines: [Part], _ region: Int, _ asked: Int, below limit: Int64, _ now: Int64
    ) -> (nodes: [Int], tier: Int, lines: [Part])? {
        var candidates: [(rank: Int64, node: Int)] = []
        for node in served {
            let count = Int64(lines.count { row(of: $0.sku, at: node, for: $0.quantity) != nil })
            guard count > 0, let score = score(node, region, asked, 0, count, now), !score.isFull,
                !score.isKept
            else { continue }
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

    /// Node by node the one with most of what is left, the cheapest of equals, front warehouses kept for the hour only
    /// where nobody else has any or as the last parcel; then lines in pieces, unless one node has everything, whose
    /// parcel it is when so many parcels do not do.
    func split(
        _ plan: inout Plan, _ lines: [Part], _ served: [Int], _ region: Int, _ asked: Int, _ grams: Int64, _ now: Int64,
        whole: (node: Int, score: Score)?
    ) {
        let (before, all) = (plan, lines)
        var lines = lines
        let most = world.routing.maximumParcels
        while lines.contains(where: { $0.row < 0 }) && plan.nodes.count < most {
            var best: (count: Int, rank: Int64, node: Int, tier: Int)?
            func having(_ node: Int) -> Int {
                lines.count { $0.row < 0 && row(of: $0.sku, at: node, for: $0.quantity) != nil }
            }
            let free = served.filter { !isKept($0) && having($0) > 0 }
            for node in plan.nodes.count == most - 1 || free.isEmpty ? served : free {
                let count = having(node)
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
        if let whole, lines.contains(where: { $0.row < 0 }) {
            plan = before
            return send(&plan, all, from: whole.node, whole.score.tier)
        }
        for line in lines where line.row < 0 { cut(&plan, line, region, asked, now) }
        plan.parts += lines.filter { $0.row >= 0 }
    }

    /// A line in pieces: from nodes that send a parcel anyway, then from others while parcels are left.
    func cut(_ plan: inout Plan, _ line: Part, _ region: Int, _ asked: Int, _ now: Int64) {
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
}
