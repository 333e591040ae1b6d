import Foundation
import Replenishment
import Reporting
import Retail

/// The figures of an answer in reading order, and a table of rows where there is one.
///
/// As JSON it is one object, the table under its name; as a table or CSV the rows where there are any, with the
/// figures as a table before them.
struct Answer {
    enum Value {
        case number(Double)
        case whole(Int)
        case numbers([Double])
        case text(String)
        case truth(Bool)
    }

    private var figures: [(name: String, value: Value)] = []
    private var rows: ResultTable?

    mutating func add(_ name: String, _ value: Double) { figures.append((name, .number(value))) }
    mutating func add(_ name: String, _ value: Int) { figures.append((name, .whole(value))) }
    mutating func add(_ name: String, _ value: [Double]) { figures.append((name, .numbers(value))) }
    mutating func add(_ name: String, _ value: String) { figures.append((name, .text(value))) }
    mutating func add(_ name: String, _ value: Bool) { figures.append((name, .truth(value))) }
    mutating func add(_ table: ResultTable) { rows = table }

    /// - Throws: where a figure has left the range of numbers, rather than print it.
    func print(_ output: OutputOptions) throws {
        for (name, value) in figures {
            var numbers: [Double] = []
            if case .number(let number) = value { numbers = [number] }
            if case .numbers(let list) = value { numbers = list }
            guard numbers.allSatisfy(\.isFinite) else {
                throw ReplenishmentError.text(
                    name: name, value: numbers.map { "\($0)" }.joined(separator: " "),
                    expected:
                        "a finite number, which these parameters do not give; take costs, units and times between "
                        + "1e-12 and 1e12")
            }
        }
        switch output.format {
        case .json: Swift.print(json)
        case .table, .csv:
            output.print(
                ResultTable(
                    "answer",
                    figures.map { name, value in
                        switch value {
                        case .number(let number): Column(name, .real([number]))
                        case .whole(let number): Column(name, .integer([Int64(number)]))
                        case .numbers(let numbers): Column(name, .text([Self.list(numbers, " ")]))
                        case .text(let text): Column(name, .text([text]))
                        case .truth(let isTrue): Column(name, .text([isTrue ? "yes" : "no"]))
                        }
                    }))
            if let rows {
                Swift.print()
                output.print(rows)
            }
        }
    }

    private var json: String {
        var parts = figures.map { name, value in
            let text =
                switch value {
                case .number(let number): Self.number(number)
                case .whole(let number): String(number)
                case .numbers(let numbers): "[" + Self.list(numbers, ",") + "]"
                case .text(let text): Self.quoted(text)
                case .truth(let isTrue): String(isTrue)
                }
            return Self.quoted(name) + ":" + text
        }
        if let rows {
            let lines = (0..<rows.rowCount).map { row in
                "{"
                    + rows.columns.map { column in
                        let text =
                            switch column.values {
                            case .integer(let numbers): String(numbers[row])
                            case .real(let numbers): Self.number(numbers[row])
                            case .text(let texts): Self.quoted(texts[row])
                            }
                        return Self.quoted(column.name) + ":" + text
                    }.joined(separator: ",") + "}"
            }
            parts.append(Self.quoted(rows.name) + ":[\n" + lines.joined(separator: ",\n") + "]")
        }
        return "{" + parts.joined(separator: ",") + "}"
    }

    private static func list(_ numbers: [Double], _ separator: String) -> String {
        numbers.map(number).joined(separator: separator)
    }

    /// The shortest text that reads back to the same number; `null` where there is none.
    private static func number(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
    }

    private static func quoted(_ text: String) -> String {
        let data = (try? JSONEncoder().encode(text)) ?? Data("\"\"".utf8)
        return String(decoding: data, as: UTF8.self)
    }
}
