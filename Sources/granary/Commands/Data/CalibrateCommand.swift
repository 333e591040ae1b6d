import ArgumentParser
import Datasets
import Retail
import Scenarios

struct CalibrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract: "Measure payment, returns, lanes and the day's shape on past orders.",
        discussion: """
            Reads orders, order_lines, shipments and returns of a data set folder and fits what they can tell: time \
            from order to payment, part paid, cancelled and returned, time to return, transit times and freight by \
            lane and weight, hours of the day, basket sizes. Prints, for every quantile, what was observed and what \
            the simulator's laws give. --out writes the laws as a file that a scenario takes with `extends`.

            EXAMPLES
              granary calibrate scenarios/data/uk-gifts --out scenarios/measured.yaml
              granary calibrate my-shop --held-out --format csv
            """)

    @Argument(help: ArgumentHelp("The data set folder.", valueName: "folder"), completion: .directory)
    var folder: String

    @Option(help: ArgumentHelp("Write the laws here, as a scenario fragment.", valueName: "file.yaml"))
    var out: String?

    @Flag(help: "Fit on half of the orders and show the other half beside what is simulated for it.")
    var heldOut = false

    @Option(help: "Seed of the simulated side.")
    var seed: UInt64 = 1

    @OptionGroup var output: OutputOptions

    func run() throws {
        let progress = Progress(quiet: output.quiet, language: output.lang)
        defer { progress.finish() }
        try reporting(in: output.lang) {
            let dataset = try DatasetReader.read(folder: folder) { progress.report($0, $1, of: 0) }
            progress.finish()
            let fit = try Calibration(dataset)
            let checks = heldOut ? try Calibration.heldOut(dataset, seed: seed) : fit.fitQuality(dataset, seed: seed)
            output.print(Calibration.table(checks))
            guard let out else { return }
            try AtomicFile.write(fit.yaml(source: dataset.name), to: out)
            if !output.quiet { note(Catalogue.text("cli.calibrated", output.lang, out)) }
        }
    }
}
