import Foundation
import Retail
import Testing

@Suite struct ValuesTests {
    @Test("a panel keeps missing apart from zero, and cutting it hides what came later")
    func panel() throws {
        let origin = try #require(Day(iso: "2011-01-01"))
        var panel = DemandPanel(axis: TimeAxis(step: .day, origin: origin, count: 100))
        panel.append(name: "a", key: SeriesKey(), start: 10, [0, .nan, 3])
        panel.append(name: "b", key: SeriesKey(), start: 90, [7])
        let cells = panel.cells(0)
        #expect(cells[0] == 0 && cells[1].isNaN && cells[2] == 3)
        let earlier = panel.before(12)
        #expect(earlier.names == ["a"])
        #expect(earlier.axis.count == 12)
        #expect(earlier.cells(0).count == 2)
    }

    @Test("bits survive growth across words")
    func bits() {
        var mask = BitMask(count: 0)
        for i in 0..<200 { mask.append(i % 3 == 0) }
        for i in 0..<200 { #expect(mask[i] == (i % 3 == 0)) }
        mask[64] = true
        #expect(mask[64] && !mask[65])
    }

    @Test("great-circle distances: London to Edinburgh is 534 km, a quarter of a meridian 10,007.5 km")
    func distances() {
        let london = Coordinate(latitude: 51.5074, longitude: -0.1278)
        let edinburgh = Coordinate(latitude: 55.9533, longitude: -3.1883)
        #expect(abs(greatCircleKilometres(london, edinburgh) - 534) < 1)
        #expect(greatCircleKilometres(london, london) == 0)
        let equator = Coordinate(latitude: 0, longitude: 0)
        let pole = Coordinate(latitude: 90, longitude: 0)
        #expect(abs(greatCircleKilometres(equator, pole) - 6_371.0088 * Double.pi / 2) < 1e-6)
    }

    @Test("a rate card charges the first weight and each further step begun")
    func rateCard() {
        let card = RateCard(
            carrier: Carrier.Index(0), zone: "mainland", tier: .nextDay, firstWeight: 1_000,
            firstPrice: UnitPrice(units: 40_000), stepWeight: 500, stepPrice: UnitPrice(units: 5_000), transit: 20,
            transitDeviation: 4)
        #expect(card.price(grams: 10) == UnitPrice(units: 40_000))
        #expect(card.price(grams: 1_000) == UnitPrice(units: 40_000))
        #expect(card.price(grams: 1_001) == UnitPrice(units: 45_000))
        #expect(card.price(grams: 2_500) == UnitPrice(units: 55_000))
    }

    @Test("a network knows upstream nodes and which regions a front warehouse reaches within the hour")
    func network() {
        let leeds = Coordinate(latitude: 53.8008, longitude: -1.5491)
        let york = Coordinate(latitude: 53.9600, longitude: -1.0873)
        let central = Node(code: "C", name: "Central", kind: .central, location: leeds)
        let front = Node(code: "F", name: "Front", kind: .front, location: york, replenishedFrom: "C")
        let regions = [
            Region(code: "york", name: "York", location: york, tier: 3, population: 1, zone: "m", isExport: false),
            Region(code: "leeds", name: "Leeds", location: leeds, tier: 2, population: 1, zone: "m", isExport: false),
            Region(code: "export", name: "Export", location: york, tier: 1, population: 1, zone: "x", isExport: true),
        ]
        let network = Network(nodes: [central, front], regions: regions, roadFactor: 1.3, radius: 20)
        #expect(network.upstream == [nil, Node.Index(0)])
        #expect(network.oneHourRegions == [[], [Region.Index(0)]])
        #expect(abs(network.distance(0, 0) - 1.3 * greatCircleKilometres(leeds, york)) < 1e-9)
    }

    @Test("inventory position counts each unit once: reserved is inside on hand")
    func position() throws {
        let today = try #require(Day(iso: "2011-11-27"))
        let suggestion = PurchaseLine(
            onHand: 10, reserved: 4, inTransit: 3,
            onOrder: 5, backordered: 2, demandMean: 0, demandP10: 0, demandP50: 0, demandP90: 0, safetyStock: 0,
            reorderPoint: 0, orderUpTo: 0,
            quantity: QuantityChain(need: 1, afterMinimum: 6, afterMultiple: 12, afterBreak: 24),
            unitCost: .zero, value: .zero, orderBy: today, receipt: today, stockout: nil, daysOfCoverBefore: 0,
            daysOfCoverAfter: 0, stockoutProbability: 0)
        #expect(suggestion.position == 16)
        #expect(suggestion.quantity.final == 24)
    }
}
