import ArgumentParser

struct SolveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "solve",
        abstract: "Solve one textbook problem or published instance exactly, or with a certified bound.",
        discussion: """
            A law of demand is written poisson:10, normal:50,8 (mean, standard deviation), gamma:20,6, \
            negative-binomial:4,3 or empirical:3,0,7; it is demand a period, and lead times count periods.

            EXAMPLES
              granary solve newsvendor --demand normal:50,8 --holding 0.18 --shortage 0.70
              granary solve ss --demand poisson:10 --holding 1 --shortage 9 --order-cost 64 --lead-time 0
              granary solve rq --demand normal:100,25 --quantity 200 --fill-rate 0.98
              granary solve lost-sales --demand poisson:5 --holding 1 --shortage 9 --lead-time 2 --format json
              granary solve lot-size --demand 90,120,80,70 --holding 2 --order-cost 500
              granary solve season --first poisson:30 --second poisson:50 --price 20 --cost 12 --second-cost 14
              granary solve gsm bulldozer.txt --holding-rate 0.3
              granary solve serial chain.csv
              granary solve pmedian pmed1.txt
              granary solve pmedian rl1304.tsp --p 100 --time-limit 60 --format json
              granary solve facility capa.txt --capacity 8000 --time-limit 60
              granary solve facility capa.txt --uncapacitated
              granary solve facility cap71.txt --single-source
              granary solve facility cap71.txt --at-most 6 --open 3,7 --budget 60000
              granary solve cover pmed1.txt --radius 60
              granary solve centre pmed1.txt --p 5
              granary solve location problem.json
              granary solve generated regions --seed 1 --time-limit 60
            """,
        groupedSubcommands: [
            CommandGroup(
                name: "Stock at one place:",
                subcommands: [
                    SolveNewsvendor.self, SolveLoss.self, SolveSafetyStock.self, SolveReorder.self,
                    SolvePeriodicReview.self, SolveBaseStock.self, SolveLostSales.self, SolveLotSize.self,
                    SolveEOQ.self, SolveLotReview.self, SolveLineFill.self, SolvePerishable.self,
                    SolveDualSourcing.self, SolveSeason.self, SolveBullwhip.self, SolvePooling.self,
                ]),
            CommandGroup(
                name: "Stock along a chain:",
                subcommands: [SolveGuaranteedService.self, SolveSerial.self, SolveTwoLevel.self]),
            CommandGroup(
                name: "Sites:",
                subcommands: [
                    Median.self, Facility.self, Cover.self, Centre.self, Location.self, Generated.self,
                ]),
        ])
}
