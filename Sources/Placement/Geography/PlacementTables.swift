public import Retail

/// Placements in the one form in which results are stored, exported and reported.
public enum PlacementTables {
    /// One row per candidate: whether it is open, its fixed cost, what it serves, and what dropping it would cost.
    public static func sites(
        _ solution: PlacementSolution, problem: PlacementProblem, candidates: [Node], currency: Currency
    ) -> ResultTable {
        var regions = [Int64](repeating: 0, count: problem.candidateCount)
        var orders = [Double](repeating: 0, count: problem.candidateCount)
        for (region, site) in solution.assignment.enumerated() {
            guard let site else { continue }
            regions[site] += 1
            orders[site] += problem.weights[region]
        }
        var regret = [Double](repeating: 0, count: problem.candidateCount)
        for (site, value) in zip(solution.openSites, solution.regrets) { regret[site] = value ?? .infinity }
        let open = Set(solution.openSites)
        return ResultTable(
            "placement_sites",
            [
                Column("site", .text(candidates.map(\.code))),
                Column("name", .text(candidates.map(\.name))),
                Column("latitude", unit: "degrees", .real(candidates.map(\.location.latitude))),
                Column("longitude", unit: "degrees", .real(candidates.map(\.location.longitude))),
                Column("open", .integer(candidates.indices.map { open.contains($0) ? 1 : 0 })),
                Column("fixed_cost_per_day", unit: currency.code, .real(problem.fixedCosts)),
                Column("regions", unit: "regions", .integer(regions)),
                Column("orders_per_day", unit: "orders", .real(orders)),
                Column("regret_per_day", unit: currency.code, .real(regret)),
            ])
    }

    /// One row per region: who serves it, how far that is, and whether it is within the hour.
    public static func regions(
        _ solution: PlacementSolution, problem: PlacementProblem, regions: [Region], candidates: [Node]
    ) -> ResultTable {
        let served = solution.assignment
        return ResultTable(
            "placement_regions",
            [
                Column("region", .text(regions.map(\.code))),
                Column("orders_per_day", unit: "orders", .real(problem.weights)),
                Column("site", .text(served.map { $0.map { candidates[$0].code } ?? "" })),
                Column(
                    "distance", unit: "km",
                    .real(
                        served.indices.map { region in
                            served[region].map { problem.distance($0, region) } ?? problem.fallbackDistances[region]
                        })),
                Column("one_hour", .integer(served.map { $0 == nil ? 0 : 1 })),
            ])
    }

    /// One row per number of sites: cost split, coverage, bound and gap.
    public static func curve(_ points: [PlacementCurvePoint], candidates: [Node], currency: Currency) -> ResultTable {
        func money(_ name: String, _ value: (PlacementSolution) -> Double) -> Column {
            Column(name, unit: currency.code, .real(points.map { value($0.solution) }))
        }
        return ResultTable(
            "placement_curve",
            [
                Column("sites", unit: "sites", .integer(points.map { Int64($0.sites) })),
                money("total_per_day") { $0.costs.total },
                money("fixed_per_day") { $0.costs.fixed },
                money("transport_per_day") { $0.costs.transport },
                money("benefit_per_day") { $0.costs.benefit },
                Column("coverage", unit: "share", .real(points.map(\.solution.coverage))),
                money("lower_bound") { $0.lowerBound },
                Column("gap", unit: "share", .real(points.map(\.solution.gap))),
                Column(
                    "open",
                    .text(points.map { $0.solution.openSites.map { candidates[$0].code }.joined(separator: " ") })),
            ])
    }
}
