import Foundation
import Retail
import Simulation

/// Transit times by lane, measured on the data set's shipments: for each carrier, node and region with thirty parcels
/// or more, mean and standard deviation of the hours from departure to door.
struct LaneTimes {
    static let leastParcels = 30

    private struct Lane: Hashable {
        var carrier: Int32
        var node: String
        var region: Int32
    }

    private var means: [Lane: (mean: Double, deviation: Double)] = [:]

    init(_ dataset: Dataset) {
        if dataset.shipments.isEmpty { return }
        let regions = Dictionary(
            zip(dataset.orders.codes, dataset.orders.regions), uniquingKeysWith: { first, _ in first })
        var hours: [Lane: [Double]] = [:]
        for row in dataset.shipments {
            guard let delivered = row.delivered, let region = regions[row.order], delivered > row.shipped else {
                continue
            }
            let lane = Lane(
                carrier: row.carrier.raw, node: dataset.nodes[row.node.position].code, region: region.raw)
            hours[lane, default: []].append(Double(delivered.seconds - row.shipped.seconds) / 3_600)
        }
        for (lane, times) in hours where times.count >= Self.leastParcels {
            let mean = times.reduce(0, +) / Double(times.count)
            let squares = times.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
            means[lane] = (mean, (squares / Double(times.count - 1)).squareRoot())
        }
    }

    var count: Int { means.count }

    /// The table with the measured times in place of the rate cards', where a carrier has one ordinary tier on a lane.
    func applied(to table: DeliveryTable, network: Network) -> DeliveryTable {
        if means.isEmpty { return table }
        var pairs: [[DeliveryOption]] = []
        for node in network.nodes.indices {
            for region in network.regions.indices {
                let options = Array(table.options(Node.Index(node), Region.Index(region)))
                pairs.append(
                    options.map { option in
                        let lane = Lane(
                            carrier: option.carrier.raw, node: network.nodes[node].code, region: Int32(region))
                        let isOnly = options.count { $0.carrier == option.carrier && $0.tier != .oneHour } == 1
                        guard option.tier != .oneHour, isOnly, let times = means[lane] else { return option }
                        var measured = option
                        measured.transit = times.mean
                        measured.transitDeviation = times.deviation
                        return measured
                    })
            }
        }
        return DeliveryTable(nodeCount: network.nodes.count, regionCount: network.regions.count, pairs: pairs)
    }
}
