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
        for (region, site) in solution.assignment.enumerated() {
            guard let site else { continue }
            let weight = problem.weights[region]
            regions[site] += 1
            orders[site] += weight
            // Against the existing node that would serve the region otherwise.
            let (near, far) = (problem.distance(site, region), problem.distanceWithout(region))
            let rate =
                problem.service(of: region).isFront ? problem.frontCostPerKilometre : problem.fallbackCostPerKilometre
            if weight > 0, far < .infinity {
                saved[site] += weight * (rate * far - problem.frontCostPerKilometre * near)
            }
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
                Column("transport_saved_per_day", unit: currency.code, .real(saved)),
                Column(
                    "one_hour_value_per_day", unit: currency.code, .real(orders.map { $0 * problem.oneHourBenefit })),
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
                            served[region].map { problem.distance($0, region) } ?? problem.distanceWithout(region)
                        })),
                Column(
                    "one_hour",
                    .integer(
                        served.indices.map { served[$0] != nil || problem.service(of: $0).isFront ? 1 : 0 })),
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
                // What the site more saves; the last point's next site is beyond the curve.
                Column(
                    "value_of_next_site", unit: currency.code,
                    .real(
                        points.indices.map { at in
                            at + 1 < points.count
                                ? points[at].solution.costs.total - points[at + 1].solution.costs.total : .nan
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
        func distance(_ solution: PlacementSolution) -> Double {
            var (sum, weight) = (0.0, 0.0)
            for (region, site) in solution.assignment.enumerated() where problem.weights[region] > 0 {
                let distance = site.map { problem.distance($0, region) } ?? problem.distanceWithout(region)
                guard distance < .infinity else { continue }
                sum += problem.weights[region] * distance
                weight += problem.weights[region]
            }
            return weight > 0 ? sum / weight : 0
        }
        let rows: [(name: String, unit: String, value: (PlacementSolution) -> Double)] = [
            ("front_warehouses", "sites", { Double($0.openSites.count) }),
            ("fixed_per_day", currency.code, { $0.costs.fixed }),
            ("transport_per_day", currency.code, { $0.costs.transport }),
            ("benefit_per_day", currency.code, { $0.costs.benefit }),
            ("total_per_day", currency.code, { $0.costs.total }),
            ("one_hour_coverage", "share", { $0.coverage }), ("mean_distance", "km", distance),
        ]
        let (before, after) = (rows.map { $0.value(today) }, rows.map { $0.value(plan) })
        return ResultTable(
            "placement_comparison",
            [
                Column("measure", .text(rows.map(\.name))), Column("unit", .text(rows.map(\.unit))),
                Column("today", .real(before)), Column("plan", .real(after)),
                Column("change", .real(zip(before, after).map { $1 - $0 })),
            ])
    }
}

extension PlacementProblem {
    /// Road kilometres an order of the region travels when no candidate serves it.
    func distanceWithout(_ region: Int) -> Double {
        service(of: region).isFront ? frontDistances[region] : fallbackDistances[region]
    }
}
