import ArgumentParser
import Retail

/// Holidays and shopping events.
struct CalendarCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "Print a country's holidays, make-up working days and shopping events.",
        discussion: """
            These are what a data set with `country` in its dataset.csv is forecast with. A year that is not in the table \
            is a warning.

            EXAMPLES
              granary calendar CN --from 2025-01-01 --through 2025-12-31
              granary calendar GB --from 2011-01-01 --through 2011-12-31 --format csv
            """)

    @Argument(help: ArgumentHelp("CN, GB or US.", valueName: "country"))
    var country: String

    @Option(help: ArgumentHelp("First day.", valueName: "day"))
    var from: String

    @Option(help: ArgumentHelp("Last day.", valueName: "day"))
    var through: String

    @OptionGroup var output: OutputOptions

    private func day(_ text: String, _ option: String) throws -> Day {
        guard let day = Day(iso: text), (1900...2200).contains(day.components.year) else {
            throw ValidationError("\(option) takes a day from 1900 to 2200 such as 2025-01-31, not '\(text)'.")
        }
        return day
    }

    func validate() throws {
        guard Country(rawValue: country) != nil else {
            throw ValidationError(
                "There is no table for '\(country)'; there is "
                    + Country.allCases.map(\.rawValue).joined(separator: ", ")
                    + ".")
        }
        guard try day(from, "--from") <= day(through, "--through") else {
            throw ValidationError("--through lies before --from.")
        }
    }

    func run() throws {
        let (first, last) = (try day(from, "--from"), try day(through, "--through"))
        guard let country = Country(rawValue: country) else { return }
        let calendar = BusinessCalendar(country: country, from: first, through: last)
        if let warning = calendar.warning(from: first, through: last) { note("warning: \(warning)") }
        let events = calendar.spans.filter { $0.from <= last && $0.through >= first }
        output.print(
            ResultTable(
                "calendar",
                [
                    Column("from", .text(events.map(\.from.description))),
                    Column("through", .text(events.map(\.through.description))),
                    Column("name", .text(events.map(\.name))),
                    Column("kind", .text(events.map(\.kind.rawValue))),
                    Column("build_up", unit: "d", .integer(events.map { Int64($0.buildUp) })),
                    Column("dip", unit: "d", .integer(events.map { Int64($0.dip) })),
                    Column("source", .text(events.map(\.source))),
                ]))
    }
}
