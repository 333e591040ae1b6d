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
/// It knows: shared pools, ratios, quotas and their sharing out again, shops by rank, campaigns with stock of their own,
/// lagging shops and warehouses; deduction at order, deposit and payment;
/// payment, presales with balances, withdrawal, time-outs, cancellation, refusal; price cuts, channel and member
/// prices, quantity breaks, savings of every layer (pooled and by shop, with budgets, for holders, so many a buyer),
/// gifts, flash sales, goods added to reach a saving and partly sent back; capture and clerks, address faults, remarks, odd prices, fraud, merging, orders held back from
/// full nodes; fetching from stores; routing by cost, nearness and table, with every term of the score, filters, splits
/// that pay, pieces, swaps at release, short picks, stock-takes; waves, pick and pack stations with shifts; carriers
/// with daily and hourly capacity, cut-offs, failed attempts; riders; lateness; returns with reasons, inspection,
/// write-down, exchanges; settlement; reviews, transfers, help of neighbours, suppliers with their days, capacity, short
/// and late deliveries, goods on their way from before, docks, put-away, storage; lots with owners, first expired first
/// out, and what expires; second choice and the outlet; presale goods moved forward; overtime; insurance of the way
/// back, visits and questions, the platform's clock; a second, fast and dear supplier; levels that follow a rolling
/// forecast; pauses, outages of nodes, carriers out or dearer, surges, late goods.
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
        /// Its discount is unusual.
        var isOdd = false
        /// Its buyer fetches it.
        var isPickup = false
        var isExchange = false
        var isInsured = false
        var hasBulky = false
        var reason = 0
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
        /// The flash sale or presale it was bought in; -1 none, -2 a gift, -3 added to reach a saving.
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
        /// On the shelf, and not told yet.
        var unseen: Int64 = 0
        /// What is really there less the book.
        var drift: Int64 = 0
        var lots: [PlainLot] = []
        var free: Int64 { book - reserved - blocked - unseen }
    }

    struct Goods {
        var row: Int
        var quantity: Int64
        /// What of it really comes.
        var coming: Int64
        var isTransfer: Bool
        var lots: [PlainLot] = []
        var arrived: Int64?
        var number: UInt64
        /// When it was to come, and what a unit costs beyond its usual cost.
        var promised: Int64 = .max
        var premium: Int64 = 0
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

    /// The moment up to which warehouses have told and campaigns have begun.
    var clock: Int64 = 0

    /// Channels x SKUs: units kept for a shop's rank, and units it took since quotas were last shared out.
    var protected: [[Int64]]

    var recent: [[Int64]]

    /// Promotions x SKUs: what is left of stock of their own; below zero where more was sold.
    var campaigns: [[Int64]]

    /// What each shop shows, channels x SKUs, as of its last refresh less its own sales since.
    var shown: [[Int64]]

    var refreshes: [Int64]

    /// Goods that warehouses will tell of.
    var reports: [(due: Int64, row: Int, quantity: Int64)] = []

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

    /// What suppliers will still bring within the days, by number.
    var ordered: [UInt64: Goods] = [:]

    /// Units asked for so far, by SKU, and the forecast that follows them.
    var asked: [Int64]

    var forecast: PlainForecast?

    /// Units each supplier has sent off by week.
    var sent: [[Int64]]

    /// What is left of each promotion, and how often a buyer has had it.
    var caps: [Int64]

    var uses: [String: Int32] = [:]

    /// Units that presales have sold of what is to come, and what is to come, by SKU.
    var committed: [Int64]

    var coming: [Int64]
    var accounts: [Account: Int64] = [:]
    var journal: [(order: UInt64, step: TraceStep)] = []
    var live: [Order] = []

    /// Of a buyer and channel, the order that waits for another, and until when.
    var waiting: [String: (order: Order, until: Int64)] = [:]

    var toPay: [Order] = []
    var toHandle: [Order] = []
    /// Parcels to pick; one opened by re-routing at this moment takes more lines until the slice ends.
    var toFulfil: [(order: Order, parcel: Int, isOpen: Bool, time: Int64)] = []
    var toShip: [(order: Order, parcel: Int, time: Int64, grams: Int64)] = []
    var goodsNumber: UInt64 = 0
    var lines: [UInt64: [DemandLine]] = [:]

    /// What must never happen, when it has.
    var outcry: String?

    /// Words for what has happened that no order tells of.
    var seen: Set<String> = []

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
        recent = shown
        let opening = (0..<world.skus.count).map { world.stock.opening(SKU.Index($0)) }
        protected = world.channels.map { plan in
            if case .priority(_, let protection, _) = plan.sharing { return opening.map { protection.of($0) } }
            return opening.map { _ in 0 }
        }
        campaigns = world.promotions.map { promotion in
            opening.indices.map { promotion.scope[$0] ? promotion.reserve.of(opening[$0]) : 0 }
        }
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
        sent = world.replenishment.suppliers.map { _ in
            [Int64](repeating: 0, count: (world.clock.days + world.clock.drainDays) / 7 + 60)
        }
        caps = world.promotions.map { $0.cap ?? .max }
        committed = [Int64](repeating: 0, count: world.skus.count)
        coming = committed
        asked = committed
        forecast = PlainForecast(world)
        fillShelves()
        if world.stockTakes.errorRate > .zero { for row in rows.indices { rows[row].drift = drift(row) } }
        for channel in world.channels.indices { refresh(channel) }
    }
}
