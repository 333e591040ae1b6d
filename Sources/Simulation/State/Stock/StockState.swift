import Retail

/// The four layers: physical and logical stock by row, the shared pool by SKU, and what each channel may publish.
///
/// Every change goes through the few methods here, so that the layers cannot drift apart; the audit recounts them.
struct StockState: ~Copyable {
    let skuCount: Int
    let channelCount: Int
    let offsets: FixedColumn<Int32>
    /// What an order touches of each SKU; the columns of single fields below lie in it.
    let lines: FixedColumn<SKULine>
    let rows: FixedColumn<RowState>
    let shelves: FixedColumn<Shelf>
    let flows: FixedColumn<RowFlows>
    /// Keeps shelves and lots. The ordinary moves of goods are noted there.
    let goods: GoodsDesk
    /// Whether lots are told apart, and whether any may be another owner's.
    let hasLots: Bool
    let hasOwners: Bool
    /// Actual count less book, by row; empty where books are right.
    let drifts: FixedColumn<Int32>
    /// Shared layer: free units of a SKU over all rows.
    let pool: FieldColumn<SKULine, Int64>
    /// Channel layer: exclusive units left, SKU-major SKUs x channels; zero for ratio channels.
    let quotas: FixedColumn<Int64>
    /// Sum of a SKU's exclusive units left.
    let quotaSums: FixedColumn<Int64>
    private let openingQuotas: FixedColumn<Int64>
    /// SKU-major, SKUs x channels that lag; the others see the truth.
    private let published: FixedColumn<Published>
    /// The channels that lag, and the place of each channel among them; -1 is none.
    private let lagging: FixedColumn<Int32>
    private let lagPlaces: FixedColumn<Int32>
    /// The epoch in which a SKU's figures were last fixed; a new epoch begins with every refresh of a shop.
    private let fixedIn: FieldColumn<SKULine, Int32>
    private var epoch: Int32 = 0
    let isQuota: FixedColumn<Bool>
    private let ratios: FixedColumn<Int64>
    private let buffers: FixedColumn<Int64>
    private let lags: FixedColumn<Int64>
    private let ticks: FixedColumn<Int32>
    private let nextTick: FixedColumn<Int64>
    private var nextAnyTick: Int64
    let hasQuotas: Bool
    private let priorities: Priorities
    let reserves: CampaignReserves
    let commitments: Commitments
    /// Units each channel took since the last rebalancing, SKU-major; empty when quotas stay as they are.
    let recentSales: FixedColumn<Int32>
    private let nodeLags: FixedColumn<Int64>
    private let hasNodeLags: Bool
    private var unseen = GrowingColumn<UnseenGoods>()
    /// The next moment at which warehouses report or a campaign reserve changes.
    private var nextChange: Int64
    /// The moment the state has been brought to.
    private(set) var now: Int64 = 0
    var shipments = GrowingColumn<Shipment>()
    /// Lots that have just left a row and are not on a shipment yet.
    private var travelling: Int32 = -1
    /// Units ever reserved, and how they left: the audit's tally.
    var unitsReserved: Int64 = 0
    var unitsConsumed: Int64 = 0
    var unitsReleased: Int64 = 0
    /// Units that changed from one exclusive quota to another.
    var unitsRebalanced: Int64 = 0

