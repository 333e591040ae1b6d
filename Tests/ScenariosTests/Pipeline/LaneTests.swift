import Retail
import Simulation
import Testing

@testable import Scenarios

@Suite("Transit times by lane")
struct LaneTests {
    @Test("a lane with thirty parcels takes the law of their times, one with fewer keeps its rate card's")
    func lanes() throws {
        var dataset = TinyShop.dataset()
        let (node, region, other) = (0, dataset.orders.regions.first ?? Region.Index(0), Region.Index(1))
        let card = dataset.rates[0]
        dataset.orders.codes = (0..<45).map { "L\($0)" }
        dataset.orders.regions = (0..<45).map { $0 < 40 ? region : (region == other ? Region.Index(0) : other) }
        let day = CivilTime(TinyShop.start)
        // Forty parcels, half of them ten hours on the road and half fourteen; five to another region.
        dataset.shipments = (0..<45).map { number in
            ShipmentRow(
                order: "L\(number)", node: Node.Index(node), carrier: card.carrier, shipped: day,
                delivered: CivilTime(seconds: day.seconds + Int64(number % 2 == 0 ? 10 : 14) * 3_600), freight: .zero)
        }
        let lanes = LaneTimes(dataset)
        #expect(lanes.count == 1)
        let network = Network(nodes: dataset.nodes, regions: dataset.regions, roadFactor: 1.3, radius: 25)
        // One ordinary card of the carrier, so that the lane's time is that card's.
        let table = DeliveryTable(network: network, rates: [card])
        var measured = table
        lanes.apply(to: &measured, network: network)
        let before = table.options(Node.Index(node), region)
        let after = measured.options(Node.Index(node), region)
        #expect(before.count == after.count)
        for option in after where option.tier != .oneHour {
            // Twenty at 10 hours and twenty at 14.
            let law = try #require(option.transitLaw >= 0 ? measured.laws[Int(option.transitLaw)] : nil)
            #expect(abs(law.quantile(0.2) / 36_000 - 1) < 0.01 && abs(law.quantile(0.8) / 50_400 - 1) < 0.01)
        }
        for option in measured.options(Node.Index(node), region == other ? Region.Index(0) : other) {
            #expect(option.transit == card.transit && option.transitLaw == -1)
        }
    }
}
