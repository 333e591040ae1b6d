import Foundation
import Retail
import Testing

@testable import Scenarios

@Suite("One table: schema, manual, catalogue and shipped scenarios agree")
struct ScenarioSchemaTests {
    @Test("The committed JSON Schema is the one the table gives")
    func committedSchema() throws {
        try expectCommitted(shippedFolder + "/scenario.schema.json", ScenarioSchema.json())
    }

    @Test("The committed manual is the one the table gives")
    func committedManual() throws {
        try expectCommitted(manualPath, ScenarioManual.markdown())
    }

    /// With `GRANARY_BLESS` set in the environment the file is written anew instead.
    private func expectCommitted(_ path: String, _ generated: String) throws {
        if ProcessInfo.processInfo.environment["GRANARY_BLESS"] != nil {
            try generated.write(toFile: path, atomically: true, encoding: .utf8)
        }
        let committed = try String(contentsOfFile: path, encoding: .utf8)
        #expect(committed == generated, "run the tests with GRANARY_BLESS=1 and commit the file")
    }

    @Test("The JSON Schema is JSON, and knows every key of the table")
    func schemaIsJSON() throws {
        let root = try #require(
            try JSONSerialization.jsonObject(with: Data(ScenarioSchema.json().utf8)) as? [String: Any])
        for setting in SettingTable.settings {
            var at: [String: Any]? = root
            for part in setting.path.split(separator: ".") {
                let isList = part.hasSuffix("[]")
                let key = isList ? String(part.dropLast(2)) : String(part)
                at = (at?["properties"] as? [String: Any])?[key] as? [String: Any]
                if isList { at = at?["items"] as? [String: Any] }
            }
            #expect(at?["description"] as? String != nil, "\(setting.path)")
        }
        #expect(root["additionalProperties"] as? Bool == false)
    }

    @Test("Every key has its meaning in both languages, and says what holds when it is absent")
    func meanings() {
        for setting in SettingTable.settings {
            #expect(Catalogue.contains("setting.\(setting.path)"), "\(setting.path)")
            let speaks = setting.fallback != nil || setting.isRequired || setting.kind == .section
            let isPointless = setting.path == "extends"
            #expect(speaks || isPointless || !setting.defaultNote(.chinese).isEmpty, "\(setting.path)")
        }
    }

    @Test("Every problem has its texts in both languages")
    func problems() {
        let kind = SettingKind.duration(0...1)
        let all: [ScenarioProblem] = [
            .unreadable(reason: ""), .tooLarge(limit: 1), .notUTF8, .syntax(reason: ""), .tooManyAliases(limit: 1),
            .tooManyValues(limit: 1), .notMapping, .versionNotFirst, .badVersion, .newerVersion(known: 1),
            .extendsMissing(chain: ""), .extendsCycle(chain: ""), .extendsOutside(root: ""), .badOverride,
            .fixedOverride, .noSuchItem(known: []), .noSuchItem(known: ["A"]), .unknownKey(nearest: nil, known: []),
            .unknownKey(nearest: "", known: []),
            .duplicateKey(firstLine: 1), .missingKey(kind), .wrongKind(kind), .missingUnit(kind), .outOfRange(kind),
            .promotionOutsideClock(from: "", to: ""), .promotionEndsFirst(begins: ""), .duplicatePromotion,
            .missingTerm(kind: "", term: ""), .savingOverThreshold(threshold: ""), .quotasOverPool(total: ""),
            .historyAfterStart(last: ""), .unknownCode(entity: "sku", nearest: nil),
            .unknownCode(entity: "sku", nearest: ""), .wrongCurrency(currency: ""), .noHistory(from: "", to: ""),
        ]
        for problem in all {
            for part in ["expected", "cure"] { #expect(Catalogue.contains("scenario.\(problem.key).\(part)")) }
        }
    }

    @Test("An example of each kind is a value of that kind")
    func examples() {
        for setting in SettingTable.settings {
            switch setting.kind {
            case .section, .scenario, .list, .scope, .perChannel, .version, .choiceOrCodes: continue
            default: break
            }
            let example = setting.kind.example
            do throws(ScalarFault) {
                _ = try setting.kind.parse(example)
            } catch {
                // An example shows the notation; it may lie outside a narrow range.
                #expect(error == .range, "\(setting.path): \(example)")
            }
        }
    }

    @Test("Every shipped scenario loads")
    func shippedScenarios() throws {
        let files = try FileManager.default.subpathsOfDirectory(atPath: shippedFolder)
            .filter { $0.hasSuffix(".yaml") && !$0.hasPrefix("verification/") }
        #expect(files.count >= 6 && files.contains("double-11/double-11.yaml"))
        for file in files { _ = try ScenarioLoader.load(shippedFolder + "/" + file) }
    }

    @Test("The variants of the flagship differ from it by one lever each")
    func variants() throws {
        let flagship = try ScenarioLoader.load(shippedFolder + "/flagship.yaml")
        let bare = try ScenarioLoader.load(shippedFolder + "/no-front-warehouses.yaml")
        let silos = try ScenarioLoader.load(shippedFolder + "/channel-silos.yaml")
        #expect(flagship.network.frontWarehouses == .placed)
        #expect(bare.network.frontWarehouses == .none)
        #expect(bare.stock == flagship.stock)
        #expect(silos.stock.sharing == .quota)
        #expect(silos.network == flagship.network)
        #expect(Set([flagship.seed, bare.seed, silos.seed]).count == 1)
    }
}
