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
