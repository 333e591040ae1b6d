import Foundation
import Retail
import Testing

@testable import Reporting

@Suite struct ReportPartsTests {
    @Test("a ladder's totals are the steps that repeat the sum so far, and each step stands on the last")
    func ladder() {
        let ladder = Ladder([100, -20, 80, -30, 5, 55, -55])
        #expect(ladder.totals == [0, 2, 5])
        #expect(ladder.starts == [0, 100, 0, 80, 50, 0, 55])
        #expect(ladder.ends == [100, 80, 80, 50, 55, 55, 0])
    }

    @Test("labels never cover each other and stay on the map, wherever the points lie")
    func labels() {
        for seed in UInt64(1)...20 {
            var state = seed
            func uniform() -> Double {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Double(state >> 11) / Double(1 << 53)
            }
            var labels = MapLabels(width: 400, height: 500)
            var boxes: [MapLabels.Box] = []
            for _ in 0..<60 {
                let width = 20 + 60 * uniform()
                guard
                    let place = labels.place(
                        x: 400 * uniform(), y: 500 * uniform(), radius: 6, textWidth: width, size: 12)
                else { continue }
                let left =
                    place.anchor == "start" ? place.x : place.anchor == "end" ? place.x - width : place.x - width / 2
                let box = MapLabels.Box(x0: left, y0: place.y - 9.6, x1: left + width, y1: place.y + 3)
                #expect(box.x0 >= 0 && box.x1 <= 400 && box.y0 >= 0 && box.y1 <= 500)
                #expect(!boxes.contains(where: box.overlaps), "seed \(seed)")
                boxes.append(box)
            }
            #expect(boxes.count > 20)
        }
    }

    @Test("the map keeps directions: north is up, east is right, and a kilometre is as long both ways")
    func projection() throws {
        let corners = [Coordinate(latitude: 50, longitude: -6), Coordinate(latitude: 58, longitude: 2)]
        let map = try #require(MapProjection(corners, width: 760, maximumHeight: 820))
        #expect(map.y(58) < map.y(50) && map.x(2) > map.x(-6))
        for corner in corners {
            #expect(map.x(corner.longitude) > 0 && map.x(corner.longitude) < map.width)
            #expect(map.y(corner.latitude) > 0 && map.y(corner.latitude) < map.height)
        }
        let middle = Coordinate(latitude: 54, longitude: -2)
        let east = Coordinate(latitude: 54, longitude: -1)
        let north = Coordinate(latitude: 55, longitude: -2)
        let perKilometreEast = (map.x(-1) - map.x(-2)) / greatCircleKilometres(middle, east)
        let perKilometreNorth = (map.y(54) - map.y(55)) / greatCircleKilometres(middle, north)
        #expect(abs(perKilometreEast / perKilometreNorth - 1) < 0.001)
    }

    @Test("bucket means keep the flow: their sum times the width is the sum of the minutes")
    func buckets() throws {
        let table = SampleRun.minutes
        let flow = MinuteFlow(table, try #require(table.numbers("minute")))
        let hours = flow.hourly(ReportContext(SampleRun.input(.english), hasCharts: false))
        #expect(hours.rowCount == 120)
        let means = try #require(hours.numbers("placed"))
        let placed = try #require(table.numbers("placed"))
        let total: Double = placed.reduce(0, +)
        let fromMeans: Double = means.reduce(0, +) * 60
        #expect(abs(fromMeans - total) < 1e-6 * total)
        // The first day's factor is the greatest, so it is the busiest.
        #expect(flow.busiestDay == 0..<1_440)
    }

    @Test("a difference is marked when its interval leaves out zero, and only then")
    func significance() {
        #expect(ComparisonSection.isSignificant(.init(mean: -2, halfWidth: 1.9)))
        #expect(!ComparisonSection.isSignificant(.init(mean: 2, halfWidth: 2.1)))
        #expect(!ComparisonSection.isSignificant(.init(mean: 2, halfWidth: 0)))
    }

    @Test("codes without a word are made readable, codes of goods and places are left alone")
    func readableCodes() {
        #expect(readable("lost_margin") == "Lost margin")
        #expect(readable("85123A") == "85123A")
        #expect(readable("FW-LON") == "FW-LON")
        #expect(readable("") == "")
    }
}
