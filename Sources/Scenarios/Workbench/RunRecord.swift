import Placement
import Replenishment
import Retail
import Simulation
import Store

/// What is stored of a run: results, and beside them what a report of it needs without the data set at hand.
enum RunRecord {
    static func outcome(_ prepared: PreparedScenario, _ result: RunResult) -> RunOutcome {
        RunOutcome(
            figures: result.figures, tables: result.tables, appendices: appendices(prepared, result),
            suggestions: prepared.suggestionRows, dataset: prepared.dataset.name,
            today: prepared.situation.today)
    }

    /// Tables that are not results: `facts`, `assumptions`, `audit`, `products`, `places`, `names`, `map_regions`,
    /// `promotions`, `transfers`, and of a placement `placement_sites`, `placement_regions`, `placement_summary`,
    /// `placement_comparison` and `placement_curve`.
    static func appendices(_ prepared: PreparedScenario, _ result: RunResult) -> [ResultTable] {
        let (dataset, scenario) = (prepared.dataset, prepared.scenario)
        var tables = [
            keyed(
                "facts",
                [
                    ("dataset", dataset.name), ("first_day", "\(scenario.clock.start)"),
                    ("last_day", "\(scenario.clock.end - 1)"), ("zone", scenario.clock.zone),
                    ("currency", dataset.currency.code), ("description", scenario.about),
                ]),
            ResultTable(
                "assumptions",
                [
                    Column("subject", .text(prepared.assumptions.map(\.subject))),
                    Column("text", .text(prepared.assumptions.map(\.text))),
                ]),
            ResultTable(
                "audit",
                [
                    Column("check", .text(result.audit.checks.map(\.key))),
                    Column("entities", .integer(result.audit.checks.map(\.entities))),
                ]),
            ResultTable(
                "products",
                [
                    Column("sku", .text(dataset.skus.map(\.code))), Column("name", .text(dataset.skus.map(\.name))),
                    Column("category", .text(dataset.skus.map { $0.categories.joined(separator: " / ") })),
                ]),
            places(prepared), names(dataset), regions(prepared), promotions(prepared), transfers(prepared),
        ]
        if let placed = prepared.placement {
            tables.append(
                PlacementTables.sites(
                    placed.solution, problem: placed.problem, candidates: dataset.candidates,
                    currency: dataset.currency))
            tables.append(
                PlacementTables.regions(
                    placed.solution, problem: placed.problem, regions: dataset.regions,
                    candidates: dataset.candidates))
            tables.append(summary(placed))
            if let today = placed.problem.withoutCandidates() {
                tables.append(
                    PlacementTables.comparison(
                        today: today, plan: placed.solution, problem: placed.problem, currency: dataset.currency))
            }
            // The curve explains the choice; where it cannot be drawn the choice stands all the same.
            if let curve = try? placementCurve(placed.problem, limits: SearchLimits(steps: curveSteps)) {
                tables.append(
                    PlacementTables.curve(curve, candidates: dataset.candidates, currency: dataset.currency))
            }
        }
        return tables
    }

    private static func keyed(_ name: String, _ rows: [(String, String)]) -> ResultTable {
        ResultTable(name, [Column("key", .text(rows.map(\.0))), Column("value", .text(rows.map(\.1)))])
    }

    /// Nodes of the network, and candidates that stay closed.
    private static func places(_ prepared: PreparedScenario) -> ResultTable {
        let nodes = prepared.network.nodes
        let open = Set(nodes.map(\.code))
        let closed = prepared.dataset.candidates.filter { !open.contains($0.code) }
        let all = nodes + closed
        return ResultTable(
            "places",
            [
                Column("code", .text(all.map(\.code))), Column("name", .text(all.map(\.name))),
                Column("kind", .text(nodes.map(\.kind.rawValue) + closed.map { _ in NodeKind.front.rawValue })),
                Column("latitude", unit: "degrees", .real(all.map(\.location.latitude))),
                Column("longitude", unit: "degrees", .real(all.map(\.location.longitude))),
                Column("open", .integer(nodes.map { _ in 1 } + closed.map { _ in 0 })),
            ])
    }

