import Retail

/// What buyers asked of each shelf, and what was missing there, while a `ShelfCheck` asks; empty otherwise.
struct ShelfCounters: ~Copyable {
    private let from: Int64
    /// By node, the one that serves alone; empty: none does.
    private let servers: [Int32]
    let isOn: Bool
    // By stock row.
    let asked: FixedColumn<Int64>
    let missed: FixedColumn<Int64>
    /// Days on which something was missing.
    let shortDays: FixedColumn<Int64>
    /// The last of them.
    let lastShort: FixedColumn<Int64>

    init(_ world: World) {
        isOn = world.shelfCheck != nil
        from = world.shelfCheck?.from.microseconds ?? 0
        servers = world.shelfCheck?.servers?.map(\.raw) ?? []
        let rows = world.shelfCheck == nil ? 0 : world.stock.rows.count
        asked = FixedColumn(repeating: 0, count: rows)
        missed = FixedColumn(repeating: 0, count: rows)
        shortDays = FixedColumn(repeating: 0, count: rows)
        lastShort = FixedColumn(repeating: -1, count: rows)
    }

    var isAlone: Bool { !servers.isEmpty }

    /// The node that is asked where buyers' own is `home`.
    func server(_ home: Int) -> Int { home >= 0 && home < servers.count ? Int(servers[home]) : home }

    /// - Parameter row: -1 where the article has no shelf at the node that was asked.
    func ask(_ units: Int64, row: Int, placed: Int64) {
        guard row >= 0, placed >= from else { return }
        asked[row] += units
    }

    func miss(_ units: Int64, row: Int, placed: Int64) {
        guard row >= 0, placed >= from else { return }
        missed[row] += units
        let day = placed / SliceGrid.microsecondsPerDay
        if lastShort[row] != day {
            lastShort[row] = day
            shortDays[row] += 1
        }
    }

    mutating func code(_ codec: inout StateCodec) throws(CheckpointError) {
        try codec.code(asked)
        try codec.code(missed)
        try codec.code(shortDays)
        try codec.code(lastShort)
    }
}

extension Replication {
    /// The shelf that is asked for an article where buyers' own node is `home`; -1 where there is none.
    mutating func shelf(_ sku: Int, home: Int) -> Int { shelf(sku, at: shelves.server(home)) }

    private mutating func shelf(_ sku: Int, at node: Int) -> Int {
        for row in stock.rowRange(of: sku) where Int(stock.rows[row].node) == node { return row }
        return -1
    }

    /// The plan under `ShelfCheck.servers`: of each line what the node that serves alone has; the rest is short.
    mutating func planAlone(region: Int, asked: Int, at now: Int64) {
        let node = shelves.server(homeNode(region: region, asked: asked))
        var sends = false
        for line in 0..<scratch.lines.count {
            let work = scratch.lines[line]
            let row = shelf(Int(work.sku), at: node)
            let piece = row < 0 ? 0 : min(work.quantity, max(0, stock.rows[row].free))
            if piece < work.quantity { cut(line, keeping: piece) }
            guard piece > 0 else { continue }
            sends = true
            let kept = scratch.lines[line]
            scratch.parts.append(
                LineRow(
                    sku: kept.sku, quantity: piece, row: Int32(row), parcel: 0, sale: kept.sale, due: kept.due,
                    subsidy: kept.subsidy))
        }
        guard sends else { return }
        let isHour = asked == 0 && prepared.world.network.nodes[node].kind == .front
        open(node, tier: isHour ? 0 : score(node, region, asked: max(1, asked), grams: 0, lines: 1, at: now).tier)
    }

    /// What the check found, by shelf.
    mutating func shelfService() -> RawTable {
        let world = prepared.world
        let rows = world.stock.rows
        return RawTable(
            "shelf_service",
            [
                Column("sku", .text(rows.map { world.skus.codes[$0.sku.position] })),
                Column("node", .text(rows.map { world.network.nodes[$0.node.position].code })),
            ],
            [
                ("asked", "units", shelves.asked.array.map(Double.init)),
                ("missed", "units", shelves.missed.array.map(Double.init)),
                ("short_days", "days", shelves.shortDays.array.map(Double.init)),
            ])
    }
}
