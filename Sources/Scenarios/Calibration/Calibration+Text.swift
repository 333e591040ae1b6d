import Foundation
public import Retail
import Simulation

extension Calibration {
    /// The laws as a scenario fragment: a file of settings that a scenario takes with `extends`.
    public func yaml(source: String) -> String {
        var lines = [
            "granary: 1",
            "# Measured by `granary calibrate` on \(orders) past orders of \(source.replacing("\n", with: " ")).",
            "# A scenario takes these settings with `extends: <this file>`; it adds its own data, clock and plans.", "",
        ]
        if !hours.isEmpty {
            lines += ["demand:", "  # Part of a day's orders in each hour.", "  hours:"]
            let shares = percentages(hours)
            for hour in 0..<24 { lines.append("    - {hour: \(hour), share: \(shares[hour]) %}") }
            lines.append("")
        }
        if paymentLag != nil || paidShare != nil {
            lines.append("payment:")
            if let paidShare { lines.append("  paid_share: \(percent(paidShare)) %") }
            if let paymentLag { lines += ["  lag:"] + times(paymentLag, indent: "    ") }
            lines.append("")
        }
        if cancellationRate != nil || returnRate != nil || returnTime != nil {
            lines.append("after_sales:")
            if let rate = cancellationRate { lines.append("  cancellation_rate: \(percent(rate)) %") }
            if let rate = returnRate { lines.append("  return_rate: \(percent(rate)) %") }
            if let returnTime { lines += ["  return_time:"] + times(returnTime, indent: "    ") }
            lines.append("")
        }
        if !lanes.isEmpty {
            lines += ["carriers:", "  lanes:"]
            for lane in lanes { lines += text(lane) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func text(_ lane: Lane) -> [String] {
        var lines = ["    # \(lane.name): \(lane.parcels) parcels"]
        var keys: [String] = []
        if let from = lane.from { keys.append("from: \"\(from)\"") }
        if let to = lane.to { keys.append("to: \"\(to)\"") }
        if let within = lane.within { keys.append("within: \(Int(within)) km") }
        if let card = lane.card {
            keys += [
                "first_weight: \(card.firstWeight)",
                "first_price: \(decimalText(card.firstPrice.units, scale: 4)) \(currency.code)",
                "step_weight: \(card.stepWeight)",
                "step_price: \(decimalText(card.stepPrice.units, scale: 4)) \(currency.code)",
            ]
        }
        if keys.isEmpty { keys = ["within: 50000 km"] }
        lines += keys.enumerated().map { ($0 == 0 ? "    - " : "      ") + $1 }
        if let law = lane.transit { lines += ["      transit:"] + times(law, indent: "        ") }
        for (key, spread) in [("spread", lane.spread), ("heavy_spread", lane.heavySpread)] {
            guard let law = spread else { continue }
            lines.append("      \(key):")
            for (p, value) in zip(law.probabilities, law.seconds) {
                lines.append("        - {share: \(percent(p)) %, factor: \(plain(value))}")
            }
        }
        return lines
    }

    private func times(_ law: LagLaw, indent: String) -> [String] {
        zip(law.probabilities, law.seconds).map { "\(indent)- {share: \(percent($0)) %, time: \(plain($1)) s}" }
    }

    /// Shares of a whole as percentages of four decimals that add up to 100.
    private func percentages(_ shares: [Double]) -> [String] {
        let parts =
            (try? allocateByLargestRemainder(1_000_000, over: shares.map { Int64(($0 * 1e12).rounded()) })) ?? []
        return parts.map { decimalText($0, scale: 4) }
    }

    private func percent(_ share: Double) -> String { decimalText(Int64((share * 1e6).rounded()), scale: 4) }

    /// A decimal without exponent, six digits behind the point.
    private func plain(_ value: Double) -> String { decimalText(Int64((value * 1e6).rounded()), scale: 6) }

    /// The checks as a table: what was observed, what the laws give, and whether it is near enough.
    public static func table(_ checks: [CalibrationCheck]) -> ResultTable {
        ResultTable(
            "calibration",
            [
                Column("parameter", .text(checks.map(\.parameter))), Column("group", .text(checks.map(\.group))),
                Column("quantile", .text(checks.map(\.what))), Column("in", .text(checks.map(\.unit))),
                Column("count", .integer(checks.map { Int64($0.count) })),
                Column("observed", .real(checks.map(\.observed))), Column("simulated", .real(checks.map(\.simulated))),
                Column("low", .real(checks.map(\.low))), Column("high", .real(checks.map(\.high))),
                Column("holds", .integer(checks.map { $0.holds ? 1 : 0 })),
            ])
    }
}
