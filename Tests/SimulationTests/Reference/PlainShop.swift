import Foundation
import NumericCore
import Retail

@testable import Simulation

/// The promotion day told plainly, one order after the other, for small worlds: what the engine must agree with.
///
/// Nothing here is fast and little is shared with the engine: orders are objects, what is free is counted anew each
/// time, figures of a shop are written down for every SKU at each of its refreshes, servers are a list searched for
/// the earliest. It draws the same keyed random numbers, since the rules say which draw decides what.
///
/// It knows: shared pools, ratios, quotas, lagging shops; deduction at order and at payment; payment, time-outs,
/// cancellation, refusal; capture and clerks; routing to one node, to several, in pieces; swapping at release; pick
/// stations with shifts; carriers with capacity, cut-offs and transit; lateness; returns, inspection, write-down;
/// settlement; reviews, transfers, purchases; price cuts. It does not know savings, coupons, gifts, flash sales, waves,
/// throttling, faults of nodes and carriers, address faults or remarks.
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
        var leftToDeliver = 0
        var isRefused = false
        var isLate = false
        var isAllBack = true
        var lastDeparture: Int64 = 0
        var backs: [Part] = []
        var due: Int64 = 0
        var settled: Int64 = 0

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
        var due: Int64
        var subsidy: Int64
    }

    struct Row {
        var sku: Int
        var node: Int
        var book: Int64
        var reserved: Int64 = 0
        var blocked: Int64 = 0
        var inTransit: Int64 = 0
        var onOrder: Int64 = 0
        var free: Int64 { book - reserved - blocked }
    }

    struct Record {
        var time: Int64
        var kind: EventKind
        var id: UInt64
        var part = 0
        var order: Order?
        var goods: (row: Int, quantity: Int64, isTransfer: Bool)?
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
    var clerks: [Int64]
    var loads: [[Int64]]
    var accounts: [Account: Int64] = [:]
    var journal: [(order: UInt64, step: TraceStep)] = []
    var toPay: [Order] = []
    var toHandle: [Order] = []
    var toFulfil: [Order] = []
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
        clerks = [Int64](repeating: 0, count: world.handling.clerks)
        loads = world.carriers.map { _ in [Int64](repeating: 0, count: world.clock.days + world.clock.drainDays + 16) }
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

    func truth(_ channel: Int, _ sku: Int) -> Int64 {
        switch world.channels[channel].sharing {
        case .quota: return min(quotas[channel][sku], pool(sku))
        case .ratio(let ratio, let buffer):
            let open = max(0, pool(sku) - exclusive(sku))
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

    func release(_ order: Order) {
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
        }
        let grid = SliceGrid(world.clock)
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
        guard let order = record.order, !order.state.isFinal || record.kind == .placed else { return }
        switch record.kind {
        case .placed: place(order, record.time)
        case .timedOut: timeOut(order, record.time)
        case .cancelled: cancel(order, record.time)
        case .paid: receivePayment(order, record.time)
        case .released: route(order, record.time)
        case .picked: pick(order, record.part, record.time)
        case .delivered: deliver(order, record.time)
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
}
