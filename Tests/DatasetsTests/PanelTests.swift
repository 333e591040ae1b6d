import Foundation
import Retail
import Testing

@testable import Datasets

@Suite struct PanelTests {
    @Test("an open day without a row is zero, a closed day is missing, and a series lives to the end of the file")
    func lifeOfSeries() throws {
        let data = try read([
            "calendar.csv": "date,is_open,event\n2011-01-08,0,\n2011-01-09,1,Fair\n",
            "demand.csv": """
            date,sku,channel,quantity
            2011-01-10,B,web,4
            2011-01-07,A,web,2
            2011-01-11,A,web,5
            2011-01-07,A,,9

            """,
        ])
        #expect(data.demand.axis == TimeAxis(step: .day, origin: try day("2011-01-07"), count: 5))
        #expect(data.demand.names == ["A", "A/web", "B/web"])
        #expect(same(data.demand.cells(0), [9, .nan, 0, 0, 0]))
        #expect(same(data.demand.cells(1), [2, .nan, 0, 0, 5]))
        #expect(same(data.demand.cells(2), [4, 0]))
        #expect(data.demand.starts == [0, 0, 3])
        #expect(data.calendar.event(try day("2011-01-09")) == "Fair")
    }

    @Test("sales on a closed day are kept and noted")
    func closedDaySales() throws {
        let data = try read([
            "calendar.csv": "date,is_open\n2011-01-08,0\n",
            "demand.csv": "date,sku,quantity\n2011-01-07,A,1\n2011-01-08,A,3\n",
        ])
        #expect(data.demand.cells(0) == [1, 3])
        #expect(data.assumptions.contains { $0.text.contains("1 rows with 3 units lie on days") })
    }

    @Test("an empty quantity is a missing cell, not a zero")
    func unknownQuantity() throws {
        let data = try read(["demand.csv": "date,sku,quantity\n2011-01-07,A,1\n2011-01-08,A,\n2011-01-09,A,0\n"])
        #expect(same(data.demand.cells(0), [1, .nan, 0]))
    }

    @Test("price and in_stock stand cell by cell with the demand")
    func sideColumns() throws {
        let data = try read([
            "demand.csv": """
            in_stock,price,quantity,sku,date
            1,2.5,3,A,2011-01-07
            0,2.25,0,A,2011-01-09

            """
        ])
        #expect(data.demand.cells(0) == [3, 0, 0])
        #expect(data.demandPrices.map(\.units) == [25_000, 0, 22_500])
        #expect(data.demandInStock == [true, true, false])
    }

    @Test(
        "the step is told from the dates",
        arguments: [
            (["2011-01-03", "2011-01-17", "2011-01-10"], TimeStep.week, 3),
            (["2011-01-03", "2011-01-04"], .day, 2), (["2011-01-31", "2011-02-28", "2011-04-30"], .month, 4),
            (["2011-01-01", "2011-04-01", "2012-01-01"], .quarter, 5), (["2009-07-01", "2011-07-01"], .year, 3),
            (["2011-01-03T05:00", "2011-01-04T00:00"], .hour, 25), (["2011-01-03"], .day, 1),
            (["2011-02-01", "2011-03-01"], .month, 2), (["7", "3"], .bare, 5),
        ])
    func steps(dates: [String], step: TimeStep, count: Int) throws {
        var text = "unique_id,ds,y\n"
        for (at, date) in dates.enumerated() { text += "s,\(date),\(at + 1)\n" }
        let panel = try withFolder { folder in
            try AtomicFile.write(text, to: folder + "/panel.csv")
            return try DatasetReader.readLongPanel(file: folder + "/panel.csv")
        }
        #expect(panel.axis.step == step)
        #expect(panel.axis.count == count)
        let first = dates.indices.min { (dates[$0].count, dates[$0]) < (dates[$1].count, dates[$1]) } ?? 0
        #expect(panel.cells(0).first == Double(first + 1) && Int(panel.starts[0]) == (step == .hour ? 5 : 0))
        #expect(panel.cells(0).count { !$0.isNaN } == dates.count)
    }

