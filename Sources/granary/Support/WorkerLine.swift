import Forecasting
import Foundation
import Retail

/// One series as it comes to `granary worker`, and the line that answers it.
struct WorkerLine {
    var id: String
    /// NaN where missing.
    var values: [Double]
    var options: UnivariateOptions
    /// By name, from the first value on; NaN where missing.
    var regressors: [(name: String, values: [Double])] = []

    struct Fault: Error, CustomStringConvertible {
        var description: String
    }

    /// - Throws: `Fault`, or `ForecastError`, for a line that makes no sense.
    init(_ text: String, _ options: UnivariateOptions) throws {
        self.options = options
        guard text.drop(while: \.isWhitespace).first == "{" else {
            let fields = text.split(separator: ",", omittingEmptySubsequences: false)
            id = String(fields[0])
            guard fields.count > 1 else {
                throw Fault(description: "the line has no values; give id,value,value,... or a JSON object")
            }
            values = try fields.dropFirst().enumerated().map { place, field in
                let field = field.trimmingCharacters(in: .whitespaces)
                if field.isEmpty { return .nan }
                guard let value = Double(field), value.isFinite || value.isNaN else {
                    throw Fault(description: "value \(place + 1), '\(field.prefix(40))', is not a number")
                }
                return value
            }
            return
        }
        let object: Any
        do { object = try JSONSerialization.jsonObject(with: Data(text.utf8)) } catch {
            throw Fault(description: "the line is not valid JSON; one object a line is expected")
        }
        guard let object = object as? [String: Any] else { throw Fault(description: "the line is not a JSON object") }
        let known: Set = ["unique_id", "y", "horizon", "season", "model", "quantiles", "x"]
        if let stranger = object.keys.sorted().first(where: { !known.contains($0) }) {
            throw Fault(description: "'\(stranger)' is no key; there are \(known.sorted().joined(separator: ", "))")
        }
        switch object["unique_id"] {
        case let text as String: id = text
        case let number as NSNumber: id = number.stringValue
        default: throw Fault(description: "'unique_id' is missing or neither a text nor a number")
        }
        guard let list = object["y"] as? [Any] else { throw Fault(description: "'y' is missing or not a list") }
        values = try Self.numbers(list, "y")
        if let item = object["x"] {
            guard let columns = item as? [String: Any] else {
                throw Fault(description: "'x' is no object of lists, one for each regressor")
            }
            regressors = try columns.sorted { $0.key < $1.key }.map { name, item in
                guard let list = item as? [Any] else { throw Fault(description: "x['\(name)'] is not a list") }
                return (name, try Self.numbers(list, "x['\(name)']"))
            }
        }
        if let item = object["horizon"] {
            guard let value = Self.number(item), value == value.rounded(), abs(value) < 1e9 else {
                throw Fault(description: "'horizon' is not a whole number")
            }
            self.options.horizon = Int(value)
        }
        if let item = object["season"] {
            let lengths = try (item as? [Any] ?? [item]).map { item -> Int in
                guard let value = Self.number(item), value == value.rounded(), (1...100_000).contains(value) else {
                    throw Fault(description: "'season' is neither a whole number from 1 to 100000 nor a list of such")
                }
                return Int(value)
            }
            self.options.seasons = Array(Set(lengths.filter { $0 > 1 })).sorted()
        }
        if let item = object["model"] { self.options.model = try Self.univariate(item as? String ?? "") }
        if let item = object["quantiles"] {
            self.options.levels = try Self.levels((item as? [Any] ?? []).map { Self.number($0) ?? .nan })
        }
        try self.options.check()
        try Self.checkHorizon(self.options.horizon)
    }

    /// The forecast of the line's series, with its regressors if it has some.
    func forecast(by forecaster: UnivariateForecaster) async throws -> UnivariateForecast {
        guard !regressors.isEmpty else { return forecaster.forecast(values, named: id) }
        var panel = DemandPanel(axis: TimeAxis(step: .bare, origin: Day(number: 1), count: values.count))
        panel.append(name: id, key: SeriesKey(), start: 0, values)
        let steps = regressors.map(\.values.count).max() ?? 0
        let rows = (0..<steps).flatMap { step in
            regressors.map { step < $0.values.count ? Float($0.values[step]) : .nan }
        }
        let effects = try await RegressorEffects(
            panel, RegressorPanel(names: regressors.map(\.name), values: [rows]), horizon: options.horizon,
            season: options.seasons.first ?? 1, threads: 1)
        return effects.applied(
            to: forecaster.forecast(effects.baseline.cells(0), named: id), series: 0, levels: options.levels)
    }

    /// Numbers of a list, NaN for null.
    private static func numbers(_ list: [Any], _ name: String) throws -> [Double] {
        try list.enumerated().map { place, item in
            if item is NSNull { return .nan }
            guard let value = number(item) else {
                throw Fault(description: "\(name)[\(place)] is neither a number nor null")
            }
            return value
        }
    }

    static func univariate(_ name: String) throws -> UnivariateModel {
        guard let model = UnivariateModel(rawValue: name) else {
            let names = UnivariateModel.allCases.map(\.rawValue).joined(separator: ", ")
            throw Fault(description: "there is no model '\(name.prefix(40))' for single series; there are \(names)")
        }
        return model
    }

    static func levels(_ levels: [Double]) throws -> [Double] {
        guard !levels.isEmpty, levels.allSatisfy({ $0 > 0 && $0 < 1 }) else {
            throw Fault(description: "quantiles are numbers between 0 and 1, at least one")
        }
        return Array(Set(levels)).sorted()
    }

    static func checkHorizon(_ horizon: Int) throws {
        guard (1...10_000).contains(horizon) else {
            throw Fault(description: "the horizon is \(horizon); give a number from 1 to 10000")
        }
    }

    /// JSON's true and false are numbers to Foundation, but not to us.
    private static func number(_ item: Any) -> Double? {
        guard let number = item as? NSNumber, String(cString: number.objCType) != "c" else { return nil }
        let value = number.doubleValue
        return value.isFinite ? value : nil
    }

    /// The name of a series in a line that may be broken, as far as it can be told.
    static func id(of text: String) -> String {
        let data = Data(text.utf8)
        if let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any] {
            return object["unique_id"] as? String ?? ""
        }
        guard text.drop(while: \.isWhitespace).first != "{" else { return "" }
        return String(text.prefix(while: { $0 != "," }).prefix(200))
    }

    func answer(_ made: UnivariateForecast) -> String {
        var text =
            "{\"unique_id\":\(Self.quoted(id)),\"model\":\(Self.quoted(made.model)),\"mean\":\(Self.list(made.mean))"
        let width = options.levels.count
        for (k, level) in options.levels.enumerated() {
            let row = (0..<options.horizon).map { made.quantiles[$0 * width + k] }
            text += ",\"q\(level)\":\(Self.list(row))"
        }
        if !made.note.isEmpty { text += ",\"note\":\(Self.quoted(made.note))" }
        return text + "}"
    }

    static func fault(_ error: String, id: String, number: Int) -> String {
        "{\"unique_id\":\(quoted(id)),\"line\":\(number),\"error\":\(quoted(error))}"
    }

    private static func list(_ values: [Double]) -> String {
        "[" + values.map { $0.isFinite ? "\($0)" : "null" }.joined(separator: ",") + "]"
    }

    private static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case _ where scalar.value < 32: out += String(format: "\\u%04x", Int(scalar.value))
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
