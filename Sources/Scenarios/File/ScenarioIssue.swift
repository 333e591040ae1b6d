public import Retail

/// One thing wrong with a scenario: where, which setting, what was found, and what is wrong with it.
public struct ScenarioIssue: Sendable, Equatable, CustomStringConvertible {
    public var place: SourcePlace
    /// Key path such as `promotions[1].depth`; empty when the file as a whole is meant.
    public var path: String
    /// The value found, shortened; empty when there is none.
    public var value: String
    public var problem: ScenarioProblem

    init(_ place: SourcePlace, _ path: String, _ value: String, _ problem: ScenarioProblem) {
        self.place = place
        self.path = path
        self.value = value.count > 80 ? value.prefix(77) + "..." : value
        self.problem = problem
    }

    /// What should have stood there.
    public func expected(_ language: Language) -> String {
        Catalogue.text("scenario.\(problem.key).expected", language, arguments: problem.arguments(language))
    }

    /// What to do about it.
    public func cure(_ language: Language) -> String {
        Catalogue.text("scenario.\(problem.key).cure", language, arguments: problem.arguments(language))
    }

    /// `file:line:column: path: "value": expected ...; cure`.
    public func message(_ language: Language) -> String {
        var parts = ["\(place)"]
        if !path.isEmpty { parts.append(path) }
        if !value.isEmpty { parts.append("\"\(value)\"") }
        parts.append(
            Catalogue.text("scenario.issue", language, expected(language), cure(language)))
        return parts.joined(separator: ": ")
    }

    public var description: String { message(.english) }
}

/// What can be wrong with a scenario.
public enum ScenarioProblem: Sendable, Equatable {
    // The file
    case unreadable(reason: String)
    case tooLarge(limit: Int)
    case notUTF8
    case syntax(reason: String)
    case tooManyAliases(limit: Int)
    case tooManyValues(limit: Int)
    case notMapping
    case versionNotFirst
    case badVersion
    case newerVersion(known: Int)
    case extendsMissing(chain: String)
    case extendsCycle(chain: String)
    case extendsOutside(root: String)
    case badOverride
    case fixedOverride
    /// A code or position that no item of a list has.
    case noSuchItem(known: [String])
    // Keys and values
    case unknownKey(nearest: String?, known: [String])
    case duplicateKey(firstLine: Int)
    case missingKey(SettingKind)
    case wrongKind(SettingKind)
    case missingUnit(SettingKind)
    case outOfRange(SettingKind)
    // Sense
    case promotionOutsideClock(from: String, to: String)
    case promotionEndsFirst(begins: String)
    case duplicatePromotion
    case missingTerm(kind: String, term: String)
    /// Two keys of which only one may be given.
    case oneOfTwo(other: String)
    /// A term that a promotion of this kind does not have.
    case notForKind(kind: String)
    /// Stacking rules that contradict each other.
    case contradictoryStacking
    /// A saving over the goods of all shops that is to be reached in one shop.
    case contradictoryPooling
    case depositWithoutPresale
    /// A balance that falls due while deposits are still taken.
    case balanceTooEarly(ends: String)
    case savingOverThreshold(threshold: String)
    /// Shares of the reasons for returns that do not add up to one.
    case sharesNotWhole
    /// Parts of one whole that are together more than it.
    case sharesOverWhole(total: String)
    /// A time that counts in whole days.
    case notWholeDays
    case quotasOverPool(total: String)
    case historyAfterStart(last: String)
    // Branches
    /// `branch_at` and nothing that held before it.
    case branchOfNothing
    /// A branch of a branch.
    case branchOfBranch
    /// A key that cannot change in the middle of a run.
    case fixedInRun
    // Bare models
    /// A key of a promotion day in the file of a bare model.
    case notInModel(model: String)
    /// A bare model where a promotion day is needed.
    case isModel(model: String)
    /// What the model itself says is wrong with it.
    case model(fault: String)
    /// A law by quantiles that is none.
    case law(fault: String)
    // Against the data set
    case unknownCode(entity: String, nearest: String?)
    case wrongCurrency(currency: String)
    case noHistory(from: String, to: String)
    /// A carrier without any rate card, and a region that no ordinary card reaches.
    case carrierWithoutRate
    case regionWithoutRate(zone: String)
    /// A lane of a tier that no card offers.
    case laneWithoutRate(tier: String)

