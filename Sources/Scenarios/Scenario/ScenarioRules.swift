import Retail
import Simulation

/// What settings must satisfy together, beyond each being well formed.
struct ScenarioRules {
    let scenario: Scenario

    func issues() -> [ScenarioIssue] {
        promotionIssues() + faultIssues() + demandIssues() + flowIssues() + stockIssues() + historyIssues()
            + lawIssues() + whatIfIssues()
    }

    private func lawIssues() -> [ScenarioIssue] {
        scenario.measured.faults.map { .init(scenario.place($0.path), $0.path, "", .law(fault: $0.message)) }
    }

    private func promotionIssues() -> [ScenarioIssue] {
        var issues: [ScenarioIssue] = []
        var codes: Set<String> = []
        let clock = scenario.clock
        let (first, end) = (CivilTime(clock.start), CivilTime(clock.end))
        for (i, promotion) in scenario.promotions.enumerated() {
            let path = "promotions[\(i)]"
            func report(_ key: String, _ value: String, _ problem: ScenarioProblem) {
                let at = scenario.places["\(path).\(key)"] ?? scenario.place(path)
                issues.append(.init(at, "\(path).\(key)", value, problem))
            }
            if !codes.insert(promotion.code).inserted { report("code", promotion.code, .duplicatePromotion) }
            let outside = ScenarioProblem.promotionOutsideClock(from: "\(first)", to: "\(end)")
            if promotion.begins < first || promotion.begins >= end {
                report("begins", "\(promotion.begins)", outside)
            }
            if promotion.ends > end || promotion.ends <= first { report("ends", "\(promotion.ends)", outside) }
            if promotion.ends <= promotion.begins {
                report("ends", "\(promotion.ends)", .promotionEndsFirst(begins: "\(promotion.begins)"))
            }
            let isSaving = promotion.kind == .spendAndSave || promotion.kind == .coupon
            for key in ["stacking", "times", "held_by", "over"]
            where !isSaving && scenario.places["\(path).\(key)"] != nil {
                report(key, "", .notForKind(kind: promotion.kind.rawValue))
            }
            if promotion.kind != .flashSale && scenario.places["\(path).ebb"] != nil {
                report("ebb", "", .notForKind(kind: promotion.kind.rawValue))
            }
            let atOnce = promotion.paidAtOnce.partsPerMillion + promotion.paidWithinHour.partsPerMillion
            if atOnce > Rate.one.partsPerMillion {
                report("paid_at_once", "", .sharesOverWhole(total: decimalText(atOnce, scale: 4) + " %"))
            }
            let isPresale = promotion.kind == .presale
            for key in [
                "deposit", "balance_begins", "balance_ends", "balance_paid", "sells", "paid_at_once",
                "paid_within_hour",
            ]
            where !isPresale && scenario.places["\(path).\(key)"] != nil {
                report(key, "", .notForKind(kind: promotion.kind.rawValue))
            }
            if promotion.perCustomer != nil && !isSaving && promotion.kind != .gift {
                report("per_customer", "", .notForKind(kind: promotion.kind.rawValue))
            }
            if promotion.isPerShop && promotion.stacking == .platform {
                report("over", "shop", .contradictoryPooling)
            }
            if promotion.deduct == .deposit && !isPresale { report("deduct", "deposit", .depositWithoutPresale) }
            if promotion.kind == .coupon && (promotion.stacking == .shop || promotion.stacking == .platform) {
                report("stacking", promotion.stacking.rawValue, .contradictoryStacking)
            }
            switch promotion.kind {
            case .gift:
                for key in ["threshold", "gift"] where scenario.places["\(path).\(key)"] == nil {
                    report(key, "", .missingTerm(kind: promotion.kind.rawValue, term: key))
                }
            case .spendAndSave, .coupon:
                for key in ["threshold", "saving"] where scenario.places["\(path).\(key)"] == nil {
                    report(key, "", .missingTerm(kind: promotion.kind.rawValue, term: key))
                }
                if scenario.places["\(path).threshold"] != nil, promotion.saving.units > promotion.threshold.units {
                    report(
                        "saving", moneyText(promotion.saving),
                        .savingOverThreshold(threshold: moneyText(promotion.threshold)))
                }
            case .presale:
                for key in ["balance_begins", "balance_ends"] where scenario.places["\(path).\(key)"] == nil {
                    report(key, "", .missingTerm(kind: promotion.kind.rawValue, term: key))
                }
                if let begins = promotion.balanceBegins, begins < promotion.ends {
                    report("balance_begins", "\(begins)", .balanceTooEarly(ends: "\(promotion.ends)"))
                }
                if let begins = promotion.balanceBegins, let ends = promotion.balanceEnds, ends <= begins {
                    report("balance_ends", "\(ends)", .promotionEndsFirst(begins: "\(begins)"))
                }
            default:
                if scenario.places["\(path).depth"] == nil {
                    report("depth", "", .missingTerm(kind: promotion.kind.rawValue, term: "depth"))
                }
            }
        }
        return issues
    }

