import Foundation
import Replenishment
import Retail

/// What will lie on the shelves of an article hour by hour, as the world's own reviews and lead times make it: the mean
/// by following expected demand, supply and shortages upstream, and the variance that demand adds since the review
/// whose goods arrived last.
struct StockProjection {
    /// What is expected of one article; hours count from the start of the run.
    struct Demand {
        /// Ordinary demand an hour by class of regions, row-major classes x hours.
        var ordinary: [Double]
        /// Units an hour that each row is asked for within the hour, and their variance, row-major rows x hours.
        var hour: [Double]
        var variance: [Double]
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

    /// Mean and variance of the units free, row-major rows of the article x hours.
    func project(_ sku: Int, _ demand: Demand) -> (mean: [Double], variance: [Double]) {
        let rows = Int(world.stock.offsets[sku])..<Int(world.stock.offsets[sku + 1])
        var shelves = rows.map { Shelf(row: $0, opening: Double(world.stock.rows[$0].opening), hours: hours) }
        for place in shelves.indices {
            for receipt in receipts[shelves[place].row] ?? [] {
                shelves[place].order(receipt.units, arriving: receipt.hour, of: -1)
            }
        }
        var places = [Int](repeating: -1, count: world.network.nodes.count)
        for (place, row) in rows.enumerated() { places[world.stock.rows[row].node.position] = place }
        var mean = [Double](repeating: 0, count: shelves.count * hours)
        var variance = mean
        for hour in 0..<hours {
            for place in shelves.indices { shelves[place].receive(at: hour) }
            review(&shelves, first: rows.lowerBound, hour: hour)
            for place in shelves.indices {
                let asked = demand.hour[place * hours + hour]
                let before = shelves[place].free
                shelves[place].free = max(0, before - asked)
                shelves[place].variance += demand.variance[place * hours + hour]
                mean[place * hours + hour] = (before + shelves[place].free) / 2
                variance[place * hours + hour] =
                    shelves[place].variance - shelves[place].explained - demand.variance[place * hours + hour] / 2
            }
            for (group, nodes) in preferences.enumerated() {
                var asked = demand.ordinary[group * hours + hour]
                for node in nodes where asked > 0 && places[node] >= 0 {
                    let taken = min(asked, shelves[places[node]].free)
                    shelves[places[node]].free -= taken
                    asked -= taken
                }
            }
        }
        return (mean, variance)
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
            guard wanted > 0 else {
                shelves[place].lastReview = shelves[place].variance
                continue
            }
            var units = Double(wanted)
            if source >= 0 {
                let stock = shelves[source - first].free
                // In whole cases while the node upstream has not all of it.
                if stock < units { units = (stock / Double(pack)).rounded(.down) * Double(pack) }
                if units <= 0 { continue }
                shelves[source - first].free -= units
            }
            shelves[place].order(
                units, arriving: hour + max(1, Int((row.leadTime * 24).rounded())), of: shelves[place].variance)
        }
    }

    /// The stock of one row and what is on its way.
    private struct Shelf {
        let row: Int
        var free: Double
        /// Variance of the demand so far, of it up to the last review, and up to the review whose goods are here.
        var variance = 0.0
        var lastReview = 0.0
        var explained = 0.0
        private var outstanding = 0.0
        private var arrivals: [Double]
        private var reviewed: [Double]

        init(row: Int, opening: Double, hours: Int) {
            self.row = row
            free = opening
            arrivals = [Double](repeating: 0, count: hours)
            reviewed = arrivals
        }

        var position: Double { free + outstanding }

        mutating func order(_ units: Double, arriving hour: Int, of variance: Double) {
            outstanding += units
            guard arrivals.indices.contains(hour) else { return }
            arrivals[hour] += units
            reviewed[hour] = max(reviewed[hour], variance)
        }

        mutating func receive(at hour: Int) {
            guard arrivals[hour] > 0 else { return }
            free += arrivals[hour]
            outstanding -= arrivals[hour]
            explained = max(explained, reviewed[hour])
        }
    }
}