    init(_ world: World) {
        skuCount = world.skus.count
        channelCount = world.channels.count
        offsets = FixedColumn(world.stock.offsets)
        let seconds = world.stock.secondChoice
        rows = FixedColumn(
            world.stock.rows.indices.map {
                let row = world.stock.rows[$0]
                return RowState(
                    node: row.node.raw, sku: row.sku.raw, book: row.opening, reserved: 0, blocked: seconds[$0] ?? 0,
                    inTransit: 0, onOrder: 0)
            })
        let shelves = Shelf.column(world)
        flows = FixedColumn(repeating: RowFlows(), count: world.stock.rows.count)
        goods = GoodsDesk(world, shelves: shelves, skus: world.stock.rows.map(\.sku.raw))
        self.shelves = shelves
        hasLots = goods.lots.isOn
        hasOwners = goods.lots.ownerCount > 1
        drifts = FixedColumn(repeating: 0, count: world.stockTakes.errorRate > .zero ? world.stock.rows.count : 0)
        let lines = SKULine.column(world)
        pool = FieldColumn(lines, \.pool)
        fixedIn = FieldColumn(lines, \.fixedIn)
        self.lines = lines
        for row in 0..<rows.count { pool[Int(rows[row].sku)] += Int64(rows[row].free) }
        let cells = skuCount * channelCount
        let lagging = world.channels.indices.filter { world.channels[$0].channel.synchronisationLag > 0 }
        self.lagging = FixedColumn(lagging.map { Int32($0) })
        lagPlaces = FixedColumn(world.channels.indices.map { Int32(lagging.firstIndex(of: $0) ?? -1) })
        published = FixedColumn(repeating: Published(), count: skuCount * lagging.count)
        isQuota = FixedColumn(repeating: false, count: channelCount)
        ratios = FixedColumn(repeating: 1_000_000, count: channelCount)
        buffers = FixedColumn(repeating: 0, count: channelCount)
        lags = FixedColumn(world.channels.map { Int64($0.channel.synchronisationLag) * 1_000_000 })
        ticks = FixedColumn(repeating: 0, count: channelCount)
        nextTick = FixedColumn(world.channels.map { Int64($0.channel.synchronisationLag) * 1_000_000 })
        nextAnyTick = lags.array.filter { $0 > 0 }.min() ?? .max
        let anyQuota = world.channels.contains { if case .quota = $0.sharing { true } else { false } }
        hasQuotas = anyQuota
        quotas = FixedColumn(repeating: 0, count: anyQuota ? cells : 0)
        quotaSums = FixedColumn(repeating: 0, count: anyQuota ? skuCount : 0)
        for (channel, plan) in world.channels.enumerated() {
            switch plan.sharing {
            case .ratio(let ratio, let buffer):
                ratios[channel] = ratio.partsPerMillion
                buffers[channel] = Int64(buffer)
            case .priority(_, _, let buffer): buffers[channel] = Int64(buffer)
            case .quota(let units):
                isQuota[channel] = true
                for sku in 0..<skuCount {
                    quotas[sku * channelCount + channel] = Int64(units[sku])
                    quotaSums[sku] += Int64(units[sku])
                }
            }
        }
        openingQuotas = FixedColumn(quotas.array)
        priorities = Priorities(world)
        reserves = CampaignReserves(world)
        commitments = Commitments(world)
        recentSales = FixedColumn(repeating: 0, count: anyQuota && world.rebalancing != nil ? cells : 0)
        nodeLags = FixedColumn(world.network.nodes.map { Int64($0.synchronisationLag) * 1_000_000 })
        hasNodeLags = world.network.nodes.contains { $0.synchronisationLag > 0 }
        nextChange = reserves.next(after: .min)
    }

    /// Lots and the logical layer, with all that has been noted; empty where lots are not told apart.
    var lots: LotBook {
        _read {
            goods.settle()
            yield goods.lots
        }
        nonmutating _modify {
            goods.settle()
            yield &goods.lots
        }
    }

    // MARK: Channel layer

    /// Moves the shops' refresh clocks, the warehouses' reports and the campaign reserves to a moment; moments do not
    /// go back.
    @inline(__always)
    mutating func advance(to moment: Int64) {
        while moment >= nextChange { change() }
        if moment >= nextAnyTick { refresh(moment) }
        now = moment
    }

    private mutating func refresh(_ moment: Int64) {
        nextAnyTick = .max
        epoch += 1
        for channel in 0..<channelCount where lags[channel] > 0 {
            if moment >= nextTick[channel] {
                let tick = moment / lags[channel]
                ticks[channel] = Int32(truncatingIfNeeded: tick)
                nextTick[channel] = (tick + 1) * lags[channel]
            }
            nextAnyTick = min(nextAnyTick, nextTick[channel])
        }
    }

    /// What was due at `nextChange`: shops that refreshed before it have seen the stock as it was.
    private mutating func change() {
        let moment = nextChange
        if moment - 1 >= nextAnyTick { refresh(moment - 1) }
        if reserves.next(after: now) == moment {
            for sku in 0..<skuCount where reserves.covers(sku) { publish(sku) }
        }
        now = moment
        var kept = 0
        var next = reserves.next(after: moment)
        for index in 0..<unseen.count {
            let goods = unseen[index]
            if goods.due > moment {
                next = min(next, goods.due)
                unseen[kept] = goods
                kept += 1
                continue
            }
            let sku = Int(rows[Int(goods.row)].sku)
            publish(sku)
            rows[Int(goods.row)].unseen -= goods.quantity
            pool[sku] += Int64(goods.quantity)
        }
        while unseen.count > kept { _ = unseen.removeLast() }
        nextChange = next
    }

