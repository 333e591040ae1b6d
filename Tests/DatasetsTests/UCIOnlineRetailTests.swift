import Foundation
import Retail
import Testing

@testable import Datasets

@Suite struct UCIOnlineRetailTests {
    private static let sample = """
        InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
        100,11111A,RED  BAG,6.0,2011-10-03 09:00:00,2.5,1.0,United Kingdom
        100,11111a,RED  BAG,6.0,2011-10-03 09:00:00,2.5,1.0,United Kingdom
        100,22222,"CAKE STAND, BLUE",200,2011-10-03 09:00:00,3.00,1.0,United Kingdom
        100,POST,POSTAGE,1.0,2011-10-03 09:00:00,18.0,1.0,United Kingdom
        100,11111A,RED  BAG,6.0,2011-10-03 09:00:00,2.5,1.0,United Kingdom
        101,11111A,RED  BAG,4.0,2011-10-04 10:00:00,2.95,,United Kingdom
        102,22222,damaged,-3.0,2011-10-04 11:00:00,0.0,,United Kingdom
        103,22222,found,5.0,2011-10-04 11:30:00,0.0,,United Kingdom
        104,11111A,RED BAG,10.0,2011-10-05 12:00:00,2.1,2.0,France
        C105,11111A,RED BAG,-14.0,2011-10-06 13:00:00,2.1,2.0,France
        C106,11111A,RED BAG,-2.0,2011-10-06 14:00:00,2.5,1.0,United Kingdom
        C107,22222,"CAKE STAND, BLUE",-1.0,2011-10-06 15:00:00,3.0,,United Kingdom
        108,33333,PAPER CRAFT,80995.0,2011-10-07 09:15:00,2.08,3.0,United Kingdom
        C109,33333,PAPER CRAFT,-80995.0,2011-10-07 09:27:00,2.08,3.0,United Kingdom
        110,M,Manual,1.0,2011-10-07 10:00:00,50.0,3.0,United Kingdom
        C111,D,Discount,-1.0,2011-10-07 10:00:00,27.5,3.0,United Kingdom
        112,44444,CAF\u{E9} SIGN,3.0,2011-10-10 10:00:00,1.0,1.0,United Kingdom
        113,TEST001,This is a test product.,1.0,2011-10-10 10:01:00,1.0,1.0,United Kingdom
        114,gift_0001_20,Gift Voucher,1.0,2011-10-10 10:02:00,20.0,1.0,United Kingdom

        """

    private func importSample(_ text: String = sample, latin1: Bool = false, top: Int? = 3) throws -> (
        dataset: Dataset, summary: ImportSummary
    ) {
        try withFolder { folder in
            let path = folder + "/retail.csv"
            try AtomicFile.write(latin1 ? text.unicodeScalars.map { UInt8($0.value) } : Array(text.utf8), to: path)
            var options = UCIOnlineRetail.Options()
            options.top = top
            return try UCIOnlineRetail.importFile(path, options: options)
        }
    }

    @Test("every line goes to exactly one place, and the summary says which and why")
    func summary() throws {
        let (_, summary) = try importSample()
        #expect(summary.totalLines == 19 && summary.entries.reduce(0) { $0 + $1.lines } == 19)
        let lines = Dictionary(uniqueKeysWithValues: summary.entries.map { ($0.reason, $0.lines) })
        let expected = [
            "sale": 7, "postage": 1, "write_off": 1, "zero_price": 1, "cancellation_partly_matched": 1,
            "cancellation_matched": 1, "cancellation_unmatched": 1, "absurd_quantity": 2, "manual": 1, "discount": 1,
            "test": 1, "gift_voucher": 1,
        ]
        for (reason, count) in lines { #expect(count == expected[reason] ?? 0, "\(reason)") }
        #expect(summary.notes.first { $0.reason == "duplicate_lines" }?.lines == 2)
        let table = summary.table
        #expect(table.columns.allSatisfy { $0.values.count == table.rowCount })
    }

    @Test("units sold less units cancelled are the demand, and lines, returns and summary agree on them")
    func conservation() throws {
        let (data, summary) = try importSample()
        let sold = data.orders.lineQuantities.reduce(0) { $0 + Int($1) }
        let cancelled = data.orders.lineCancelled.reduce(0) { $0 + Int($1) }
        let returned = data.returns.reduce(0) { $0 + Int($1.quantity) }
        let demand = data.demand.values.reduce(0) { $0 + Double($1) }
        #expect(sold == 6 + 6 + 200 + 6 + 4 + 10 + 3)
        #expect(cancelled == 12 && returned == 12)
        #expect(demand == Double(sold - cancelled))
        #expect(summary.notes.first { $0.reason == "net_demand" }?.units == Int64(sold - cancelled))
        #expect(summary.notes.first { $0.reason == "dropped_units" }?.units == -4)
    }

    @Test("channels, regions and segments follow their rules")
    func derived() throws {
        let (data, _) = try importSample()
        #expect(data.orders.codes == ["100", "101", "104", "112"])
        #expect(data.orders.channels.map { data.channels[$0.position].code } == ["trade", "marketplace", "web", "web"])
        #expect(data.regions[data.orders.regions[2].position].code == "export")
        #expect(data.orders.regions[0] == data.orders.regions[3])
        #expect(
            data.orders.segments.map { $0.map { data.segments[$0.position].code } } == ["new", nil, "new", "active"])
        #expect(data.segments.reduce(0) { $0 + $1.share.partsPerMillion } == 1_000_000)
        #expect(!data.calendar.isOpen(try #require(Day(iso: "2011-10-08"))))
        #expect(data.calendar.isOpen(try #require(Day(iso: "2011-10-07"))))
    }

