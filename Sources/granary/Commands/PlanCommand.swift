import ArgumentParser
import Replenishment
import Reporting
import Retail
import Scenarios

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "What to hold: safety stock, reorder point and order-up-to level per SKU and node.",
        discussion: """
            Reads a data set folder alone, or a scenario. Each line names the law of lead-time demand, the service it \
            was planned for, and where its lead time comes from (terms, measured on past orders, or assumed).

            EXAMPLES
              granary plan scenarios/data/uk-gifts
              granary plan scenarios/data/uk-gifts --fill-rate 0.98 --format csv
              granary plan scenarios/data/uk-gifts --health
              granary plan scenarios/data/uk-gifts --check --format csv
              granary plan scenarios/flagship.yaml --set "stock.service_level=98 %"
            """)

    @OptionGroup var input: SupplyInput

    @Flag(help: "Stock health: turnover days, in-stock rate, ABC and XYZ classes, and what the plan would change.")
    var health = false

    @Flag(help: "How long stock lasts and how old it is.")
    var ageing = false

    @Flag(help: "Stock health by SKU and node.")
    var details = false

    @Flag(help: "Play the plan day by day and hold the service reached against the service promised.")
    var check = false

    @Option(help: ArgumentHelp("One SKU only.", valueName: "sku"))
    var sku: String?

    @OptionGroup var threads: ThreadOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if input.path == nil { throw ValidationError("Give a data set folder or a scenario file.") }
        if [health, ageing, details, check].count(where: \.self) > 1 {
            throw ValidationError("Give one of --health, --ageing, --details and --check.")
        }
    }

    func run() async throws {
        let session = Session(output: output, threads: threads)
        try await reporting {
            var review = try await session.review(input, keepsBook: false).review
            if let sku { try keep(sku, in: &review) }
            let names = review.names
            let table: ResultTable
            if health {
                table = review.health.classes(names)
            } else if ageing {
                table = review.health.ageing(names)
            } else if details {
                table = review.health.details(names)
            } else if check {
                let replay = PlanReplay.run(
                    demand: review.demand, feeds: review.feeds, plan: review.plan, skus: review.dataset.skus,
                    nodes: review.network.nodes)
                table = replay.table(names, plan: review.plan, language: output.lang)
                sayChecked(replay, session)
            } else {
                table = SuggestionTables.targets(review.plan, names: names)
            }
            output.print(table, in: review.dataset.currency)
        }
    }

    private func keep(_ code: String, in review: inout SupplyReview) throws {
        guard let sku = review.dataset.skus.firstIndex(where: { $0.code == code }) else {
            note("error: " + Catalogue.text("cli.unknown_sku", output.lang, code))
            throw Exit.badData
        }
        review.plan.targets.removeAll { $0.sku != SKU.Index(sku) }
    }

    private func sayChecked(_ replay: PlanReplay, _ session: Session) {
        func count(_ verdict: PlanReplay.Verdict) -> Int { replay.rows.count { $0.verdict == verdict } }
        func percent(_ share: Double) -> String { "\((share * 1_000).rounded() / 10) %" }
        session.say(
            "cli.plan_check", "\(count(.kept) + count(.above))", "\(replay.rows.count - count(.few))",
            "\(count(.below))", "\(count(.above))", percent(replay.fillRate.mean), percent(replay.fillRate.halfWidth))
    }
}
