import Retail

/// A stock row's counts: physical (`book`), its logical part that may not be sold (`blocked`), and what is promised
/// (`reserved`). 32 bytes, so that the rows of a SKU lie in a few cache lines.
struct RowState: BitwiseCopyable {
    var node: Int32
    var sku: Int32
    var book: Int32
    var reserved: Int32
    /// Returned goods in inspection: inside `book`, not for sale.
    var blocked: Int32
    /// On the way from another of our nodes, and from suppliers.
    var inTransit: Int32
    var onOrder: Int32
    var spare: Int32 = 0

    @inline(__always) var free: Int32 { book - reserved - blocked }
}

/// What has gone through a row, for the audit: closing = opening + in - out.
struct RowFlows: BitwiseCopyable {
    var opening: Int64 = 0
    var received: Int64 = 0
    var transferredIn: Int64 = 0
    var transferredOut: Int64 = 0
    var shipped: Int64 = 0
    var returned: Int64 = 0
    var writtenDown: Int64 = 0
    /// Not found where the books say.
    var missing: Int64 = 0

    var closing: Int64 {
        opening + received + transferredIn - transferredOut - shipped + returned - writtenDown - missing
    }
}

/// A shop's figure for a SKU as of its last refresh, less its own sales since.
struct Published: BitwiseCopyable {
    var figure: Int32 = 0
    /// Refresh the figure belongs to.
    var tick: Int32 = -1
}

/// Goods on their way to a row.
struct Shipment: BitwiseCopyable {
    var row: Int32
    var quantity: Int32
    var isTransfer: Bool
    /// What of it a supplier really brings.
    var coming: Int32
    /// When it reached the yard; negative before.
    var arrived: Int64 = -1

    init(row: Int32, quantity: Int32, isTransfer: Bool, coming: Int32? = nil) {
        self.row = row
        self.quantity = quantity
        self.isTransfer = isTransfer
        self.coming = coming ?? quantity
    }
}

/// The four layers: physical and logical stock by row, the shared pool by SKU, and what each channel may publish.
///
/// Every change goes through the few methods here, so that the layers cannot drift apart; the audit recounts them.
struct StockState: ~Copyable {
    let skuCount: Int
    let channelCount: Int
    let offsets: FixedColumn<Int32>
    let rows: FixedColumn<RowState>
    let flows: FixedColumn<RowFlows>
    /// Shared layer: free units of a SKU over all rows.
    let pool: FixedColumn<Int64>
    /// Channel layer: exclusive units left, SKU-major SKUs x channels; zero for ratio channels.
    let quotas: FixedColumn<Int64>
    /// Sum of a SKU's exclusive units left.
    let quotaSums: FixedColumn<Int64>
    private let openingQuotas: FixedColumn<Int64>
    private let published: FixedColumn<Published>
    private let isQuota: FixedColumn<Bool>
    private let ratios: FixedColumn<Int64>
    private let buffers: FixedColumn<Int64>
    private let lags: FixedColumn<Int64>
    private let ticks: FixedColumn<Int32>
    private let nextTick: FixedColumn<Int64>
    private let hasQuotas: Bool
    var shipments = GrowingColumn<Shipment>()
    /// Units ever reserved, and how they left: the audit's tally.
    var unitsReserved: Int64 = 0
    var unitsConsumed: Int64 = 0
    var unitsReleased: Int64 = 0

