import ArgumentParser
import Datasets
import NumericCore
import Replenishment
import Retail

struct SolveGuaranteedService: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gsm",
        abstract: "Where a chain should hold its safety stock, when every stage guarantees a service time.",
        discussion: """
            The file has a line for each stage: stage_id, lead_time, max_s_time, cost_rate (what the stage adds to a \
            unit's cost), risk_pool, ext_demand_mean, ext_demand_std, ext_demand_thres (deviations covered), up_stages \
            (pairs of supplier and quantity). Trees are solved exactly; other networks with a proof or a gap.

            EXAMPLES
              granary solve gsm bulldozer.txt --holding-rate 0.3
              granary solve gsm food.txt --holding-rate 0.2 --service-level 0.95 --max-service-time Retail_0001=0
            """)

    @Argument(help: "The chain.", completion: .file())
    var file: String

    @Option(help: "Part of a unit's value that holding it for a period (or a year) costs.")
    var holdingRate: Double

    @Option(
        help: ArgumentHelp(
            "Demand covered at stages with demand: a probability below 1, or deviations from 1 on; goes before the file.",
            valueName: "Z"))
    var serviceLevel: Double?

    @Option(
        help: ArgumentHelp("The longest time a stage may quote; may be repeated.", valueName: "stage=periods"))
    var maxServiceTime: [String] = []

    @Option(help: "Stop once the plan is proved to be within this part of the best.")
    var gap = 0.0

    @OptionGroup var limits: LimitOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting(in: output.lang) {
            let clock = SolveClock(limits)
            let chain = try ServiceChain(stages: try stages(), holdingRate: holdingRate)
            var search = GuaranteedService.Limits(gap: max(0, gap))
            if let steps = limits.workLimit {
                search.steps = steps
            } else if limits.timeLimit != nil {
                search.steps = .max
            }
            let solution = try GuaranteedService.solve(chain, limits: search, shouldStop: clock.isOver)
            var answer = Answer()
            answer.add("objective", solution.cost)
            answer.add("cost", solution.cost)
            answer.add("bound", solution.lowerBound)
            answer.add("gap", solution.gap)
            answer.add("proved", solution.isProved)
            answer.add("seconds", clock.seconds)
            answer.add("steps", solution.steps)
            let rows = solution.stages
            answer.add(
                ResultTable(
                    "stages",
                    [
                        Column("stage", .text(chain.stages.map(\.name))),
                        Column("incoming_service_time", .integer(rows.map { Int64($0.incoming) })),
                        Column("service_time", .integer(rows.map { Int64($0.outgoing) })),
                        Column("net_replenishment_time", .integer(rows.map { Int64($0.bridged) })),
                        Column("safety_stock", .real(rows.map(\.safetyStock))),
                        Column("base_stock", .real(rows.map(\.baseStock))),
                        Column("cost", .real(rows.map(\.cost))),
                    ]))
            try answer.print(output)
        }
    }

    private func stages() throws -> [ServiceChain.Stage] {
        var factor: Double?
        if let serviceLevel {
            guard serviceLevel > 0, serviceLevel.isFinite else {
                throw ValidationError("--service-level takes a probability (0.95) or deviations covered (1.645).")
            }
            factor = serviceLevel < 1 ? Normal.quantile(serviceLevel) : serviceLevel
        }
        let read = try ChainInstances.guaranteedService(path: file)
        func whole(_ value: Double, _ name: String) throws -> Int {
            guard value == value.rounded(), value >= 0, value < 1e9 else {
                throw ValidationError("\(name) takes whole periods, not \(value); count in shorter ones.")
            }
            return Int(value)
        }
        var stages = try read.map { stage in
            let hasDemand = stage.demandMean != nil || stage.demandDeviation != nil
            guard !hasDemand || factor != nil || stage.safetyFactor != nil else {
                throw ValidationError("\(stage.name) has no ext_demand_thres: give --service-level.")
            }
            return ServiceChain.Stage(
                name: stage.name, leadTime: try whole(stage.leadTime, "lead_time of \(stage.name)"),
                maximumServiceTime: try stage.maximumServiceTime.map { try whole($0, "max_s_time of \(stage.name)") },
                addedCost: stage.cost, poolingPower: stage.poolingPower ?? 2, demandMean: stage.demandMean ?? 0,
                demandDeviation: stage.demandDeviation ?? 0,
                safetyFactor: hasDemand ? factor ?? stage.safetyFactor ?? 0 : 0,
                upstream: stage.upstream.map { ($0.stage, $0.quantity) })
        }
        for text in maxServiceTime {
            guard let split = text.lastIndex(of: "="), let time = Double(text[text.index(after: split)...]),
                let place = stages.firstIndex(where: { $0.name == text[..<split] })
            else { throw ValidationError("--max-service-time takes a stage of the file and periods, as STAGE=0.") }
            stages[place].maximumServiceTime = try whole(time, "--max-service-time")
        }
        return stages
    }
}

