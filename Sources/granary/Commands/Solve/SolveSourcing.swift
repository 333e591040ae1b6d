import ArgumentParser
import Replenishment
import Reporting
import Retail

struct SolvePerishable: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "perishable",
        abstract: "The level to hold of goods that expire, and what is thrown away: first expired, first out.",
        discussion: """
            Customers who find nothing go away. Figures come from one long path that all levels share, with a 95 % \
            interval of the cost.

            EXAMPLE
              granary solve perishable --demand poisson:5 --shelf-life 4 --lead-time 1 --holding 0.1 --shortage 4 --waste 3
            """)

    @OptionGroup var demand: DemandOption

    @OptionGroup var costs: ShortageOptions

    @Option(help: "Periods in which a unit may be sold, from its arrival.")
    var shelfLife: Int

    @Option(help: "Cost of a unit thrown away: its price and its disposal.")
    var waste: Double

    @Option(help: "Periods from order to arrival.")
    var leadTime = 0

    @Flag(help: "Customers take the freshest, where they choose for themselves.")
    var freshestFirst = false

    @Option(help: "A level to be judged.")
    var level: Int?

    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting(in: output.lang) {
            try checkLevel(level)
            let goods = try Perishable(
                law: try demand.law(), shelfLife: shelfLife, leadTime: leadTime,
                issue: freshestFirst ? .freshestFirst : .oldestFirst, holding: costs.holding,
                shortage: costs.shortage, waste: waste)
            let result = level.map { goods.evaluate(level: $0) } ?? goods.solve()
            var answer = Answer()
            answer.add("level", result.level)
            answer.add("cost", result.cost)
            answer.add("cost_plus_minus", result.halfWidth)
            answer.add("fill_rate", result.fillRate)
            answer.add("waste_rate", result.wasteRate)
            try answer.print(output)
        }
    }
}

struct SolveDualSourcing: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dual-sourcing",
        abstract: "Levels for a cheap slow and a dear fast supplier together (Veeraraghavan and Scheller-Wolf, 2008).",
        discussion: """
            Each period the fast supplier brings what is due within its lead time up to one level, the slow one all stock \
            on order up to the other. Customers wait.

            EXAMPLE
              granary solve dual-sourcing --demand poisson:10 --fast-lead-time 0 --slow-lead-time 4 --premium 5 --holding 1 --shortage 20
            """)

    @OptionGroup var demand: DemandOption

    @OptionGroup var costs: ShortageOptions

    @Option(help: "Whole periods from order to arrival, 0 for the coming period.")
    var fastLeadTime: Int

    @Option(help: "Whole periods, more than the fast supplier's.")
    var slowLeadTime: Int

    @Option(help: "What a unit from the fast supplier costs more.")
    var premium: Double

    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting(in: output.lang) {
            let solution = try DualSourcing(
                law: try demand.law(), fastLead: fastLeadTime, slowLead: slowLeadTime, premium: premium,
                holding: costs.holding, shortage: costs.shortage
            ).solve()
            var answer = Answer()
            answer.add("fast_level", solution.fastLevel)
            answer.add("slow_level", solution.slowLevel)
            answer.add("cost", solution.cost)
            answer.add("fast_share", solution.fastShare)
            answer.add("cost_slow_only", solution.slowOnlyCost)
            answer.add("cost_fast_only", solution.fastOnlyCost)
            try answer.print(output)
        }
    }
}

