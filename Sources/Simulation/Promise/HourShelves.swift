import Foundation
import NumericCore
import Retail

/// What is free on the shelves of the front warehouses, stretch by stretch.
struct HourShelves {
    /// Mean and standard deviation by front warehouse, SKUs x steps; empty for other nodes.
    private var means: [[Float]]
    private var deviations: [[Float]]
    private let steps: Int

    init(_ model: HourModel, _ fills: BasketFill) {
        let (world, prepared) = (model.world, model.prepared)
        let (days, skus) = (model.days, prepared.skuCount)
        let hours = days * 24
        steps = days * HourModel.stretches
        means = fills.units.map { $0.isEmpty ? [] : [Float](repeating: 0, count: skus * days * HourModel.stretches) }
        deviations = means
        let classes = OrdinaryDemand(model)
        let projection = StockProjection(prepared, preferences: classes.preferences)
        let fronts = means.indices.filter { !means[$0].isEmpty }
        // Part of each hour in what a front warehouse gives within the hour on a day.
        var rhythm = [[Double]](repeating: [], count: means.count)
        for front in fronts { rhythm[front] = Self.rhythm(model, front) }
        for sku in 0..<skus {
            let rows = Int(world.stock.offsets[sku])..<Int(world.stock.offsets[sku + 1])
            guard rows.contains(where: { !means[world.stock.rows[$0].node.position].isEmpty }) else { continue }
            var demand = StockProjection.Demand(
                ordinary: classes.units(sku), hour: [Double](repeating: 0, count: rows.count * hours),
                variance: [Double](repeating: 0, count: rows.count * hours))
            for (place, row) in rows.enumerated() {
                let node = world.stock.rows[row].node.position
                guard !means[node].isEmpty else { continue }
                let home = classes.place(ofFront: node)
                for day in 0..<days {
                    let (units, squares) = (fills.units[node][sku * days + day], fills.squares[node][sku * days + day])
                    for hour in day * 24..<(day + 1) * 24 {
                        demand.hour[place * hours + hour] = units * rhythm[node][hour]
                        demand.variance[place * hours + hour] = squares * rhythm[node][hour]
                        // What goes within the hour is not asked for otherwise.
                        guard home >= 0 else { continue }
                        let cell = home * hours + hour
                        demand.ordinary[cell] = max(0, demand.ordinary[cell] - units * rhythm[node][hour])
                    }
                }
            }
            let free = projection.project(sku, demand)
            let length = 24 / HourModel.stretches
            for (place, row) in rows.enumerated() {
                let node = world.stock.rows[row].node.position
                guard !means[node].isEmpty else { continue }
                for step in 0..<steps {
                    let middle = place * hours + step * length + length / 2
                    means[node][sku * steps + step] = Float(free.mean[middle])
                    deviations[node][sku * steps + step] = Float(max(0, free.variance[middle]).squareRoot())
                }
            }
        }
    }

    /// Chance that so many units are free; what is not whole is rounded up or down by chance.
    @inline(__always)
    func chance(_ front: Int, _ sku: Int, step: Int, wanted: Double) -> Double {
        let cell = sku * steps + step
        let (mean, deviation) = (Double(means[front][cell]), Double(deviations[front][cell]))
        let less = wanted.rounded(.down)
        let part = wanted - less
        func atLeast(_ units: Double) -> Double {
            if units <= 0 { return 1 }
            let distance = mean - units + 0.5
            if distance > 6 * deviation { return 1 }
            return deviation > 0 ? Normal.cumulative(distance / deviation) : 0
        }
        return part > 0 ? (1 - part) * atLeast(less) + part * atLeast(less + 1) : atLeast(less)
    }

    /// Part of a day's orders of a front warehouse in each hour of the run, over channels.
    private static func rhythm(_ model: HourModel, _ front: Int) -> [Double] {
        (0..<model.days).flatMap { day -> [Double] in
            var hours = [Double](repeating: 0, count: 24)
            for (number, group) in model.groups.enumerated() where group.fronts.contains(front) {
                for channel in model.world.channels.indices {
                    let orders = model.asked(number, channel: channel, day: day)
                    for minute in 0..<DemandPlan.minutesPerDay where model.isOpen(front, minute: minute) {
                        hours[minute / 60] += orders * model.shape(channel: channel, day: day, minute: minute)
                    }
                }
            }
            let all = hours.reduce(0, +)
            return hours.map { all > 0 ? $0 / all : 0 }
        }
    }
}
