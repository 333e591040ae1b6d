import ArgumentParser
import Replenishment

struct SolveBaseStock: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "base-stock",
        abstract: "One-for-one replenishment: what a level gives, or the level for a fill rate or the least cost.",
        discussion: """
            Under continuous review (the default) only the mean of the lead time matters for Poisson demand (Palm). \
            With --review the level covers lead time plus review. --lost-sales: customers do not wait.

            EXAMPLES
              granary solve base-stock --demand poisson:2 --lead-time 5 --level 12
              granary solve base-stock --demand poisson:2 --lead-time 5 --level 12 --lost-sales
              granary solve base-stock --demand normal:50,8 --lead-time 3 --review 1 --holding 1 --shortage 9
            """)

    @OptionGroup var demand: DemandOption
    @OptionGroup var leadTime: LeadTimeOptions

    @Option(help: "Review period, periods; 0 is continuous review.")
    var review = 0.0

    @Option(help: "The level.")
    var level: Double?

    @Option(help: "Fill rate to reach.")
    var fillRate: Double?

    @Option(help: "Cost of a unit held, per period.")
    var holding: Double?

    @Option(help: "Cost of a unit waiting (or lost), per period.")
    var shortage: Double?

    @Flag(help: "Customers do not wait.")
    var lostSales = false

    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting(in: output.lang) {
            let demand = try demand.law()
            let model = try BaseStockModel(
                demand: demand, overLeadTime: try leadTime.law(demand, otherwise: 1),
                overLeadTimeAndReview: try leadTime.law(demand, otherwise: 1, review: review), lostSales: lostSales)
            let best: Double
            if let level {
                best = level
            } else if let fillRate {
                best = try model.level(forFillRate: fillRate)
            } else if let holding, let shortage {
                best = try model.cheapestLevel(holding: holding, shortage: shortage)
            } else {
                throw ValidationError("Give --level, --fill-rate, or --holding and --shortage.")
            }
            guard best.isFinite, best >= 0, best < 1e9 else {
                throw ValidationError("--level takes a number from 0 to 1e9.")
            }
            var answer = Answer()
            answer.add("level", best)
            answer.add("fill_rate", try model.fillRate(best))
            if !lostSales {
                answer.add("backorders", model.backorders(best))
                answer.add("on_hand", best - model.law.mean + model.backorders(best))
                answer.add("ready_rate", model.law.cumulative(demand.isCount ? best - 1 : best))
            }
            if let holding, let shortage {
                answer.add("cost", try model.cost(best, holding: holding, shortage: shortage))
            }
            try answer.print(output)
        }
    }
}

struct SolveLostSales: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lost-sales",
        abstract: "The least average cost when unmet demand is lost: exact for short lead times, bounded beyond.")

    @OptionGroup var demand: DemandOption
    @OptionGroup var costs: ShortageOptions
    @OptionGroup var leadTime: LeadTimeOptions

    @Flag(help: "The best capped base-stock policy, even where the optimum is within reach.")
    var capped = false

    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting(in: output.lang) {
            let problem = try LostSales(
                law: try demand.law(), leadTime: try leadTime.whole(otherwise: 1), holding: costs.holding,
                shortage: costs.shortage)
            let solution = try capped ? problem.cappedBaseStock() : problem.solve()
            var answer = Answer()
            answer.add("cost", solution.cost)
            answer.add("half_width", solution.halfWidth)
            answer.add("bound", solution.lowerBound)
            answer.add("exact", solution.isExact)
            answer.add("method", solution.method)
            if let level = solution.level { answer.add("level", level) }
            if let cap = solution.cap { answer.add("cap", cap) }
            answer.add("states", solution.states)
            answer.add("steps", solution.steps)
            try answer.print(output)
        }
    }
}
