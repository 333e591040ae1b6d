import ArgumentParser
import Reporting
import Retail
import Scenarios
import Simulation

struct TraceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "Tell the story of one order of a simulated day.",
        discussion: """
            Simulates one replication again with that order observed: what was reserved, where it was sent, when it \
            was picked, who carried it, and how it ended. Without an order, names one for each way an order ended.

            EXAMPLES
              granary trace scenarios/flagship.yaml
              granary trace scenarios/flagship.yaml 2055-27838-0
            """)

    @OptionGroup var scenario: ScenarioOptions

    @Argument(help: ArgumentHelp("The order, as cell-second-ordinal.", valueName: "order"))
    var order: String?

    @Option(help: "The replication to look into, from 0.")
    var replication = 0

    @Option(help: "Seed of the random numbers; goes before the scenario's own.")
    var seed: UInt64?

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var threads: ThreadOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let order, OrderID(order) == nil {
            throw ValidationError("An order is named cell-second-ordinal, such as 14-32875-0, not '\(order)'.")
        }
        guard (0..<1 << 20).contains(replication) else {
            throw ValidationError("--replication takes a number from 0 to 1048575, not \(replication).")
        }
    }

    func run() async throws {
        let session = Session(output: output, threads: threads)
        try await reporting(in: output.lang) {
            let prepared = try await session.prepare(scenario, workspace: workspace.workspace)
            let (world, seed) = (prepared.world, seed ?? prepared.scenario.seed)
            if let order, let id = OrderID(order) {
                let steps = try Simulator.trace(world, seed: seed, replication: replication, order: id)
                if !steps.isEmpty {
                    return output.print(
                        orderStory(
                            steps, from: prepared.scenario.clock.start, currency: world.currency,
                            language: output.lang))
                }
                session.say("trace.none", order, String(replication))
            } else {
                session.say("trace.choose", String(replication))
            }
            let examples = try Simulator.examples(world, seed: seed, replication: replication)
            output.print(orderExamples(examples, language: output.lang))
            if order != nil { throw Exit.badData }
        }
    }
}
