import Foundation
import NumericCore
import Retail

@testable import Simulation

/// What an order costs beside its goods, and what becomes of second choice.
extension PlainShop {
    /// The last parcel has left its node: the platform's clock stops, and the way back may be insured.
    func depart(_ order: Order) {
        if order.isExchange { return }
        let limit =
            order.presale != nil
            ? world.shipping.presaleShipWithin ?? world.shipping.shipWithin
            : world.shipping.shipWithin
        if let limit, order.lastDeparture - order.paidAt > limit.microseconds {
            post(.compensation, .accrued, world.shipping.lateShippingCompensation.minor)
            seen.insert("shipped late")
        }
        let plan = world.afterSales
        if random(.insurance, order.entity).uniform(at: 0) < plan.insuredShare.fraction {
            order.isInsured = true
            post(.insurance, .accrued, minor(plan.insurancePremium.units))
        }
    }

    /// Visits and questions that follow a delivery.
    func serve(_ order: Order, _ now: Int64) {
        let plan = world.afterSales
        let visits = random(.visit, order.entity)
        func visit(_ kind: TraceStep.Visit, _ moment: Int64) {
            post(.service, .accrued, minor(plan.visitCost.units))
            tell(order, now, .visited(kind, on: Instant(microseconds: moment)))
            seen.insert(kind.rawValue)
        }
        if order.hasBulky && !order.isRefused && visits.uniform(at: 0) < plan.installationShare.fraction {
            visit(.installation, now + Self.day)
        }
        if order.backs.isEmpty && visits.uniform(at: 1) < plan.repairShare.fraction {
            let wait = -log1p(-visits.uniform(at: 2)) * Double(plan.repairDelay.microseconds)
            visit(.repair, now + Int64(min(wait, 1e14)))
        }
        let isTroubled = order.isLate || !order.backs.isEmpty || order.isCut
        let mean = plan.contactsPerOrder + (isTroubled ? plan.contactsWhenTroubled : 0)
        guard mean > 0 else { return }
        let number = Int64(
            poissonByInversion(mean: mean, uniform: random(.serviceContact, order.entity).uniform(at: 0)))
        guard number > 0 else { return }
        post(.service, .accrued, minor(plan.contactCost.units) * number)
        tell(order, now, .contacted(times: Int(number)))
    }

    /// Work beyond the regular end of a shift is paid by the hour, to the second.
    func payOvertime(_ node: Int, _ start: Int64, _ end: Int64) {
        let place = world.network.nodes[node]
        guard world.fulfilment.overtime > .start, place.opens != place.closes else { return }
        let regular = start / Self.day * Self.day + Int64(place.closes) * 1_000_000
        let over = end - max(start, regular)
        guard over > 0 else { return }
        seen.insert("overtime")
        post(.overtime, .accrued, minor(over / 1_000_000 * world.fulfilment.overtimeCost.units / 3_600))
    }

    /// The outlet takes all second choice.
    func sellSecond() {
        guard let outlet = world.afterSales.outlet else { return }
        for row in rows.indices {
            let units = rows[row].lots.filter { $0.grade == .second }.reduce(0) { $0 + $1.quantity }
            if units == 0 { continue }
            let others = takeLots(row, units, .second).filter { $0.owner > 0 }.reduce(0) { $0 + $1.quantity }
            rows[row].book -= units
            rows[row].blocked -= units
            let sku = rows[row].sku
            let gross = outlet.price.of(minor(world.skus.listPrices[sku].units * units))
            post(.cash, .outletSales, gross - tax(in: gross))
            post(.cash, .vatPayable, tax(in: gross))
            post(.costOfGoods, .inventory, minor(world.skus.unitCosts[sku].units * units))
            post(.inventory, .supplierPayable, minor(world.skus.unitCosts[sku].units * others))
            seen.insert("sold at the outlet")
        }
    }
}
