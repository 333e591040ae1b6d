import Foundation
import NumericCore
import Retail

@testable import Simulation

/// The promotion day told plainly, one order after the other, for small worlds: what the engine must agree with.
///
/// Nothing here is fast and little is shared with the engine: orders are objects, what is free is counted anew each
/// time, figures of a shop are written down for every SKU at each of its refreshes, servers are a list searched for
/// the earliest, lots are a list that is searched. It draws the same keyed random numbers, since the rules say which
/// draw decides what.
///
/// It knows: shared pools, ratios, quotas, lagging shops; deduction at order, deposit and payment; payment, presales
/// with balances, withdrawal, time-outs, cancellation, refusal; price cuts, channel and member prices, quantity breaks,
/// savings of every layer (pooled and by shop, with budgets, for holders, so many a buyer), gifts, flash sales;
/// capture and clerks; routing by cost, nearness and table, with every term of the score, filters, splits that pay,
/// pieces, swaps at release, short picks; waves, pick and pack stations with shifts; carriers with daily and hourly
/// capacity, cut-offs, failed attempts; riders; lateness; returns, inspection, write-down; settlement; reviews,
/// transfers, help of neighbours, docks, put-away, storage; lots with owners, first expired first out, and what
/// expires. It does not know throttling, faults of nodes and carriers, address faults, remarks, merging, pick-up in
/// stores, stock-takes, exchanges, suppliers' calendars.
final class PlainShop {
    final class Order {
        let arrival: Arrival
        var state = OrderState.placed
        var parts: [Part] = []
        var isHeld = false
        var nodes: [Int] = []
        var tier = 0
        var paidAt: Int64 = 0
        var released: Int64 = 0
        var promise: Int64 = 0
        var leftToPick = 0
        var leftToShip = 0
        var picked: Set<Int> = []
        var linesSent = 0
        var isRefused = false
        var isLate = false
        var isCut = false
        var isAllBack = true
        var lastDeparture: Int64 = 0
        var lastArrival: Int64 = 0
        var backs: [Part] = []
        var due: Int64 = 0
        var settled: Int64 = 0
        /// Promotions it has taken of: savings and gift.
        var promotions: [Int] = []
        /// Its presale, what was asked for first, and whether that has been paid.
        var presale: Int?
        var deposit: Int64 = 0
        var hasDeposited = false
        var timeOut: Int64 = 0
        var deduction = StockDeduction.atOrder
        var isCommitted = false

        init(_ arrival: Arrival) { self.arrival = arrival }
        var channel: Int { Int(arrival.channel) }
        var region: Int { Int(arrival.region) }
        var entity: UInt64 { arrival.entity }
    }

    struct Part {
        var sku: Int
        var quantity: Int64
        /// -1 is nowhere.
        var row = -1
        var parcel = -1
        /// The flash sale or presale it was bought in; -1 none, -2 a gift.
        var sale = -1
        var due: Int64
        var subsidy: Int64
        var isGift: Bool { sale == -2 }
    }

    struct Row {
        var sku: Int
        var node: Int
        var book: Int64
        var reserved: Int64 = 0
        var blocked: Int64 = 0
        var inTransit: Int64 = 0
        var onOrder: Int64 = 0
        var lots: [PlainLot] = []
        var free: Int64 { book - reserved - blocked }
    }

    struct Goods {
        var row: Int
        var quantity: Int64
        var isTransfer: Bool
        var lots: [PlainLot] = []
        var arrived: Int64?
        var number: UInt64
    }

    struct Record {
        var time: Int64
        var kind: EventKind
        var id: UInt64
        var part = 0
        var order: Order?
        var goods: Goods?
        var parcel: (time: Int64, grams: Int64)?
    }

    let world: World
    let seed: UInt64
    let number: UInt32
    var rows: [Row]
    var quotas: [[Int64]]
    /// What each shop shows, channels x SKUs, as of its last refresh less its own sales since.
    var shown: [[Int64]]
    var refreshes: [Int64]
    var records: [Record] = []
    var sliceEnd: Int64 = 0
    var isLastSlice = false
    var stations: [[Int64]]
    var packers: [[Int64]]
    var riders: [[Int64]]
    var clerks: [Int64]
    /// Parcels of each carrier by day and by hour.
    var loads: [[Int64]]
    var hours: [[Int64]]
    /// Units taken in by each node's docks by day.
    var taken: [[Int64]]
    /// What is left of each promotion, and how often a buyer has had it.
    var caps: [Int64]
    var uses: [String: Int32] = [:]
    /// Units that presales have sold of what is to come, and what is to come, by SKU.
    var committed: [Int64]
    var coming: [Int64]
    var accounts: [Account: Int64] = [:]
    var journal: [(order: UInt64, step: TraceStep)] = []
    var toPay: [Order] = []
    var toHandle: [Order] = []
    var toFulfil: [(order: Order, parcel: Int?, time: Int64)] = []
    var toShip: [(order: Order, parcel: Int, time: Int64, grams: Int64)] = []
    var goodsNumber: UInt64 = 0
    /// What must never happen, when it has.
    var outcry: String?

