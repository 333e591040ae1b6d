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
              granary plan scenarios/data/uk-gifts --least-cost --promise destination=cycle:0.99
              granary plan scenarios/data/uk-gifts --stock-money 60000
              granary plan scenarios/data/uk-gifts --curve
              granary plan scenarios/data/uk-gifts --health
              granary plan scenarios/data/uk-gifts --check --format csv
              granary plan scenarios/data/uk-gifts --fill-rate 0.95 --trial --days 14
              granary plan scenarios/flagship.yaml --trial --set demand.volume=20
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

    @Flag(
        help: "Play the plan in the order simulator: weeks of orders, and the service of each shelf.")
    var trial = false

    @Option(help: ArgumentHelp("With --trial: days counted, after the longest lead time.", valueName: "days"))
    var days = 28

    @Option(help: ArgumentHelp("With --trial: how often it is played.", valueName: "count"))
    var replications = 8

    @Flag(help: "Money in stock levels against demand served, when every unit of money goes where it serves most.")
    var curve = false

    @Option(help: ArgumentHelp("One SKU only.", valueName: "sku"))
    var sku: String?

    @OptionGroup var threads: ThreadOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if input.path == nil { throw ValidationError("Give a data set folder or a scenario file.") }
        if [health, ageing, details, check, trial, curve].count(where: \.self) > 1 {
            throw ValidationError("Give one of --health, --ageing, --details, --check, --trial and --curve.")
        }
        if !(7...PlanTrial.mostDays).contains(days) {
            throw ValidationError("--days takes 7 to \(PlanTrial.mostDays) days, not \(days).")
        }
        if !(2...1_000).contains(replications) {
            throw ValidationError("--replications takes 2 to 1000, not \(replications).")
        }
    }

    func run() async throws {
        let session = Session(output: output, threads: threads)
        try await reporting(in: output.lang) {
            if trial { return try await play(session) }
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
                    nodes: review.network.nodes, lines: review.lines)
                table = replay.table(names, plan: review.plan, language: output.lang)
                sayChecked(replay, session)
            } else if curve {
                table = try review.curve()
            } else {
                table = SuggestionTables.targets(review.plan, names: names, language: output.lang)
            }
            output.print(table, in: review.dataset.currency)
        }
    }

    private func play(_ session: Session) async throws {
        var options = PlanTrial.Options()
        (options.days, options.replications) = (days, replications)
        let (trial, names) = try await session.trial(input, options: options)
        output.print(trial.table(names, language: output.lang), in: names.currency)
        func percent(_ share: Double) -> String { "\((share * 1_000).rounded() / 10) %" }
        func count(_ verdict: PlanReplay.Verdict) -> String { "\(trial.rows.count { $0.verdict == verdict })" }
        for outcome in trial.outcomes {
            session.say(
                "cli.plan_trial.\(outcome.setting.rawValue)", percent(outcome.served), percent(outcome.halfWidth),
                percent(trial.promised), percent(trial.planned))
        }
        session.say(trial.isKept ? "cli.plan_trial.kept" : "cli.plan_trial.missed")
        let judged = trial.rows.count { $0.verdict != .few }
        session.say(
            "cli.plan_trial.rows", "\(judged)", count(.kept), count(.below), count(.above), count(.few),
            "\(Int((0.025 * Double(judged)).rounded()))")
        for why in PlanTrial.Why.allCases where why != .few {
            let count = trial.rows.count { $0.why == why }
            if count > 0 {
                session.say("cli.plan_trial.why", "\(count)", Catalogue.text("trial.\(why.rawValue)", output.lang))
            }
        }
    }

    private func keep(_ code: String, in review: inout SupplyReview) throws {
        guard let sku = review.dataset.skus.firstIndex(where: { $0.code == code }) else {
            throw Refusal("there is no SKU '\(code)' in the data set")
        }
        review.plan.targets.removeAll { $0.sku != SKU.Index(sku) }
    }

    private func sayChecked(_ replay: PlanReplay, _ session: Session) {
        func count(_ verdict: PlanReplay.Verdict) -> Int { replay.rows.count { $0.verdict == verdict } }
        func percent(_ share: Double) -> String { "\((share * 1_000).rounded() / 10) %" }
        session.say(
            "cli.plan_check", "\(count(.kept) + count(.above))", "\(replay.rows.count - count(.few))",
            "\(count(.below))", "\(count(.above))", percent(replay.fillRate.mean), percent(replay.fillRate.halfWidth),
            percent(replay.means.promised), percent(replay.means.planned), percent(replay.means.reached))
    }
}
