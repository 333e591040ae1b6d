public import Retail

/// Goods to move today from a node of ours to another.
public struct TransferSuggestion: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable, Codable {
        /// From the node that replenishes the other.
        case replenish
        /// From a node that has more than it needs to one that would run out before its own supply comes.
        case balance
    }

    public var kind = Kind.replenish
    public var sku: SKU.Index
    public var from: Node.Index
    public var to: Node.Index
    /// Inventory position of the lower node, each unit once.
    public var position: Int64
    public var reorderPoint: Int64
    public var orderUpTo: Int64
    /// What is missing to the order-up-to level.
    public var need: Int64
    /// What the upper node has free to ship, before any of today's transfers.
    public var available: Int64
    /// What is to be moved: the need, or the node's share when there is too little for all.
    public var quantity: Int64
    /// The lower node has no room for more.
    public var isShortOfRoom = false
    public var receipt: Day
    /// The day stock at the lower node runs out if nothing is moved; nil when it does not.
    public var stockout: Day?
    /// Margin that a balancing move is expected to save.
    public var saved = Amount.zero

    public init(
        sku: SKU.Index, from: Node.Index, to: Node.Index, position: Int64, reorderPoint: Int64, orderUpTo: Int64,
        need: Int64, available: Int64, quantity: Int64, receipt: Day
    ) {
        self.sku = sku
        self.from = from
        self.to = to
        self.position = position
        self.reorderPoint = reorderPoint
        self.orderUpTo = orderUpTo
        self.need = need
        self.available = available
        self.quantity = quantity
        self.receipt = receipt
    }
}

extension SuggestionEngine {
    /// Transfers for every row fed by a node. Where the upper node has too little, each unit goes where it is most
    /// likely to be wanted before the next transfer can arrive (`Allocation`), and nobody gets more than it needs, nor
    /// more than it has `room` for. All that was asked for and has room is booked as owed by the upper node in `table`.
    static func transfers(
        demand: NodeDemand, targets: [StockTarget?], feeds: [Feed?], table: inout PositionTable,
        room: inout TransferRoom, today: Day, projectionDays: Int, chooser: inout LawChooser
    ) throws(ReplenishmentError) -> [TransferSuggestion] {
        // Rows that ask, by the row they ask from (or the node alone where it holds none of the SKU), with the demand
        // they must cover.
        var requests: [(move: TransferSuggestion, claim: Allocation.Claim)] = []
        // What an upper node owes counts when it asks further up: from the bottom of the network to the top.
        for (row, source) in rowsFromBelow(demand: demand, feeds: feeds) {
            guard let target = targets[row], let feed = feeds[row] else { continue }
            let position = table.positions[row].position
            guard position <= target.reorderPoint, position < target.orderUpTo else { continue }
            let need = target.orderUpTo - position
            let upper = table.row(demand.skus[row], source)
            let free = upper.map { upper in
                let stock = table.positions[upper]
                return max(0, stock.onHand - stock.reserved)
            }
            let look = try outlook(row, demand, feed, table, today, days: projectionDays, target, &chooser)
            var move = TransferSuggestion(
                sku: demand.skus[row], from: source, to: demand.nodes[row], position: position,
                reorderPoint: target.reorderPoint, orderUpTo: target.orderUpTo, need: need, available: free ?? 0,
                quantity: 0, receipt: today + feed.leadDays)
            move.stockout = look.stockout
            requests.append((move, Allocation.Claim(law: look.law, position: look.position.free, room: need)))
            if let upper { table.positions[upper].backordered += need }
        }
        requests.sort { ($0.move.from, $0.move.sku, $0.move.to) < ($1.move.from, $1.move.sku, $1.move.to) }
        var start = 0
        while start < requests.count {
            var end = start + 1
            while end < requests.count, requests[end].move.from == requests[start].move.from,
                requests[end].move.sku == requests[start].move.sku
            {
                end += 1
            }
            var asked: Int64 = 0
            for request in requests[start..<end] {
                let (sum, overflow) = asked.addingReportingOverflow(request.move.need)
                if overflow { throw .overflow("the needs of the nodes below") }
                asked = sum
            }
            let available = requests[start].move.available
            let shares =
                asked <= available
                ? requests[start..<end].map(\.move.need)
                : Allocation.share(available, among: requests[start..<end].map(\.claim))
            for line in start..<end { requests[line].move.quantity = shares[line - start] }
            start = end
        }
        let granted = requests.map(\.move.quantity)
        room.fit(&requests)
        for (request, share) in zip(requests, granted) where request.move.isShortOfRoom {
            guard let upper = table.row(request.move.sku, request.move.from) else { continue }
            table.positions[upper].backordered -= share - request.move.quantity
        }
        return requests.map(\.move).sorted { ($0.from, $0.to, $0.sku) < ($1.from, $1.to, $1.sku) }
    }

    static func outlook(
        _ row: Int, _ demand: NodeDemand, _ feed: Feed, _ table: PositionTable, _ today: Day, days: Int,
        _ target: StockTarget?, _ chooser: inout LawChooser
    ) throws(ReplenishmentError) -> RowOutlook {
        try RowOutlook(
            position: table.positions[row], feed: feed, daily: demand.daily(row),
            offset: max(0, today - demand.start), today: today, days: days, family: target?.law, chooser: &chooser)
    }

    /// Rows fed by a node with that node, rows at the bottom of the network first.
    private static func rowsFromBelow(demand: NodeDemand, feeds: [Feed?]) -> [(row: Int, source: Node.Index)] {
        var upstream: [Node.Index: Node.Index] = [:]
        for row in 0..<demand.rowCount {
            if case .node(let source) = feeds[row]?.source { upstream[demand.nodes[row]] = source }
        }
        func depth(_ node: Node.Index) -> Int {
            var (steps, place) = (0, node)
            while let next = upstream[place], steps <= upstream.count {
                place = next
                steps += 1
            }
            return steps
        }
        let depths = Dictionary(uniqueKeysWithValues: Set(demand.nodes).map { ($0, depth($0)) })
        let rows = demand.orderedRows.compactMap { row -> (row: Int, source: Node.Index)? in
            guard case .node(let source) = feeds[row]?.source else { return nil }
            return (row, source)
        }
        // A stable sort by depth keeps (SKU, node) order within a level.
        return rows.enumerated().sorted {
            (-(depths[demand.nodes[$0.element.row]] ?? 0), $0.offset)
                < (-(depths[demand.nodes[$1.element.row]] ?? 0), $1.offset)
        }.map(\.element)
    }
}
