public import Retail

/// The scenario that holds until another takes over in the middle of a run.
public indirect enum ScenarioBranch: Sendable {
    case at(CivilTime, base: Scenario)

    public var moment: CivilTime {
        switch self {
        case .at(let moment, _): moment
        }
    }
    public var base: Scenario {
        switch self {
        case .at(_, let base): base
        }
    }
}

/// Holds a plan that takes over in mid-run against the one before it: only keys marked in the table may differ.
struct BranchRules {
    /// The values of both, by path.
    let values: [String: SettingValue]
    let before: [String: SettingValue]
    let scenario: Scenario

    /// Keys that say what a file is rather than what happens.
    private static let heads: Set<String> = ["name", "description", "seed", "replications", "branch_at"]

    func issues() -> [ScenarioIssue] {
        guard let branch = scenario.branch else { return [] }
        let place = scenario.place("branch_at")
        var issues: [ScenarioIssue] = []
        let (first, end) = (CivilTime(scenario.clock.start), CivilTime(scenario.clock.end))
        if branch.moment <= first || branch.moment >= end {
            issues.append(
                .init(
                    place, "branch_at", "\(branch.moment)", .promotionOutsideClock(from: "\(first)", to: "\(end)")))
        }
        if branch.base.branch != nil { issues.append(.init(place, "branch_at", "\(branch.moment)", .branchOfBranch)) }
        for path in Set(values.keys).union(before.keys).sorted() where !Self.heads.contains(path) {
            guard values[path] != before[path], !mayChange(path) else { continue }
            issues.append(.init(scenario.places[path] ?? place, path, "", .fixedInRun))
        }
        return issues
    }

    /// Exclusive quotas are cut when a run begins; other shares are figures that may change at any moment.
    private func mayChange(_ path: String) -> Bool {
        if path == "stock.shares" && scenario.stock.sharing == .quota { return false }
        return SettingTable.setting(path)?.isMutableInRun ?? false
    }
}
