import ArgumentParser

@main
struct Granary: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "granary",
        abstract: "Demand forecasting and replenishment simulation for omnichannel retail (粮仓).",
        discussion: """
            Data is printed on standard output, progress and notes on standard error.
            Exit codes: 0 done, 1 failed, 2 bad data or infeasible, 3 done with exceptions, 64 usage, 130 interrupted.

            EXAMPLES
              granary run scenarios/flagship.yaml
              granary compare scenarios/flagship.yaml scenarios/no-front-warehouses.yaml
              granary serve
            """,
        version: "0.1.0",
        groupedSubcommands: [
            CommandGroup(
                name: "Data:",
                subcommands: [
                    ImportCommand.self, ValidateCommand.self, CalibrateCommand.self, GenerateCommand.self,
                    CalendarCommand.self,
                ]),
            CommandGroup(
                name: "Plan:",
                subcommands: [
                    ForecastCommand.self, BacktestCommand.self, EffectsCommand.self, AdjustmentsCommand.self,
                    PlanCommand.self, SuggestCommand.self,
                    DecideCommand.self, PlaceCommand.self, SolveCommand.self, WorkerCommand.self,
                ]),
            CommandGroup(
                name: "Simulate:",
                subcommands: [RunCommand.self, TraceCommand.self, CompareCommand.self]),
            CommandGroup(
                name: "Results:",
                subcommands: [RunsCommand.self, ReportCommand.self, ExportCommand.self, ServeCommand.self]),
            CommandGroup(name: "For developers:", subcommands: [SchemaCommand.self]),
        ])
}
