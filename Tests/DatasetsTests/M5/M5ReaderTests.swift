import Foundation
import Retail
import Testing

@testable import Datasets

@Suite("M5's wide files") struct M5ReaderTests {
    private static let calendar = """
        date,wm_yr_wk,weekday,wday,month,year,d,event_name_1,event_type_1,event_name_2,event_type_2,snap_CA,snap_TX
        2011-01-29,11101,Saturday,1,1,2011,d_1,,,,,0,0
        2011-01-30,11101,Sunday,2,1,2011,d_2,Fair,Sporting,,,1,0
        2011-01-31,11102,Monday,3,1,2011,d_3,,,,,1,1
        2011-02-01,11102,Tuesday,4,2,2011,d_4,Fair,Sporting,Lent,Religious,0,1
        """
    private static let sales = """
        id,item_id,dept_id,cat_id,store_id,state_id,d_1,d_2,d_3
        a,A_1_001,A_1,A,CA_1,CA,0,2,13
        b,B_1_001,B_1,B,TX_1,TX,1,,0
        """
    private static let prices = """
        store_id,item_id,wm_yr_wk,sell_price
        TX_1,B_1_001,11101,1.5
        CA_1,A_1_001,11101,2.0
        CA_1,A_1_001,11102,2.0
        """

    private func read(calendar: String = calendar, sales: String = sales, prices: String = prices) throws -> SalesPanel
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "m5-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in [("kalender.csv", calendar), ("verkauf.csv", sales), ("preise.csv", prices)] {
            try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
        }
        return try M5Reader.read(folder: folder.path)
    }

    @Test func `files are told by their headers, series begin with their first sale`() throws {
        let panel = try read()
        #expect(panel.demand.names == ["A_1_001_CA_1", "B_1_001_TX_1"])
        #expect(panel.demand.axis.origin == Day(year: 2011, month: 1, day: 29))
        #expect(panel.demand.starts == [1, 0])
        #expect(panel.demand.cells(0) == [2, 13])
        #expect(panel.demand.cells(1)[0] == 1 && panel.demand.cells(1)[1].isNaN && panel.demand.cells(1)[2] == 0)
        #expect(panel.knownDays == 4)
        #expect(panel.events == [DayEvents(name: "Fair", days: [1, 3]), DayEvents(name: "Lent", days: [3])])
        #expect(panel.flags.map(\.name) == ["snap_CA", "snap_TX"])
        #expect(panel.attribute("state")?.codes == ["CA", "TX"])
        let prices = try #require(panel.prices)
        #expect(prices.price(0, day: 3) == 2 && prices.price(1, day: 0) == 1.5)
        #expect(prices.days.count == 2)
    }

    private func issues(calendar: String = calendar, sales: String = sales, prices: String = prices) -> [DataIssue] {
        do {
            _ = try read(calendar: calendar, sales: sales, prices: prices)
            return []
        } catch {
            let found = (error as? DatasetError)?.issues ?? []
            #expect(found.flatMap(\.untranslated).isEmpty, "said in English only")
            return found
        }
    }

    @Test(arguments: [("13", "-1"), ("13", "many"), ("13", "nan"), ("13", "1e99")])
    func `a wrong number is named with its line and column`(old: String, new: String) throws {
        let issue = try #require(issues(sales: Self.sales.replacingOccurrences(of: old, with: new)).first)
        #expect(issue.line == 2 && issue.column == 9 && issue.field == "d_3" && issue.value == new)
    }

    @Test func `whatever else is wrong is named`() {
        #expect(issues(sales: Self.sales.replacingOccurrences(of: "store_id", with: "shop")).first?.field == "store_id")
        #expect(issues(sales: Self.sales.replacingOccurrences(of: "d_3", with: "d_9")).first?.field == "d_9")
        #expect(issues(sales: Self.sales + "\nc,A_1_001,A_1,A,CA_1,CA,1,1,1").first?.line == 4)
        #expect(issues(sales: Self.sales + "\nc,A_1_002").first?.line == 4)
        #expect(
            issues(calendar: Self.calendar.replacingOccurrences(of: "2011-01-31", with: "2011-02-05")).first?.line == 4)
        #expect(issues(prices: Self.prices + "\nCA_1,A_1_001,11999,2").first?.field == "wm_yr_wk")
        #expect(issues(prices: Self.prices + "\nCA_1,A_1_001,11102,0").first?.field == "sell_price")
        #expect(issues(prices: "a,b").first?.expected.contains("no file has the header") == true)
        #expect(!issues(calendar: "").isEmpty && !issues(sales: "").isEmpty)
    }
}