    /// What quotas, campaign reserves and shops of higher priority leave of the pool for a channel without a quota.
    @inline(__always)
    private func open(_ channel: Int, _ sku: Int) -> Int64 {
        var open = pool[sku]
        if hasQuotas { open -= quotaSums[sku] }
        if priorities.isOn { open -= priorities.kept(from: channel, sku) }
        if reserves.isOn { open -= reserves.withheld(from: channel, sku, at: now) }
        if commitments.isOn { open -= commitments.uncovered(sku) }
        return max(0, open)
    }

    /// What a channel could publish at this moment if it saw the truth.
    @inline(__always)
    func truth(_ channel: Int, _ sku: Int) -> Int64 {
        if isQuota[channel] { return ofQuota(channel, sku) }
        let open = open(channel, sku)
        let share = ratios[channel] == 1_000_000 ? open : open * ratios[channel] / 1_000_000
        return max(0, share - buffers[channel])
    }

    private func ofQuota(_ channel: Int, _ sku: Int) -> Int64 {
        var withheld = reserves.isOn ? reserves.withheld(from: channel, sku, at: now) : 0
        if commitments.isOn { withheld += commitments.uncovered(sku) }
        return max(0, min(quotas[sku * channelCount + channel], pool[sku] - withheld))
    }

    /// The figure a channel shows at this moment.
    @inline(__always)
    func shown(_ channel: Int, _ sku: Int) -> Int64 {
        let place = Int(lagPlaces[channel])
        if place < 0 { return truth(channel, sku) }
        let cell = sku * lagging.count + place
        if published[cell].tick != ticks[channel] {
            published[cell] = Published(
                figure: Int32(truncatingIfNeeded: min(truth(channel, sku), Int64(Int32.max))), tick: ticks[channel])
        }
        return Int64(max(0, published[cell].figure))
    }

    /// Fixes the figures of the latest refresh before the pool of a SKU changes.
    @inline(__always)
    func publish(_ sku: Int) {
        if fixedIn[sku] == epoch { return }
        fixedIn[sku] = epoch
        for place in 0..<lagging.count {
            let channel = Int(lagging[place])
            let cell = sku * lagging.count + place
            if published[cell].tick != ticks[channel] {
                published[cell] = Published(
                    figure: Int32(truncatingIfNeeded: min(truth(channel, sku), Int64(Int32.max))),
                    tick: ticks[channel])
            }
        }
    }

    /// Memory of the stock.
    var bytes: Int {
        rows.count * (MemoryLayout<RowState>.stride + MemoryLayout<Shelf>.stride + MemoryLayout<RowFlows>.stride)
            + skuCount * 64
            + lots.lots.count * MemoryLayout<Lot>.stride + published.count * MemoryLayout<Published>.stride
            + (quotas.count + quotaSums.count) * 8
    }

    /// The rows of a SKU.
    @inline(__always)
    func rowRange(of sku: Int) -> Range<Int> { Int(lines[sku].firstRow)..<Int(lines[sku].endRow) }

    /// Asks for what is published of a SKU, up to two cache lines.
    @inline(__always)
    func prefetchPublished(_ sku: Int) {
        let count = lagging.count
        if count == 0 { return }
        published.prefetch(sku * count)
        published.prefetch(sku * count + count - 1)
    }

    /// Asks for the rows of a SKU; two lie in a cache line, beginning with an even one.
    @inline(__always)
    func prefetchRows(of sku: Int) {
        var row = Int(lines[sku].firstRow) & ~1
        let end = min(Int(lines[sku].endRow), row + 12)
        while row < end {
            rows.prefetch(row)
            row += 2
        }
    }

    /// Units of a SKU that a channel may truly take: its own quota, or what quotas, reserves and shops of higher
    /// priority leave of the pool.
    @inline(__always)
    func available(_ channel: Int, _ sku: Int) -> Int64 {
        isQuota[channel] ? ofQuota(channel, sku) : open(channel, sku)
    }

    // MARK: Presales of receipts to come

