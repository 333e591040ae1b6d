import Retail

/// A table as JSON: `{"table": name, "columns": [{"name", "unit"}], "rows": [{column: value}]}`.
/// Whole numbers and reals are exact (a real prints as the shortest text that reads back to the same value);
/// what is not finite is `null`, as JSON has no other word for it.
func jsonText(_ table: ResultTable) -> String {
    var text = "{\"table\":\(jsonString(table.name)),\"columns\":["
    text += table.columns.map { "{\"name\":\(jsonString($0.name)),\"unit\":\(jsonString($0.unit))}" }
        .joined(separator: ",")
    text += "],\"rows\":["
    let names = table.columns.map { jsonString($0.name) }
    for row in 0..<table.rowCount {
        text += row > 0 ? ",\n{" : "\n{"
        for (c, column) in table.columns.enumerated() {
            if c > 0 { text += "," }
            text += names[c] + ":" + jsonValue(column.values, row)
        }
        text += "}"
    }
    return text + "]}\n"
}

private func jsonValue(_ values: ColumnValues, _ row: Int) -> String {
    switch values {
    case .integer(let numbers): row < numbers.count ? String(numbers[row]) : "null"
    case .real(let numbers): row < numbers.count ? jsonNumber(numbers[row]) : "null"
    case .text(let texts): row < texts.count ? jsonString(texts[row]) : "null"
    }
}

func jsonNumber(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    // `1e+16` is JSON, but so is the plain form for the whole numbers people meet.
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    return "\(value)"
}

/// A JSON string. `<`, `>` and `&` are written as escapes, so that the text may stand inside an HTML script element.
func jsonString(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case "\r": result += "\\r"
        case "\t": result += "\\t"
        case "<", ">", "&", "\u{2028}", "\u{2029}", "\u{0}"..."\u{1F}", "\u{7F}":
            let digits = String(scalar.value, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}
