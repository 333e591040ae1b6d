import Foundation
import NumericCore
import Replenishment
import Retail

/// What will lie on the shelves of an article hour by hour, as the world's own reviews and lead times make it.
///
/// Ordinary demand is many orders and is followed as a flow. A front warehouse's shelf has a law: normal, of what was
/// there less what has been asked for, which goes below zero where more is asked for than there is; what lies there is
/// the part above zero (its moments after Scarf, 1958). Goods that bring the shelf up to its level make up for all demand
/// before the review; goods that were fewer, for want of stock upstream, leave the law as wide as it was.
struct StockProjection {
    /// What is expected of one article; hours count from the start of the run.
    struct Demand {
        /// Ordinary demand an hour by class of regions, row-major classes x hours.
        var ordinary: [Double]
        /// Units an hour that each row is asked for within the hour, and their variance, row-major rows x hours.
        var hour: [Double]
        var variance: [Double]
    }

    /// What comes of it.
    struct Shelves {
        /// Mean and variance of what is left after what is asked for, row-major rows of the article x hours.
        var mean: [Double]
        var variance: [Double]
        /// Part of the demand of each hour that finds nothing anywhere.
        var soldOut: [Double]
    }

    private let world: World
    private let upstream: [Int32]
    private let hours: Int
    /// By class of regions its nodes in the order in which they are asked.
    private let preferences: [[Int]]
    private let receipts: [Int: [(hour: Int, units: Double)]]

    init(_ prepared: Prepared, preferences: [[Int]]) {
        world = prepared.world
        upstream = prepared.upstreamRows
        hours = world.clock.days * 24
        self.preferences = preferences
        var receipts: [Int: [(hour: Int, units: Double)]] = [:]
        for receipt in world.stock.receipts {
            guard let row = world.stock.index(receipt.sku, receipt.node)?.position else { continue }
            receipts[row, default: []].append(
                (Int(receipt.due.microseconds / 3_600_000_000), Double(receipt.quantity)))
        }
        self.receipts = receipts
    }

    func project(_ sku: Int, _ demand: Demand) -> Shelves {
        let rows = Int(world.stock.offsets[sku])..<Int(world.stock.offsets[sku + 1])
        var shelves = rows.map { Shelf(row: $0, opening: Double(world.stock.rows[$0].opening), hours: hours) }
        var places = [Int](repeating: -1, count: world.network.nodes.count)
        var kept: [Int] = []
        for (place, row) in rows.enumerated() {
            let node = world.stock.rows[row].node
            places[node.position] = place
            if world.routing.keepsFronts, world.network.nodes[node.position].kind == .front { kept.append(place) }
            for receipt in receipts[row] ?? [] {
                shelves[place].order(receipt.units, arriving: receipt.hour, isFull: false)
            }
        }
        let cells = [Double](repeating: 0, count: shelves.count * hours)
        var result = Shelves(mean: cells, variance: cells, soldOut: [Double](repeating: 0, count: hours))
        for hour in 0..<hours {
            for place in shelves.indices { shelves[place].receive(at: hour) }
            review(&shelves, first: rows.lowerBound, hour: hour)
            for place in shelves.indices {
                let cell = place * hours + hour
                result.mean[cell] = shelves[place].mean
                result.variance[cell] = shelves[place].variance
                shelves[place].ask(demand.hour[cell], variance: demand.variance[cell])
            }
            result.soldOut[hour] = serve(&shelves, demand.ordinary, places, kept: kept, hour: hour)
            // As orders find it: half of the hour's demand has gone.
            for place in shelves.indices {
                let cell = place * hours + hour
                result.mean[cell] = (result.mean[cell] + shelves[place].mean) / 2
                result.variance[cell] = (result.variance[cell] + shelves[place].variance) / 2
            }
        }
        return result
    }

    /// Takes an hour's ordinary demand from the nodes of each class in their order, then, of what nobody else has, from
    /// the front warehouses kept for the hour; returns the part that finds nothing.
    private func serve(
        _ shelves: inout [Shelf], _ ordinary: [Double], _ places: [Int], kept: [Int], hour: Int
    ) -> Double {
        var (all, left) = (0.0, 0.0)
        for (group, nodes) in preferences.enumerated() {
            var asked = ordinary[group * hours + hour]
            all += asked
            for node in nodes where asked > 0 && places[node] >= 0 {
                asked -= shelves[places[node]].take(asked)
            }
            left += asked
        }
        guard left > 0 else { return all > 0 || shelves.contains { $0.free > 0 } ? 0 : 1 }
        let free = kept.map { shelves[$0].free }
        let there = free.reduce(0, +)
        guard there > 0 else { return left / all }
        let part = min(1, left / there)
        for (place, units) in zip(kept, free) { _ = shelves[place].take(units * part) }
        return max(0, left - there) / all
    }