    init(_ world: World) {
        skuCount = world.skus.count
        channelCount = world.channels.count
        offsets = FixedColumn(world.stock.offsets)
        rows = FixedColumn(
            world.stock.rows.map {
                RowState(
                    node: $0.node.raw, sku: $0.sku.raw, book: $0.opening, reserved: 0, blocked: 0, inTransit: 0,
                    onOrder: 0)
            })
        flows = FixedColumn(world.stock.rows.map { RowFlows(opening: Int64($0.opening)) })
        pool = FixedColumn(repeating: 0, count: skuCount)
        for row in world.stock.rows { pool[row.sku.position] += Int64(row.opening) }
        let cells = skuCount * channelCount
        quotas = FixedColumn(repeating: 0, count: cells)
        quotaSums = FixedColumn(repeating: 0, count: skuCount)
        published = FixedColumn(repeating: Published(), count: cells)
        isQuota = FixedColumn(repeating: false, count: channelCount)
        ratios = FixedColumn(repeating: 0, count: channelCount)
        buffers = FixedColumn(repeating: 0, count: channelCount)
        lags = FixedColumn(world.channels.map { Int64($0.channel.synchronisationLag) * 1_000_000 })
        ticks = FixedColumn(repeating: 0, count: channelCount)
        nextTick = FixedColumn(repeating: 0, count: channelCount)
        var anyQuota = false
        for (channel, plan) in world.channels.enumerated() {
            nextTick[channel] = lags[channel]
            switch plan.sharing {
            case .ratio(let ratio, let buffer):
                ratios[channel] = ratio.partsPerMillion
                buffers[channel] = Int64(buffer)
            case .quota(let units):
                anyQuota = true
                isQuota[channel] = true
                for sku in 0..<skuCount {
                    quotas[sku * channelCount + channel] = Int64(units[sku])
                    quotaSums[sku] += Int64(units[sku])
                }
            }
        }
        hasQuotas = anyQuota
        openingQuotas = FixedColumn(quotas.array)
    }

    // MARK: Channel layer

    /// Moves the shops' refresh clocks to a moment; moments do not go back.
    @inline(__always)
    func advance(to now: Int64) {
        for channel in 0..<channelCount where lags[channel] > 0 && now >= nextTick[channel] {
            let tick = now / lags[channel]
            ticks[channel] = Int32(truncatingIfNeeded: tick)
            nextTick[channel] = (tick + 1) * lags[channel]
        }
    }

    /// What a channel could publish at this moment if it saw the truth.
    @inline(__always)
    func truth(_ channel: Int, _ sku: Int) -> Int64 {
        if isQuota[channel] { return min(quotas[sku * channelCount + channel], pool[sku]) }
        let open = max(0, pool[sku] - quotaSums[sku])
        let share = ratios[channel] == 1_000_000 ? open : open * ratios[channel] / 1_000_000
        return max(0, share - buffers[channel])
    }

    /// The figure a channel shows at this moment.
    @inline(__always)
    func shown(_ channel: Int, _ sku: Int) -> Int64 {
        if lags[channel] == 0 { return truth(channel, sku) }
        let cell = sku * channelCount + channel
        if published[cell].tick != ticks[channel] {
            published[cell] = Published(
                figure: Int32(truncatingIfNeeded: min(truth(channel, sku), Int64(Int32.max))), tick: ticks[channel])
        }
        return Int64(max(0, published[cell].figure))
    }

    /// Fixes the figures of the latest refresh before the pool of a SKU changes.
    @inline(__always)
    private func publish(_ sku: Int) {
        for channel in 0..<channelCount where lags[channel] > 0 {
            let cell = sku * channelCount + channel
            if published[cell].tick != ticks[channel] {
                published[cell] = Published(
                    figure: Int32(truncatingIfNeeded: min(truth(channel, sku), Int64(Int32.max))),
                    tick: ticks[channel])
            }
        }
    }

    /// Units of a SKU that a channel may truly take: its own quota, or what quotas leave of the pool.
    @inline(__always)
    func available(_ channel: Int, _ sku: Int) -> Int64 {
        if !hasQuotas { return pool[sku] }
        if isQuota[channel] { return min(quotas[sku * channelCount + channel], pool[sku]) }
        return max(0, pool[sku] - quotaSums[sku])
    }

    // MARK: Reservations

    @inline(__always)
    mutating func reserve(_ quantity: Int32, row: Int, sku: Int, channel: Int) {
        publish(sku)
        rows[row].reserved += quantity
        changePool(-Int64(quantity), sku: sku, channel: channel)
        published[sku * channelCount + channel].figure -= quantity
        unitsReserved += Int64(quantity)
    }

    @inline(__always)
    mutating func release(_ quantity: Int32, row: Int, sku: Int, channel: Int) {
        publish(sku)
        rows[row].reserved -= quantity
        changePool(Int64(quantity), sku: sku, channel: channel)
        unitsReleased += Int64(quantity)
    }

