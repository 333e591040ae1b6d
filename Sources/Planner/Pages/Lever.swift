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
        groups.map { group in
            var levers = group.paths.compactMap { path -> Lever? in
                SettingTable.setting(path).map {
                    Lever(path: path, kind: $0.kind, value: scenario.value(at: path) ?? "")
                }
            }
            if group.name == "demand" { levers += promotionLevers(scenario) }
            return (group.name, levers)
        }
    }

    /// How much each price cut and flash sale takes off.
    private static func promotionLevers(_ scenario: Scenario) -> [Lever] {
        scenario.promotions.enumerated().compactMap { position, promotion in
            let path = "promotions[\(position)].depth"
            guard promotion.depth > .zero, let setting = SettingTable.setting(path) else { return nil }
            return Lever(
                path: path, kind: setting.kind, value: scenario.value(at: path) ?? "",
                subject: promotion.name.isEmpty ? promotion.code : promotion.name)
        }
    }
}
