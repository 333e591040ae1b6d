import Foundation
public import Retail
public import Store

/// One thing that an edited sheet says otherwise than the suggestions it was made from.
public struct SheetDifference: Sendable, Equatable {
    public enum Verdict: String, Sendable, CaseIterable {
        /// Becomes a decision.
        case taken
        /// Becomes a decision, though a rule of the supplier speaks against it.
        case warned
        /// Changes nothing: what stands there is not a person's to change, or no longer as it was.
        case ignored
        /// Cannot be taken; the cell must be corrected.
        case refused
    }

    /// Nil for a line that the sheet no longer has.
    public var place: SheetPlace?
    public var key: LineKey
    /// Name of the column, empty where it is about the whole line.
    public var column: String
    public var ours: String
    public var theirs: String
    public var verdict: Verdict
    /// Key of the message that says why, `import.<what>` in the catalogue, with its arguments.
    public var what: String
    public var arguments: [String] = []
    /// Where the line stands a first time, where it stands twice.
    public var first: SheetPlace?
}

/// What an edited sheet asks for, held against the suggestions.
public struct SheetReview: Sendable {
    public var differences: [SheetDifference] = []
    /// What is to be decided, in the order of the sheet.
    public var changes: [(line: SuggestionRow, state: SuggestionState, quantity: Int64?, reason: String)] = []
    /// Lines of the sheet that were found among the suggestions.
    public var matched = 0

    /// - Parameters:
    ///   - rows: the suggestions that the sheet was made from, with what was decided since.
    ///   - skus: codes of further articles, which a code without its zeros is then not taken for.
    public init(_ lines: [EditedLine], against rows: [SuggestionRow], skus: [String] = []) {
        var known: [LineKey: SuggestionRow] = [:]
        for row in rows where known[row.key] == nil { known[row.key] = row }
        let bySKU = Dictionary(grouping: rows, by: \.sku)
        let articles = WrittenCodes(bySKU.keys, besides: skus)
        let suppliers = WrittenCodes(Set(rows.map(\.supplier)))
        let nodes = WrittenCodes(Set(rows.map(\.node)))
        /// The only line that may be meant.
        func meant(_ key: LineKey) -> SuggestionRow? {
            if let row = known[key] { return row }
            let (from, at) = (suppliers.meant(by: key.supplier), nodes.meant(by: key.node))
            let found = articles.meant(by: key.sku).flatMap { bySKU[$0] ?? [] }.filter { row in
                at.contains(row.node) && (key.supplier.isEmpty || from.contains(row.supplier))
            }
            return found.count == 1 ? found[0] : nil
        }
        var seen: [LineKey: SheetPlace] = [:]
        for line in lines {
            if !line.missing.isEmpty {
                note(line, "", "", "", .refused, "missing_columns", [line.missing.joined(separator: ", ")])
                continue
            }
            if line.key.sku.isEmpty || line.key.node.isEmpty {
                note(line, "sku", "", line.cells["quantity"]?.text ?? "", .refused, "no_code")
                continue
            }
            guard let row = meant(line.key) else {
                note(line, "sku", "", line.key.sku, .refused, "unknown_line")
                continue
            }
            if let first = seen[row.key] {
                note(line, "sku", "", line.key.sku, .refused, "duplicate")
                differences[differences.count - 1].first = first
                continue
            }
            seen[row.key] = line.place
            matched += 1
            compare(line, row)
        }
        // Only suppliers that the sheet is about: a draft order is for one of them.
        let about = Set(seen.keys.map(\.supplier))
        for row in rows where about.contains(row.supplier) && seen[row.key] == nil && row.orderQuantity > 0 {
            differences.append(
                SheetDifference(
                    place: nil, key: row.key, column: "", ours: String(row.orderQuantity), theirs: "",
                    verdict: .ignored, what: "removed"))
        }
    }

    /// The changes as decisions.
    /// - Parameters:
    ///   - at: seconds since 1970-01-01 00:00 UTC.
    ///   - today: the day of the book, from which the usual time a decision holds is counted.
    public func decisions(by: String, at: Int64, today: Day, book: BookID) -> [Decision] {
        changes.map { change in
            Decision(
                key: change.line.key, state: change.state, quantity: change.quantity,
                due: change.state == .ordered ? change.line.receipt : nil, reason: change.reason, by: by, at: at,
                until: Decision.usualDays(change.state).map { today + $0 }, book: book,
                suggested: .init(change.line.line))
        }
    }

    private mutating func note(
        _ line: EditedLine, _ column: String, _ ours: String, _ theirs: String, _ verdict: SheetDifference.Verdict,
        _ what: String, _ arguments: [String] = []
    ) {
        differences.append(
            SheetDifference(
                place: line.place, key: line.key, column: column, ours: ours, theirs: String(theirs.prefix(60)),
                verdict: verdict, what: what, arguments: arguments))
    }

