import Foundation
import Retail
import Testing

@testable import Datasets

@Suite("Generated data sets are sound, repeatable and shaped like the trade")
struct GeneratorTests {
    private func folder() -> String {
        FileManager.default.temporaryDirectory.appending(path: "generated-\(UUID().uuidString)").path
    }

    private func bytes(_ folder: String) throws -> [String: Data] {
        var found: [String: Data] = [:]
        for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
            found[file] = try Data(contentsOf: URL(filePath: folder + "/" + file))
        }
        return found
    }

    @Test("The reader takes every row, orders are as many as asked for, and demand adds up to the paid orders' units")
    func sound() throws {
        let path = folder()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try DatasetGenerator.generate(.double11, articles: 300, orders: 8_000, seed: 5, to: path)
        let data = try DatasetReader.read(folder: path)
        #expect(data.skus.count == 300)
        #expect(data.orders.count == 8_000)
        #expect(data.regions.count > 80 && data.channels.count == 8)
        #expect(data.skus.allSatisfy { $0.categories.allSatisfy { !$0.isEmpty } })
        #expect(Set(data.skus.map(\.role)).count == 4)
        var units: Int64 = 0
        for order in 0..<data.orders.count where data.orders.paid[order] != nil {
            for line in data.orders.lines(order) { units += Int64(data.orders.lineQuantities[line]) }
        }
        let demanded = data.demand.values.indices.reduce(0.0) {
            $0 + (data.demand.missing[$1] ? 0 : Double(data.demand.values[$1]))
        }
        #expect(Int64(demanded.rounded()) == units)
        // 86 % of Tmall's orders are paid, less on live rooms, more in stores: about 86 % over all.
        let paid = Double(data.orders.paid.count { $0 != nil }) / 8_000
        #expect(abs(paid - 0.866) < 0.02, "\(paid)")
        #expect(abs(Double(data.orders.lineCount) / 8_000 - 1.39) < 0.06)
        // Double 11 2022 lasted two days of the factor 6.5; a year of ordinary days is about one.
        let day = Double(data.orders.placed.count { $0.day == GeneratorSeason.date(2022, 11, 11) })
        #expect(day > 4 * 8_000 / 418)
        let trough = Double(data.orders.placed.count { $0.day == GeneratorSeason.date(2023, 1, 24) })
        #expect(trough < 0.5 * 8_000 / 418)
    }

    @Test("The same seed gives the same bytes, another gives others")
    func repeatable() throws {
        let paths = (0..<3).map { _ in folder() }
        defer { for path in paths { try? FileManager.default.removeItem(atPath: path) } }
        for (path, seed) in zip(paths, [UInt64(1), 1, 2]) {
            try DatasetGenerator.generate(.double11, articles: 40, orders: 500, seed: seed, to: path)
        }
        #expect(try bytes(paths[0]) == bytes(paths[1]))
        #expect(try bytes(paths[0]) != bytes(paths[2]))
    }

    @Test("A single article and a single order will do; a folder that holds something is left alone")
    func edges() throws {
        let path = folder()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try DatasetGenerator.generate(.double11, articles: 1, orders: 1, seed: 1, to: path)
        let data = try DatasetReader.read(folder: path)
        #expect(data.orders.count == 1)
        #expect(throws: FileError.self) {
            try DatasetGenerator.generate(.double11, articles: 1, orders: 1, seed: 1, to: path)
        }
    }

    @Test("Provinces are found by any of their spellings, and every city lies in China")
    func places() {
        for (text, code) in [("内蒙古自治区", "neimenggu"), ("上海", "shanghai"), ("广西壮族自治区", "guangxi"), ("新疆", "xinjiang")] {
            #expect(ChinesePlaces.province(text)?.code == code)
        }
        #expect(ChinesePlaces.province("Bavaria") == nil)
        #expect(ChinesePlaces.provinces.count == 31)
        let cities = ChinesePlaces.provinces.flatMap(\.cities)
        #expect(Set(cities.map(\.code)).count == cities.count)
        for city in cities {
            #expect((18.0...54).contains(city.latitude) && (73.0...135).contains(city.longitude), "\(city.code)")
        }
    }

    /// Latitude and longitude of the populated places of GeoNames (http://www.geonames.org, CC BY 4.0).
    private static let capitals = """
        北京 39.907 116.397|天津 39.142 117.177|石家庄 38.041 114.479|太原 37.869 112.560|呼和浩特 40.811 111.652
        沈阳 41.792 123.433|长春 43.880 125.323|哈尔滨 45.750 126.650|上海 31.222 121.458|南京 32.062 118.778
        杭州 30.294 120.161|合肥 31.864 117.281|福州 26.061 119.306|南昌 28.684 115.853|济南 36.668 116.997
        郑州 34.758 113.649|武汉 30.583 114.267|长沙 28.199 112.971|广州 23.117 113.250|南宁 22.817 108.317
        海口 20.034 110.347|重庆 29.560 106.558|成都 30.667 104.067|贵阳 26.583 106.717|昆明 25.039 102.718
        拉萨 29.650 91.100|西安 34.258 108.929|兰州 36.057 103.840|西宁 36.626 101.757|银川 38.468 106.273
        乌鲁木齐 43.801 87.600
        """

    @Test("The capitals of all provinces lie within a tenth of a degree of where a public gazetteer has them")
    func capitals() throws {
        let rows = Self.capitals.split { $0 == "|" || $0 == "\n" }.map { $0.split(separator: " ").map(String.init) }
        #expect(rows.count == 31)
        let cities = ChinesePlaces.provinces.flatMap(\.cities)
        for row in rows {
            let city = try #require(cities.first { $0.name == row[0] })
            let (latitude, longitude) = (try #require(Double(row[1])), try #require(Double(row[2])))
            #expect(abs(city.latitude - latitude) <= 0.1 && abs(city.longitude - longitude) <= 0.1, "\(row[0])")
        }
    }
}

