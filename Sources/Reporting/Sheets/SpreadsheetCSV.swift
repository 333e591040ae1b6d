import Datasets
public import Retail

/// A table as CSV meant for a spreadsheet: UTF-8 with a byte order mark, which is how Excel knows Chinese text,
/// and no cell that a spreadsheet would run as a formula.
///
/// A text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return gets an apostrophe in front, the
/// spreadsheet's own mark for text, unless all of it is a plain number. Number columns are left exact.
public func spreadsheetCSV(_ table: ResultTable) -> [UInt8] {
    var guarded = table
    for c in guarded.columns.indices {
        guarded.columns[c].name = guardFormula(guarded.columns[c].name)
        if case .text(let texts) = guarded.columns[c].values {
            guarded.columns[c].values = .text(texts.map(guardFormula))
        }
    }
    return [0xEF, 0xBB, 0xBF] + csv(guarded)
}

func guardFormula(_ text: String) -> String {
    guard let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) else { return text }
    return isPlainNumber(text) ? text : "'" + text
}

/// A sign, digits and at most one point: nothing a spreadsheet could run.
private func isPlainNumber(_ text: String) -> Bool {
    var digits = 0
    var points = 0
    for (i, byte) in text.utf8.enumerated() {
        switch byte {
        case 43, 45: if i > 0 { return false }
        case 46: points += 1
        case 48...57: digits += 1
        default: return false
        }
    }
    return digits > 0 && points <= 1
}
