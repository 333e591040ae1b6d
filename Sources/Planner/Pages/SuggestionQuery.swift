import Retail
import Store

/// Which suggestions a buyer wants to see, and in what order.
struct SuggestionQuery: Sendable, Equatable {
    enum Order: String, CaseIterable { case orderBy = "order_by", value, sku, stockout }

    var supplier = ""
    var text = ""
    var urgency: Urgency?
    var state: SuggestionState?
    var order = Order.orderBy

    init() {}

    init(_ form: Form) {
        supplier = form["supplier"]
        text = form["text"]
        urgency = Urgency(rawValue: form["urgency"])
        state = SuggestionState(rawValue: form["state"])
        order = Order(rawValue: form["sort"]) ?? .orderBy
    }

    /// The lines asked for, with their numbers in the run.
    func apply(to lines: [SuggestionRow]) -> [(number: Int, line: SuggestionRow)] {
        let wanted = text.lowercased()
        return lines.enumerated()
            .filter { _, line in
                (supplier.isEmpty || line.supplier == supplier) && (urgency == nil || line.urgency == urgency)
                    && (state == nil || line.status.state == state)
                    && (wanted.isEmpty || line.sku.lowercased().contains(wanted)
                        || line.skuName.lowercased().contains(wanted))
            }
            .sorted { a, b in comesFirst(a.element, b.element) ?? (a.offset < b.offset) }
            .map { ($0.offset, $0.element) }
    }

    /// Nil where the two are equal in the order asked for.
    private func comesFirst(_ a: SuggestionRow, _ b: SuggestionRow) -> Bool? {
        func smaller<Value: Comparable>(_ x: Value, _ y: Value) -> Bool? { x == y ? nil : x < y }
        switch order {
        case .orderBy: return smaller(a.orderBy, b.orderBy) ?? smaller(b.value, a.value)
        case .value: return smaller(b.value, a.value)
        case .sku: return smaller(a.sku, b.sku)
        case .stockout: return smaller(a.stockout?.number ?? .max, b.stockout?.number ?? .max)
        }
    }
}
