public import Retail

/// Placements in the one form in which results are stored, exported and reported.
public enum PlacementTables {
    /// One row per candidate: whether it is open, its fixed cost, what it serves and earns, and how much dearer the
    /// best plan without it is.
    public static func sites(
        _ solution: PlacementSolution, problem: PlacementProblem, candidates: [Node], currency: Currency
    ) -> ResultTable {
        var regions = [Int64](repeating: 0, count: problem.candidateCount)
        var orders = [Double](repeating: 0, count: problem.candidateCount)
        var saved = orders
        for one in solution.services where one.part > 1e-9 {
            guard let site = one.site else { continue }
            let weight = one.part * problem.weights[one.region]
            regions[site] += 1
            orders[site] += weight
            // Against the existing node that would serve the region otherwise.
            let otherwise = problem.service(of: one.region)
            let (rate, own) =
                (
                    otherwise.isFront ? problem.frontCostPerKilometre : problem.fallbackCostPerKilometre,
                    one.isOneHour ? problem.frontCostPerKilometre : problem.fallbackCostPerKilometre
                )
            if weight > 0, otherwise.kilometres < .infinity {
                saved[site] += weight * (rate * otherwise.kilometres - own * one.kilometres)
            }
        }
        // A site that is not open has no regret.
        var regret = [Double](repeating: .nan, count: problem.candidateCount)
        for (site, value) in zip(solution.openSites, solution.regrets) { regret[site] = value ?? .infinity }
        let open = Set(solution.openSites)
        var sizes = [String](repeating: "", count: problem.candidateCount)
        var fixed = problem.fixedCosts
        for (site, size) in zip(solution.openSites, solution.sizes) {
            guard let size else { continue }
            sizes[site] = problem.terms.sizes[size].code
            fixed[site] *= problem.terms.sizes[size].fixedCost
        }
        return ResultTable(
            "placement_sites",
            [
                Column("site", .text(candidates.map(\.code))),
                Column("name", .text(candidates.map(\.name))),
                Column("latitude", unit: "degrees", .real(candidates.map(\.location.latitude))),
                Column("longitude", unit: "degrees", .real(candidates.map(\.location.longitude))),
                Column("open", .integer(candidates.indices.map { open.contains($0) ? 1 : 0 })),
                Column("size", .text(sizes)),
                Column("fixed_cost_per_day", unit: currency.code, .real(fixed)),
                Column("regions", unit: "regions", .integer(regions)),
                Column("orders_per_day", unit: "orders", .real(orders)),
                Column("transport_saved_per_day", unit: currency.code, .real(saved)),
                Column(
                    "one_hour_value_per_day", unit: currency.code,
                    .real(orders.indices.map { problem.isFront($0) ? orders[$0] * problem.oneHourBenefit : 0 })),
                Column("regret_per_day", unit: currency.code, .real(regret)),
            ])
    }

    /// One row per region and site that serves it: what part of the region that is, how far, and whether it is within
    /// the hour.
    public static func regions(
        _ solution: PlacementSolution, problem: PlacementProblem, regions: [Region], candidates: [Node]
    ) -> ResultTable {
        let rows = solution.services.filter { $0.part > 1e-9 }
        return ResultTable(
            "placement_regions",
            [
                Column("region", .text(rows.map { regions[$0.region].code })),
                Column("orders_per_day", unit: "orders", .real(rows.map { $0.part * problem.weights[$0.region] })),
                Column("served_part", unit: "share", .real(rows.map(\.part))),
                Column("site", .text(rows.map { $0.site.map { candidates[$0].code } ?? "" })),
                Column("distance", unit: "km", .real(rows.map(\.kilometres))),
                Column("one_hour", .integer(rows.map { $0.isOneHour ? 1 : 0 })),
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
                money("stock_per_day") { $0.costs.stock },
                money("lateness_per_day") { $0.costs.lateness },
                Column("coverage", unit: "share", .real(points.map(\.solution.coverage))),
                // What the site more saves; the last point's next site is beyond the curve.
                Column(
                    "value_of_next_site", unit: currency.code,
                    .real(
                        points.indices.map { at in
                            at + 1 < points.count
                                ? points[at].solution.objective - points[at + 1].solution.objective : .nan
                        })),
                money("lower_bound") { $0.lowerBound },
                Column("gap", unit: "share", .real(points.map(\.solution.gap))),
                Column(
                    "open",
                    .text(points.map { $0.solution.openSites.map { candidates[$0].code }.joined(separator: " ") })),
            ])
    }