    init(_ world: World, seed: UInt64, number: UInt32) {
        self.world = world
        self.seed = seed
        self.number = number
        rows = world.stock.rows.map { Row(sku: $0.sku.position, node: $0.node.position, book: Int64($0.opening)) }
        quotas = world.channels.map { plan in
            if case .quota(let units) = plan.sharing { return units.map(Int64.init) }
            return []
        }
        shown = world.channels.map { _ in [Int64](repeating: 0, count: world.skus.count) }
        refreshes = world.channels.map { _ in 0 }
        stations = world.network.nodes.map { [Int64](repeating: 0, count: Int($0.stations)) }
        packers = world.network.nodes.map { node in
            let inProportion = (Int(node.stations) * world.fulfilment.packStationsPerTen + 9) / 10
            return [Int64](repeating: 0, count: node.packStations > 0 ? Int(node.packStations) : inProportion)
        }
        riders = world.network.nodes.map { _ in [Int64](repeating: 0, count: world.shipping.riders ?? 1) }
        clerks = [Int64](repeating: 0, count: world.handling.clerks)
        let days = world.clock.days + world.clock.drainDays + 16
        loads = world.carriers.map { _ in [Int64](repeating: 0, count: days) }
        hours = world.carriers.map { _ in [Int64](repeating: 0, count: 24 * days) }
        taken = world.network.nodes.map { _ in [Int64](repeating: 0, count: days + 44) }
        caps = world.promotions.map { $0.cap ?? .max }
        committed = [Int64](repeating: 0, count: world.skus.count)
        coming = committed
        fillShelves()
        for channel in world.channels.indices { refresh(channel) }
    }

    static let day: Int64 = 86_400_000_000
    static let hour: Int64 = 3_600_000_000

    func random(_ stream: RandomStreamID, _ entity: UInt64) -> RandomStream {
        RandomStream(seed: seed, stream: stream.rawValue, entity: entity, replication: number)
    }

    func minor(_ units: Int64) -> Int64 { roundedDivision(units, by: world.currency.unitsPerMinor) }

    func tell(_ order: Order, _ time: Int64, _ what: TraceStep.What) {
        journal.append((order.arrival.id, TraceStep(time: Instant(microseconds: time), what: what)))
    }

    func post(_ debit: Account, _ credit: Account, _ amount: Int64) {
        accounts[debit, default: 0] += amount
        accounts[credit, default: 0] -= amount
    }

    // MARK: What is there

    func pool(_ sku: Int) -> Int64 { rows.filter { $0.sku == sku }.reduce(0) { $0 + $1.free } }

    func exclusive(_ sku: Int) -> Int64 { quotas.reduce(0) { $0 + ($1.isEmpty ? 0 : $1[sku]) } }

    /// What presales have sold and nothing on its way will bring.
    func uncovered(_ sku: Int) -> Int64 { max(0, committed[sku] - coming[sku]) }

    func truth(_ channel: Int, _ sku: Int) -> Int64 {
        switch world.channels[channel].sharing {
        case .quota: return max(0, min(quotas[channel][sku], pool(sku) - uncovered(sku)))
        case .ratio(let ratio, let buffer):
            let open = max(0, pool(sku) - exclusive(sku) - uncovered(sku))
            return max(0, open * ratio.partsPerMillion / 1_000_000 - Int64(buffer))
        // Its worlds have no shops by rank.
        case .priority: preconditionFailure("a shop by rank is not one of the rules told here")
        }
    }

    func refresh(_ channel: Int) {
        for sku in 0..<world.skus.count { shown[channel][sku] = truth(channel, sku) }
    }

    func figure(_ channel: Int, _ sku: Int) -> Int64 {
        world.channels[channel].channel.synchronisationLag == 0 ? truth(channel, sku) : max(0, shown[channel][sku])
    }

    func advance(to now: Int64) {
        for (channel, plan) in world.channels.enumerated() {
            let lag = Int64(plan.channel.synchronisationLag) * 1_000_000
            guard lag > 0, now / lag > refreshes[channel] else { continue }
            refreshes[channel] = now / lag
            refresh(channel)
        }
    }

    /// Changes what is free of a SKU, and a channel's own part of it where it has one.
    func giveQuota(_ channel: Int, _ sku: Int, _ units: Int64) {
        if !quotas[channel].isEmpty { quotas[channel][sku] += units }
    }

    func reserve(_ channel: Int, _ part: Part) {
        rows[part.row].reserved += part.quantity
        giveQuota(channel, part.sku, -part.quantity)
        shown[channel][part.sku] -= part.quantity
    }

