import ArgumentParser
import Datasets
import Retail

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Turn a published file into a data set folder.",
        subcommands: [UCIOnlineRetailImport.self])
}

struct UCIOnlineRetailImport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "uci-online-retail",
        abstract: "Import the UCI Online Retail file (invoices of a British gift shop, 2010-12 to 2011-12).",
        discussion: """
            Invoices become orders and daily demand; cancellations are matched to the sale they cancel; postage, \
            charges, manual and test lines are left out. The summary says where every line went. Network, suppliers, \
            channels and carriers are not in the source: plausible ones are added and marked as assumptions.

            EXAMPLES
              granary import uci-online-retail uci_online_retail.csv.gz --out my-data
              granary import uci-online-retail uci_online_retail.csv.gz --out all --top 5000 --format csv
            """)

    @Argument(help: "The file as UCI publishes it, as CSV; plain or .gz.", completion: .file())
    var file: String

    @Option(help: ArgumentHelp("The folder to write.", valueName: "folder"), completion: .directory)
    var out: String

    @Option(help: "Keep this many best-selling SKUs.")
    var top = 800

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard top > 0 else { throw ValidationError("--top takes a number of at least 1, not \(top).") }
    }

    func run() throws {
        let progress = Progress(quiet: output.quiet)
        defer { progress.finish() }
        try reporting {
            var options = UCIOnlineRetail.Options()
            options.top = top
            let (dataset, summary) = try UCIOnlineRetail.importFile(file, options: options) {
                progress.report("lines read", $0, of: 0)
            }
            progress.finish()
            try DatasetWriter.write(dataset, to: out, summary: summary)
            output.print(summary.table)
            if !output.quiet { note(Catalogue.text("cli.written", output.lang, out)) }
        }
    }
}
