import NumericCore
import Retail
import Simulation

/// Lays the way of goods and orders into a world: what needs the data set's suppliers, calendar and shipments.
struct FlowStep {
    let scenario: Scenario
    let dataset: Dataset

    func apply(to world: inout World) {
        let flow = scenario.flow
        let base = world.routing
        world.routing = flow.routing
        world.routing.maximumParcels = base.maximumParcels
        world.routing.costPerKilometre = base.costPerKilometre
        world.routing.costPerBacklogHour = base.costPerBacklogHour
        world.fulfilment.packStationsPerTen = flow.packStations
        world.fulfilment.overtime = scenario.fulfilment.overtime
        world.fulfilment.overtimeCost = flow.overtimeCost
        world.fulfilment.shortPicks = flow.shortPicks
        world.inbound = flow.inbound
        world.shipping.riders = flow.riders
        world.shipping.riderWait = flow.riderWait
        let after = world.afterSales
        world.afterSales = flow.afterSales
        world.afterSales.cancellationRate = after.cancellationRate
        world.afterSales.inspection = after.inspection
        world.afterSales.restockShare = after.restockShare
        world.afterSales.returnLaw = after.returnLaw
        world.afterSales.secondShare = after.secondShare
        world.afterSales.outlet = after.outlet
        world.handling.captureInterval = flow.captureInterval
        (world.handling.opens, world.handling.closes) = (flow.clerksOpen, flow.clerksClose)
        world.handling.retryInterval = flow.retryInterval
        world.fulfilment.pickVariation = flow.pickVariation
        world.replenishment.transferReviews = flow.transferReviews
        world.replenishment.supplierReviews = flow.purchaseReviews
        if let tolerance = flow.settlementTolerance {
            world.costs.settlementTolerance = tolerance.amount(in: dataset.currency)
        }
        world.costs.settlementErrorRate = flow.settlementErrors
        world.costs.settlementErrorSize = flow.settlementErrorSize
        world.replenishment.transferCostPerUnit = flow.transferCost
        world.replenishment.suppliers = suppliers
        world.replenishment.rollingWeight = flow.rollingWeight
        world.replenishment.lateral = flow.lateral
        world.replenishment.presaleMoves = flow.presaleMoves
        world.shipping.presaleShipWithin = flow.presaleShipWithin
        world.faults += eventDays + festivalDays
    }

    /// The suppliers as they behave; orders are placed as often as the plan was made for.
    private var suppliers: [SupplierPlan] {
        dataset.suppliers.map { supplier in
            let days = scenario.replenishment.reviewDays.map { Int32($0.rounded()) } ?? supplier.reviewPeriod
            guard scenario.flow.keepsSupplierTerms else { return SupplierPlan(code: supplier.code, reviewDays: days) }
            return SupplierPlan(
                code: supplier.code, reviewDays: days, weeklyCapacity: supplier.weeklyCapacity,
                deliveryDays: supplier.deliveryDays, shortRate: supplier.shortRate, shortPart: supplier.shortPart,
                lateRate: supplier.lateRate, lateDays: supplier.lateDays)
        }
    }

    /// A change of every carrier's capacity and prices on the days of an event of the calendar.
    private var eventDays: [FaultPlan] {
        let flow = scenario.flow
        guard flow.eventCapacity != 1 || flow.eventSurcharge != .zero else { return [] }
        return (0..<scenario.clock.days).compactMap { day in
            let name = dataset.calendar.event(scenario.clock.start + day)
            return name.isEmpty ? nil : carriers(name, day, flow.eventCapacity, flow.eventSurcharge)
        }
    }

    /// Carriers' capacity around the Chinese New Year: falls over a week before it, stays low until the sixth day of
    /// the year, and comes back over the week after.
    private var festivalDays: [FaultPlan] {
        let least = scenario.flow.festivalCapacity
        guard least < 1 else { return [] }
        let last = scenario.clock.days + SimulationClock(start: scenario.clock.start, days: 1).drainDays
        return (0..<last).compactMap { day in
            let away = ChineseNewYear.daysAfter(scenario.clock.start + day)
            guard let away, let part = ChineseNewYear.closure(daysAfter: away), part > 0 else { return nil }
            return carriers("spring festival", day, 1 - part * (1 - least), .zero)
        }
    }

    private func carriers(_ code: String, _ day: Int, _ capacity: Double, _ surcharge: Rate) -> FaultPlan {
        FaultPlan(
            code: code, kind: .carrier(nil, capacity: capacity, surcharge: surcharge), begins: .day * Int64(day),
            ends: .day * Int64(day + 1))
    }
}

/// Carriers around the Chinese New Year.
enum ChineseNewYear {
    /// Days from the nearest New Year's Day to a day, within three weeks; nil when it is further away.
    static func daysAfter(_ day: Day) -> Int? {
        let year = day.components.year
        let away = [year, year + 1].map { day - LunarCalendar.newYear($0) }.min { abs($0) < abs($1) }
        return away.flatMap { abs($0) <= 21 ? $0 : nil }
    }

    /// How far the carriers are closed, 0 to 1, so many days after New Year's Day.
    static func closure(daysAfter away: Int) -> Double? {
        switch away {
        case -7 ..< -1: Double(8 + away) / 8
        case -1...5: 1
        case 6...12: Double(13 - away) / 8
        default: nil
        }
    }
}