    @Test("a date off the grid of the stated step is an error")
    func offGrid() throws {
        let found = try issues([
            "dataset.csv": "key,value\nstep,week\n",
            "demand.csv": "date,sku,quantity\n2011-01-03,A,1\n2011-01-11,A,1\n",
        ])
        #expect(found.count == 1 && found[0].line == 3)
    }

    @Test("in the long format each series has its own life, and rows may come in any order")
    func longFormat() throws {
        var rows = ["b,2,5", "a,1,1.5", "a,4,2", "b,3,6"]
        func panel() throws -> DemandPanel {
            try read(["demand.csv": "unique_id,ds,y\n" + rows.joined(separator: "\n")]).demand
        }
        let first = try panel()
        #expect(first.names == ["a", "b"] && first.axis.step == .bare && first.axis.origin.number == 1)
        #expect(same(first.cells(0), [1.5, .nan, .nan, 2]) && first.cells(1) == [5, 6])
        #expect(first.starts == [0, 1])
        rows.reverse()
        #expect(try panel() == first)
    }

    @Test("the panel of a random file holds exactly its rows, whatever their order")
    func randomPanel() throws {
        var random = TestRandom(state: 7)
        for _ in 0..<20 {
            var expected: [String: Double] = [:]
            for _ in 0..<200 {
                let date = try day("2011-01-01") + Int.random(in: 0..<40, using: &random)
                let key =
                    "\(date),S\(Int.random(in: 0..<7, using: &random)),c\(Int.random(in: 0..<3, using: &random)),"
                    + ["", "north", "south"][Int.random(in: 0..<3, using: &random)]
                expected[key] = Double(Int.random(in: 0..<50, using: &random))
            }
            let rows = expected.map { "\($0.key),\(Int($0.value))" }.shuffled(using: &random)
            let data = try read(["demand.csv": "date,sku,channel,region,quantity\n" + rows.joined(separator: "\n")])
            var units = 0.0
            for series in data.demand.keys.indices {
                let key = data.demand.keys[series]
                for (at, value) in data.demand.cells(series).enumerated() {
                    let date = data.demand.axis.day(Int(data.demand.starts[series]) + at)
                    let sku = data.skus[key.sku?.position ?? 0].code
                    let channel = data.channels[key.channel?.position ?? 0].code
                    let region = key.region.map { data.regions[$0.position].code } ?? ""
                    #expect(value == expected["\(date),\(sku),\(channel),\(region)"] ?? 0)
                    units += value
                }
            }
            #expect(units == expected.values.reduce(0, +))
        }
    }

    @Test("missing files and columns get their defaults, and each is named")
    func defaults() throws {
        let data = try read([
            "demand.csv": "date,sku,quantity\n2011-01-01,B,28\n2011-01-28,A,28\n",
            "regions.csv": "code,latitude,longitude\nr,1,2\n",
        ])
        #expect(data.skus.map(\.code) == ["A", "B"])
        #expect(
            data.skus[0].listPrice == UnitPrice(units: 100_000) && data.skus[0].unitCost == UnitPrice(units: 60_000))
        #expect(data.channels.map(\.code) == ["shop"] && data.segments.map(\.code) == ["all"])
        #expect(data.nodes[0].location == Coordinate(latitude: 1, longitude: 2))
        #expect(data.supply.count == 2 && data.rates.count == 2 && data.currency == .gbp)
        // 28 units over 28 days, 28 days of cover.
        #expect(data.stock.map(\.onHand) == [28, 28])
        let subjects = Set(data.assumptions.map(\.subject))
        for name in ["products", "channels", "nodes", "suppliers", "supply", "carriers", "rates", "stock", "regions"] {
            #expect(subjects.contains(name + ".csv"), "\(name)")
        }
        #expect(data.assumptions.contains { $0.subject == "regions.csv" && $0.text.contains("tier 1") })
        #expect(data.assumptions.contains { $0.text.contains("promotions") && $0.text.contains("returns") })
    }

    private func day(_ text: String) throws -> Day { try #require(Day(iso: text)) }

    private func same(_ a: [Double], _ b: [Double]) -> Bool {
        a.count == b.count && zip(a, b).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }
    }
}
