import Foundation
import Reporting
import Retail

/// A made-up run of the usual shape: five days, three channels, four open nodes and a dozen candidates.
/// Its numbers come from simple formulas, so that the tests can say what must be shown.
enum SampleRun {
    static let days = (0..<5).map { Day(number: 15_306 + $0) }  // 2011-11-28 ... 2011-12-02
    static let channels = ["website", "marketplace", "wholesale"]

    static func input(_ language: Language) -> ReportInput {
        var input = ReportInput(
            name: "Promotion week 2011", language: language, currency: .gbp, dataset: "uk-gifts",
            origin: RunOrigin(
                runID: "7", seed: 20_111_128, replications: 10, engineVersion: "0.1.0",
                dataFingerprint: String(repeating: "a1", count: 32), forecastDigest: String(repeating: "b2", count: 32),
                planDigest: String(repeating: "c3", count: 32), resultDigest: String(repeating: "d4", count: 32)))
        input.firstDay = days.first
        input.lastDay = days.last
        input.scenarioText = "granary: 1\nname: Promotion week 2011\nvolume: 500\n"
        input.figures = figures
        input.tables = tables
        input.suggestions = suggestions
        input.suggestionFiles = ["suggestions.csv", "suggestions.xlsx"]
        input.placement = placement
        input.comparison = comparison
        input.assumptions = [
            Assumption(subject: "suppliers.csv", text: "Four suppliers were invented; the source names none."),
            Assumption(subject: "volume", text: "Demand is multiplied by 500 to give about 50,000 orders a day."),
        ]
        input.audit = [
            AuditCheck(name: "stock_conserved", passed: true, detail: "held for 3,204 entities"),
            AuditCheck(name: "reservations_closed", passed: true, detail: "held for 251,020 entities"),
        ]
        input.commands = ["granary run scenarios/promotion-week.yaml --seed 20111128"]
        input.skuNames = ["85123A": "WHITE HANGING HEART T-LIGHT HOLDER", "22423": "REGENCY CAKESTAND 3 TIER"]
        input.placeNames = ["website": "Website", "CDC": "Central Midlands", "FW-LON": "London"]
        return input
    }

    static func figure(_ key: String, _ unit: String, _ mean: Double, _ spread: Double) -> Figure {
        let replications = (0..<10).map { mean + spread * (Double($0) - 4.5) / 4.5 }
        return Figure(key: key, unit: unit, mean: mean, halfWidth: spread * 0.45, replications: replications)
    }

    static let figures = [
        figure("orders", "orders", 251_020, 1_800), figure("gmv_placed", "GBP", 5_204_330, 42_000),
        figure("gmv_paid", "GBP", 4_880_112, 40_000), figure("net_revenue", "GBP", 4_310_455, 38_000),
        figure("contribution_margin", "GBP", 912_340, 11_000), figure("fill_rate", "share", 0.9632, 0.0041),
        figure("on_time_share", "share", 0.9418, 0.006), figure("oversold_orders", "orders", 412, 60),
        figure("order_to_ship_median", "hours", 9.42, 0.31), figure("split_share", "share", 0.0831, 0.0021),
        figure("peak_orders_per_minute", "orders/minute", 148, 6), figure("lost_margin", "GBP", 41_203, 3_100),
    ]

    static var tables: [ResultTable] {
        [demand, minutes, nodes, ladder, losses, carriers, tiers, states, layers, settlement]
    }

    static var demand: ResultTable {
        var rows: [(String, String, Double)] = []
        for (d, day) in days.enumerated() {
            for (c, channel) in channels.enumerated() {
                rows.append(
                    (day.description, channel, [420_000, 260_000, 150_000][c] * (1 + 0.12 * sin(Double(d + c)))))
            }
        }
        return ResultTable(
            "demand_by_day",
            [
                Column("day", .text(rows.map(\.0))), Column("channel", .text(rows.map(\.1))),
                Column("forecast_units", unit: "units", .real(rows.map(\.2))),
                Column("p10", unit: "units", .real(rows.map { $0.2 * 0.82 })),
                Column("p90", unit: "units", .real(rows.map { $0.2 * 1.21 })),
                Column("simulated_units", unit: "units", .real(rows.map { $0.2 * 1.02 })),
                Column(
                    "actual_units", unit: "units",
                    .real(rows.enumerated().map { $1.2 * (0.9 + 0.05 * Double($0 % 7)) })),
            ])
    }

    static var minutes: ResultTable {
        let count = 5 * 1_440
        let placed = (0..<count).map { m -> Double in
            let hour = Double(m % 1_440) / 60
            let shape = 8 + 60 * exp(-pow((hour - 11) / 3, 2)) + 75 * exp(-pow((hour - 20.2) / 1.4, 2))
            return max(0, shape * (1 + 0.1 * sin(Double(m) * 1.7)) * [1.3, 1, 0.95, 0.9, 1.1][m / 1_440])
        }
        let capacity = (0..<count).map { m in (360..<1_320).contains(m % 1_440) ? 900.0 : 0.0 }
        var backlog = 0.0
        let picked = (0..<count).map { m -> Double in
            backlog += placed[m] * 15
            let done = min(backlog, capacity[m])
            backlog -= done
            return done
        }
        return ResultTable(
            "orders_by_minute",
            [
                Column("minute", unit: "minutes", .integer((0..<count).map(Int64.init))),
                Column("placed", unit: "orders", .real(placed)),
                Column("reserved", unit: "orders", .real(placed.map { $0 * 0.98 })),
                Column("picked", unit: "lines", .real(picked)),
                Column("pick_capacity", unit: "lines", .real(capacity)),
                Column("shipped", unit: "orders", .real(picked.map { $0 / 15 })),
            ])
    }

