import ArgumentParser
import Replenishment
import Retail

struct SolveLotSize: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lot-size", abstract: "Cheapest orders for known demand by period (Wagner and Whitin, 1958).",
        discussion: """
            Costs may be one number for all periods or a list, one for each.

            EXAMPLES
              granary solve lot-size --demand 90,120,80,70 --holding 2 --order-cost 500
              granary solve lot-size --demand 90,120,80,70 --holding 2 --order-cost 500,300,500,500 --unit-cost 4,4,5,5
            """)

    @Option(help: ArgumentHelp("Demand of each period.", valueName: "numbers"))
    var demand: String

    @Option(help: ArgumentHelp("Cost of a unit held at the end of a period.", valueName: "numbers"))
    var holding: String

    @Option(help: ArgumentHelp("Cost of an order.", valueName: "numbers"))
    var orderCost: String

    @Option(help: ArgumentHelp("Price of a unit.", valueName: "numbers"))
    var unitCost = "0"

    @Option(help: "Stock at the beginning; it meets the first demands.")
    var stock = 0.0

    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting(in: output.lang) {
            let demand = try numbers(demand, "--demand")
            guard (1...20_000).contains(demand.count) else {
                throw ValidationError("--demand takes 1 to 20000 numbers separated by commas.")
            }
            let costs = try LotSize.Costs(
                periods: demand.count, order: try numbers(orderCost, "--order-cost"),
                holding: try numbers(holding, "--holding"), unit: try numbers(unitCost, "--unit-cost"))
            let plan = try LotSize.dynamic(demand: demand, costs: costs, stock: stock)
            var answer = Answer()
            answer.add("cost", plan.cost)
            answer.add("orders", plan.orders)
            try answer.print(output)
        }
    }
}

struct SolveEOQ: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eoq",
        abstract: "The economic order quantity, with waiting customers, gradual receipt or price breaks where given.",
        discussion: """
            EXAMPLES
              granary solve eoq --demand 1300 --holding 0.225 --order-cost 8
              granary solve eoq --demand 1300 --holding 0.225 --order-cost 8 --shortage 5
              granary solve eoq --demand 1560 --holding-rate 0.3 --order-cost 8 --prices 0:0.75,400:0.72,800:0.68
            """)

    @Option(help: "Units a period.")
    var demand: Double

    @Option(help: "Cost of a unit held for a period.")
    var holding: Double?

    @Option(help: "Cost of an order.")
    var orderCost: Double

    @Option(help: "Cost of a unit waiting for a period; customers may then wait.")
    var shortage: Double?

    @Option(help: "Units received a period while an order comes in.")
    var productionRate: Double?

    @Option(help: ArgumentHelp("Price by quantity, from:price, separated by commas.", valueName: "breaks"))
    var prices: String?

    @Option(help: "Part of a unit's price that holding it for a period costs; with --prices.")
    var holdingRate: Double?

    @Flag(help: "A lower price counts only for the units beyond its quantity.")
    var incremental = false

    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting(in: output.lang) {
            var answer = Answer()
            if let prices {
                guard let holdingRate else { throw ValidationError("--prices needs --holding-rate.") }
                let best = try QuantityDiscount.solve(
                    breaks: try breaks(prices), incremental: incremental, orderCost: orderCost, demand: demand,
                    holdingRate: holdingRate)
                answer.add("quantity", best.quantity)
                answer.add("cost", best.cost)
                answer.add("unit_price", best.unitPrice)
            } else {
                guard let holding else { throw ValidationError("Give --holding, or --prices with --holding-rate.") }
                let best = try LotSize.economic(
                    orderCost: orderCost, demand: demand, holding: holding, shortage: shortage,
                    productionRate: productionRate)
                answer.add("quantity", best.quantity)
                answer.add("cost", best.cost)
                answer.add("backorder", best.backorder)
                answer.add("periods_between_orders", best.quantity / demand)
            }
            try answer.print(output)
        }
    }

    private func breaks(_ text: String) throws -> [QuantityDiscount.Break] {
        try text.split(separator: ",").map { part in
            let halves = part.split(separator: ":")
            guard halves.count == 2, let from = Double(halves[0]), let price = Double(halves[1]) else {
                throw ValidationError("--prices takes from:price separated by commas, not '\(part)'.")
            }
            return QuantityDiscount.Break(from: from, price: price)
        }
    }
}
