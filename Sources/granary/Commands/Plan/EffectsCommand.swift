import ArgumentParser
import Datasets
import Forecasting
import Retail

/// What prices and promotions did.
struct EffectsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "effects",
        abstract: "Measure what prices and promotions do to demand.",
        discussion: """
            Elasticity, uplift by kind and depth, the dip after a promotion, waiting before it, cannibalisation and halo, \
            with credible intervals; learnt article by article and shrunk toward the category. Effects are on the \
            logarithm of demand; --uplift prints factors.

            EXAMPLES
              granary effects out/double-11
              granary effects out/double-11 --series A-0001/tmall
              granary effects out/double-11 --uplift --interval 0.8 --format csv
            """)

    @Argument(help: ArgumentHelp("The data set folder.", valueName: "folder"), completion: .directory)
    var folder: String

    @Option(help: ArgumentHelp("Show these series too, separated by commas.", valueName: "names"))
    var series: String?

    @Flag(help: "Factors on demand by kind and depth instead.")
    var uplift = false

    @Option(help: "What the credible intervals hold.")
    var interval = 0.9

    @OptionGroup var threads: ThreadOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard interval > 0, interval < 1 else {
            throw ValidationError("--interval takes a number between 0 and 1, not \(interval).")
        }
    }

    func run() async throws {
        try await reporting(in: output.lang) {
            let dataset = try DatasetReader.read(folder: folder)
            guard let effects = await TradeEffects(dataset, horizon: 1, threads: threads.threads) else {
                throw Refusal(
                    """
                    \(folder): there are no daily prices that move and no past promotions to learn from; give \
                    prices.csv, promotions.csv, or a price column in demand.csv
                    """)
            }
            let names = (series ?? "").split(separator: ",").map(String.init)
            for name in names where !dataset.demand.names.contains(name) {
                throw Refusal("there is no series '\(name)'; there are \(seriesLike(name, dataset.demand.names))")
            }
            output.print(
                uplift ? effects.upliftTable(share: interval) : effects.table(series: names, share: interval))
        }
    }
}
