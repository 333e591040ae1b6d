public import ArgumentParser
public import Datasets
import Retail

extension DatasetGenerator.Profile: ExpressibleByArgument {}

struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Write a data set of any size: a Chinese omnichannel shop before Double 11.",
        discussion: """
            Orders, lines, parcels, returns and demand of 418 days up to 23 October 2023, with products, channels, \
            cities, warehouses, carriers and suppliers. The same arguments give the same bytes. What the distributions \
            are taken from is written in docs/generated-data.md.

            EXAMPLES
              granary generate --profile double-11 --skus 20000 --orders 1000000 --seed 11 out/double-11
              granary generate --skus 500 --orders 20000 small-shop
            """)

    @Option(help: "What kind of shop: double-11.")
    var profile: DatasetGenerator.Profile = .double11

    @Option(help: "How many SKUs.")
    var skus: Int

    @Option(help: "How many orders, over all days.")
    var orders: Int

    @Option(help: "Seed of the random numbers.")
    var seed: UInt64 = 1

    @Argument(
        help: ArgumentHelp("The folder to write; it must be new or empty.", valueName: "folder"), completion: .directory
    )
    var folder: String

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...DatasetGenerator.maximumArticles).contains(skus) else {
            throw ValidationError("--skus takes a number from 1 to \(DatasetGenerator.maximumArticles), not \(skus).")
        }
        guard (1...DatasetGenerator.maximumOrders).contains(orders) else {
            throw ValidationError("--orders takes a number from 1 to \(DatasetGenerator.maximumOrders), not \(orders).")
        }
    }

    func run() throws {
        let progress = Progress(quiet: output.quiet, language: output.lang)
        defer { progress.finish() }
        try reporting(in: output.lang) {
            try DatasetGenerator.generate(profile, articles: skus, orders: orders, seed: seed, to: folder) {
                progress.report(Catalogue.text("cli.orders_written", output.lang), $0, of: orders)
            }
            progress.finish()
            if !output.quiet { note(Catalogue.text("cli.written", output.lang, folder)) }
        }
    }
}