@Suite("Imports of other people's order files")
struct OrderImportTests {
    private func temporary() throws -> URL {
        let url = FileManager.default.temporaryDirectory.appending(path: "import-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }

    private let header = "订单编号,总金额,买家实际支付金额,收货地址 ,订单创建时间,订单付款时间 ,退款金额\n"

    @Test("Tmall orders keep their payment times; a refund counts as one unit sent back")
    func tmall() throws {
        let root = try temporary()
        defer { try? FileManager.default.removeItem(at: root) }
        let rows = """
            1,178.8,0.0,上海,2020-02-21 00:00:00,,0.0
            2,21.0,21.0,内蒙古自治区,2020-02-20 23:59:54,2020-02-21 00:00:02,0.0
            3,37.0,0.0,安徽省,2020-02-20 23:59:35,2020-02-20 23:59:40,37.0

            """
        let file = root.appending(path: "orders.csv").path
        try (header + rows).write(toFile: file, atomically: true, encoding: .utf8)
        let out = root.appending(path: "out").path
        let summary = try TmallOrders.importFile(file, to: out)
        #expect(summary.totalLines == 3)
        let data = try DatasetReader.read(folder: out)
        #expect(data.orders.count == 3)
        #expect(data.orders.paid.compactMap { $0 }.count == 2)
        #expect(data.orders.fates.count { $0 == .unpaid } == 1)
        #expect(data.orders.lineCancelled.reduce(0, +) == 1)
        // Written and read again it is the same.
        let again = root.appending(path: "again").path
        try DatasetWriter.write(data, to: again)
        #expect(try DatasetReader.read(folder: again).orders == data.orders)
    }

    @Test("A province that is none, and times that run backwards, are named with their place; nothing is written")
    func faults() throws {
        let root = try temporary()
        defer { try? FileManager.default.removeItem(at: root) }
        let file = root.appending(path: "orders.csv").path
        let out = root.appending(path: "out").path
        for (row, word) in [
            ("1,1,1,Bavaria,2020-02-21 00:00:00,,0", "province"),
            ("1,1,1,上海,2020-02-21 00:00:00,2020-02-20 00:00:00,0", "before the order"),
            ("1,1,1,上海,yesterday,,0", "date and time"), ("1,x,1,上海,2020-02-21 00:00:00,,0", "finite number"),
        ] {
            try (header + row + "\n").write(toFile: file, atomically: true, encoding: .utf8)
            do {
                _ = try TmallOrders.importFile(file, to: out)
                Issue.record("imported: \(row)")
            } catch {
                #expect("\(error)".contains(word) && "\(error)".contains("orders.csv:2"), "\(error)")
            }
            #expect(!FileManager.default.fileExists(atPath: out))
        }
        #expect(throws: DatasetError.self) {
            _ = try OlistOrders.importFolder(root.path, to: out, deliveredWeight: 1)
        }
    }
}
