import ArgumentParser
import Datasets
import Retail

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Turn a published file into a data set folder.",
        subcommands: [UCIOnlineRetailImport.self, OlistImport.self, TmallImport.self])
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
        let progress = Progress(quiet: output.quiet, language: output.lang)
        defer { progress.finish() }
        try reporting(in: output.lang) {
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

struct OlistImport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "olist",
        abstract: "Import the Olist files (orders of a Brazilian marketplace, 2016 to 2018).",
        discussion: """
            States become regions and, where sellers sit, nodes. Of a sample that keeps every failed order and one in \
            so many delivered ones, --delivered-weight says how many each delivered order stands for.

            EXAMPLES
              granary import olist olist --out olist-data --delivered-weight 18.65
            """)

    @Argument(help: "The folder of the Olist files, plain or .gz.", completion: .directory)
    var source: String

    @Option(help: ArgumentHelp("The folder to write.", valueName: "folder"), completion: .directory)
    var out: String

    @Option(help: "Delivered orders that each one in the files stands for.")
    var deliveredWeight = 1.0

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard deliveredWeight >= 1e-6, deliveredWeight <= 1e6 else {
            throw ValidationError("--delivered-weight takes a number above 0, not \(deliveredWeight).")
        }
    }

    func run() throws {
        try reporting(in: output.lang) {
            let summary = try OlistOrders.importFolder(source, to: out, deliveredWeight: deliveredWeight)
            output.print(summary.table)
            if !output.quiet { note(Catalogue.text("cli.written", output.lang, out)) }
        }
    }
}

struct TmallImport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tmall",
        abstract: "Import the public file of 28,010 Tmall orders of February 2020.",
        discussion: """
            Orders with their moments of creation and payment, province, total and refund. The file has no products: \
            every order is one unit of one SKU.

            EXAMPLES
              granary import tmall tmall_order_report.csv --out tmall-data
            """)

    @Argument(help: "The file, plain or .gz.", completion: .file())
    var file: String

    @Option(help: ArgumentHelp("The folder to write.", valueName: "folder"), completion: .directory)
    var out: String

    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting(in: output.lang) {
            let summary = try TmallOrders.importFile(file, to: out)
            output.print(summary.table)
            if !output.quiet { note(Catalogue.text("cli.written", output.lang, out)) }
        }
    }
}
