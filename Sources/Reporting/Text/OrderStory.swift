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
    case .ended(let state): return say("ended", words("state", state, text.language))
    }
}