    private mutating func compare(_ line: EditedLine, _ row: SuggestionRow) {
        compareFixed(line, row)
        let reason = (line.cells["decided_reason"]?.text ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        let quantity = quantity(line, row)
        let wanted = state(line, row)
        // A quantity that cannot be read leaves the line as it is.
        guard case .some(let quantity) = quantity, case .some(let wanted) = wanted else { return }
        let isChanged = quantity != row.orderQuantity
        var state = wanted ?? row.status.state
        if isChanged, wanted == nil { state = quantity == 0 ? .rejected : .approved }
        guard isChanged || wanted != nil else { return }
        guard row.status.state.next.contains(state) else {
            note(
                line, isChanged ? "quantity" : "state", row.status.state.rawValue, state.rawValue, .refused,
                "state_cannot_follow")
            return
        }
        if isChanged {
            let verdict = check(quantity, line, row)
            note(line, "quantity", String(row.orderQuantity), String(quantity), verdict.0, verdict.1, verdict.2)
        }
        if wanted != nil { note(line, "state", row.status.state.rawValue, state.rawValue, .taken, "state_changed") }
        changes.append(
            (
                line: row, state: state,
                quantity: state == .approved && quantity != row.line.quantity.final ? quantity : nil,
                reason: reason == row.status.reason ? "" : String(reason.prefix(500))
            ))
    }

    /// What a quantity does to the supplier's rules.
    private func check(
        _ quantity: Int64, _ line: EditedLine, _ row: SuggestionRow
    ) -> (SheetDifference.Verdict, String, [String]) {
        if quantity == 0 { return (.taken, "rejected_by_zero", []) }
        if quantity < row.minimumQuantity { return (.warned, "below_minimum", [String(row.minimumQuantity)]) }
        if quantity % max(1, row.orderMultiple) != 0 { return (.warned, "not_a_multiple", [String(row.orderMultiple)]) }
        return (.taken, "quantity_changed", [])
    }

    /// Nil where the cell cannot be read, which is then noted.
    private mutating func quantity(_ line: EditedLine, _ row: SuggestionRow) -> Int64? {
        let cell = line.cells["quantity"] ?? SheetCell()
        if cell.isEmpty, cell.isFormula {
            note(line, "quantity", String(row.orderQuantity), "", .refused, "formula_without_value")
            return nil
        }
        if cell.isEmpty {
            note(line, "quantity", String(row.orderQuantity), "", .ignored, "left_empty")
            return row.orderQuantity
        }
        guard let number = cell.number ?? TypedText.number(cell.text), !number.isNaN else {
            note(line, "quantity", String(row.orderQuantity), cell.text, .refused, "not_a_number")
            return nil
        }
        guard number >= 0 else {
            note(line, "quantity", String(row.orderQuantity), cell.text, .refused, "negative")
            return nil
        }
        guard number <= Double(Decision.largestQuantity) else {
            note(line, "quantity", String(row.orderQuantity), cell.text, .refused, "too_large")
            return nil
        }
        guard number == number.rounded() else {
            note(line, "quantity", String(row.orderQuantity), cell.text, .refused, "not_whole")
            return nil
        }
        return Int64(number)
    }

    /// The state asked for: `.some(nil)` where it is as it was or says nothing, nil where the word is not known, which is noted.
    private mutating func state(_ line: EditedLine, _ row: SuggestionRow) -> SuggestionState?? {
        guard let cell = line.cells["state"], !cell.isEmpty else { return .some(nil) }
        let word = cell.text.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        let found = SuggestionState.allCases.first { state in
            word == state.rawValue
                || Language.allCases.contains { words("state", state.rawValue, $0).lowercased() == word }
        }
        guard let found else {
            note(line, "state", row.status.state.rawValue, cell.text, .refused, "unknown_state")
            return nil
        }
        // A sheet written before the line was decided on says `proposed`: that is no wish to undo the decision.
        return .some(found == row.status.state || found == .proposed ? nil : found)
    }

    /// What is not a person's to change in a sheet: reported, and left as it is.
    private mutating func compareFixed(_ line: EditedLine, _ row: SuggestionRow) {
        if let cell = line.cells["unit_cost"], !cell.isEmpty {
            let price =
                (cell.number ?? TypedText.number(cell.text)).map { abs($0 - row.unitCost.major) < 0.00006 } ?? false
            if !price {
                let ours = String(format: "%.4f", row.unitCost.major)
                note(line, "unit_cost", ours, cell.text, .ignored, "price_is_the_suppliers")
            }
        }
        let fixed = [
            ("sku_name", row.skuName), ("suggested", String(row.quantity.final)), ("order_by", row.orderBy.description),
            ("receipt", row.receipt.description),
        ]
        for (column, ours) in fixed {
            guard let cell = line.cells[column], !cell.isEmpty, !Self.isSame(cell, ours) else { continue }
            note(
                line, column, ours, cell.text, .ignored,
                column == "suggested" ? "suggestion_changed" : "not_changed_here")
        }
    }

    private static func isSame(_ cell: SheetCell, _ ours: String) -> Bool {
        let text = cell.text.trimmingCharacters(in: .whitespacesAndNewlines)
        if text == ours.trimmingCharacters(in: .whitespacesAndNewlines) { return true }
        let day = Day(iso: ours)
        if let day, TypedText.days(text).contains(day) { return true }
        guard let number = cell.number ?? TypedText.number(text) else { return false }
        if Double(ours) == number { return true }
        // A spreadsheet counts days from 1899-12-30.
        guard let day, abs(number) < 1e6 else { return false }
        return Double(day.number) + 25_569 == number.rounded(.down)
    }
}

/// The differences as a table, in the order of the sheet.
public func differenceTable(_ differences: [SheetDifference], language: Language) -> ResultTable {
    func text(_ name: String, _ value: (SheetDifference) -> String) -> Column {
        Column(name, .text(differences.map(value)))
    }
    return ResultTable(
        "differences",
        [
            text("place") { $0.place?.text(language) ?? "" }, text("sku", \.key.sku), text("supplier", \.key.supplier),
            text("node", \.key.node),
            text("changed_column") { $0.column.isEmpty ? "" : words("column", $0.column, language) },
            text("ours", \.ours), text("theirs", \.theirs),
            text("verdict") { words("verdict", $0.verdict.rawValue, language) },
            text("reason") {
                Catalogue.text(
                    "import.\($0.what)", language, arguments: $0.first.map { [$0.text(language)] } ?? $0.arguments)
            },
        ])
}