    /// What a channel's presale may still promise of a SKU: shelves and receipts on their way, less exclusive quotas,
    /// what is kept for campaigns and shops of higher rank, and what has been committed.
    func presaleOffer(_ channel: Int, _ sku: Int) -> Int64 {
        var units = pool[sku] + commitments.expected(sku) - commitments.units(sku)
        if hasQuotas { units -= quotaSums[sku] }
        if priorities.isOn { units -= priorities.kept(from: channel, sku) }
        if reserves.isOn { units -= reserves.withheld(from: channel, sku, at: now) }
        return max(0, units)
    }

    func commit(_ units: Int64, sku: Int) {
        publish(sku)
        commitments.commit(units, sku)
    }

    // MARK: Reservations

    @inline(__always)
    mutating func reserve(_ quantity: Int32, row: Int, sku: Int, channel: Int) {
        publish(sku)
        rows[row].reserved += quantity
        changePool(-Int64(quantity), sku: sku, channel: channel)
        let place = Int(lagPlaces[channel])
        if place >= 0 { published[sku * lagging.count + place].figure -= quantity }
        unitsReserved += Int64(quantity)
        if priorities.isOn { priorities.sell(quantity, channel, sku) }
        if reserves.isOn { reserves.sell(quantity, channel, sku, at: now) }
        if recentSales.count > 0 { recentSales[sku * channelCount + channel] += quantity }
    }

    @inline(__always)
    mutating func release(_ quantity: Int32, row: Int, sku: Int, channel: Int) {
        publish(sku)
        rows[row].reserved -= quantity
        changePool(Int64(quantity), sku: sku, channel: channel)
        unitsReleased += Int64(quantity)
        if priorities.isOn { priorities.sell(-quantity, channel, sku) }
        if reserves.isOn { reserves.sell(-quantity, channel, sku, at: now) }
        if recentSales.count > 0 { recentSales[sku * channelCount + channel] -= quantity }
    }

    /// Goods leave the shelf: the pool had given them up when they were reserved.
    @inline(__always)
    mutating func consume(_ quantity: Int32, row: Int) {
        rows[row].reserved -= quantity
        rows[row].book -= quantity
        unitsConsumed += Int64(quantity)
        goods.note(.shipped, quantity, row: row, at: now)
    }

    @inline(__always)
    private func changePool(_ units: Int64, sku: Int, channel: Int) {
        pool[sku] += units
        if hasQuotas && isQuota[channel] {
            quotas[sku * channelCount + channel] += units
            quotaSums[sku] += units
        }
    }

    /// A channel's exclusive units left; 0 when it has no quota.
    func quota(_ channel: Int, _ sku: Int) -> Int64 { hasQuotas ? quotas[sku * channelCount + channel] : 0 }

    // MARK: Goods movements

    /// Returned goods reach a row and wait for inspection.
    mutating func takeBack(_ quantity: Int32, row: Int) {
        rows[row].book += quantity
        rows[row].blocked += quantity
        goods.note(.returned, quantity, row: row, at: now)
    }

    /// Inspected goods are for sale again, to the channel that had sold them when it has quotas.
    mutating func restock(_ quantity: Int32, row: Int, channel: Int) {
        let sku = Int(rows[row].sku)
        publish(sku)
        rows[row].blocked -= quantity
        goods.note(.restocked, quantity, row: row, at: now)
        if hasQuotas && isQuota[channel] {
            quotas[sku * channelCount + channel] += Int64(quantity)
            quotaSums[sku] += Int64(quantity)
        }
        announce(quantity, row: row, sku: sku)
    }

    /// Inspected goods stay as second choice.
    mutating func degrade(_ quantity: Int32, row: Int) {
        goods.note(.degraded, quantity, row: row, at: now)
    }

    mutating func writeDown(_ quantity: Int32, row: Int) {
        rows[row].blocked -= quantity
        rows[row].book -= quantity
        goods.note(.writtenDown, quantity, row: row, at: now)
    }

    /// Goods leave `from` for `to`; on the way they are in nobody's pool.
    mutating func dispatch(_ quantity: Int32, from: Int, to: Int) {
        let sku = Int(rows[from].sku)
        publish(sku)
        rows[from].book -= quantity
        rows[to].inTransit += quantity
        flows[from].transferredOut += Int64(quantity)
        pool[sku] -= Int64(quantity)
        if hasLots { travelling = lots.dispatch(quantity, row: from) }
    }

