public import ArgumentParser
import Foundation
import Reporting
import Retail
import Scenarios
public import Store

extension SuggestionState: ExpressibleByArgument {}

struct DecideCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide",
        abstract: "Adopt, change, reject or put off a suggestion, or note that it was ordered or received.",
        discussion: """
            Decisions are added to the workspace with who, when and why, and never changed; `--history` shows them. An \
            approval holds two weeks, a rejection four and a snooze one unless --until names a day; what was ordered \
            counts as on order until it is received or closed.

            EXAMPLES
              granary decide 85123A --state approved --quantity 480 --by "Li Na" --reason "exhibition"
              granary decide 85123A --state ordered --order PO-118 --due 2012-01-20 --by "Li Na"
              granary decide 22423 --node daventry --state snoozed --until 2011-12-20 --by "Li Na"
              granary decide 85123A --state received --order PO-118 --by "Wang Fang"
              granary decide --outstanding
              granary decide --history
            """)

    @Argument(help: ArgumentHelp("The SKU decided on.", valueName: "sku"))
    var sku: String?

    @Option(help: "The node, where the SKU is suggested for several.")
    var node: String?

    @Option(help: "The supplier, where it is suggested from several.")
    var supplier: String?

    @Option(help: "proposed, approved, ordered, received, closed, rejected or snoozed.")
    var state: SuggestionState?

    @Option(help: "The quantity, where it is not the one suggested.")
    var quantity: Int64?

    @Option(help: "Code of the purchase order.")
    var order = ""

    @Option(help: ArgumentHelp("The day the order is due.", valueName: "date"))
    var due: String?

    @Option(help: ArgumentHelp("The last day the decision holds.", valueName: "date"))
    var until: String?

    @Option(help: "Why.")
    var reason = ""

    @Option(help: "Who decides.")
    var by = ""

    @Flag(help: "Print all decisions, oldest first.")
    var history = false

    @Flag(help: "Print the orders placed and not received yet, oldest first.")
    var outstanding = false

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        for (name, text) in [("--due", due), ("--until", until)] {
            if let text, Day(iso: text) == nil { throw ValidationError("\(name) takes a date such as 2011-12-20.") }
        }
        if history || outstanding { return }
        if sku == nil || state == nil {
            throw ValidationError("Name the SKU and --state, or give --history or --outstanding.")
        }
        if by.allSatisfy(\.isWhitespace) { throw ValidationError("--by names who decides.") }
        if let quantity, !(0...Decision.largestQuantity).contains(quantity) {
            throw ValidationError("--quantity takes 0 to \(Decision.largestQuantity) units, not \(quantity).")
        }
    }

    func run() throws {
        try reporting(in: output.lang) {
            let workspace = try existingWorkspace(workspace.workspace)
            guard let entry = try workspace.latestBook() else {
                throw Refusal(
                    "the workspace holds no suggestions yet; make some with `granary suggest FOLDER --workspace`")
            }
            if history {
                return output.print(decisionTable(try workspace.decisions(dataset: entry.dataset)))
            }
            if outstanding {
                let open = try workspace.decisions(dataset: entry.dataset).outstanding
                return output.print(outstandingTable(open, today: entry.today))
            }
            if state == .received || state == .closed { return try settle(workspace, entry) }
            let line = try chosen(try workspace.lines(of: entry.id))
            let now = Int64(Date().timeIntervalSince1970)
            let last = try Decision.lastDay(until.flatMap { Day(iso: $0) }, state ?? .proposed, today: entry.today)
            let decision = Decision(
                key: line.key, state: state ?? .proposed, quantity: quantity, order: order,
                due: due.flatMap { Day(iso: $0) } ?? (state == .ordered ? line.receipt : nil), reason: reason, by: by,
                at: now, until: last, book: entry.id, suggested: .init(line.line))
            try workspace.decide([decision], dataset: entry.dataset)
            if let quantity, quantity > 0 {
                if quantity < line.minimumQuantity {
                    note(Catalogue.text("import.below_minimum", output.lang, "\(line.minimumQuantity)"))
                } else if quantity % max(1, line.orderMultiple) != 0 {
                    note(Catalogue.text("import.not_a_multiple", output.lang, "\(line.orderMultiple)"))
                }
            }
            let rows = try workspace.lines(of: entry.id).filter { $0.key == line.key }
            output.print(
                suggestionTable(rows, currency: Currency(code: entry.currency) ?? .cny, language: output.lang),
                in: Currency(code: entry.currency) ?? .cny)
        }
    }

    /// Notes that an order came or is done with, whether or not the latest book still asks for the article.
    private func settle(_ workspace: Workspace, _ entry: OrderBookEntry) throws {
        let decisions = try workspace.decisions(dataset: entry.dataset)
        let placed = decisions.filter { decision in
            [.ordered, .received].contains(decision.state) && decision.key.sku == sku
                && (node == nil || decision.key.node == node) && (supplier == nil || decision.key.supplier == supplier)
                && (order.isEmpty || decision.order == order)
        }
        let outstanding = decisions.outstanding
        let open = placed.filter { one in
            one.state == .ordered
                && outstanding.contains { $0.key == one.key && $0.order == one.order && $0.placed == one.at }
        }
        // The oldest that is still to come; one that came may yet be closed.
        let meant = open.isEmpty && state == .closed ? placed : open
        guard let last = open.first ?? meant.last else {
            let code = order.isEmpty ? "-" : order
            throw Refusal("no order of \(sku ?? "") is outstanding (order code: \(code)); see --outstanding")
        }
        let keys = Set(meant.map(\.key))
        if keys.count > 1 {
            let list = keys.sorted().map { "--node \($0.node) --supplier \($0.supplier)" }.joined(separator: "; ")
            throw Refusal("\(sku ?? "") was ordered for several lines; name one of: \(list)")
        }
        let decision = Decision(
            key: last.key, state: state ?? .received, quantity: quantity, order: last.order, reason: reason, by: by,
            at: Int64(Date().timeIntervalSince1970), book: last.book, suggested: last.suggested)
        try workspace.decide([decision], dataset: entry.dataset)
        output.print(decisionTable(try workspace.decisions(dataset: entry.dataset).filter { $0.key == last.key }))
    }

    private func chosen(_ lines: [SuggestionRow]) throws -> SuggestionRow {
        let found = lines.filter {
            $0.sku == sku && (node == nil || $0.node == node) && (supplier == nil || $0.supplier == supplier)
        }
        if found.count == 1 { return found[0] }
        guard !found.isEmpty else {
            throw Refusal("the latest book has no line of \(sku ?? "") for that node and supplier")
        }
        let list = found.map { "--node \($0.node) --supplier \($0.supplier)" }.joined(separator: "; ")
        throw Refusal("the latest book has several lines of \(sku ?? ""); name one of: \(list)")
    }
}