    private func review(_ shelves: inout [Shelf], first: Int, hour: Int) {
        let replenishment = world.replenishment
        func isNow(_ seconds: [Int32]) -> Bool { seconds.contains { Int($0) / 3_600 == hour % 24 } }
        let (moves, buys) = (isNow(replenishment.transferReviews), isNow(replenishment.supplierReviews))
        guard moves || buys else { return }
        for place in shelves.indices {
            let row = world.stock.rows[shelves[place].row]
            let source = Int(upstream[shelves[place].row])
            guard row.orderUpTo > 0, source >= 0 ? moves : buys else { continue }
            let pack = row.orderMultiple > 0 ? row.orderMultiple : max(1, world.skus.casePacks[row.sku.position])
            let wanted = PolicyParameters(
                reorderPoint: Int64(row.reorderPoint), orderUpTo: Int64(row.orderUpTo),
                minimumQuantity: Int64(row.minimumQuantity), orderMultiple: Int64(pack)
            ).order(position: Int64(shelves[place].position.rounded()))
            guard wanted > 0 else { continue }
            var units = Double(wanted)
            if source >= 0 {
                let stock = shelves[source - first].free
                // In whole cases while the node upstream has not all of it.
                if stock < units { units = (stock / Double(pack)).rounded(.down) * Double(pack) }
                if units <= 0 { continue }
                units = shelves[source - first].take(units)
            }
            shelves[place].order(
                units, arriving: hour + max(1, Int((row.leadTime * 24).rounded())), isFull: units == Double(wanted))
        }
    }

    /// The stock of one row and what is on its way.
    private struct Shelf {
        let row: Int
        /// Mean of what is left after what was asked for, and its variance.
        private(set) var mean: Double
        private(set) var variance = 0.0
        private var outstanding = 0.0
        /// Variance of all demand so far.
        private var asked = 0.0
        private var arrivals: [Double]
        /// By hour of arrival the variance of the demand that its goods make up for; negative where they make up for none.
        private var covered: [Double]

        init(row: Int, opening: Double, hours: Int) {
            self.row = row
            mean = opening
            arrivals = [Double](repeating: 0, count: hours)
            covered = [Double](repeating: -1, count: hours)
        }

        /// What lies there, on average.
        var free: Double { Self.positivePart(mean, variance).mean }

        var position: Double { free + outstanding }

        mutating func ask(_ units: Double, variance: Double) {
            mean -= units
            self.variance += variance
            asked += variance
        }

        /// Takes so many units or all that are there; returns how many.
        mutating func take(_ units: Double) -> Double {
            let taken = min(units, free)
            mean -= taken
            return taken
        }

        mutating func order(_ units: Double, arriving hour: Int, isFull: Bool) {
            outstanding += units
            guard arrivals.indices.contains(hour) else { return }
            arrivals[hour] += units
            if isFull { covered[hour] = asked }
        }

        mutating func receive(at hour: Int) {
            guard arrivals[hour] > 0 else { return }
            (mean, variance) = Self.positivePart(mean, variance)
            mean += arrivals[hour]
            outstanding -= arrivals[hour]
            if covered[hour] >= 0 { variance = asked - covered[hour] }
        }

        /// Moments of the part above zero of a normal law.
        private static func positivePart(_ mean: Double, _ variance: Double) -> (mean: Double, variance: Double) {
            guard variance > 0 else { return (max(0, mean), 0) }
            let deviation = variance.squareRoot()
            let distance = mean / deviation
            if distance > 8 { return (mean, variance) }
            if distance < -8 { return (0, 0) }
            let (below, density) = (Normal.cumulative(distance), Normal.density(distance))
            let first = deviation * density + mean * below
            let second = (mean * mean + variance) * below + mean * deviation * density
            return (first, max(0, second - first * first))
        }
    }
}
