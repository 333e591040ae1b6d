import Foundation
import Retail
import Testing

@testable import Store

@Suite("Kept changes to forecasts") struct AdjustmentStoreTests {
    let folder: TemporaryFolder
    let workspace: Workspace
    let today = Day(number: 15_300)

    init() throws {
        folder = try TemporaryFolder()
        workspace = try Workspace.open(path: folder.file())
    }

    private func shop(_ codes: [String]) -> Dataset {
        var dataset = Dataset(
            name: "shop", currency: .cny, fingerprint: "",
            demand: DemandPanel(axis: TimeAxis(step: .day, origin: today, count: 1)))
        dataset.skus = codes.map {
            SKU(code: $0, name: $0, listPrice: UnitPrice(units: 10_000), unitCost: UnitPrice(units: 5_000))
        }
        dataset.channels = [Channel(code: "web", name: "Web", kind: .own)]
        return dataset
    }

    private func change(_ scope: PromotionScope, by author: String = "李娜", value: Double = 1.5) -> Adjustment {
        Adjustment(
            scope: scope, channel: Channel.Index(0), region: nil, from: today, through: today + 6, kind: .multiply,
            value: value, author: author, reason: "展会", expires: today + 9)
    }

    @Test("changes come back for a data set whose indices have moved")
    func roundTrip() throws {
        let changes = [change(.everything), change(.category(["Home", "Decor"])), change(.skus([SKU.Index(1)]))]
        try workspace.keep(changes, of: shop(["a", "b"]), at: 1)
        let moved = try workspace.adjusting(shop(["b", "c", "a"])).adjustments
        var expected = changes
        expected[2].scope = .skus([SKU.Index(0)])
        #expect(moved == expected)
        #expect(try workspace.adjustments(dataset: "another").isEmpty)
    }

    @Test("a change that names a code the data do not have is left out and said")
    func unknownCode() throws {
        try workspace.keep([change(.skus([SKU.Index(0)]))], of: shop(["a"]), at: 1)
        let made = try workspace.adjusting(shop(["b"]))
        #expect(made.adjustments.isEmpty && made.assumptions.count == 1)
    }

    @Test("what is withdrawn counts no longer and stays on record")
    func withdrawal() throws {
        try workspace.keep([change(.everything), change(.everything, value: 2)], of: shop(["a"]), at: 1)
        let first = try #require(try workspace.adjustments(dataset: "shop").first)
        try workspace.withdraw(adjustment: first.id, dataset: "shop", by: "Wang", at: 2)
        #expect(try workspace.adjusting(shop(["a"])).adjustments.map(\.value) == [2])
        #expect(try workspace.adjustments(dataset: "shop").map(\.withdrawnBy) == ["Wang", nil])
        #expect(throws: StoreError.self) {
            try workspace.withdraw(adjustment: first.id, dataset: "shop", by: "Wang", at: 3)
        }
        #expect(throws: StoreError.self) {
            try workspace.withdraw(adjustment: first.id + 1, dataset: "another", by: "Wang", at: 3)
        }
    }

    @Test("a change without an author, or that makes demand negative, is kept neither alone nor among others")
    func refused() throws {
        for bad in [change(.everything, by: " "), change(.everything, value: -1), change(.everything, value: .nan)] {
            #expect(throws: StoreError.self) { try workspace.keep([change(.everything), bad], of: shop(["a"]), at: 1) }
        }
        #expect(try workspace.adjustments(dataset: "shop").isEmpty)
    }
}
