import Foundation
import Retail
import Store

/// A folder that is removed with everything in it when the test ends.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "granary-store-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String = "workspace.granary") -> String { path + "/" + name }
}

enum Sample {
    static let inputs = RunInputs(
        name: "Black week", scenario: "granary: 1\nname: Black week\n", overrides: ["demand.volume=2", "品=粮"],
        seed: 0xFFFF_FFFF_FFFF_FFF0, replications: 3, currency: "GBP", engineVersion: "0.1.0",
        processor: "x86_64 test", dataFingerprint: "abc")

    static let figures = [
        Figure(key: "orders", unit: "orders", mean: 100, halfWidth: 2.5, replications: [99, 101, 100]),
        Figure(key: "fill_rate", unit: "share", mean: .nan, halfWidth: .nan, replications: [.nan, 0, -0.0]),
    ]

    static let tables = [
        ResultTable(
            "nodes",
            [
                Column("node", .text(["CDC", "前置仓", ""])),
                Column("units", unit: "units", .integer([.min, 0, .max])),
                Column("fill_rate", unit: "share", .real([0.1, .infinity, -0.0])),
            ]),
        ResultTable("empty", [Column("tier", .text([])), Column("orders", unit: "orders", .integer([]))]),
    ]

    static let suggestion = SuggestionRow(
        sku: "85123A", skuName: "Hanging <heart>", supplier: "S1", supplierName: "Northern", node: "CDC",
        line: PurchaseLine(
            onHand: 10, reserved: 2, inTransit: 3, onOrder: 4, backordered: 5, expiring: 6, demandMean: 20.5,
            demandP10: 12, demandP50: 20, demandP90: 30, safetyStock: 8, reorderPoint: 28, orderUpTo: 60,
            quantity: QuantityChain(
                need: 48, afterMinimum: 50, afterMultiple: 54, afterBreak: 100, afterOrderValue: 120),
            unitCost: UnitPrice(units: 11_500), value: Amount(minor: 13_800), isBelowOrderValue: true,
            orderBy: Day(number: 15_300), receipt: Day(number: 15_305), stockout: nil, daysOfCoverBefore: .infinity,
            daysOfCoverAfter: 12, stockoutProbability: 0.25, marginAtRisk: Amount(minor: 777)),
        reasonEnglish: "Runs out.", reasonChinese: "将断货。")

    static let outcome = RunOutcome(
        figures: figures, tables: tables,
        appendices: [ResultTable("placement", [Column("node", .text(["F1"]))])], suggestions: [suggestion])

    static let codes = SeriesCodes(skus: ["a", "b"], channels: ["web"], regions: ["north", "南"])

    static let forecast = Forecast(
        axis: TimeAxis(step: .day, origin: Day(number: 15_306), count: 2),
        keys: [SeriesKey(sku: SKU.Index(1), channel: Channel.Index(0)), SeriesKey(region: Region.Index(1))],
        names: ["b/web", "南"], mean: [1, 2, 3, 4], levels: [0.1, 0.9], quantiles: [0, 1, 1, 3, 2, 4, 3, 5],
        choices: [
            ModelChoice(
                model: "ridge", scores: [ModelScore(model: "ridge", error: 0.8)], note: "",
                parts: [ForecastPart(name: "level", units: 3)]),
            ModelChoice(model: "seasonal naive", scores: [], note: "too short"),
        ])
}

/// Two values that are the same for storing: NaN equals NaN, and the sign of zero counts.
func sameBits(_ a: [Double], _ b: [Double]) -> Bool {
    a.map(\.bitPattern) == b.map(\.bitPattern)
}
