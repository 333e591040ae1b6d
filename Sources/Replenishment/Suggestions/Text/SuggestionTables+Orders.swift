public import Retail

extension SuggestionTables {
    /// One row per supplier with anything wanted of it: what its order comes to beside what it asks for and can send.
    /// Lines that were declined are not in it.
    public static func orders(_ book: SuggestionBook, names: SuggestionNames) -> ResultTable {
        struct Order {
            var lines: Int64 = 0
            var leftOut: Int64 = 0
            var units: Int64 = 0
            var value = Amount.zero
            /// Litres.
            var volume = 0.0
        }
        var orders = [Order?](repeating: nil, count: names.suppliers.count)
        for line in book.purchases where line.supplier.position < orders.count {
            if book.declined.contains(line.key) { continue }
            var order = orders[line.supplier.position] ?? Order()
            if line.quantity.final > 0 { order.lines += 1 } else { order.leftOut += 1 }
            order.units += line.quantity.final
            order.value = order.value + line.value
            order.volume += Double(line.volume) / 1_000
            orders[line.supplier.position] = order
        }
        let rows = zip(names.suppliers, orders).compactMap { supplier, order in order.map { (supplier, $0) } }
            .sorted { ($1.1.value, $0.0.code) < ($0.1.value, $1.0.code) }
        func text(_ name: String, _ value: (Supplier) -> String) -> Column {
            Column(name, .text(rows.map { value($0.0) }))
        }
        func whole(_ name: String, _ unit: String, _ value: (Order) -> Int64) -> Column {
            Column(name, unit: unit, .integer(rows.map { value($0.1) }))
        }
        /// Nothing stands where the supplier asks for nothing of the kind.
        func real(_ name: String, _ unit: String, _ value: (Supplier, Order) -> Double?) -> Column {
            Column(name, unit: unit, .real(rows.map { value($0.0, $0.1) ?? .nan }))
        }
        func containers(_ supplier: Supplier, _ order: Order) -> Double? {
            guard supplier.containerVolume > 0 else { return nil }
            return (order.volume / Double(supplier.containerVolume) - 1e-9).rounded(.up)
        }
        let currency = names.currency
        return ResultTable(
            "supplier_orders",
            [
                text("supplier", \.code), text("supplier_name", \.name), whole("lines", "lines", \.lines),
                whole("lines_left_out", "lines", \.leftOut), whole("quantity", "units", \.units),
                real("value", currency.code) { $1.value.major(in: currency) },
                real("minimum_order_value", currency.code) { supplier, _ in
                    supplier.minimumOrderValue > .zero ? supplier.minimumOrderValue.major(in: currency) : nil
                },
                real("minimum_order_units", "units") { supplier, _ in
                    supplier.minimumOrderUnits > 0 ? Double(supplier.minimumOrderUnits) : nil
                },
                real("weekly_capacity", "units") { supplier, _ in
                    supplier.weeklyCapacity > 0 ? Double(supplier.weeklyCapacity) : nil
                },
                real("volume", "litres") { $1.volume },
                real("container_volume", "litres") { supplier, _ in
                    supplier.containerVolume > 0 ? Double(supplier.containerVolume) : nil
                },
                real("containers", "", containers),
                real("last_container_fill", "share") { supplier, order in
                    containers(supplier, order).flatMap { count in
                        count > 0 ? order.volume / Double(supplier.containerVolume) - (count - 1) : nil
                    }
                },
                real("freight", currency.code) { supplier, order in
                    containers(supplier, order).map { $0 * supplier.containerFreight.major(in: currency) }
                },
            ])
    }

    /// What the purchases cost and are worth together, and what any others under the same rules could be; with a budget
    /// that cut them, what it was, and what was asked of it.
    public static func worth(_ book: SuggestionBook, currency: Currency) -> ResultTable {
        let spent = book.purchases.reduce(Amount.zero) { sum, line in
            book.declined.contains(line.key) ? sum : sum + line.value
        }
        func money(_ name: String, _ amount: Amount?) -> Column {
            Column(name, unit: currency.code, .real([amount.map { $0.major(in: currency) } ?? .nan]))
        }
        return ResultTable(
            "order_worth",
            [
                money("budget_left", book.budget?.limit), money("asked_for", book.budget?.asked ?? spent),
                money("spent", spent), money("worth", book.worth.worth), money("worth_at_most", book.worth.bound),
            ])
    }
}
