import Foundation
import NumericCore
import Retail

@testable import Simulation

/// Units on a shelf that came together.
struct PlainLot: Equatable {
    enum Grade: Int { case sellable, inspection, second }

    var expires: Int64
    var owner: Int
    var grade: Grade
    var quantity: Int64

    func goesBefore(_ other: PlainLot) -> Bool {
        (grade.rawValue, expires, owner) < (other.grade.rawValue, other.expires, other.owner)
    }
}

/// What is on each shelf, lot by lot; first expired, first out.
extension PlainShop {
    var hasLots: Bool {
        !world.stock.lots.isEmpty || world.afterSales.outlet != nil || world.skus.shelfLives.contains { $0 > 0 }
    }

    func expiry(_ row: Int, _ now: Int64) -> Int64 {
        let days = Int64(world.skus.shelfLives[rows[row].sku])
        return days > 0 ? now + days * Self.day : .max
    }

    func fillShelves() {
        for (index, plan) in world.stock.rows.enumerated() {
            let given = world.stock.lots.filter { $0.sku == plan.sku && $0.node == plan.node && $0.quantity > 0 }
            putLots(
                index,
                given.map {
                    PlainLot(
                        expires: $0.expires?.microseconds ?? .max, owner: $0.owner,
                        grade: $0.isSecond ? .second : .sellable, quantity: Int64($0.quantity))
                })
            rows[index].blocked = given.filter(\.isSecond).reduce(0) { $0 + Int64($1.quantity) }
            let rest = Int64(plan.opening) - given.reduce(0) { $0 + Int64($1.quantity) }
            putLots(index, [PlainLot(expires: expiry(index, 0), owner: 0, grade: .sellable, quantity: rest)])
        }
    }

    func putLots(_ row: Int, _ lots: [PlainLot]) {
        guard hasLots else { return }
        for lot in lots where lot.quantity > 0 {
            let same = rows[row].lots.firstIndex {
                $0.expires == lot.expires && $0.owner == lot.owner && $0.grade == lot.grade
            }
            if let same { rows[row].lots[same].quantity += lot.quantity } else { rows[row].lots.append(lot) }
        }
        rows[row].lots.sort { $0.goesBefore($1) }
    }

    /// Takes units of a grade off a shelf, the first to expire first.
    @discardableResult
    func takeLots(_ row: Int, _ units: Int64, _ grade: PlainLot.Grade) -> [PlainLot] {
        guard hasLots else { return [] }
        var (left, taken): (Int64, [PlainLot]) = (units, [])
        for place in rows[row].lots.indices where rows[row].lots[place].grade == grade && left > 0 {
            var part = rows[row].lots[place]
            part.quantity = min(left, part.quantity)
            rows[row].lots[place].quantity -= part.quantity
            left -= part.quantity
            taken.append(part)
        }
        if left > 0 { outcry = "a shelf's lots are fewer than its book" }
        rows[row].lots.removeAll { $0.quantity == 0 }
        return taken
    }

    /// Goods that come back are ours, as old as the first lot on the shelf.
    func returnLot(_ row: Int, _ units: Int64, _ now: Int64) {
        let expires = rows[row].lots.first?.expires ?? expiry(row, now)
        putLots(row, [PlainLot(expires: expires, owner: 0, grade: .inspection, quantity: units)])
    }

    func restockLots(_ row: Int, _ units: Int64, as grade: PlainLot.Grade = .sellable) {
        let lots = takeLots(row, units, .inspection)
        putLots(
            row,
            lots.map { lot in
                var lot = lot
                lot.grade = grade
                return lot
            })
    }

    /// What a count finds too many joins the oldest lot for sale; what it misses leaves it.
    func correctLots(_ row: Int, _ change: Int64, _ now: Int64) {
        if change < 0 {
            _ = takeLots(row, -change, .sellable)
            return
        }
        let oldest = rows[row].lots.first.flatMap { $0.grade == .sellable ? $0.expires : nil }
        let expires = oldest ?? expiry(row, now)
        putLots(row, [PlainLot(expires: expires, owner: 0, grade: .sellable, quantity: change)])
    }

    /// At midnight what has expired and is not promised is written off; quotas beyond what is left shrink.
    func writeOffExpired(_ now: Int64) {
        for row in rows.indices {
            let old = rows[row].lots.filter { $0.grade == .sellable && $0.expires <= now }
            let units = min(old.reduce(0) { $0 + $1.quantity }, max(0, rows[row].free))
            guard units > 0 else { continue }
            let sku = rows[row].sku
            takeLots(row, units, .sellable)
            rows[row].book -= units
            post(.writeDown, .inventory, minor(world.skus.unitCosts[sku].units * units))
            shrinkQuotas(sku)
            seen.insert("expired")
        }
    }
}