    /// What the data set calls its channels, segments, carriers and suppliers.
    private static func names(_ dataset: Dataset) -> ResultTable {
        let codes =
            dataset.channels.map { ($0.code, $0.name) } + dataset.segments.map { ($0.code, $0.name) }
            + dataset.carriers.map { ($0.code, $0.name) } + dataset.suppliers.map { ($0.code, $0.name) }
        return ResultTable("names", [Column("code", .text(codes.map(\.0))), Column("name", .text(codes.map(\.1)))])
    }

    private static func regions(_ prepared: PreparedScenario) -> ResultTable {
        let regions = prepared.dataset.regions
        let world = prepared.world
        let days = world.clock.days
        var orders = [Double](repeating: 0, count: regions.count)
        for channel in world.channels.indices {
            for region in regions.indices {
                for day in 0..<days {
                    orders[region] += world.demand.orders[(channel * regions.count + region) * days + day]
                }
            }
        }
        let total = max(1e-12, orders.reduce(0, +))
        let served = regions.indices.map { region -> String in
            guard let site = prepared.placement?.solution.assignment[region] else { return "" }
            return prepared.dataset.candidates[site].code
        }
        return ResultTable(
            "map_regions",
            [
                Column("region", .text(regions.map(\.code))), Column("name", .text(regions.map(\.name))),
                Column("latitude", unit: "degrees", .real(regions.map(\.location.latitude))),
                Column("longitude", unit: "degrees", .real(regions.map(\.location.longitude))),
                Column("share", unit: "share", .real(orders.map { $0 / total })),
                Column("export", .integer(regions.map { $0.isExport ? 1 : 0 })),
                Column("served_by", .text(served)),
            ])
    }

    private static func promotions(_ prepared: PreparedScenario) -> ResultTable {
        let promotions = prepared.scenario.promotions
        return ResultTable(
            "promotions",
            [
                Column("code", .text(promotions.map(\.code))), Column("name", .text(promotions.map(\.name))),
                Column("kind", .text(promotions.map(\.kind.rawValue))),
                Column("begins", .text(promotions.map(\.begins.description))),
                Column("ends", .text(promotions.map(\.ends.description))),
            ])
    }

    private static func transfers(_ prepared: PreparedScenario) -> ResultTable {
        let transfers = prepared.suggestions.transfers
        let (skus, nodes) = (prepared.dataset.skus, prepared.network.nodes)
        return ResultTable(
            "transfers",
            [
                Column("sku", .text(transfers.map { skus[$0.sku.position].code })),
                Column("from", .text(transfers.map { nodes[$0.from.position].code })),
                Column("to", .text(transfers.map { nodes[$0.to.position].code })),
                Column("quantity", unit: "units", .integer(transfers.map(\.quantity))),
            ])
    }

    /// Work for each point of the curve: plain placements take a few hundred steps.
    private static let curveSteps = 20_000

    private static func summary(_ placed: PreparedPlacement) -> ResultTable {
        let solution = placed.solution
        let rows: [(String, String, Double)] = [
            ("fixed_cost", "per day", solution.costs.fixed), ("transport_cost", "per day", solution.costs.transport),
            ("stock_cost", "per day", solution.costs.stock), ("lateness_cost", "per day", solution.costs.lateness),
            ("total_cost", "per day", solution.costs.total),
            ("lower_bound", "per day", solution.lowerBound), ("gap", "share", solution.gap),
            ("coverage", "share", solution.coverage), ("radius", "km", placed.problem.radius),
            ("proved", "", solution.stopReason == .proved ? 1 : 0),
        ]
        return ResultTable(
            "placement_summary",
            [
                Column("key", .text(rows.map(\.0))), Column("unit", .text(rows.map(\.1))),
                Column("value", .real(rows.map(\.2))),
            ])
    }
}