struct SolveSerial: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serial",
        abstract: "The best echelon base-stock levels of stages in a row (Clark and Scarf, 1960).",
        discussion: """
            The file has a line for each stage: stage_id, lead_time, echelon_holding_cost (or holding_cost: what holding
            a unit there costs in all), demand_mean, demand_std and shortage_cost at the customers' stage, up_stages (its
            supplier). --demand gives another law than the normal one.

            EXAMPLE
              granary solve serial chain.csv --demand poisson:5
            """)

    @Argument(help: "The chain.", completion: .file())
    var file: String

    @Option(help: ArgumentHelp("Demand a period, instead of the file's.", valueName: "law"))
    var demand: String?

    @Option(help: "Cost of a customer's waiting for a period, instead of the file's.")
    var shortage: Double?

    @Option(help: "Periods between two orders; 0 is continuous review.")
    var review = 0.0

    @Option(help: "Grid cells in one standard deviation of demand, where demand is not in whole units.")
    var resolution = 50

    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting(in: output.lang) {
            guard (4...2_000).contains(resolution), review >= 0, review < 1e6 else {
                throw ValidationError("--resolution takes a number from 4 to 2000, --review periods from 0.")
            }
            let (stages, kind) = try ChainInstances.serial(path: file)
            let echelon = stages.indices.map { place in
                kind == .echelon || place + 1 == stages.count
                    ? stages[place].cost : stages[place].cost - stages[place + 1].cost
            }
            guard let short = shortage ?? stages[0].shortageCost else {
                throw ValidationError("The file has no shortage_cost at \(stages[0].name): give --shortage.")
            }
            let system = try SerialSystem(
                stages: zip(stages, echelon).map {
                    SerialSystem.Stage(name: $0.name, leadTime: $0.leadTime, echelonHolding: $1)
                }, demand: try law(stages[0]), shortage: short)
            let solution = try system.solve(review: review, resolution: resolution)
            var answer = Answer()
            answer.add("cost", solution.cost)
            answer.add("grid_error", solution.gridError)
            answer.add("grid_step", solution.gridStep)
            answer.add(
                ResultTable(
                    "stages",
                    [
                        Column("stage", .text(stages.map(\.name))),
                        Column("echelon_base_stock", .real(solution.echelonLevels)),
                        Column("local_base_stock", .real(solution.localLevels)),
                    ]))
            try answer.print(output)
        }
    }

    private func law(_ stage: ChainStage) throws -> DemandLaw {
        if let demand { return try DemandLaw(text: demand) }
        guard let mean = stage.demandMean else {
            throw ValidationError("The file has no demand_mean at \(stage.name): give --demand.")
        }
        guard let deviation = stage.demandDeviation, deviation > 0 else {
            return .poisson(PoissonDistribution(mean: mean))
        }
        return .normal(NormalDistribution(mean: mean, standardDeviation: deviation))
    }
}