struct SolveSeason: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "season",
        abstract: "What to buy for a season or a flash sale when a second order can follow (Fisher and Raman, 1996).",
        discussion: """
            --first and --second are the laws of demand before and after the second order. Give both several times, with \
            --weight, where the season can go several ways: what the first part sells tells which of them it is.

            EXAMPLES
              granary solve season --first poisson:30 --second poisson:50 --price 20 --cost 12 --salvage 4
              granary solve season --first poisson:20 --second poisson:30 --weight 0.6 --first poisson:60 \
            --second poisson:90 --weight 0.4 --price 20 --cost 12 --second-cost 14 --salvage 4
            """)

    @Option(help: ArgumentHelp("Demand until the second order has arrived.", valueName: "law"))
    var first: [String]

    @Option(help: ArgumentHelp("Demand from then to the end.", valueName: "law"))
    var second: [String]

    @Option(help: "How likely each way is, in the order of the laws; alike when left out.")
    var weight: [Double] = []

    @Option(help: "What a unit sells for.")
    var price: Double

    @Option(help: "What a unit of the first order costs.")
    var cost: Double

    @Option(help: "What a unit of the second order costs; without it there is none.")
    var secondCost: Double?

    @Option(help: "What a unit left at the end is worth.")
    var salvage = 0.0

    @Option(help: "What a unit short costs beyond its margin.")
    var goodwill = 0.0

    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting(in: output.lang) {
            guard first.count == second.count, !first.isEmpty, weight.isEmpty || weight.count == first.count else {
                throw ValidationError("Give as many --second, and --weight if any, as --first.")
            }
            let outlooks = try first.indices.map { place in
                SeasonBuy.Outlook(
                    weight: weight.isEmpty ? 1 : weight[place], first: try DemandLaw(text: first[place]),
                    second: try DemandLaw(text: second[place]))
            }
            let terms = SeasonBuy.Terms(
                price: price, cost: cost, secondCost: secondCost, salvage: salvage, goodwill: goodwill)
            let solution = try SeasonBuy(outlooks, terms: terms).solve()
            var answer = Answer()
            answer.add("first_order", solution.first)
            answer.add("profit", solution.profit)
            answer.add("profit_single_order", solution.singleProfit)
            answer.add("expected_left", solution.expectedLeft)
            answer.add("expected_short", solution.expectedShort)
            if secondCost != nil {
                answer.add(
                    ResultTable(
                        "second_order",
                        [
                            Column("sold_before", .integer(solution.secondLevel.indices.map { Int64($0) })),
                            Column("bring_stock_to", .integer(solution.secondLevel.map { Int64($0) })),
                        ]))
            }
            try answer.print(output)
        }
    }
}

struct SolveTwoLevel: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "two-level",
        abstract: "One warehouse and the places it feeds one for one, customers waiting at the places (Graves, 1985).",
        discussion: """
            Each --place is mean demand, lead time from the warehouse, holding and shortage cost a period, and the \
            variance of demand where it is above the mean. Poisson demand is solved exactly, other by two moments.

            EXAMPLE
              granary solve two-level --place 4,1,1,9 --place 2,1,1,9 --lead-time 3 --holding 0.6
            """)

    @Option(help: ArgumentHelp("mean,lead time,holding,shortage[,variance]", valueName: "numbers"))
    var place: [String]

    @Option(help: "Periods from the supplier to the warehouse.")
    var leadTime: Double

    @Option(help: "Cost of a unit held at the warehouse for a period.")
    var holding: Double

    @Option(help: "A level of the warehouse to be judged.")
    var level: Int?

    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting(in: output.lang) {
            try checkLevel(level)
            let places = try place.enumerated().map { at, text in
                let values = try numbers(text, "--place")
                guard values.count == 4 || values.count == 5 else {
                    throw ValidationError("--place takes mean,lead time,holding,shortage[,variance], not '\(text)'.")
                }
                return TwoLevelSystem.Place(
                    name: "place \(at + 1)", mean: values[0], variance: values.count == 5 ? values[4] : nil,
                    leadTime: values[1], holding: values[2], shortage: values[3])
            }
            let system = try TwoLevelSystem(places: places, warehouseLeadTime: leadTime, warehouseHolding: holding)
            let solution = try level.map { try system.solve(warehouseLevel: $0) } ?? system.solve()
            var answer = Answer()
            answer.add("warehouse_level", solution.warehouseLevel)
            answer.add("cost", solution.cost)
            answer.add("warehouse_backorders", solution.warehouseBackorders)
            answer.add(
                ResultTable(
                    "places",
                    [
                        Column("place", .text(places.map(\.name))),
                        Column("level", .integer(solution.levels.map { Int64($0) })),
                        Column("fill_rate", .real(solution.fillRates)),
                    ]))
            try answer.print(output)
        }
    }
}