    var key: String {
        switch self {
        case .unreadable: "unreadable"
        case .tooLarge: "too_large"
        case .notUTF8: "not_utf8"
        case .syntax: "syntax"
        case .tooManyAliases: "too_many_aliases"
        case .tooManyValues: "too_many_values"
        case .notMapping: "not_mapping"
        case .versionNotFirst: "version_not_first"
        case .badVersion: "bad_version"
        case .newerVersion: "newer_version"
        case .extendsMissing: "extends_missing"
        case .extendsCycle: "extends_cycle"
        case .extendsOutside: "extends_outside"
        case .badOverride: "bad_override"
        case .fixedOverride: "fixed_override"
        case .noSuchItem(let known): known.isEmpty ? "no_items" : "no_such_item"
        case .unknownKey(let nearest, _): nearest == nil ? "unknown_key" : "unknown_key_near"
        case .duplicateKey: "duplicate_key"
        case .missingKey: "missing_key"
        case .wrongKind: "wrong_kind"
        case .missingUnit: "missing_unit"
        case .outOfRange: "out_of_range"
        case .promotionOutsideClock: "promotion_outside_clock"
        case .promotionEndsFirst: "promotion_ends_first"
        case .duplicatePromotion: "duplicate_promotion"
        case .missingTerm: "missing_term"
        case .sharesNotWhole: "shares_not_whole"
        case .sharesOverWhole: "shares_over_whole"
        case .notWholeDays: "not_whole_days"
        case .savingOverThreshold: "saving_over_threshold"
        case .notForKind: "not_for_kind"
        case .oneOfTwo: "one_of_two"
        case .contradictoryStacking: "contradictory_stacking"
        case .contradictoryPooling: "contradictory_pooling"
        case .depositWithoutPresale: "deposit_without_presale"
        case .balanceTooEarly: "balance_too_early"
        case .quotasOverPool: "quotas_over_pool"
        case .historyAfterStart: "history_after_start"
        case .branchOfNothing: "branch_of_nothing"
        case .branchOfBranch: "branch_of_branch"
        case .fixedInRun: "fixed_in_run"
        case .unknownCode(_, let nearest): nearest == nil ? "unknown_code" : "unknown_code_near"
        case .wrongCurrency: "wrong_currency"
        case .noHistory: "no_history"
        case .carrierWithoutRate: "carrier_without_rate"
        case .regionWithoutRate: "region_without_rate"
        case .laneWithoutRate: "lane_without_rate"
        case .notInModel: "not_in_model"
        case .isModel: "is_model"
        case .model: "model"
        case .law: "law"
        }
    }

    /// What fills `{0}`, `{1}` ... of the two texts of this problem.
    func arguments(_ language: Language) -> [String] {
        switch self {
        case .notUTF8, .notMapping, .versionNotFirst, .badVersion, .badOverride, .fixedOverride,
            .duplicatePromotion, .contradictoryStacking, .contradictoryPooling, .depositWithoutPresale,
            .branchOfNothing, .branchOfBranch, .fixedInRun, .sharesNotWhole, .carrierWithoutRate,
            .notWholeDays:
            []
        case .noSuchItem(let known): [known.joined(separator: ", ")]
        case .regionWithoutRate(let zone): [zone]
        case .laneWithoutRate(let tier): [tier]
        case .unreadable(let reason): [Phrase(stringLiteral: reason).text(language)]
        case .syntax(let reason): [reason]
        case .tooLarge(let limit), .tooManyAliases(let limit), .tooManyValues(let limit): ["\(limit)"]
        case .newerVersion(let known): ["\(known)"]
        case .extendsMissing(let chain), .extendsCycle(let chain): [chain]
        case .extendsOutside(let root): [root]
        case .unknownKey(let nearest, let known): [nearest ?? "", known.joined(separator: ", ")]
        case .duplicateKey(let firstLine): ["\(firstLine)"]
        case .missingKey(let kind), .wrongKind(let kind), .missingUnit(let kind), .outOfRange(let kind):
            [kind.words(language), kind.example]
        case .promotionOutsideClock(let from, let to): [from, to]
        case .promotionEndsFirst(let begins): [begins]
        case .balanceTooEarly(let ends): [ends]
        case .missingTerm(let kind, let term): [kind, term]
        case .savingOverThreshold(let threshold): [threshold]
        case .notForKind(let kind): [kind]
        case .oneOfTwo(let other): [other]
        case .quotasOverPool(let total), .sharesOverWhole(let total): [total]
        case .historyAfterStart(let last): [last]
        case .unknownCode(let entity, let nearest):
            [Catalogue.text("term.\(entity)", language), nearest ?? ""]
        case .wrongCurrency(let currency): [currency]
        case .noHistory(let from, let to): [from, to]
        case .notInModel(let model), .isModel(let model): [model]
        case .model(let fault), .law(let fault): [fault]
        }
    }
}

/// Everything found wrong with a scenario, up to 50 issues.
public struct ScenarioError: Error, Sendable, Equatable, CustomStringConvertible {
    public static let limit = 50

    /// In reading order: file by file, by line and column.
    public var issues: [ScenarioIssue]
    /// How many more there were beyond the limit.
    public var further: Int

    public init(_ issues: [ScenarioIssue]) {
        self.issues = Array(issues.prefix(Self.limit))
        further = max(0, issues.count - Self.limit)
    }

    public func message(_ language: Language) -> String {
        var lines = issues.map { $0.message(language) }
        if further > 0 { lines.append(Catalogue.text("scenario.further", language, "\(further)")) }
        return lines.joined(separator: "\n")
    }

    public var description: String { message(.english) }
}
