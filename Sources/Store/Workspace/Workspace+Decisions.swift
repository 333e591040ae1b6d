import GRDB
import Retail

extension Workspace {
    /// The decisions of a data set, oldest first.
    public func decisions(dataset: String) throws(StoreError) -> [Decision] {
        let path = path
        return try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM decisions WHERE dataset = ? ORDER BY id", arguments: [dataset]
            ).map { try Decision($0, path) }
        }
    }

    /// Adds decisions, all of them or none.
    ///
    /// - Throws: `refused` with the line and what it may become, where a decision does not follow from the one before;
    ///   `invalid` for a negative quantity, or nobody's name.
    public func decide(_ decisions: [Decision], dataset: String) throws(StoreError) {
        let path = path
        try write { database in
            for var decision in decisions {
                let history = try database.history(decision.key, dataset, path)
                try check(decision, history, path)
                // What was approved is what is ordered, and what was ordered is received, unless said otherwise.
                if decision.quantity == nil, [.ordered, .received, .closed].contains(decision.state) {
                    decision.quantity = history.order(of: decision)?.quantity ?? history.last?.quantity
                }
                try database.insert(decision, dataset: dataset)
            }
        }
    }

    private func check(_ decision: Decision, _ history: [Decision], _ path: String) throws {
        let last = history.last
        let name = "\(decision.key.sku) at \(decision.key.node) from \(decision.key.supplier)"
        guard decision.by.contains(where: { !$0.isWhitespace }) else {
            throw StoreError.invalid(path: path, what: "a decision on \(name) needs the name of who decides")
        }
        if let quantity = decision.quantity, quantity < 0 {
            throw StoreError.invalid(path: path, what: "the quantity decided for \(name) is negative")
        }
        var from = last?.state ?? .proposed
        // A later book proposes anew what is still missing beyond the orders placed.
        let isNewNeed = [.ordered, .received, .closed].contains(from) && last?.book != decision.book
        if [.received, .closed].contains(decision.state) {
            // An order comes, whatever has been decided since about more of the same.
            let order = history.order(of: decision) == nil ? nil : SuggestionState.ordered
            let done = history.last {
                [.ordered, .received, .closed].contains($0.state)
                    && (decision.order.isEmpty || $0.order == decision.order)
            }
            from = order ?? done?.state ?? .proposed
        } else if isNewNeed {
            from = .proposed
        }
        guard from.next.contains(decision.state) else {
            throw StoreError.refused(path: path, line: name, from: from, to: decision.state)
        }
    }
}

extension Database {
    fileprivate func history(_ key: LineKey, _ dataset: String, _ path: String) throws -> [Decision] {
        try Row.fetchAll(
            self,
            sql: """
                SELECT * FROM decisions WHERE dataset = ? AND sku = ? AND supplier = ? AND node = ? ORDER BY id
                """, arguments: [dataset, key.sku, key.supplier, key.node]
        ).map { try Decision($0, path) }
    }

    fileprivate func insert(_ decision: Decision, dataset: String) throws {
        let suggested = decision.suggested
        try execute(
            sql: """
                INSERT INTO decisions (dataset, sku, supplier, node, state, quantity, order_code, due, reason, author, at,
                    until, book, suggested, lead_time, demand_mean, unit_cost)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                dataset, decision.key.sku, decision.key.supplier, decision.key.node, decision.state.rawValue,
                decision.quantity, decision.order, decision.due?.number, decision.reason, decision.by, decision.at,
                decision.until?.number, decision.book?.number, suggested.quantity, suggested.leadTime,
                suggested.demandMean, suggested.unitCost.units,
            ])
    }
}

extension Decision {
    fileprivate init(_ row: Row, _ path: String) throws {
        guard let state = SuggestionState(rawValue: row["state"]) else {
            throw StoreError.damaged(path: path, what: "a decision has an unknown state")
        }
        self.init(
            key: LineKey(sku: row["sku"], supplier: row["supplier"], node: row["node"]), state: state,
            quantity: row["quantity"], order: row["order_code"], due: (row["due"] as Int32?).map(Day.init(number:)),
            reason: row["reason"], by: row["author"], at: row["at"],
            until: (row["until"] as Int32?).map(Day.init(number:)), book: (row["book"] as Int64?).map { BookID($0) },
            suggested: Suggested(
                quantity: row["suggested"], leadTime: row["lead_time"] ?? .nan, demandMean: row["demand_mean"] ?? .nan,
                unitCost: UnitPrice(units: row["unit_cost"])))
    }
}