    func release(_ order: Order) {
        endCommitment(order)
        guard order.isHeld else { return }
        order.isHeld = false
        for part in order.parts {
            rows[part.row].reserved -= part.quantity
            giveQuota(order.channel, part.sku, part.quantity)
        }
    }

    // MARK: The clock

    func add(_ record: Record) {
        var record = record
        if record.time < sliceEnd && !isLastSlice { record.time = sliceEnd }
        records.append(record)
    }

    /// What follows from something counts from the next slice on.
    var grid: SliceGrid { SliceGrid(world.clock) }

    func run() {
        let prepared = Prepared(world)
        var arrivals: [(Arrival, [DemandLine])] = []
        var stage = DemandStage(prepared, seed: seed, replication: number)
        while !stage.isDone {
            stage.clear()
            stage.generateMinute()
            for index in 0..<stage.arrivals.count {
                let arrival = stage.arrivals[index]
                let lines = (0..<Int(arrival.lineCount)).map { stage.lines[Int(arrival.lineBase) + $0] }
                arrivals.append((arrival, lines))
            }
        }
        let transfers: [(Int32, Int)] = world.replenishment.transferReviews.map { ($0, 0) }
        let purchases: [(Int32, Int)] = world.replenishment.supplierReviews.map { ($0, 1) }
        for day in 0..<world.clock.days {
            for (seconds, part) in transfers + purchases {
                add(Record(time: Int64(day) * Self.day + Int64(seconds) * 1_000_000, kind: .review, id: 0, part: part))
            }
            if hasLots { add(Record(time: Int64(day) * Self.day, kind: .upkeep, id: 0)) }
        }
        var next = 0
        for slice in 0..<grid.count {
            repeat {
                isLastSlice = slice == grid.count - 1
                sliceEnd = grid.start(of: slice + 1)
                var due = records.filter { $0.time < sliceEnd }
                records.removeAll { $0.time < sliceEnd }
                while next < arrivals.count && arrivals[next].0.time < sliceEnd {
                    let order = Order(arrivals[next].0)
                    due.append(
                        Record(time: order.arrival.time, kind: .placed, id: order.arrival.id, part: 0, order: order))
                    lines[order.arrival.id] = arrivals[next].1
                    next += 1
                }
                due.sort {
                    ($0.time, $0.kind.rawValue, $0.id, $0.part) < ($1.time, $1.kind.rawValue, $1.id, $1.part)
                }
                for record in due {
                    advance(to: record.time)
                    take(record)
                }
                pay()
                handle()
                fulfil()
                ship()
            } while isLastSlice && !records.isEmpty
        }
        for node in world.network.nodes {
            for _ in 0..<world.clock.days { post(.nodeFixed, .accrued, node.fixedCostPerDay.minor) }
        }
    }

    var lines: [UInt64: [DemandLine]] = [:]

    func take(_ record: Record) {
        if record.kind == .received { return receive(record) }
        if record.kind == .review { return review(isSupplier: record.part == 1, record.time) }
        if record.kind == .upkeep { return writeOffExpired(record.time) }
        if record.kind == .packed { return finishPack(record) }
        guard let order = record.order, !order.state.isFinal || record.kind == .placed else { return }
        switch record.kind {
        case .placed: place(order, record.time)
        case .timedOut: timeOut(order, record.time)
        case .cancelled: cancel(order, record.time)
        case .paid: receivePayment(order, record.time)
        case .released: route(order, record.time)
        case .picked: pick(order, record.part, record.time)
        case .returned: takeBack(order, record.time)
        case .inspected: inspect(order, record.time)
        default: outcry = "a record of a kind this model does not know"
        }
    }

    func finish(_ order: Order, _ state: OrderState, _ now: Int64) {
        if order.isHeld || order.state.isFinal { outcry = "order \(order.arrival.id) ends twice, or holding stock" }
        order.state = state
        tell(order, now, .ended(state.key))
    }

    /// The earliest of a few servers takes a job; returns when it begins.
    func serve(_ servers: inout [Int64], from earliest: Int64, _ service: Int64, opens: Int32, closes: Int32) -> Int64 {
        let first = servers.indices.min { servers[$0] < servers[$1] } ?? 0
        let start = inShift(max(earliest, servers[first]), opens: opens, closes: closes)
        servers[first] = start + service
        return start
    }

    /// The first moment of a shift at or after a time.
    func inShift(_ time: Int64, opens: Int32, closes: Int32) -> Int64 {
        if opens == closes { return time }
        let midnight = time / Self.day * Self.day
        let (opening, closing) = (midnight + Int64(opens) * 1_000_000, midnight + Int64(closes) * 1_000_000)
        return time < opening ? opening : time < closing ? time : opening + Self.day
    }
}
