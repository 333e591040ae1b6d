import Foundation
import Reporting
import Retail
import Store

extension SampleRun {
    static func line(
        _ number: Int, supplier: String = "S-NORTH", name: String? = nil, reason: String? = nil
    ) -> SuggestionRow {
        let need = Int64(700 + 130 * number)
        let purchase = PurchaseLine(
            onHand: 120, reserved: 20, inTransit: 0, onOrder: 48,
            backordered: 6, demandMean: Double(need) * 0.9, demandP10: Double(need) * 0.7,
            demandP50: Double(need) * 0.88, demandP90: Double(need) * 1.15, safetyStock: 90, reorderPoint: 400,
            orderUpTo: need + 162,
            quantity: QuantityChain(
                need: need, afterMinimum: need, afterMultiple: need + 2, afterBreak: need + 2),
            unitCost: UnitPrice(units: 12_550), value: Amount(minor: (need + 2) * 1_255 / 10),
            orderBy: days[number % 5], receipt: days[number % 5] + 9,
            stockout: number.isMultiple(of: 3) ? nil : days[2] + number, daysOfCoverBefore: 3.4,
            daysOfCoverAfter: 24.8, stockoutProbability: 0.31)
        return SuggestionRow(
            sku: "\(22_000 + number)", skuName: name ?? "GIFT NUMBER \(number)", supplier: supplier,
            supplierName: supplier == "S-NORTH" ? "Northern Gifts Ltd" : "义乌礼品有限公司", node: "CDC",
            line: purchase,
            reasonEnglish: reason
                ?? "Cover falls to 3.4 days before the next review; \(need) units restore the target.",
            reasonChinese: reason ?? "下次补货检查前可售天数降至 3.4 天；补 \(need) 件可恢复目标。")
    }

    static var suggestions: [SuggestionRow] {
        (0..<30).map { line($0, supplier: $0.isMultiple(of: 2) ? "S-NORTH" : "S-YIWU") }
    }

    static var placement: PlacementView {
        let cities: [(String, String, Double, Double, Double)] = [
            ("london", "London", 51.51, -0.13, 0.21), ("birmingham", "Birmingham", 52.48, -1.89, 0.08),
            ("manchester", "Manchester", 53.48, -2.24, 0.09), ("leeds", "Leeds", 53.80, -1.55, 0.06),
            ("glasgow", "Glasgow", 55.86, -4.25, 0.05), ("newcastle", "Newcastle", 54.98, -1.61, 0.03),
            ("sheffield", "Sheffield", 53.38, -1.47, 0.04), ("liverpool", "Liverpool", 53.41, -2.98, 0.05),
            ("bristol", "Bristol", 51.45, -2.59, 0.04), ("cardiff", "Cardiff", 51.48, -3.18, 0.03),
            ("edinburgh", "Edinburgh", 55.95, -3.19, 0.04), ("nottingham", "Nottingham", 52.95, -1.15, 0.03),
            ("southampton", "Southampton", 50.90, -1.40, 0.03), ("norwich", "Norwich", 52.63, 1.30, 0.02),
            ("plymouth", "Plymouth", 50.38, -4.14, 0.02), ("aberdeen", "Aberdeen", 57.15, -2.09, 0.02),
            ("belfast", "Belfast", 54.60, -5.93, 0.03), ("brighton", "Brighton", 50.83, -0.14, 0.03),
        ]
        let open: Set<String> = ["london", "birmingham", "manchester", "leeds", "glasgow"]
        let serving = [
            "london": "london", "birmingham": "birmingham", "manchester": "manchester", "leeds": "leeds",
            "glasgow": "glasgow",
            "sheffield": "leeds", "liverpool": "manchester", "edinburgh": "glasgow",
        ]
        let candidates = cities.prefix(12).map { city in
            PlacementView.Site(
                code: city.0, name: city.1, kind: .front, location: Coordinate(latitude: city.2, longitude: city.3),
                isOpen: open.contains(city.0))
        }
        let warehouses = [
            PlacementView.Site(
                code: "CDC", name: "Central, Daventry", kind: .central,
                location: Coordinate(latitude: 52.26, longitude: -1.16), isOpen: true),
            PlacementView.Site(
                code: "RDC-N", name: "North, Warrington", kind: .regional,
                location: Coordinate(latitude: 53.39, longitude: -2.60), isOpen: true),
        ]
        var regions = cities.map { city in
            PlacementView.Point(
                code: city.0, name: city.1, location: Coordinate(latitude: city.2, longitude: city.3), share: city.4,
                isExport: false, servedBy: serving[city.0])
        }
        regions.append(
            .init(
                code: "export", name: "Export", location: Coordinate(latitude: 50, longitude: 8), share: 0.1,
                isExport: true,
                servedBy: nil))
        return PlacementView(
            sites: warehouses + candidates, regions: regions,
            curve: (1...12).map { n in
                .init(sites: n, cost: 9_000 + 1_500 * pow(Double(n) - 5, 2) / 4, coverage: 1 - exp(-0.22 * Double(n)))
            },
            proof: .init(
                fixedCost: 4_100, transportCost: 2_300, stockCost: 200, latenessCost: 1_200, lowerBound: 7_761,
                gap: 0.0050,
                coverage: 0.62, radius: 60, isProved: false))
    }

    static var comparison: ComparisonView {
        func row(_ key: String, _ unit: String, _ means: [Double], _ half: Double, _ differenceHalf: Double)
            -> ComparisonView.Row
        {
            .init(
                key: key, unit: unit, values: means.map { .init(mean: $0, halfWidth: half) },
                differences: means.dropFirst().map { .init(mean: $0 - means[0], halfWidth: differenceHalf) })
        }
        return ComparisonView(
            names: ["Promotion week 2011", "No front warehouses", "Channel stock in silos"],
            rows: [
                row("orders", "orders", [251_020, 247_300, 251_020], 800, 260),
                row("fill_rate", "share", [0.9632, 0.9588, 0.9211], 0.0019, 0.0012),
                row("on_time_share", "share", [0.9418, 0.9402, 0.9399], 0.0027, 0.0021),
                row("contribution_margin", "GBP", [912_340, 905_800, 871_020], 5_000, 3_900),
            ])
    }
}