    private func faultIssues() -> [ScenarioIssue] {
        var issues: [ScenarioIssue] = []
        let first = CivilTime(scenario.clock.start)
        for (i, fault) in scenario.faults.enumerated() {
            let path = "faults[\(i)]"
            func report(_ key: String, _ value: String, _ problem: ScenarioProblem) {
                let at = scenario.places["\(path).\(key)"] ?? scenario.place(path)
                issues.append(.init(at, "\(path).\(key)", value, problem))
            }
            if fault.begins < first {
                report(
                    "begins", "\(fault.begins)",
                    .promotionOutsideClock(from: "\(first)", to: "\(CivilTime(scenario.clock.end))"))
            }
            if fault.ends <= fault.begins {
                report("ends", "\(fault.ends)", .promotionEndsFirst(begins: "\(fault.begins)"))
            }
            if fault.kind == .nodeOutage && fault.node == nil {
                report("node", "", .missingTerm(kind: fault.kind.rawValue, term: "node"))
            }
        }
        return issues
    }

    /// Spikes and live shows lie in the simulated days.
    private func demandIssues() -> [ScenarioIssue] {
        let (first, end) = (CivilTime(scenario.clock.start), CivilTime(scenario.clock.end))
        let outside = ScenarioProblem.promotionOutsideClock(from: "\(first)", to: "\(end)")
        var issues: [ScenarioIssue] = []
        func report(_ path: String, _ value: String, _ problem: ScenarioProblem) {
            issues.append(.init(scenario.place(path), path, value, problem))
        }
        for (i, spike) in scenario.demand.spikes.enumerated() where spike.at < first || spike.at >= end {
            report("demand.spikes[\(i)].at", "\(spike.at)", outside)
        }
        for (i, show) in scenario.demand.live.enumerated() {
            if show.begins < first || show.begins >= end {
                report("demand.live[\(i)].begins", "\(show.begins)", outside)
            }
            if show.ends <= show.begins {
                report("demand.live[\(i)].ends", "\(show.ends)", .promotionEndsFirst(begins: "\(show.begins)"))
            }
        }
        return issues
    }

    /// Kinds of node that do not exist, and reasons for returns that are not all of them.
    private func flowIssues() -> [ScenarioIssue] {
        var issues: [ScenarioIssue] = []
        let kinds = NodeKind.allCases.map(\.rawValue)
        for key in ScenarioFlow.kindKeys {
            for number in 0... {
                let path = "\(key)[\(number)]"
                guard let place = scenario.places[path] else { break }
                let code = scenario.value(at: path) ?? ""
                if !kinds.contains(code) {
                    issues.append(
                        .init(
                            place, path, code,
                            .unknownCode(entity: "node_kind", nearest: nearestName(to: code, in: kinds))))
                }
            }
        }
        for key in ScenarioFlow.promiseKeys + ["replenishment.review"] {
            guard let text = scenario.value(at: key), let kind = SettingTable.setting(key)?.kind,
                let given = try? kind.parse(text),
                case .duration(let time) = given, time.microseconds % Instant.day.microseconds != 0
            else { continue }
            issues.append(.init(scenario.place(key), key, text, .notWholeDays))
        }
        let reasons = scenario.flow.afterSales.reasons
        for (path, shares) in [("after_sales.reasons", reasons.map(\.share)), ("demand.tiers", scenario.demand.tiers)] {
            let total = shares.reduce(Int64(0)) { $0 + $1.partsPerMillion }
            guard !shares.isEmpty, total != Rate.one.partsPerMillion else { continue }
            issues.append(.init(scenario.place(path), path, decimalText(total, scale: 4) + " %", .sharesNotWhole))
        }
        return issues
    }

    private func stockIssues() -> [ScenarioIssue] {
        let goals = ["stock.assortment_service", "stock.assortment_money"]
        if goals.allSatisfy({ scenario.places[$0] != nil }) {
            return [.init(scenario.place(goals[1]), goals[1], "", .oneOfTwo(other: goals[0]))]
        }
        let total = scenario.stock.shares.reduce(Int64(0)) { $0 + $1.value.partsPerMillion }
        guard scenario.stock.sharing == .quota, total > Rate.one.partsPerMillion else { return [] }
        return [
            .init(
                scenario.place("stock.shares"), "stock.shares", "",
                .quotasOverPool(total: decimalText(total, scale: 4) + " %"))
        ]
    }

    private func historyIssues() -> [ScenarioIssue] {
        let last = scenario.clock.start - 1
        guard scenario.demand.historyThrough > last else { return [] }
        return [
            .init(
                scenario.place("demand.history_through"), "demand.history_through",
                "\(scenario.demand.historyThrough)", .historyAfterStart(last: "\(last)"))
        ]
    }
}

/// `12.5 GBP`.
func moneyText(_ money: Money) -> String {
    decimalText(money.units, scale: 4) + (money.currency.map { " " + $0 } ?? "")
}

/// A whole number of ten-to-the-minus-`scale` as a decimal without trailing zeros.
func decimalText(_ units: Int64, scale: Int) -> String {
    var digits = String(units.magnitude)
    if digits.count <= scale { digits = String(repeating: "0", count: scale + 1 - digits.count) + digits }
    var fraction = digits.suffix(scale)
    while fraction.last == "0" { fraction = fraction.dropLast() }
    let whole = digits.dropLast(scale)
    return (units < 0 ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
}