    /// Notes goods on their way, a transfer with the lots that have just been dispatched.
    mutating func addShipment(_ quantity: Int32, to row: Int, isTransfer: Bool, coming: Int32?) -> Int {
        if commitments.isOn {
            let sku = Int(rows[row].sku)
            publish(sku)
            commitments.expect(Int64(coming ?? quantity), sku)
        }
        shipments.append(
            Shipment(
                row: Int32(row), quantity: quantity, isTransfer: isTransfer, coming: coming,
                lots: isTransfer ? travelling : -1))
        if isTransfer { travelling = -1 }
        return shipments.count - 1
    }

    mutating func receive(_ shipment: Shipment) {
        let row = Int(shipment.row)
        let sku = Int(rows[row].sku)
        publish(sku)
        rows[row].book += shipment.coming
        if commitments.isOn { commitments.expect(-Int64(shipment.coming), sku) }
        if shipment.isTransfer {
            rows[row].inTransit -= shipment.quantity
            flows[row].transferredIn += Int64(shipment.quantity)
            if hasLots { lots.arrive(shipment.lots, row: row) }
        } else {
            rows[row].onOrder -= shipment.quantity
            flows[row].received += Int64(shipment.coming)
            if hasLots { lots.receive(shipment.coming, row: row, expires: expiry(row)) }
            if hasQuotas { shareOut(shipment.coming, sku: sku) }
        }
        announce(shipment.coming, row: row, sku: sku)
    }

    /// Goods that came on sale at a row are in the pool at once, or from the warehouse's next report.
    private mutating func announce(_ quantity: Int32, row: Int, sku: Int) {
        let lag = hasNodeLags ? nodeLags[Int(rows[row].node)] : 0
        if lag == 0 {
            pool[sku] += Int64(quantity)
            return
        }
        rows[row].unseen += quantity
        let due = (now / lag + 1) * lag
        unseen.append(UnseenGoods(due: due, row: Int32(row), quantity: quantity))
        nextChange = min(nextChange, due)
    }

    /// When goods that come to a row now expire.
    func expiry(_ row: Int) -> Int64 { goods.expiry(row, at: now) }

    /// Gives a supplier's goods to the exclusive quotas in proportion to what they had at the start, when every
    /// channel has one; with ratio channels beside them, quotas get their part of the opening pool.
    private func shareOut(_ quantity: Int32, sku: Int) {
        var weights = (0..<channelCount).map { openingQuotas[sku * channelCount + $0] }
        let opening = (Int(offsets[sku])..<Int(offsets[sku + 1])).reduce(Int64(0)) { $0 + Int64(shelves[$1].opening) }
        weights.append(max(0, opening - weights.reduce(0, +)))
        guard let parts = try? allocateByLargestRemainder(Int64(quantity), over: weights) else { return }
        for channel in 0..<channelCount where isQuota[channel] {
            quotas[sku * channelCount + channel] += parts[channel]
            quotaSums[sku] += parts[channel]
        }
    }

    // MARK: Checkpoint

    /// Goes on with the campaign reserves of another plan: those of the same promotion keep what is left of them.
    mutating func takeOver(_ before: borrowing CampaignReserves, promotions places: [Int16]) {
        reserves.takeOver(before, promotions: places)
        nextChange = reserves.next(after: now)
        for index in 0..<unseen.count { nextChange = min(nextChange, unseen[index].due) }
    }

    mutating func code(_ codec: inout StateCodec) throws(CheckpointError) {
        goods.settle()
        try codec.code(rows)
        try codec.code(shelves)
        try codec.code(flows)
        try codec.code(pool)
        try codec.code(quotas)
        try codec.code(quotaSums)
        try lots.code(&codec)
        try codec.code(drifts)
        try priorities.code(&codec)
        try commitments.code(&codec)
        try codec.code(recentSales)
        try codec.code(&unseen)
        try codec.code(&nextChange)
        try codec.code(&now)
        try codec.code(&travelling)
        try codec.code(&unitsRebalanced)
        try codec.code(published)
        try codec.code(fixedIn)
        try codec.code(&epoch)
        try codec.code(&nextAnyTick)
        try codec.code(ticks)
        try codec.code(nextTick)
        try codec.code(&shipments)
        try codec.code(&unitsReserved)
        try codec.code(&unitsConsumed)
        try codec.code(&unitsReleased)
    }
}
