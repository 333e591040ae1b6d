import Retail

/// The scenario file's JSON Schema (draft 2020-12), made from the table: for completion and checks in editors.
public enum ScenarioSchema {
    /// The text of `scenario.schema.json`.
    public static func json() -> String {
        let head: [(String, JSONText)] = [
            ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
            ("$id", .text("scenario.schema.json")),
            ("title", .text("Granary scenario")),
        ]
        return JSONText.object(head + mapping(of: "")).rendered() + "\n"
    }

    /// The members that describe a mapping with the keys below `path`. Keys that must be there in the end may come
    /// from an extended file, so that only the version is required of every file; items of lists stand alone.
    private static func mapping(of path: String) -> [(String, JSONText)] {
        let children = SettingTable.children(of: path)
        let required = children.filter { $0.isRequired && (path.isEmpty ? $0.kind == .version : path.hasSuffix("[]")) }
        var members: [(String, JSONText)] = [
            ("type", .text("object")),
            ("properties", .object(children.map { ($0.key, .object(described($0))) })),
            ("additionalProperties", .flag(false)),
        ]
        if !required.isEmpty { members.append(("required", .array(required.map { .text($0.key) }))) }
        return members
    }

    private static func described(_ setting: Setting) -> [(String, JSONText)] {
        var members: [(String, JSONText)] = [
            ("description", .text(setting.meaning(.english) + " / " + setting.meaning(.chinese)))
        ]
        switch setting.kind {
        case .section: return members + mapping(of: setting.path)
        case .list:
            members.append(("type", .text("array")))
            members.append(("items", .object(mapping(of: setting.path + "[]"))))
        default: members += value(setting.kind)
        }
        if let fallback = setting.fallback, let value = defaultValue(setting.kind, fallback) {
            members.append(("default", value))
        }
        if setting.isMutableInRun { members.append(("x-mutable-in-run", .flag(true))) }
        return members
    }

    private static func defaultValue(_ kind: SettingKind, _ text: String) -> JSONText? {
        switch kind {
        case .integer, .version: Int64(text).map(JSONText.integer)
        case .factor: Double(text).map(JSONText.number)
        // A default amount is in the data set's currency, which the schema does not know.
        case .amount: nil
        default: .text(text)
        }
    }

    /// What a value of a kind must look like. Ranges of values with units are in words only.
    private static func value(_ kind: SettingKind) -> [(String, JSONText)] {
        func pattern(_ expression: String) -> [(String, JSONText)] {
            [("type", .text("string")), ("pattern", .text(expression)), ("x-expected", .text(kind.words(.english)))]
        }
        func codes() -> [(String, JSONText)] {
            [("type", .text("array")), ("items", .object(value(.code)))]
        }
        let number = "[+-]?[0-9]+(\\.[0-9]+)?"
        switch kind {
        case .version: return [("const", .integer(SettingTable.version))]
        case .text(let maximum): return [("type", .text("string")), ("maxLength", .integer(Int64(maximum)))]
        case .path: return [("type", .text("string")), ("minLength", .integer(1))]
        case .day: return pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
        case .moment: return pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?$")
        case .zone: return pattern("^(UTC|[A-Za-z_]+(/[A-Za-z0-9_+-]+)+)$")
        case .integer(let range):
            return [
                ("type", .text("integer")), ("minimum", .integer(range.lowerBound)),
                ("maximum", .integer(range.upperBound)),
            ]
        case .factor(let range):
            return [
                ("type", .text("number")), ("minimum", .number(range.lowerBound)),
                ("maximum", .number(range.upperBound)),
            ]
        case .duration: return pattern("^\(number) ?(s|min|h|d)$")
        case .rate: return pattern("^\(number) ?%$")
        case .amount: return pattern("^\(number) ?[A-Z]{3}$")
        case .frequency: return pattern("^[0-9]+(\\.[0-9]+)? ?/(s|min|h|d)$")
        case .integerOr(let range, let word):
            return [
                (
                    "anyOf",
                    .array([.object(value(.integer(range))), .object([("const", .text(word))])])
                )
            ]
        case .distance: return pattern("^\(number) ?km$")
        case .choice(let words): return [("enum", .array(words.map(JSONText.text)))]
        // An unquoted code of digits only is a number to YAML.
        case .code: return [("type", .array([.text("string"), .text("integer")]))]
        case .choiceOrCodes(let words):
            return [("anyOf", .array([.object([("enum", .array(words.map(JSONText.text)))]), .object(codes())]))]
        case .scope:
            let lists = ["category", "skus"].map { key in
                JSONText.object([
                    ("type", .text("object")),
                    ("properties", .object([(key, .object(codes() + [("minItems", .integer(1))]))])),
                    ("required", .array([.text(key)])), ("additionalProperties", .flag(false)),
                ])
            }
            return [("anyOf", .array([.object([("const", .text("everything"))])] + lists))]
        case .scenario: return [("type", .text("object"))]
        case .perChannel(let kind):
            return [("type", .text("object")), ("additionalProperties", .object(value(kind)))]
        case .list, .section: return []
        }
    }
}
