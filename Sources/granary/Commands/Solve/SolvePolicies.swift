import ArgumentParser
import Replenishment

struct SolveSafetyStock: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "safety-stock",
        abstract: "Safety stock and reorder point over a fixed or random lead time, for a cycle service or fill rate.",
        discussion: """
            With a review period the level is an order-up-to level over lead time plus review. A fill rate needs \
            --quantity (orders of that size) or --review.

            EXAMPLES
              granary solve safety-stock --demand normal:20,6 --lead-time 9 --lead-time-sd 2 --service 0.95
              granary solve safety-stock --demand gamma:20,9 --lead-time 5 --review 7 --fill-rate 0.98
            """)

    @OptionGroup var demand: DemandOption
    @OptionGroup var leadTime: LeadTimeOptions

    @Option(help: "Review period, periods; 0 is continuous review.")
    var review = 0.0

    @Option(help: "Cycle service level to reach.")
    var service: Double?

    @Option(help: "Fill rate to reach.")
    var fillRate: Double?

    @Option(help: "Units ordered at a time.")
    var quantity: Double?

    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting(in: output.lang) {
            let demand = try demand.law()
            let law = try leadTime.law(demand, otherwise: 1, review: review)
            let level: Double
            var fill: Double?
            switch (service, fillRate, quantity) {
            case (let service?, nil, _):
                level = try ReorderPoint.forCycleService(service, law: law)
            case (nil, let target?, let quantity?):
                level = try ReorderPoint.forFillRate(target, quantity: quantity, law: law)
            case (nil, let target?, nil) where review > 0:
                level = try OrderUpToLevel.forFillRate(
                    target, overLeadTime: try leadTime.law(demand, otherwise: 1), overLeadTimeAndReview: law)
            default: throw ValidationError("Give --service, or --fill-rate with --quantity or --review.")
            }
            if let quantity { fill = ReorderPoint.fillRate(level, quantity: quantity, law: law) }
            if quantity == nil, review > 0 {
                fill = OrderUpToLevel.fillRate(
                    level, overLeadTime: try leadTime.law(demand, otherwise: 1), overLeadTimeAndReview: law)
            }
            var answer = Answer()
            answer.add("safety_stock", level - law.mean)
            answer.add(review > 0 ? "order_up_to" : "reorder_point", level)
            answer.add("cycle_service", law.cumulative(level))
            if let fill { answer.add("fill_rate", fill) }
            answer.add("demand_mean", law.mean)
            answer.add("demand_deviation", law.standardDeviation)
            answer.add("law", law.name)
            try answer.print(output)
        }
    }
}

struct SolveReorder: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rq", abstract: "The (r, Q) policy: cheapest, for a fill rate, or the cost and fill rate of one.",
        discussion: """
            EXAMPLES
              granary solve rq --demand poisson:1.5 --lead-time 2 --holding 20 --shortage 150 --order-cost 100
              granary solve rq --demand normal:100,25 --quantity 200 --fill-rate 0.98
              granary solve rq --demand normal:100,25 --quantity 200 --reorder-point 110
            """)

    @OptionGroup var demand: DemandOption
    @OptionGroup var leadTime: LeadTimeOptions

    @Option(help: "Cost of a unit held, per period.")
    var holding: Double?

    @Option(help: "Cost of a unit waiting, per period.")
    var shortage: Double?

    @Option(help: "Cost of an order.")
    var orderCost: Double?

    @Option(help: "The quantity, where it is given.")
    var quantity: Double?

    @Option(help: "The reorder point, where it is given.")
    var reorderPoint: Double?

    @Option(help: "The fill rate to reach with the quantity given.")
    var fillRate: Double?

    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting(in: output.lang) {
            let demand = try demand.law()
            let law = try leadTime.law(demand, otherwise: 1)
            var costs: ContinuousReview.Costs?
            if let holding, let shortage, let orderCost {
                costs = try ContinuousReview.Costs(
                    rate: demand.mean, overLeadTime: law, orderCost: orderCost, holding: holding, shortage: shortage)
            }
            let (point, size) = try policy(law, costs)
            var answer = Answer()
            answer.add("reorder_point", point)
            answer.add("quantity", size)
            if let costs {
                answer.add("cost", try Self.cost(costs, law, point, size))
            }
            answer.add("fill_rate", ReorderPoint.fillRate(point, quantity: size, law: law))
            answer.add("cycle_service", law.cumulative(point))
            answer.add("safety_stock", point - law.mean)
            try answer.print(output)
        }
    }

    private func policy(_ law: DemandLaw, _ costs: ContinuousReview.Costs?) throws -> (Double, Double) {
        if let quantity {
            guard quantity > 0, quantity < 1e15 else { throw ValidationError("--quantity takes a number above 0.") }
            if let reorderPoint { return (reorderPoint, quantity) }
            if let fillRate { return (try ReorderPoint.forFillRate(fillRate, quantity: quantity, law: law), quantity) }
            throw ValidationError("Give --reorder-point or --fill-rate with --quantity.")
        }
        guard let costs else {
            throw ValidationError("Give --holding, --shortage and --order-cost, or --quantity.")
        }
        if law.isCount {
            let best = try ContinuousReview.solve(costs)
            return (Double(best.reorderPoint), Double(best.quantity))
        }
        let best = try ContinuousReview.solveContinuous(costs)
        return (best.reorderPoint, best.quantity)
    }

    private static func cost(
        _ costs: ContinuousReview.Costs, _ law: DemandLaw, _ point: Double, _ size: Double
    ) throws -> Double {
        guard law.isCount else { return costs.average(point, size) }
        guard point == point.rounded(), size == size.rounded(), abs(point) < 1e9, size < 1e6 else {
            throw ValidationError("Whole units are demanded: give whole --reorder-point and --quantity.")
        }
        return costs.average(Int(point), Int(size))
    }
}

struct SolvePeriodicReview: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ss", abstract: "The cheapest (s, S) under periodic review, exact, or the cost of one.")

    @OptionGroup var demand: DemandOption
    @OptionGroup var costs: ShortageOptions

    @Option(help: "Cost of an order.")
    var orderCost: Double

    @OptionGroup var leadTime: LeadTimeOptions

    @Option(help: "A reorder point to be judged, with --order-up-to.")
    var reorderPoint: Int?

    @Option(help: "An order-up-to level to be judged, with --reorder-point.")
    var orderUpTo: Int?

    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting(in: output.lang) {
            var terms = try PeriodicReview.Costs(
                law: try demand.law(), leadTime: try leadTime.whole(otherwise: 0), orderCost: orderCost,
                holding: costs.holding, shortage: costs.shortage)
            let policy: PeriodicReview.Policy
            if let s = reorderPoint, let upTo = orderUpTo {
                guard s < upTo, upTo - s < 100_000, abs(s) < 1_000_000_000 else {
                    throw ValidationError("--reorder-point must lie below --order-up-to, by fewer than 100000 units.")
                }
                policy = PeriodicReview.Policy(reorderPoint: s, orderUpTo: upTo, cost: terms.average(s, upTo))
            } else if reorderPoint == nil, orderUpTo == nil {
                policy = try PeriodicReview.solve(terms)
            } else {
                throw ValidationError("Give both --reorder-point and --order-up-to, or neither.")
            }
            var answer = Answer()
            answer.add("reorder_point", policy.reorderPoint)
            answer.add("order_up_to", policy.orderUpTo)
            answer.add("cost", policy.cost)
            try answer.print(output)
        }
    }
}
