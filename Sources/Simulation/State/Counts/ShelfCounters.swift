import Retail

/// What buyers asked of each shelf, and what was missing there, while a `ShelfCheck` asks; empty otherwise.
struct ShelfCounters: ~Copyable {
    private let from: Int64
    /// By node, the one that serves alone; empty: none does.
    private let servers: [Int32]
    let isOn: Bool
    private let waits: Bool
    // By stock row.
    let asked: FixedColumn<Int64>
    let missed: FixedColumn<Int64>
    /// How often something began to be missing: days in a row are one time.
    let shortages: FixedColumn<Int64>
    /// The last day on which something was missing.
    let lastShort: FixedColumn<Int64>
    /// Units that buyers wait for. Nobody sends them: what is set aside for them stays on the shelf, and is not there for
    /// others.
    let owed: FixedColumn<Int64>

    init(_ world: World) {
        isOn = world.shelfCheck != nil
        waits = world.shelfCheck?.waits == true
        from = world.shelfCheck?.from.microseconds ?? 0
        servers = world.shelfCheck?.servers?.map(\.raw) ?? []
        let rows = world.shelfCheck == nil ? 0 : world.stock.rows.count
        asked = FixedColumn(repeating: 0, count: rows)
        missed = FixedColumn(repeating: 0, count: rows)
        shortages = FixedColumn(repeating: 0, count: rows)
        lastShort = FixedColumn(repeating: -1, count: rows)
        owed = FixedColumn(repeating: 0, count: waits ? rows : 0)
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
        guard row >= 0 else { return }
        if waits { owed[row] += units }
        guard placed >= from else { return }
        missed[row] += units
        let day = placed / SliceGrid.microsecondsPerDay
        if lastShort[row] < day - 1 || lastShort[row] < 0 { shortages[row] += 1 }
        lastShort[row] = max(lastShort[row], day)
    }

    /// Units of a shelf's stock, and of what is on its way there, that are not for new buyers.
    @inline(__always)
    func waiting(_ row: Int) -> Int64 { waits ? owed[row] : 0 }

    mutating func code(_ codec: inout StateCodec) throws(CheckpointError) {
        try codec.code(asked)
        try codec.code(missed)
        try codec.code(shortages)
        try codec.code(lastShort)
        try codec.code(owed)
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
            let free = row < 0 ? 0 : max(0, Int64(stock.rows[row].free) - shelves.waiting(row))
            let piece = Int32(truncatingIfNeeded: min(Int64(work.quantity), free))
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
                ("shortages", "times", shelves.shortages.array.map(Double.init)),
            ])
    }
}
