public import Retail
public import Simulation

/// The story of one order in plain words, a row a step.
/// - Parameters:
///   - start: the scenario's first day; times are told as moments of the wall clock.
public func orderStory(
    _ steps: [TraceStep], from start: Day, currency: Currency, language: Language
) -> ResultTable {
    let text = NumberText(language: language, currency: currency)
    return ResultTable(
        "trace",
        [
            Column("time", .text(steps.map { moment($0.time, start) })),
            Column("step", .text(steps.map { sentence($0.what, start, text) })),
        ])
}

/// What nodes would cost, best first.
private func alternatives(_ found: [TraceStep.Alternative], _ text: NumberText) -> String {
    func money(_ amount: Amount) -> String {
        text.money(amount.major(in: text.currency), digits: text.currency.minorDigits)
    }
    func say(_ key: String, _ arguments: String...) -> String {
        Catalogue.text("trace.alternative\(key)", text.language, arguments: arguments)
    }
    func rank(_ place: TraceStep.Alternative) -> (Int, Int64) {
        (place.covers < place.of ? 2 : place.isReachable ? 0 : 1, place.isReachable ? place.total.minor : 0)
    }
    return found.sorted { rank($0) < rank($1) }.prefix(6).map { place in
        if place.covers < place.of { return say(".partial", place.node, "\(place.covers)", "\(place.of)") }
        if !place.isReachable { return say(".unreachable", place.node) }
        let extras =
            (place.service.minor != 0 ? say(".service", money(place.service)) : "")
            + (place.stock.minor != 0 ? say(".stock", money(place.stock)) : "")
        let cost = say(
            "", place.node, money(place.total), money(place.freight), money(place.processing), money(place.distance),
            money(place.load), extras)
        return cost + (place.isOverloaded ? " " + say(".full", place.node) : "")
    }.joined(separator: " ")
}

/// Orders that can be traced, one for each way an order can end.
public func orderExamples(_ examples: [(state: String, order: OrderID)], language: Language) -> ResultTable {
    ResultTable(
        "orders",
        [
            Column("order", .text(examples.map(\.order.description))),
            Column("state", .text(examples.map { words("state", $0.state, language) })),
        ])
}

private func moment(_ time: Instant, _ start: Day) -> String {
    CivilTime(seconds: Int64(start.number) * 86_400 + time.microseconds / 1_000_000).description
}

private func sentence(_ step: TraceStep.What, _ start: Day, _ text: NumberText) -> String {
    func money(_ amount: Amount) -> String {
        text.money(amount.major(in: text.currency), digits: text.currency.minorDigits)
    }
    func say(_ key: String, _ arguments: String...) -> String {
        Catalogue.text("trace.\(key)", text.language, arguments: arguments)
    }
    func list(_ codes: [String]) -> String { codes.isEmpty ? "–" : codes.joined(separator: ", ") }
    switch step {
    case .placed(let channel, let region, let lines, let units, let accepted, let due):
        let order = say("placed", channel, region, text.whole(Int64(lines)), text.whole(units))
        return order + " " + (accepted < units ? say("on_show", text.whole(accepted)) + " " : "")
            + say("due", money(due))
    case .reserved(let nodes, let short):
        return say("reserved", list(nodes)) + (short > 0 ? " " + say("short", text.whole(short)) : "")
    case .timedOut: return say("timed_out")
    case .chased(let sku, let saving): return say("chased", sku, money(saving))
    case .deposited(let amount, let from): return say("deposited", money(amount), moment(from, start))
    case .forfeited(let amount): return say("forfeited", money(amount))
    case .withdrawn: return say("withdrawn")
    case .rejected: return say("rejected")
    case .ready(let node): return say("ready", node)
    case .merged(let into): return say("merged", into.description)
    case .paid(let amount): return say("paid", money(amount))
    case .reviewed(let byClerk): return say(byClerk ? "reviewed_by_clerk" : "reviewed_by_rule")
    case .routed(let nodes, let tier, let promise):
        return say("routed", list(nodes), words("code.tier", tier.rawValue, text.language), moment(promise, start))
    case .cancelled: return say("cancelled")
    case .cancelledTooLate: return say("cancelled_too_late")
    case .pickStarted(let node, let ends): return say("pick_started", node, moment(ends, start))
    case .picked(let node, let lines): return say("picked", node, text.whole(Int64(lines)))
    case .handedOver(let carrier, let departs, let arrives, let freight):
        return say("handed_over", carrier, moment(departs, start), moment(arrives, start), money(freight))
    case .delivered(let onTime): return say(onTime ? "delivered" : "delivered_late")
    case .returned(let lines, let refund): return say("returned", text.whole(Int64(lines)), money(refund))
    case .inspected(let restocked, let writtenDown):
        return say("inspected", text.whole(restocked), text.whole(writtenDown))
    case .considered(let found): return alternatives(found, text)
    case .shadow(let rule, let node, let cost, let chosen):
        return say("shadow", say("rule.\(rule)"), node, money(cost), money(chosen))
    case .notFound(let sku, let units): return say("not_found", sku, text.whole(units))
    case .rerouted(let sku, let node): return say("rerouted", sku, node)
    case .notSent(let sku): return say("not_sent", sku)
    case .packed(let node): return say("packed", node)
    case .tracked(let event): return say(event.rawValue)
    case .returnReason(let reason): return say("return_reason", words("code.return_reason", reason, text.language))
    case .exchangeAsked: return say("exchange_asked")
    case .exchangeSent(let nodes): return say("exchange_sent", list(nodes))
    case .contacted(let times): return say("contacted", text.whole(Int64(times)))
    case .visited(let kind, let on): return say(kind.rawValue, moment(on, start))
    case .posted(let legs):
        func side(_ sign: Int64) -> String {
            legs.filter { $0.amount.minor.signum() == sign }.map {
                words("account", $0.account, text.language) + " " + money(Amount(minor: abs($0.amount.minor)))
            }.joined(separator: ", ")
        }
        return say("posted", side(1), side(-1))
    case .ended(let state): return say("ended", words("state", state, text.language))
    }
}
