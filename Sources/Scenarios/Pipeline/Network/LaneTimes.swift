import Foundation
import Retail
import Simulation

/// Transit times by lane, measured on the data set's shipments: for each carrier, node and region with thirty parcels
/// or more the law of the time from departure to door, by quantiles, as `granary calibrate` measures it. What a scenario
/// says of a lane (`carriers.lanes`) goes before it.
struct LaneTimes {
    static let leastParcels = 30

    private struct Lane: Hashable {
        var carrier: Int32
        var node: String
        var region: Int32
    }

    private var laws: [Lane: LagLaw] = [:]

    init(_ dataset: Dataset) {
        if dataset.shipments.isEmpty { return }
        let regions = Dictionary(
            zip(dataset.orders.codes, dataset.orders.regions.indices), uniquingKeysWith: { first, _ in first })
        var times: [Lane: [(value: Double, weight: Double)]] = [:]
        for row in dataset.shipments {
            guard let delivered = row.delivered, let order = regions[row.order], delivered > row.shipped else {
                continue
            }
            let lane = Lane(
                carrier: row.carrier.raw, node: dataset.nodes[row.node.position].code,
                region: dataset.orders.regions[order].raw)
            times[lane, default: []].append(
                (Double(delivered.seconds - row.shipped.seconds), dataset.orders.weight(order)))
        }
        for (lane, times) in times where times.count >= Self.leastParcels {
            laws[lane] = WeightedSample(times).law(atLeast: 60)
        }
    }

    var count: Int { laws.count }

    /// Puts the measured times in place of the rate cards', where a carrier has one ordinary tier on a lane.
    func apply(to table: inout DeliveryTable, network: Network) {
        if laws.isEmpty { return }
        let lanes = laws.keys.sorted { ($0.node, $0.carrier, $0.region) < ($1.node, $1.carrier, $1.region) }
        let first = table.laws.count
        let places = Dictionary(uniqueKeysWithValues: lanes.enumerated().map { ($1, Int32(first + $0)) })
        let before = table
        table.change(adding: lanes.compactMap { laws[$0] }) { node, region, option in
            let lane = Lane(
                carrier: option.carrier.raw, node: network.nodes[node.position].code, region: region.raw)
            guard option.tier != .oneHour, let law = places[lane] else { return }
            let ordinary = before.options(node, region).count { $0.carrier == option.carrier && $0.tier != .oneHour }
            if ordinary == 1 { option.transitLaw = law }
        }
    }
}
