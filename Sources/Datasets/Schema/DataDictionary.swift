/// The data dictionary in Markdown, made from the schema that the reader and the writer use.
public func dataDictionaryMarkdown() -> String {
    var text = """
        # Data dictionary

        A data set is a folder of CSV files, plain (`.csv`) or gzip (`.csv.gz`). This page is made from the schema
        that the reader and the writer use (`Sources/Datasets/Schema`); a test keeps them the same.

        ## All files

        - UTF-8, with or without byte order mark; lines end in LF or CRLF; fields are separated by commas; a field
          that holds a comma, a quote or a line end stands in double quotes, with quotes inside doubled.
        - The first line names the columns, in any order. Unknown columns and unknown `.csv` files are errors, because
          they are usually misspelt ones. Other files in the folder are left alone, and so are those that an import
          writes for people: \(Schema.unread.sorted().map { "`\($0).csv`" }.joined(separator: ", ")).
        - Only `demand` is obligatory. A missing file or column gets the default named here, and the report says so.
        - An empty field is read as the column's default.
        - Everything wrong is reported at once with file, line, column, value and cure, up to \(DatasetError.listed)
          issues and the number of further ones; nothing is half-imported.
        - Limits: a field 1 MiB, a line 4 MiB, a compressed file 64 GiB or 250 times its size (beyond the first
          64 MiB), a panel 400,000,000 cells. Dates lie between 1900 and 2199.

        | form | how it is written |
        |---|---|
        | code | a short name that other files refer to; blanks at its ends do not count |
        | price | plain decimal in the currency's major unit, kept to 1/10,000 (rounded once, half away from zero) |
        | amount | plain decimal in the currency's major unit, kept to its minor unit (rounded once) |
        | rate | a share as a decimal fraction: `0.125` is 12.5 %; kept to parts per million |
        | integer | digits, with a sign where negative values are allowed |
        | number | decimal, an exponent is allowed; NaN and infinities are errors |
        | date | `2011-11-28` |
        | date and time | `2011-11-28T09:30:00` on the clock of the data set's zone; a date alone is its midnight |
        | time of day | `18:00`; `24:00` is the end of the day |
        | scope | `all`, `category:LEVEL1\\|LEVEL2\\|LEVEL3` (one to three levels), or `skus:CODE\\|CODE` |

        """
    for table in Schema.tables {
        text += "\n## \(table.name)\n\n\(table.meaning)\n\n"
        text += table.isObligatory ? "Obligatory." : "When the file is not there: \(table.absent)."
        if !table.key.isEmpty {
            text += " A row is named by \(table.key.map { "`\($0)`" }.joined(separator: ", ")); duplicates are errors."
        }
        text += "\n\n| column | form | default | unit | range | meaning |\n|---|---|---|---|---|---|\n"
        for column in table.columns { text += row(column) }
        if table.name == "demand" {
            text += "\nThe long format, in the same file or read by itself:\n\n"
            text += "| column | form | default | unit | range | meaning |\n|---|---|---|---|---|---|\n"
            for column in Schema.longPanel.columns { text += row(column) }
        }
    }
    return text
}

private func row(_ column: ColumnSchema) -> String {
    let standard: String
    switch column.need {
    case .required: standard = "obligatory"
    case .mayBeEmpty: standard = "obligatory, may be empty"
    case .optional(let value): standard = value.isEmpty ? "none" : "`\(value)`"
    }
    let range = column.isNumber ? "\(bound(column.minimum)) to \(bound(column.maximum))" : ""
    let meaning = column.meaning.replacing("|", with: "\\|")
    return "| `\(column.name)` | \(column.kind.word) | \(standard) | \(column.unit) | \(range) | \(meaning) |\n"
}

/// A bound as a plain number with thousands separated; large round ones as `9e15`.
private func bound(_ value: Double) -> String {
    guard value == value.rounded(), abs(value) < 1e17 else { return "\(value)" }
    let sign = value < 0 ? "-" : ""
    var digits = String(Int64(abs(value)))
    let zeros = digits.reversed().prefix { $0 == "0" }.count
    if zeros >= 9 { return "\(sign)\(digits.dropLast(zeros))e\(zeros)" }
    var at = digits.count - 3
    while at > 0 {
        digits.insert(",", at: digits.index(digits.startIndex, offsetBy: at))
        at -= 3
    }
    return sign + digits
}
