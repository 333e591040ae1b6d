import Foundation
import Placement
public import Retail
public import Scenarios
public import Simulation

/// What a plan promises of the hour beside what a simulation of it found, cause by cause.
///
/// The promise is a range: the expected orders followed through the world without chance (`HourPromise`), for demand as
/// it may turn out in a run. It is kept where the simulated mean lies in that range, or no further outside than the two
/// per cent of the orders in reach that such a model cannot tell.
public struct PlacementConfirmation: Sendable {
    public struct Step: Sendable, Equatable {
        /// Key of the outcome, as the simulated table has it.
        public var key: String
        /// Orders a run.
        public var promised: Double
        public var low: Double
        public var high: Double
        public var simulated: Double
        public var halfWidth: Double

        public var difference: Double { simulated - promised }
    }

    public let steps: [Step]
    /// All orders of a run, promised and simulated.
    public let orders: (promised: Double, simulated: Double)
    /// Order to door, hours, promised and simulated.
    public let toDoor: (promised: Double, simulated: Double)
    private let worth: Double
    private let days: Double
    private let currency: Currency

    /// Part of the orders in reach that the promise may miss by.
    public static let tolerance = 0.02
    /// Ways the demand may turn out that the range is drawn from.
    static let draws = 12

    /// Nil where no front warehouses were placed, or none is in reach of anybody.
    public init?(_ prepared: PreparedScenario, _ result: RunResult) {
        guard prepared.placement != nil,
            let table = result.tables.first(where: { $0.name == "hour_outcomes" }),
            let keys = table.texts("outcome"), let found = table.numbers("orders"),
            let widths = table.numbers("half_width")
        else { return nil }
        let range = HourPromise.range(prepared.world, seed: prepared.scenario.seed, count: Self.draws)
        guard range.expected.asked > 0 else { return nil }
        steps = keys.indices.compactMap { row in
            guard let value = Self.values[keys[row]] else { return nil }
            let drawn = range.drawn.map(value)
            let centre = drawn.isEmpty ? value(range.expected) : drawn.reduce(0, +) / Double(drawn.count)
            let squares = drawn.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
            // What comes of demand, and what comes of orders one by one.
            let variance = squares / Double(max(1, drawn.count - 1)) + max(0, centre)
            let width = 2 * variance.squareRoot()
            return Step(
                key: keys[row], promised: centre, low: max(0, centre - width), high: centre + width,
                simulated: found[row], halfWidth: widths[row])
        }
        let drawn = range.drawn.isEmpty ? [range.expected] : range.drawn
        func mean(_ value: (HourPromise) -> Double) -> Double {
            drawn.reduce(0) { $0 + value($1) } / Double(drawn.count)
        }
        let placed = result.figures.first { $0.key == "orders" }?.mean ?? .nan
        orders = (mean(\.orders), placed)
        var hours = Double.nan
        if let tiers = result.tables.first(where: { $0.name == "tiers" }), let names = tiers.texts("tier"),
            let row = names.firstIndex(of: ServiceTier.oneHour.rawValue), let values = tiers.numbers("order_to_door")
        {
            hours = values[row]
        }
        toDoor = (mean(\.orderToDoor), hours)
        worth = prepared.scenario.network.oneHourValue.price.major
        days = Double(prepared.scenario.clock.days)
        currency = prepared.dataset.currency
    }

    private static let values: [String: @Sendable (HourPromise) -> Double] = [
        "asked_in_reach": { $0.asked }, "closed_then": { $0.closed }, "not_held": { $0.notHeld },
        "out_of_stock": { $0.outOfStock }, "no_rider": { $0.noRider }, "moved_at_release": { $0.moved },
        "not_completed": { $0.notCompleted }, "delivered_within": { $0.delivered },
        "late_by_review": { $0.lateByReview }, "late_by_picking": { $0.lateByPicking },
        "late_on_the_road": { $0.lateOnTheRoad }, "in_time": { $0.inTime },
    ]