    /// Today's network beside the plan: cost by kind, share of orders within the hour, and mean distance of an order.
    public static func comparison(
        today: PlacementSolution, plan: PlacementSolution, problem: PlacementProblem, currency: Currency
    ) -> ResultTable {
        let plans = [today, plan]
        /// The two plans' values, and by how much the plan's is more.
        func row(_ name: String, _ unit: String, _ value: (PlacementSolution) -> Double) -> Column {
            let values = plans.map(value)
            return Column(name, unit: unit, .real(values + [values[1] - values[0]]))
        }
        let total = problem.weights.reduce(0, +)
        return ResultTable(
            "placement_comparison",
            [
                Column("network", .text(["today", "plan", "change"])),
                row("open_sites", "sites") { Double($0.openSites.count) },
                row("fixed_per_day", currency.code) { $0.costs.fixed },
                row("transport_per_day", currency.code) { $0.costs.transport },
                row("stock_per_day", currency.code) { $0.costs.stock },
                row("lateness_per_day", currency.code) { $0.costs.lateness },
                row("total_per_day", currency.code) { $0.costs.total },
                row("one_hour_coverage", "share") { $0.coverage },
                row("mean_distance", "km") { solution in
                    zip(solution.kilometres(), problem.weights).reduce(0) {
                        $0 + ($1.1 > 0 && $1.0 < .infinity ? $1.0 * $1.1 / total : 0)
                    }
                },
            ])
    }

    /// The answer in one line: cost by kind, what was made least, its bound and gap, and why the search ended.
    ///
    /// - Parameter seconds: how long it took; nil leaves it out, so that the same plan gives the same table.
    public static func summary(
        _ solution: PlacementSolution, problem: PlacementProblem, currency: Currency, seconds: Double? = nil
    ) -> ResultTable {
        func money(_ name: String, _ value: Double) -> Column { Column(name, unit: currency.code, .real([value])) }
        var columns = [
            Column("sites", unit: "sites", .integer([Int64(solution.openSites.count)])),
            money("fixed_per_day", solution.costs.fixed), money("transport_per_day", solution.costs.transport),
            money("stock_per_day", solution.costs.stock), money("lateness_per_day", solution.costs.lateness),
            money("total_per_day", solution.costs.total),
            Column("one_hour_coverage", unit: "share", .real([solution.coverage])),
            Column("objective", .text([problem.terms.objective.rawValue])),
            money("objective_value", solution.objective), money("lower_bound", solution.lowerBound),
            Column("gap", unit: "share", .real([solution.gap])),
            Column("proved", .integer([solution.stopReason == .proved ? 1 : 0])),
            Column("stopped", .text([solution.stopReason.rawValue])),
            Column("steps", unit: "steps", .integer([Int64(solution.steps)])),
        ]
        if let seconds { columns.append(Column("seconds", unit: "s", .real([seconds]))) }
        return ResultTable("placement_answer", columns)
    }

    /// One row per case of demand: how likely it is, its orders and its cost; nil where demand is not stated in cases.
    public static func cases(
        _ solution: PlacementSolution, problem: PlacementProblem, currency: Currency
    ) -> ResultTable? {
        let cases = problem.terms.cases
        guard !cases.isEmpty, solution.caseCosts.count == cases.count else { return nil }
        let whole = cases.reduce(0) { $0 + $1.probability }
        var columns = [
            Column(
                "case",
                .text(
                    cases.indices.map {
                        problem.terms.caseNames.indices.contains($0) ? problem.terms.caseNames[$0] : "\($0 + 1)"
                    })),
            Column("probability", unit: "share", .real(cases.map { $0.probability / whole })),
            Column("orders_per_day", unit: "orders", .real(cases.map { $0.demands.reduce(0, +) })),
            Column("total_per_day", unit: currency.code, .real(solution.caseCosts)),
        ]
        if !solution.caseRegrets.isEmpty {
            columns.append(Column("above_own_best", unit: currency.code, .real(solution.caseRegrets)))
        }
        return ResultTable("placement_cases", columns)
    }
}