    /// Goods leave the shelf: the pool had given them up when they were reserved.
    @inline(__always)
    mutating func consume(_ quantity: Int32, row: Int) {
        rows[row].reserved -= quantity
        rows[row].book -= quantity
        flows[row].shipped += Int64(quantity)
        unitsConsumed += Int64(quantity)
    }

    /// Promised goods are not there: the books give them up, and the promise with them.
    mutating func miss(_ quantity: Int32, row: Int) {
        rows[row].reserved -= quantity
        rows[row].book -= quantity
        flows[row].missing += Int64(quantity)
        unitsReleased += Int64(quantity)
    }

    @inline(__always)
    private func changePool(_ units: Int64, sku: Int, channel: Int) {
        pool[sku] += units
        if hasQuotas && isQuota[channel] {
            quotas[sku * channelCount + channel] += units
            quotaSums[sku] += units
        }
    }

    // MARK: Goods movements

    /// Returned goods reach a row and wait for inspection.
    func takeBack(_ quantity: Int32, row: Int) {
        rows[row].book += quantity
        rows[row].blocked += quantity
        flows[row].returned += Int64(quantity)
    }

    /// Inspected goods are for sale again, to the channel that had sold them when it has quotas.
    func restock(_ quantity: Int32, row: Int, channel: Int) {
        let sku = Int(rows[row].sku)
        publish(sku)
        rows[row].blocked -= quantity
        changePool(Int64(quantity), sku: sku, channel: channel)
    }

    func writeDown(_ quantity: Int32, row: Int) {
        rows[row].blocked -= quantity
        rows[row].book -= quantity
        flows[row].writtenDown += Int64(quantity)
    }

    /// Goods leave `from` for `to`; on the way they are in nobody's pool.
    func dispatch(_ quantity: Int32, from: Int, to: Int) {
        let sku = Int(rows[from].sku)
        publish(sku)
        rows[from].book -= quantity
        rows[to].inTransit += quantity
        flows[from].transferredOut += Int64(quantity)
        pool[sku] -= Int64(quantity)
    }

    func receive(_ shipment: Shipment) {
        let row = Int(shipment.row)
        let sku = Int(rows[row].sku)
        publish(sku)
        rows[row].book += shipment.coming
        pool[sku] += Int64(shipment.coming)
        if shipment.isTransfer {
            rows[row].inTransit -= shipment.quantity
            flows[row].transferredIn += Int64(shipment.quantity)
        } else {
            rows[row].onOrder -= shipment.quantity
            flows[row].received += Int64(shipment.coming)
            if hasQuotas { shareOut(shipment.coming, sku: sku) }
        }
    }

    /// Gives a supplier's goods to the exclusive quotas in proportion to what they had at the start, when every
    /// channel has one; with ratio channels beside them, quotas get their part of the opening pool.
    private func shareOut(_ quantity: Int32, sku: Int) {
        var weights = (0..<channelCount).map { openingQuotas[sku * channelCount + $0] }
        let opening = (Int(offsets[sku])..<Int(offsets[sku + 1])).reduce(Int64(0)) { $0 + flows[$1].opening }
        weights.append(max(0, opening - weights.reduce(0, +)))
        guard let parts = try? allocateByLargestRemainder(Int64(quantity), over: weights) else { return }
        for channel in 0..<channelCount where isQuota[channel] {
            quotas[sku * channelCount + channel] += parts[channel]
            quotaSums[sku] += parts[channel]
        }
    }

    // MARK: Checkpoint

    mutating func code(_ codec: inout StateCodec) throws(CheckpointError) {
        try codec.code(rows)
        try codec.code(flows)
        try codec.code(pool)
        try codec.code(quotas)
        try codec.code(quotaSums)
        try codec.code(published)
        try codec.code(ticks)
        try codec.code(nextTick)
        try codec.code(&shipments)
        try codec.code(&unitsReserved)
        try codec.code(&unitsConsumed)
        try codec.code(&unitsReleased)
    }
}
