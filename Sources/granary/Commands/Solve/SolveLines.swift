import ArgumentParser
import Replenishment

struct SolveLotReview: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rsnq",
        abstract: "The cheapest (R, s, nQ): whole lots at a review, exact; of a lot that is given or of all.",
        discussion: """
            EXAMPLE
              granary solve rsnq --demand poisson:10 --lead-time 2 --lot 24 --holding 1 --shortage 9 --order-cost 20
            """)

    @OptionGroup var demand: DemandOption

    @OptionGroup var lead: LeadTimeOptions

    @OptionGroup var costs: ShortageOptions

    @Option(help: "Cost of an order.")
    var orderCost = 0.0

    @Option(help: "Units of a lot, where it is given (a pallet, a case).")
    var lot: Int?

    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting(in: output.lang) {
            let law = try demand.law()
            let policy = try LotReview.solve(
                try LotReview.Costs(
                    law: law, overLeadTime: try lead.law(law, otherwise: 0, review: 1), orderCost: orderCost,
                    holding: costs.holding, shortage: costs.shortage), lot: lot)
            var answer = Answer()
            answer.add("reorder_point", policy.reorderPoint)
            answer.add("lot", policy.lot)
            answer.add("cost", policy.cost)
            try answer.print(output)
        }
    }
}

struct SolveLineFill: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "line-fill",
        abstract: "Part of order lines served in full by a base-stock level, or the level for a part.",
        discussion: """
            Demand is in units. A law that is calmer than independent lines of those sizes make it (poisson:10 with lines of
            several units) stands for such lines with the same mean.

            EXAMPLE
              granary solve line-fill --demand poisson:10 --lead-time 2 --lines "empirical:1*5,6*3,12*2" --target 0.95
            """)

    @OptionGroup var demand: DemandOption

    @OptionGroup var lead: LeadTimeOptions

    @Option(help: ArgumentHelp("Units of one line.", valueName: "law"))
    var lines: String

    @Option(help: "Part of lines to be served in full.")
    var target: Double?

    @Option(help: "A level to be judged.")
    var level: Int64?

    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting(in: output.lang) {
            let sizes = try ProbabilityTable(DemandLaw(text: lines))
            let law = try OrderLineFill.law(try lead.law(try demand.law(), otherwise: 1), lines: sizes)
            guard (target == nil) != (level == nil) else { throw ValidationError("Give --target or --level.") }
            let level = try self.level ?? OrderLineFill.level(target ?? 0, law: law, lines: sizes)
            var answer = Answer()
            answer.add("level", Int(level))
            answer.add("line_fill", OrderLineFill.rate(level: level, law: law, lines: sizes))
            try answer.print(output)
        }
    }
}