    @Test("small letters in a stock code make no SKU of their own, and names are the commonest text")
    func products() throws {
        let (data, _) = try importSample()
        #expect(data.skus.map(\.code) == ["11111A", "22222", "44444"])
        #expect(data.skus.map(\.name) == ["RED BAG", "CAKE STAND, BLUE", "CAFé SIGN"])
        #expect(data.skus[0].listPrice == UnitPrice(units: 25_000) && data.skus[0].casePack == 6)
        #expect(data.skus[1].categories == ["Kitchen", "Baking", "Cake and jam making"])
    }

    @Test("Latin-1 is read as well as UTF-8, and American dates as well as ISO ones")
    func otherForms() throws {
        let first = try importSample()
        let latin = try importSample(latin1: true)
        #expect(latin.dataset.skus == first.dataset.skus)
        let american = Self.sample.replacing(try Regex("2011-10-0?(\\d+) (\\d\\d):(\\d\\d):00")) { match in
            "10/\(match[1].substring ?? "")/2011 \(match[2].substring ?? ""):\(match[3].substring ?? "")"
        }
        #expect(try importSample(american).dataset.orders == first.dataset.orders)
    }

    @Test("the best-selling SKUs by net units are kept, the lines of others counted")
    func selection() throws {
        let (data, summary) = try importSample(top: 1)
        #expect(data.skus.map(\.code) == ["22222"])
        let left = summary.entries.first { $0.reason == "sku_not_selected" }
        #expect(left?.lines == 8 && summary.entries.reduce(0) { $0 + $1.lines } == 19)
    }

    @Test("what cannot be read is refused with its place")
    func badLines() throws {
        let bad = Self.sample.replacing("200,2011-10-03", with: "2.5,2011-10-33").replacing("2.95", with: "NaN")
        do {
            _ = try importSample(bad)
            Issue.record("bad lines were imported")
        } catch let error as DatasetError {
            #expect(error.issues.map(\.line) == [4, 4, 7])
            #expect(error.issues.map(\.field) == ["Quantity", "InvoiceDate", "UnitPrice"])
            #expect(error.issues.flatMap(\.untranslated).isEmpty, "said in English only")
        }
        #expect(throws: DatasetError.self) { try importSample("InvoiceNo,StockCode\n1,2\n") }
        #expect(throws: DatasetError.self) { try importSample("") }
    }

    @Test("an imported data set survives writing and reading")
    func roundTrip() throws {
        let (data, summary) = try importSample()
        try withFolder { folder in
            try DatasetWriter.write(data, to: folder, summary: summary)
            let second = try DatasetReader.read(folder: folder)
            #expect(second.demand == data.demand && second.orders == data.orders && second.skus == data.skus)
            #expect(second.stock == data.stock && second.supply == data.supply && second.nodes == data.nodes)
            #expect(Array(second.assumptions.prefix(data.assumptions.count)) == data.assumptions)
            let readme = try String(contentsOfFile: folder + "/README.md", encoding: .utf8)
            #expect(readme.contains("10.24432/C5BW33") && readme.contains("CC BY 4.0"))
        }
    }

    @Test("regions receive buyers in proportion to their population")
    func regionShares() {
        let places = BritishPlaces()
        var random = TestRandom(state: 9)
        var counts = [Int](repeating: 0, count: places.regions.count)
        let draws = 200_000
        for _ in 0..<draws { counts[places.region(of: random.next()).position] += 1 }
        let people = places.regions.reduce(0) { $0 + $1.population }
        for (region, count) in zip(places.regions, counts) {
            let share = Double(region.population) / Double(people)
            // Five standard deviations of the binomial law.
            #expect(
                abs(Double(count) - Double(draws) * share) <= 5 * (Double(draws) * share * (1 - share)).squareRoot())
        }
        #expect(counts[places.export.position] == 0)
    }
}
