import Foundation
import NumericCore
import Retail

/// What is free on the shelves of the front warehouses, stretch by stretch.
struct HourShelves {
    /// Mean and standard deviation by front warehouse, articles held x steps; empty for other nodes.
    private var means: [[Float]]
    private var deviations: [[Float]]
    /// Part of the time in which the shop has sold out, SKUs x steps; empty where it never does.
    private var gone: [Float] = []
    private let steps: Int

    init(_ model: HourModel, _ fills: BasketFill) {
        let (world, prepared) = (model.world, model.prepared)
        let (hours, length) = (model.days * 24, 24 / HourModel.stretches)
        steps = model.days * HourModel.stretches
        means = fills.asked.map { [Float](repeating: 0, count: $0.count) }
        deviations = means
        let classes = OrdinaryDemand(model)
        let projection = StockProjection(prepared, preferences: classes.preferences)
        // Part of each stretch in its hours, in what a front warehouse is asked for within the hour.
        var rhythm = [[Double]](repeating: [], count: means.count)
        for front in means.indices where !fills.places[front].isEmpty { rhythm[front] = Self.rhythm(model, front) }
        for sku in 0..<prepared.skuCount {
            let rows = Int(world.stock.offsets[sku])..<Int(world.stock.offsets[sku + 1])
            let cells = [Double](repeating: 0, count: rows.count * hours)
            var demand = StockProjection.Demand(ordinary: classes.units(sku), hour: cells, variance: cells)
            for (place, row) in rows.enumerated() {
                let node = world.stock.rows[row].node.position
                guard !fills.places[node].isEmpty, fills.places[node][sku] >= 0 else { continue }
                let home = classes.place(ofFront: node)
                for hour in 0..<hours {
                    let cell = Int(fills.places[node][sku]) * steps + hour / length
                    demand.hour[place * hours + hour] = Double(fills.asked[node][cell]) * rhythm[node][hour]
                    demand.variance[place * hours + hour] = Double(fills.squares[node][cell]) * rhythm[node][hour]
                    // What goes within the hour is not asked for otherwise.
                    guard home >= 0 else { continue }
                    let other = demand.ordinary[home * hours + hour]
                    demand.ordinary[home * hours + hour] =
                        max(0, other - Double(fills.taken[node][cell]) * rhythm[node][hour])
                }
            }
            let found = projection.project(sku, demand)
            for (place, row) in rows.enumerated() {
                let node = world.stock.rows[row].node.position
                guard !fills.places[node].isEmpty, fills.places[node][sku] >= 0 else { continue }
                for step in 0..<steps {
                    let middle = place * hours + step * length + length / 2
                    let cell = Int(fills.places[node][sku]) * steps + step
                    means[node][cell] = Float(found.mean[middle])
                    deviations[node][cell] = Float(found.variance[middle].squareRoot())
                }
            }
            guard found.soldOut.contains(where: { $0 > 0 }) else { continue }
            if gone.isEmpty { gone = [Float](repeating: 0, count: prepared.skuCount * steps) }
            for hour in 0..<hours { gone[sku * steps + hour / length] += Float(found.soldOut[hour] / Double(length)) }
        }
    }

    /// Chance that so many units are free; what is not whole is rounded up or down by chance.
    ///
    /// - Parameter place: of the article among those the front warehouse holds.
    @inline(__always)
    func chance(_ front: Int, _ place: Int32, step: Int, wanted: Double) -> Double {
        let cell = Int(place) * steps + step
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

    /// Part of the time in which the shop has sold out of an article.
    @inline(__always)
    func soldOut(_ sku: Int, step: Int) -> Double { gone.isEmpty ? 0 : Double(gone[sku * steps + step]) }

    /// Part of a stretch's orders of a front warehouse in each hour of the run, over channels.
    private static func rhythm(_ model: HourModel, _ front: Int) -> [Double] {
        let length = 24 / HourModel.stretches
        var hours = [Double](repeating: 0, count: model.days * 24)
        for (number, group) in model.groups.enumerated() where group.fronts.contains(front) {
            for channel in model.world.channels.indices {
                for day in 0..<model.days {
                    let orders = model.asked(number, channel: channel, day: day)
                    for minute in 0..<DemandPlan.minutesPerDay where model.isOpen(front, minute: minute) {
                        hours[day * 24 + minute / 60] +=
                            orders * model.shape(channel: channel, day: day, minute: minute)
                    }
                }
            }
        }
        for first in stride(from: 0, to: hours.count, by: length) {
            let all = hours[first..<first + length].reduce(0, +)
            for hour in first..<first + length where all > 0 { hours[hour] /= all }
        }
        return hours
    }
}