    private func step(_ key: String) -> Step? { steps.first { $0.key == key } }

    /// Whether a figure is what was promised.
    public func isKept(_ step: Step) -> Bool {
        let slack = Self.tolerance * (self.step("asked_in_reach")?.promised ?? 0)
        return step.simulated >= step.low - slack && step.simulated <= step.high + slack
    }

    /// Whether as many orders as promised came within the hour, in time, and as fast.
    public var isConfirmed: Bool {
        let counted = ["delivered_within", "in_time"].compactMap(step)
        return counted.count == 2 && counted.allSatisfy { isKept($0) || $0.simulated > $0.promised }
            && toDoor.simulated <= toDoor.promised * 1.1 + 0.05
    }

    /// What takes more orders than was promised, the most first.
    var causes: [Step] {
        let causes = [
            "closed_then", "not_held", "out_of_stock", "no_rider", "moved_at_release", "not_completed",
            "late_by_review", "late_by_picking", "late_on_the_road",
        ]
        return causes.compactMap(step).filter { $0.difference > 0 }.sorted { $0.difference > $1.difference }
    }

    /// Orders a day within the hour, in time, as parts of all orders.
    public var shares: (promised: Double, low: Double, high: Double, simulated: Double) {
        guard let step = step("in_time"), orders.promised > 0, orders.simulated > 0 else { return (0, 0, 0, 0) }
        return (
            step.promised / orders.promised, step.low / orders.promised, step.high / orders.promised,
            step.simulated / orders.simulated
        )
    }

    /// Whether the promise was kept, and what most of it is missing for, a sentence each.
    public func verdict(_ language: Language) -> [String] {
        let numbers = NumberText(language: language, currency: currency)
        let shares = shares
        var lines = [
            Catalogue.text(
                isConfirmed ? "cli.promise_kept" : "cli.promise_not_kept", language,
                numbers.percent(shares.promised, 2), numbers.percent(shares.low, 2), numbers.percent(shares.high, 2),
                numbers.percent(shares.simulated, 2), numbers.decimal(toDoor.promised * 60, 0),
                numbers.decimal(toDoor.simulated * 60, 0))
        ]
        guard !isConfirmed, let whole = step("in_time"), whole.difference < 0 else { return lines }
        for cause in causes.prefix(3) {
            lines.append(
                Catalogue.text(
                    "cli.promise_cause", language, Catalogue.text("code.outcome.\(cause.key)", language),
                    numbers.decimal(cause.difference / days, 0),
                    numbers.percent(cause.difference / -whole.difference),
                    numbers.money(cause.difference * worth / days)))
        }
        return lines
    }

    /// One row an outcome: orders a day promised, with the range, and simulated, as parts of all orders too, and what the
    /// difference is worth.
    public var table: ResultTable {
        func daily(_ name: String, _ value: (Step) -> Double) -> Column {
            Column(name, unit: "orders", .real(steps.map { value($0) / days }))
        }
        let gains: Set = ["asked_in_reach", "delivered_within", "in_time"]
        return ResultTable(
            "placement_confirmation",
            [
                Column("outcome", .text(steps.map(\.key))),
                daily("promised", \.promised), daily("at_least", \.low), daily("at_most", \.high),
                daily("simulated", \.simulated), daily("half_width", \.halfWidth),
                Column(
                    "promised_share", unit: "share", .real(steps.map { $0.promised / max(1e-9, orders.promised) })),
                Column(
                    "simulated_share", unit: "share",
                    .real(steps.map { $0.simulated / max(1e-9, orders.simulated) })),
                Column(
                    "worth_per_day", unit: currency.code,
                    .real(
                        steps.map { step in
                            step.key == "asked_in_reach"
                                ? 0 : (gains.contains(step.key) ? 1 : -1) * step.difference * worth / days
                        })),
                Column("as_promised", .integer(steps.map { isKept($0) ? 1 : 0 })),
            ])
    }
}
