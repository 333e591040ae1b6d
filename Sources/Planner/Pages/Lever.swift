import Foundation
import Retail
import Scenarios

/// A setting of a scenario that the form offers.
struct Lever: Sendable, Equatable {
    /// As in `--set path=value`.
    var path: String
    var kind: SettingKind
    /// As the scenario has it, written as in a scenario file.
    var value: String
    /// Fills `{0}` of the label: the promotion's name.
    var subject = ""

    /// Words to choose from, where the setting takes nothing else.
    var choices: [String]? {
        switch kind {
        case .choice(let words): words
        case .choiceOrCodes(let words): words.contains(value) ? words : nil
        default: nil
        }
    }

    /// The name of the field in the page; letters, digits and `-`.
    var field: String { "lever-" + String(path.map { $0.isLetter || $0.isNumber ? $0 : "-" }) }

    func label(_ language: Language) -> String {
        Catalogue.text("planner.lever.\(generic)", language, subject)
    }

    func help(_ language: Language) -> String { SettingTable.setting(path)?.meaning(language) ?? "" }

    func choiceName(_ word: String, _ language: Language) -> String {
        words("planner.choice", "\(generic).\(word)", language, otherwise: word)
    }

    /// `promotions[0].depth` as `promotions[].depth`.
    private var generic: String {
        path.replacing(/\[[0-9]+\]/, with: "[]")
    }
}

/// The levers in the order of the form.
enum Levers {
    static let groups: [(name: String, paths: [String])] = [
        ("demand", ["demand.volume", "demand.elasticity"]),
        ("network", ["network.front_warehouses", "network.maximum_sites", "network.radius"]),
        ("stock", ["stock.sharing", "stock.service_level", "stock.opening", "payment.time_out"]),
        ("work", ["handling.clerks", "fulfilment.capacity", "fulfilment.overtime", "carriers.capacity"]),
        ("after_sales", ["after_sales.return_multiplier"]),
        ("statistics", ["replications", "seed"]),
    ]

    static func of(_ scenario: Scenario) -> [(name: String, levers: [Lever])] {
        let text = ScenarioText(scenario.text)
        return groups.map { group in
            var levers = group.paths.compactMap { path -> Lever? in
                guard let setting = SettingTable.setting(path) else { return nil }
                return Lever(path: path, kind: setting.kind, value: text[path] ?? setting.fallback ?? "")
            }
            if group.name == "demand" { levers += promotionLevers(scenario) }
            return (group.name, levers)
        }
    }

    /// How much each price cut and flash sale takes off.
    private static func promotionLevers(_ scenario: Scenario) -> [Lever] {
        scenario.promotions.enumerated().compactMap { position, promotion in
            guard promotion.depth > .zero, let setting = SettingTable.setting("promotions[].depth") else { return nil }
            let percent = Double(promotion.depth.partsPerMillion) / 10_000
            let value = percent == percent.rounded() ? String(Int64(percent)) : String(percent)
            return Lever(
                path: "promotions[\(position)].depth", kind: setting.kind, value: value + " %",
                subject: promotion.name.isEmpty ? promotion.code : promotion.name)
        }
    }
}

/// The values in a resolved scenario's text, by path: the top level and the sections one level down, which is all
/// that levers outside lists need. The text is written by `Scenario`, two blanks a level.
struct ScenarioText {
    private var values: [String: String] = [:]

    init(_ text: String) {
        var section = ""
        for line in text.split(separator: "\n") {
            let indent = line.prefix { $0 == " " }.count
            guard indent == 0 || indent == 2, let colon = line.firstIndex(of: ":"),
                !line.dropFirst(indent).hasPrefix("-")
            else { continue }
            let key = String(line[line.index(line.startIndex, offsetBy: indent)..<colon])
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            if indent == 0 { section = value.isEmpty ? key : "" }
            guard !value.isEmpty, indent == 0 || !section.isEmpty else { continue }
            values[indent == 0 ? key : "\(section).\(key)"] = Self.plain(value)
        }
    }

    subscript(path: String) -> String? { values[path] }

    private static func plain(_ value: Substring) -> String {
        guard value.count > 1, value.hasPrefix("\""), value.hasSuffix("\"") else { return String(value) }
        return String(value.dropFirst().dropLast())
    }
}
