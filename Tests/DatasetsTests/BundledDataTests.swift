import Foundation
import Retail
import Testing

@testable import Datasets

/// The data set that ships with the project.
@Suite struct BundledDataTests {
    static let folder = packageFolder + "/scenarios/data/uk-gifts"

    @Test("the bundled data set reads back whole and agrees with itself")
    func bundled() throws {
        let data = try DatasetReader.read(folder: Self.folder)
        #expect(data.skus.count == 800 && data.channels.count == 3 && data.regions.count == 25)
        #expect(data.nodes.map(\.kind) == [.central, .regional, .regional] && data.candidates.count == 12)
        #expect(data.suppliers.count == 4 && data.carriers.count == 3)
        // Units ordered less units cancelled are the demand, and the returns are the units cancelled.
        let orders = data.orders
        let sold = orders.lineQuantities.reduce(0) { $0 + Int($1) }
        let cancelled = orders.lineCancelled.reduce(0) { $0 + Int($1) }
        #expect(data.demand.values.reduce(0) { $0 + Double($1) } == Double(sold - cancelled))
        #expect(data.returns.reduce(0) { $0 + Int($1.quantity) } == cancelled)
        // Closed days take no orders.
        #expect(orders.placed.allSatisfy { data.calendar.isOpen($0.day) })
        let saturday = try #require(Day(iso: "2011-11-26"))
        #expect(saturday.weekday == 6 && !data.calendar.isOpen(saturday))
        // Every SKU can be bought, and every region has a carrier.
        #expect(Set(data.supply.map(\.sku)).count == 800)
        #expect(data.regions.allSatisfy { region in data.rates.contains { $0.zone == region.zone } })
        #expect(data.segments.reduce(0) { $0 + $1.share.partsPerMillion } == 1_000_000)
    }

    @Test("the import summary adds up to the 541,909 lines of the source, and the folder is under 4 MB")
    func summary() throws {
        let text = try String(contentsOfFile: Self.folder + "/import_summary.csv", encoding: .utf8)
        var parts = 0
        var total = 0
        for line in text.split(separator: "\n").dropFirst() {
            let fields = line.split(separator: ",", maxSplits: 3, omittingEmptySubsequences: false)
            let lines = try #require(Int(fields[2]))
            if fields[1] == "total" { total = lines }
            if fields[1] == "kept" || fields[1] == "left out" { parts += lines }
        }
        #expect(total == 541_909 && parts == total)
        var size = 0
        for name in try FileManager.default.contentsOfDirectory(atPath: Self.folder) {
            size += try Data(contentsOf: URL(fileURLWithPath: Self.folder + "/" + name)).count
        }
        #expect(size < 4_000_000)
    }

    /// The source, which is not part of the project: asked for by naming its folder in `GRANARY_DATA`.
    static let source = ProcessInfo.processInfo.environment["GRANARY_DATA"].map {
        $0 + "/retail/uci_online_retail.csv.gz"
    }

    @Test(
        "importing the source again gives the bundled bytes",
        .enabled(if: source.map { FileManager.default.fileExists(atPath: $0) } ?? false))
    func reproducible() throws {
        let source = try #require(Self.source)
        let (dataset, summary) = try UCIOnlineRetail.importFile(source)
        try withFolder { folder in
            try DatasetWriter.write(dataset, to: folder, summary: summary)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            #expect(names == (try FileManager.default.contentsOfDirectory(atPath: Self.folder).sorted()))
            for name in names {
                let mine = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
                #expect(mine == (try Data(contentsOf: URL(fileURLWithPath: Self.folder + "/" + name))), "\(name)")
            }
        }
    }
}
