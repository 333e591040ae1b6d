import ArgumentParser
import NumericCore
import Replenishment

struct SolveNewsvendor: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "newsvendor", abstract: "The best single order before a season.",
        discussion: """
            Costs are given as --holding and --shortage, or as --cost, --price and --salvage (shortage = price - cost, \
            holding = cost - salvage). With --quantity the cost of that order is given instead of the best one's.
            """)

    @OptionGroup var demand: DemandOption

    @Option(help: "Cost of a unit left over.")
    var holding: Double?

    @Option(help: "Cost of a unit short.")
    var shortage: Double?

    @Option(help: "What a unit costs to buy.")
    var cost: Double?

    @Option(help: "What a unit sells for.")
    var price: Double?

    @Option(help: "What a unit left over is still worth.")
    var salvage = 0.0

    @Option(help: "An order to be judged.")
    var quantity: Double?

    @OptionGroup var output: OutputOptions

    private func costs() throws -> (holding: Double, shortage: Double) {
        if let cost, let price { return (holding ?? cost - salvage, shortage ?? price - cost) }
        guard let holding, let shortage else {
            throw ValidationError("Give --holding and --shortage, or --cost and --price.")
        }
        return (holding, shortage)
    }

    func run() throws {
        try reporting(in: output.lang) {
            let law = try demand.law()
            let (holding, shortage) = try costs()
            let best = try Newsvendor.solve(law: law, holding: holding, shortage: shortage)
            let order = quantity ?? best.quantity
            let short = law.loss(order)
            var answer = Answer()
            answer.add("quantity", order)
            answer.add("cost", Newsvendor.cost(order, law: law, holding: holding, shortage: shortage))
            answer.add("critical_ratio", Newsvendor.criticalRatio(holding: holding, shortage: shortage))
            answer.add("cycle_service", law.cumulative(order))
            answer.add("fill_rate", law.mean > 0 ? 1 - short / law.mean : 1)
            answer.add("expected_short", short)
            answer.add("expected_left", order - law.mean + short)
            if let cost, let price {
                answer.add(
                    "profit", (price - cost) * law.mean - holding * (order - law.mean + short) - shortage * short)
            }
            try answer.print(output)
        }
    }
}

struct SolveLoss: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "loss", abstract: "Expected units short at a level, the probabilities there, and quantiles.",
        discussion: """
            EXAMPLES
              granary solve loss --demand normal:0,1 --level 0.5
              granary solve loss --demand normal:0,1 --probability 0.95
            """)

    @OptionGroup var demand: DemandOption

    @Option(help: "The stock.")
    var level: Double?

    @Option(help: "The probability whose quantile is wanted as the level.")
    var probability: Double?

    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting(in: output.lang) {
            let law = try demand.law()
            guard let level = level ?? probability.map(law.quantile) else {
                throw ValidationError("Give --level, or --probability for a quantile.")
            }
            guard level.isFinite else {
                throw ValidationError("--level takes a number, --probability one between 0 and 1.")
            }
            var answer = Answer()
            answer.add("level", level)
            answer.add("loss", law.loss(level))
            answer.add("left", level - law.mean + law.loss(level))
            if case .normal(let normal) = law {
                let sd = normal.standardDeviation
                answer.add("second_order_loss", sd * sd * Normal.secondOrderLoss((level - normal.mean) / sd))
            }
            answer.add("cumulative", law.cumulative(level))
            answer.add("upper_tail", law.upperTail(level))
            answer.add("mean", law.mean)
            answer.add("standard_deviation", law.standardDeviation)
            try answer.print(output)
        }
    }
}

struct SolveBullwhip: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bullwhip", abstract: "How much more orders vary than demand (Chen et al., 2000).")

    @Option(help: "Lead time including review, periods.")
    var leadTime: Double

    @Option(help: "Periods of the moving average that forecasts.")
    var window: Double

    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting(in: output.lang) {
            guard leadTime >= 0, leadTime.isFinite, window > 0, window.isFinite else {
                throw ValidationError("--lead-time takes a number from 0, --window one above 0.")
            }
            var answer = Answer()
            answer.add("ratio", SafetyStock.bullwhip(leadTime: leadTime, window: window))
            try answer.print(output)
        }
    }
}

struct SolvePooling: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pooling", abstract: "What sharing one stock saves of safety stock.")

    @OptionGroup var demand: DemandOption

    @Option(help: "Places alike that share one stock.")
    var places: Int

    @Option(help: "Correlation between the forecast errors of any two places.")
    var correlation = 0.0

    @Option(help: "Cycle service level.")
    var service = 0.95

    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting(in: output.lang) {
            guard (1...100_000).contains(places) else {
                throw ValidationError("--places takes a number from 1 to 100000.")
            }
            let law = try demand.law()
            let covariance = Pooling.Covariance(
                deviations: [Double](repeating: law.standardDeviation, count: places), correlation: correlation)
            let alone = try SafetyStock.forCycleService(service, deviation: covariance.apart)
            let together = try SafetyStock.forCycleService(service, deviation: try covariance.together())
            var answer = Answer()
            answer.add("factor", alone / together)
            answer.add("safety_stock_apart", alone)
            answer.add("safety_stock_together", together)
            try answer.print(output)
        }
    }
}
