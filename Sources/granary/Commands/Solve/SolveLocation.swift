import ArgumentParser
import Datasets
import Placement

extension SolveCommand {
    struct Location: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "location",
            abstract: "Any location problem, stated in one JSON file, with its cost split and proof.",
            discussion: """
                Keys: fixed_costs, unit_costs (a row a site; null: may not serve), demands or cases ([{probability,
                demands}]); and where they are asked for fallback, objective (expected, worst_cost, worst_regret),
                capacities, single_source, stock ({working, safety, covariance}), tiers ([{fixed_costs, unit_costs,
                at_most, open, forbid}], the top first), at_least, at_most, open, forbid, budget, alternatives (sets of
                sites of which at most one may be open, such as sizes). Sites and clients are counted from 1.

                EXAMPLES
                  granary solve location problem.json
                  granary solve location problem.json --time-limit 60 --format json
                """)

        @Argument(help: "The problem, JSON.", completion: .file(extensions: ["json"]))
        var file: String

        @OptionGroup var limits: LimitOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            try reporting(in: output.lang) {
                let clock = SolveClock(limits)
                let problem = try LocationProblem(LocationInstance.read(path: file))
                clock.cells = problem.siteCount * problem.clientCount
                let found = try FacilitySolver.solve(problem, limits: limits.search, shouldStop: clock.isOver)
                SolveAnswer(found.solution, problem, clock).print(output)
            }
        }
    }
}

extension SolveAnswer {
    fileprivate init(_ solution: LocationSolution, _ problem: LocationProblem, _ clock: SolveClock) {
        var parts = [Int](repeating: 0, count: problem.clientCount)
        for one in solution.services where one.part > 0 && one.client < parts.count { parts[one.client] += 1 }
        self.init(
            objective: solution.objective, bound: solution.lowerBound, sites: solution.sites,
            assignment: solution.assignment(clients: problem.clientCount), reason: solution.stopReason, clock: clock)
        splits = solution.services.filter { $0.part > 0 && parts[$0.client] > 1 }.map {
            Split(client: $0.client + 1, site: ($0.site ?? -1) + 1, part: $0.part)
        }
        costs = Costs(
            fixed: solution.costs.fixed, service: solution.costs.service, workingStock: solution.costs.workingStock,
            safetyStock: solution.costs.safetyStock)
        if problem.cases.count > 1 { caseCosts = solution.caseCosts }
        if !problem.tiers.isEmpty {
            upperSites = solution.upperSites.map { $0 + 1 }
            ways = solution.ways.map { $0.map { $0 + 1 } }
        }
    }
}

extension LocationProblem {
    /// A problem as a file states it.
    fileprivate init(_ file: LocationInstance) throws(PlacementError) {
        let (n, m) = (file.fixedCosts.count, file.cases?.first?.demands.count ?? file.demands?.count ?? 0)
        func rows(_ what: String, _ rows: [[Double?]], _ count: Int, _ width: Int) throws(PlacementError) -> [Double] {
            guard rows.count == count else { throw .shape(what: what, count: rows.count, expected: count) }
            for row in rows where row.count != width {
                throw .shape(what: "a row of \(what)", count: row.count, expected: width)
            }
            return rows.flatMap { $0.map { $0 ?? .infinity } }
        }
        self.init(
            fixedCosts: file.fixedCosts, unitCosts: try rows("unit_costs", file.unitCosts, n, m),
            fallback: file.fallback?.map { $0 ?? .infinity },
            cases: file.cases?.map { DemandScenario(probability: $0.probability, demands: $0.demands) }
                ?? [DemandScenario(probability: 1, demands: file.demands ?? [])])
        for (site, cost) in unitCosts.enumerated() where cost < 0 {
            throw .value(what: "unit cost", position: site, value: cost)
        }
        guard cases.contains(where: { $0.demands.contains { $0 > 0 } }) else { throw .noDemand }
        if let word = file.objective {
            guard let objective = Objective(rawValue: word) else { throw .unknownObjective(word) }
            self.objective = objective
        }
        capacities = file.capacities?.map { $0 ?? .infinity }
        isSingleSource = file.singleSource ?? false
        if let own = file.stock {
            let means = own.means ?? file.demands ?? cases[0].demands
            if own.covariance.count != 1 {
                for row in own.covariance where row.count != means.count {
                    throw .shape(what: "a row of covariance", count: row.count, expected: means.count)
                }
            }
            stock = try PooledStock(
                working: own.working, safety: own.safety, means: means, covariance: own.covariance.flatMap(\.self))
        }
        let tierList = file.tiers ?? []
        for (number, tier) in tierList.enumerated() {
            let width = number + 1 < tierList.count ? tierList[number + 1].fixedCosts.count : n
            tiers.append(
                TieredProblem.Tier(
                    fixedCosts: tier.fixedCosts,
                    unitCosts: try rows("unit_costs of a tier", tier.unitCosts, tier.fixedCosts.count, width),
                    maximumSites: tier.atMost, required: (tier.open ?? []).map { $0 &- 1 },
                    forbidden: (tier.forbid ?? []).map { $0 &- 1 }))
        }
        minimumSites = file.atLeast ?? 0
        maximumSites = file.atMost
        required = (file.open ?? []).map { $0 &- 1 }
        forbidden = (file.forbid ?? []).map { $0 &- 1 }
        budget = file.budget
        alternatives = (file.alternatives ?? []).map { $0.map { $0 &- 1 } }
    }
}
