import Retail
import Testing

@Suite struct RoadsTests {
    private let node = Node(
        code: "f", name: "", kind: .front, location: Coordinate(latitude: 51.5, longitude: -0.1))

    private func region(_ code: String, _ latitude: Double, export: Bool = false) -> Region {
        Region(
            code: code, name: "", location: Coordinate(latitude: latitude, longitude: -0.1), tier: 1, population: 1,
            zone: "a", isExport: export)
    }

    @Test("a measured way goes before the great circle, in both directions, and time before distance")
    func measured() {
        var ways = TravelTable()
        ways.insert(.init(kilometres: 7, minutes: 50), from: "f", to: "near")
        #expect(ways.insert(.init(kilometres: nil, minutes: 20), from: "far", to: "f") == nil)
        let back = ways.insert(.init(kilometres: 7, minutes: 50), from: "near", to: "f")
        #expect(back == TravelTable.Way(kilometres: 7, minutes: 50))
        let roads = Roads(factor: 1.5, radius: 10, reachMinutes: 30, ways: ways)
        let (near, far, other) = (region("near", 51.51), region("far", 52.5), region("other", 51.53))
        #expect(roads.kilometres(node, near) == 7)
        // A degree of latitude is 111.2 km, and no distance was measured to this one.
        #expect(abs(roads.kilometres(node, far) - 1.5 * 111.2) < 0.1)
        #expect(!roads.reaches(node, near) && roads.reaches(node, far))
        // Where no time was measured the radius decides: 3.3 km as the crow flies.
        #expect(roads.reaches(node, other) && !roads.reaches(node, region("export", 51.5, export: true)))
        var slow = roads
        slow.reachMinutes = nil
        #expect(slow.reaches(node, near) && !slow.reaches(node, far))
        let network = Network(nodes: [node], regions: [near, far, other], roads: roads)
        #expect(network.oneHourRegions[0].map(\.position) == [1, 2] && network.distance(0, 0) == 7)
    }
}