    static var nodes: ResultTable {
        ResultTable(
            "nodes",
            [
                Column("node", .text(["CDC", "RDC-N", "RDC-S", "FW-LON"])),
                Column("kind", .text(["central", "regional", "regional", "front"])),
                Column("orders", unit: "orders", .real([101_200, 60_411, 72_309, 17_100])),
                Column("units", unit: "units", .real([1_800_400, 902_100, 1_100_020, 120_400])),
                Column("home_fill_rate", unit: "share", .real([0.981, 0.957, 0.949, 0.912])),
                Column("split_share", unit: "share", .real([0.04, 0.09, 0.11, 0.02])),
                Column("on_hand_start", unit: "units", .real([3_200_000, 1_400_000, 1_500_000, 210_000])),
                Column("on_hand_end", unit: "units", .real([1_500_000, 610_000, 540_000, 90_400])),
                Column("peak_utilisation", unit: "share", .real([1, 0.97, 0.99, 0.71])),
                Column("cost", unit: "GBP", .real([82_310.2, 41_200.5, 44_100.75, 12_004.1])),
            ])
    }

    static var ladder: ResultTable {
        let amounts = [
            5_204_330.0, -324_218, 4_880_112, -310_250, -259_407, 4_310_455, -2_610_220, -412_010, -240_500, -135_385,
            912_340,
        ]
        return ResultTable(
            "profit_and_loss",
            [
                Column(
                    "step",
                    .text([
                        "gmv_placed", "unpaid", "gmv_paid", "merchant_discounts", "refunds", "net_revenue",
                        "cost_of_goods",
                        "freight",
                        "commission", "picking", "contribution_margin",
                    ])),
                Column("amount", unit: "GBP", .real(amounts)),
                Column("half_width", unit: "GBP", .real(amounts.map { abs($0) * 0.008 })),
            ])
    }

    static var losses: ResultTable {
        let count = 24
        return ResultTable(
            "sku_losses",
            [
                Column(
                    "sku", .text((0..<count).map { $0 == 0 ? "85123A" : $0 == 1 ? "22423" : "\(21_000 + $0 * 37)" })),
                Column("demanded", unit: "units", .real((0..<count).map { 41_000 / Double($0 + 1) })),
                Column("lost", unit: "units", .real((0..<count).map { 6_200 / Double($0 + 2) })),
                Column("lost_margin", unit: "GBP", .real((0..<count).map { 9_800 / Double($0 + 2) })),
            ])
    }

    static let carriers = ResultTable(
        "carriers",
        [
            Column("carrier", .text(["RM", "DPD", "BIKE"])),
            Column("parcels", unit: "parcels", .real([140_200, 101_000, 17_000])),
            Column("on_time", unit: "share", .real([0.931, 0.957, 0.984])),
            Column("freight", unit: "GBP", .real([401_200, 390_100, 51_000])),
        ])

    static let tiers = ResultTable(
        "tiers",
        [
            Column("tier", .text(["one_hour", "same_day", "next_day", "standard"])),
            Column("orders", unit: "orders", .real([17_100, 20_040, 121_000, 92_880])),
            Column("on_time", unit: "share", .real([0.98, 0.951, 0.94, 0.929])),
            Column("within_promise", unit: "share", .real([0.97, 0.94, 0.93, 0.96])),
        ])

    static let states = ResultTable(
        "order_states",
        [
            Column("state", .text(["delivered", "unpaid", "oversold", "returned"])),
            Column("orders", unit: "orders", .integer([228_000, 15_608, 412, 7_000])),
        ])

    static let layers = ResultTable(
        "stock_layers",
        [
            Column("layer", .text(["physical", "logical", "shared", "channel"])),
            Column("node", .text(["CDC", "CDC", "", ""])),
            Column("opening", unit: "units", .integer([3_200_000, 3_100_000, 5_900_000, 4_000_000])),
            Column("closing", unit: "units", .integer([1_500_000, 1_450_000, 2_600_000, 1_900_000])),
        ])

    static let settlement = ResultTable(
        "settlement",
        [
            Column("channel", .text(channels)),
            Column("expected", unit: "GBP minor", .integer([210_000_000, 150_000_000, 70_000_000])),
            Column("paid", unit: "GBP minor", .integer([209_990_000, 150_000_000, 69_500_055])),
            Column("difference", unit: "GBP minor", .integer([-10_000, 0, -499_945])),
            Column("matched", unit: "share", .real([0.9995, 1, 0.982])),
        ])
}
