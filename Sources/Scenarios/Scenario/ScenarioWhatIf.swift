public import Retail

extension Scenario {
    /// Where the effects of prices and promotions come from.
    public enum EffectSource: String, Sendable, CaseIterable, Codable {
        /// From what the scenario and the data state: elasticities and uplifts.
        case stated
        /// From what past prices and promotions of the data did, article by article.
        case measured
    }
}

/// A price other than the data's, as a scenario states it.
public struct ScenarioPrice: Sendable, Equatable {
    public var scope: ScopeText
    /// nil: every channel.
    public var channel: String?
    /// First and last day.
    public var from: Day
    public var through: Day
    /// Factor on the price that would hold; nil where `price` is given.
    public var factor: Double?
    public var price: Money?
}

/// A person's change to the forecast, as a scenario states it.
public struct ScenarioAdjustment: Sendable, Equatable {
    public var scope: ScopeText
    public var channel: String?
    public var region: String?
    public var from: Day
    public var through: Day
    public var kind: Adjustment.Kind
    public var value: Double
    public var author: String
    public var reason: String
    public var expires: Day?
}

extension ScenarioPrice {
    /// Days not stated are all of the clock.
    init(_ read: SettingsReader, _ path: String, clock: Scenario.Clock) {
        scope = read.scope("\(path).scope") ?? .everything
        channel = read.text("\(path).channel")
        from = read.day("\(path).from") ?? clock.start
        through = read.day("\(path).through") ?? clock.end - 1
        factor = read.rate("\(path).change").map { 1 + $0.fraction }
        price = read.money("\(path).price")
    }
}

extension ScenarioAdjustment {
    init?(_ read: SettingsReader, _ path: String, clock: Scenario.Clock) {
        guard let kind = read.text("\(path).kind").flatMap(Adjustment.Kind.init(rawValue:)),
            let value = read.number("\(path).value")
        else { return nil }
        scope = read.scope("\(path).scope") ?? .everything
        channel = read.text("\(path).channel")
        region = read.text("\(path).region")
        from = read.day("\(path).from") ?? clock.start
        through = read.day("\(path).through") ?? clock.end - 1
        self.kind = kind
        self.value = value
        author = read.text("\(path).author") ?? ""
        reason = read.text("\(path).reason") ?? ""
        expires = read.day("\(path).expires")
    }
}

extension ScenarioRules {
    /// What-if prices and adjustments: days in order, one of change and price, nothing that makes demand negative.
    func whatIfIssues() -> [ScenarioIssue] {
        var issues: [ScenarioIssue] = []
        func report(_ path: String, _ key: String, _ value: String, _ problem: ScenarioProblem) {
            let at = scenario.places["\(path).\(key)"] ?? scenario.place(path)
            issues.append(.init(at, "\(path).\(key)", value, problem))
        }
        for (i, price) in scenario.prices.enumerated() {
            let path = "prices[\(i)]"
            if price.through < price.from {
                report(path, "through", "\(price.through)", .promotionEndsFirst(begins: "\(price.from)"))
            }
            if (price.factor == nil) == (price.price == nil) {
                report(
                    path, "change", "",
                    .missingTerm(kind: "price", term: price.price == nil ? "change" : "change or price, not both"))
            }
        }
        for (i, adjustment) in scenario.adjustments.enumerated() {
            let path = "adjustments[\(i)]"
            if adjustment.through < adjustment.from {
                report(path, "through", "\(adjustment.through)", .promotionEndsFirst(begins: "\(adjustment.from)"))
            }
            if adjustment.kind != .add, adjustment.value < 0 {
                report(path, "value", "\(adjustment.value)", .outOfRange(.factor(0...1_000_000_000_000)))
            }
        }
        return issues
    }
}
