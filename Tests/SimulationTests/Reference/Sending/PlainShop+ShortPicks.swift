import Foundation
import NumericCore
import Retail

@testable import Simulation

/// Goods that are not where the books say.
extension PlainShop {
    /// Goods that are not where the books say leave the books; the line goes from elsewhere or leaves the order.
    func sendFromElsewhere(_ order: Order, _ place: Int, _ now: Int64) {
        let part = order.parts[place]
        rows[part.row].reserved -= part.quantity
        rows[part.row].book -= part.quantity
        if world.stockTakes.errorRate > .zero { rows[part.row].drift += part.quantity }
        takeLots(part.row, part.quantity, .sellable)
        post(.shrinkage, .inventory, minor(world.skus.unitCosts[part.sku].units * part.quantity))
        tell(order, now, .notFound(sku: world.skus.codes[part.sku], units: part.quantity))
        if !moveLine(order, place, now) { dropLine(order, place, now) }
    }

    /// Gives a line another row, in a parcel not yet begun or a new one. False: no node can send it.
    func moveLine(_ order: Order, _ place: Int, _ now: Int64) -> Bool {
        if order.isPickup { return false }
        let part = order.parts[place]
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
                    && (order.state != .released
                        || toFulfil.contains { $0.isOpen && $0.order === order && $0.parcel == parcel })
            }
            if open == nil && order.nodes.count == 4 { continue }
            let rank = open == nil ? score.rank : world.network.nodes[node].costPerLine.units
            if rank < best?.rank ?? .max { best = (rank, row, open) }
        }
        guard let best else { return false }
        let node = rows[best.row].node
        if best.parcel == nil {
            order.nodes.append(node)
            if order.state == .released {
                order.leftToPick += 1
                order.leftToShip += 1
                toFulfil.append((order, order.nodes.count - 1, true, now))
            }
        }
        order.parts[place].row = best.row
        order.parts[place].parcel = best.parcel ?? order.nodes.count - 1
        reserve(order.channel, order.parts[place])
        tell(order, now, .rerouted(sku: world.skus.codes[part.sku], node: world.network.nodes[node].code))
        return true
    }

    func dropLine(_ order: Order, _ place: Int, _ now: Int64) {
        let part = order.parts[place]
        (order.parts[place].quantity, order.parts[place].due, order.parts[place].subsidy) = (0, 0, 0)
        if !part.isGift { giveBackFlash(part) }
        postOversold(order, part)
        if !order.isCut { post(.compensation, .accrued, world.costs.oversoldCompensation.minor) }
        order.isCut = true
        tell(order, now, .notSent(sku: world.skus.codes[part.sku]))
        if order.isExchange { refundPart(order, part, now) }
    }
}
