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
        world.replenishment.suppliers = suppliers
        world.replenishment.rollingWeight = flow.rollingWeight
        world.replenishment.lateral = flow.lateral
        world.replenishment.presaleMoves = flow.presaleMoves
        world.shipping.presaleShipWithin = flow.presaleShipWithin
        world.faults += eventDays + festivalDays
    }

    /// The suppliers as they behave; with terms that are not kept, only their names count.
    private var suppliers: [SupplierPlan] {
        dataset.suppliers.map { supplier in
            guard scenario.flow.keepsSupplierTerms else { return SupplierPlan(code: supplier.code) }
            let days = scenario.replenishment.reviewDays.map { Int32($0.rounded()) } ?? supplier.reviewPeriod
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

/// The first days of the Chinese years 2005 to 2040 (calendar of the Purple Mountain Observatory).
enum ChineseNewYear {
    private static let days = [
        "2005-02-09", "2006-01-29", "2007-02-18", "2008-02-07", "2009-01-26", "2010-02-14", "2011-02-03",
        "2012-01-23", "2013-02-10", "2014-01-31", "2015-02-19", "2016-02-08", "2017-01-28", "2018-02-16",
        "2019-02-05", "2020-01-25", "2021-02-12", "2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29",
        "2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13", "2030-02-03", "2031-01-23", "2032-02-11",
        "2033-01-31", "2034-02-19", "2035-02-08", "2036-01-28", "2037-02-15", "2038-02-04", "2039-01-24",
        "2040-02-12",
    ].compactMap { Day(iso: $0) }

    /// Days from the nearest New Year's Day to a day, within three weeks; nil when it is further away.
    static func daysAfter(_ day: Day) -> Int? {
        days.map { day - $0 }.min { abs($0) < abs($1) }.flatMap { abs($0) <= 21 ? $0 : nil }
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
