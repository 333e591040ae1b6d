import NumericCore
import Retail

/// One replication: the state of a run and the loop over its slices.
///
/// In each slice the due records and new orders that change stock are merged by (time, kind, id) and taken one by
/// one; then the orders they hand on pass through Pay, Handle, Fulfil and Ship, in that order. What a stage causes for
/// an earlier one is a record on the wheel, due in the next slice at the earliest. Stages whose state no record of the
/// slice looks at take their orders every few records, while those are still in the cache; it makes no difference.
struct Replication: ~Copyable {
    let prepared: Prepared
    let seed: UInt64
    let number: UInt32

    var demand: DemandStage
    var stock: StockState
    var pool = OrderPool()
    var wheel: EventWheel
    var board: PromotionBoard
    var ledger: Ledger
    let stations: Stations
    let clerks: Stations
    let faults: Faults
    let chances: OrderChances
    var counters: Counters
    var scratch: Scratch
    let terms: Terms
    let routing: RouteTerms
    var routeScratch = RouteScratch()
    let fulfilment: FulfilTerms
    let afterSales: AfterSalesTerms
    /// Pack stations by node, and the riders of front warehouses.
    let packing: Stations
    let riders: Stations
    var flow: FlowCounters
    var hour: HourCounters
    var supplyState: SupplyState
    let docks: Docks
    /// What is left of each promotion's cap, the merchant's share of it, and its scope (SKUs x promotions).
    let capLeft: FixedColumn<Int64>
    let promotionShares: FixedColumn<Int64>
    /// By promotion; only presales count.
    let presales: FixedColumn<PresaleCount>
    let scopes: FixedColumn<Bool>
    let savingTerms: SavingTerms
    let specials: SpecialPrices
    /// Uses of promotions that are given so many times to one buyer.
    var uses = CountTable()
    /// Orders that wait for another of their buyer.
    var waiting = WaitingOrders()
    let nodeEntities: FixedColumn<UInt64>

    var due = GrowingColumn<Event>(capacity: 1 << 12)
    private var sorter = TimeSort<Event>()
    var toPay = GrowingColumn<UnpaidOrder>()
    var toHandle = GrowingColumn<Int32>()
    var toFulfil = GrowingColumn<PickTask>()
    var toShip = GrowingColumn<PickedParcel>()
    var handovers = GrowingColumn<Handover>()
    let desk: ShippingDesk
    /// Parcels at the pack stations, in places used again; a free place's slot is the next free one.
    var toPack = GrowingColumn<PickedParcel>()
    var freePack: Int32 = -1
    /// Makes demand on another thread while there is one to spare.
    var ahead: DemandAhead?
    /// The first slice not done yet.
    var nextSlice = 0
    /// Arrivals of the batch that have been taken.
    var taken = 0
    /// Value at cost of the stock when the last order has been placed, major units.
    var horizonValue = 0.0
    /// The first breach of a law of the books found while running.
    var fault: AuditFault?
    /// The order whose story is told, and the story.
    var observed: UInt64 = .max
    /// The record being worked on is that order's.
    var isObserving = false
    var story: [TraceStep] = []
    /// Takes single postings, slice by slice, while they are kept.
    var postingSink: (([LedgerPosting]) -> Void)?
    /// The steps of all orders with their ids, while the tests hold them against another model; nil otherwise.
    var journal: [(order: UInt64, step: TraceStep)]?
    private var telling: UInt64 = .max
    /// Where time goes, while somebody asks; nil otherwise.
    var stageClock: StageClock?
    /// The first order to end in each state, by raw value, while examples are asked for; empty otherwise.
    var examples: [OrderID?] = []

    init(_ prepared: Prepared, seed: UInt64, number: UInt32) {
        let world = prepared.world
        self.prepared = prepared
        self.seed = seed
        self.number = number
        demand = DemandStage(prepared, seed: seed, replication: number)
        // Made first: what they hold of a SKU lies in the stock's lines.
        let stock = StockState(world)
        let counters = Counters(prepared, lines: stock.lines)
        let flow = FlowCounters(prepared)
        let hour = HourCounters(nodes: prepared.nodeCount)
        let ledger = Ledger(
            days: world.clock.days + 1, channels: prepared.channelCount + 1,
            categories: world.skus.categoryNames.count + 1)
        desk = ShippingDesk(
            ShippingStage(
                prepared, seed: seed, number: number, grid: SliceGrid(world.clock), counters: counters, flow: flow,
                hour: hour, ledger: ledger))
        terms = Terms(prepared, lines: stock.lines)
        self.stock = stock
        self.counters = counters
        self.flow = flow
        self.hour = hour
        self.ledger = ledger
        wheel = EventWheel(grid: SliceGrid(world.clock))
        board = PromotionBoard(world)
        let nodes = world.network.nodes
        stations = Stations(
            servers: nodes.map { Int($0.stations) }, opens: nodes.map(\.opens), closes: prepared.shiftEnds)
        packing = Stations(
            servers: nodes.map { world.fulfilment.packStations(of: $0) },
            opens: nodes.map(\.opens), closes: prepared.shiftEnds)
        riders = Stations(
            servers: nodes.map { $0.kind == .front ? world.shipping.riders ?? 1 : 1 }, opens: nodes.map { _ in 0 },
            closes: nodes.map { _ in 0 })
        clerks = Stations(
            servers: [world.handling.clerks], opens: [world.handling.opens], closes: [world.handling.closes])
        faults = Faults(world)
        chances = OrderChances(world)
        scratch = Scratch(nodes: prepared.nodeCount)
        routing = RouteTerms(prepared)
        fulfilment = FulfilTerms(world)
        afterSales = AfterSalesTerms(world)
        supplyState = SupplyState(world)
        docks = Docks(world)
        capLeft = FixedColumn(world.promotions.map { $0.cap ?? .max })
        promotionShares = FixedColumn(world.promotions.map(\.merchantShare.partsPerMillion))
        presales = FixedColumn(repeating: PresaleCount(), count: world.promotions.count)
        scopes = FixedColumn(
            (0..<world.skus.count).flatMap { sku in world.promotions.map { $0.scope[sku] } })
        savingTerms = SavingTerms(world.promotions)
        specials = SpecialPrices(world)
        nodeEntities = FixedColumn(nodes.map { entityHash($0.code) })
        scheduleReplenishment()
        scheduleUpkeep()
    }

    var sliceCount: Int { wheel.grid.count }
    var isDone: Bool { demand.isDone && taken == demand.arrivals.count && wheel.pending == 0 }

    /// Everything that happens in one slice. The last slice is repeated until nothing is left.
    mutating func step(_ slice: Int) {
        let end = wheel.grid.start(of: slice + 1)
        if taken == demand.arrivals.count {
            demand.clear()
            taken = 0
        }
        due.removeAll()
        if ahead != nil || desk.hasThread {
            pool.orders.growAhead()
            pool.lines.growAhead()
            wheel.growAhead()
        }
        wheel.take(slice, into: &due)
        while !demand.isDone && demand.reached < end {
            guard let ahead else {
                demand.generate()
                continue
            }
            let batch = ahead.next()
            demand.append(batch)
            ahead.giveBack(batch)
        }
        stageClock?.note(.demand)
        while taken < demand.arrivals.count && demand.arrivals[taken].time < end {
            let arrival = demand.arrivals[taken]
            due.append(Event(time: arrival.time, id: arrival.id, slot: Int32(taken), kind: .placed))
            taken += 1
        }
        sorter.sort(&due)
        stageClock?.note(.gather)
        let isTimed = stageClock != nil
        let opened = wheel.grid.start(of: slice)
        // Other orders may join one that waits for its review, and a count of the shelves may end it.
        let keepsReview = prepared.world.handling.mergeWindow != nil || stock.drifts.count > 0
        let waits = routing.seesCarriers || fulfilment.riders
        instructDesk()
        var begin = 0
        for block in -Self.reach..<0 { lookAhead(from: block) }
        while begin < due.count {
            let end = min(due.count, begin + Self.block)
            lookAhead(from: begin / Self.block)
            if isTimed { stageClock?.note(.fetch) }
            for index in begin..<end {
                let event = due[index]
                if isTimed {
                    let bytes = Int64(bytesTouched(by: event))
                    stageClock?.bytes += bytes
                }
                stock.advance(to: event.time)
                take(event)
                if isTimed { stageClock?.noteRecord(event.kind) }
            }
            ledger.open(order: .max, at: opened)
            handOn(keepsReview: keepsReview, waits: waits)
            begin = end
        }
        ledger.open(order: .max, at: opened)
        handOn(keepsReview: false, waits: true)
        fulfil()
        stageClock?.note(.queues)
        ship()
        finishShipping()
        stageClock?.note(.carriers)
        ledger.open(order: .max, at: wheel.grid.start(of: slice))
        if let postingSink, ledger.journal.count > 0 { postingSink(drainJournal()) }
    }

    /// Orders on to payment, to review and to carriers.
    /// - Parameters:
    ///   - keepsReview: review looks at orders that records of this slice change, and waits for its end.
    ///   - waits: routing looks at carriers or riders, and those wait for its end.
    @inline(__always)
    private mutating func handOn(keepsReview: Bool, waits: Bool) {
        if toPay.count > 0 { pay() }
        stageClock?.note(.payments)
        if !keepsReview && toHandle.count > 0 { handle() }
        stageClock?.note(.review)
        if !waits && toShip.count > 0 {
            ship()
            stageClock?.note(.carriers)
        }
    }

    @inline(__always)
    private mutating func take(_ event: Event) {
        let slot = Int(event.slot)
        isObserving = event.id == observed
        ledger.open(order: event.isOfOrder ? event.id : .max, at: event.time)
        if observed != .max { ledger.keepsJournal = isObserving }
        switch event.kind {
        case .placed: place(event)
        case .received: receive(slot, at: event.time)
        case .review where event.part == 2: movePresale(slot, at: event.time)
        case .review: review(Review(rawValue: event.part) ?? .transfers, at: event.time)
        case .upkeep: keepUp(event)
        case .packed: finishPack(slot, at: event.time)
        case .returned: takeBack(pool.unfold(slot), at: event.time)
        default:
            // A record whose order has gone, and whose place another may have, is stale.
            guard pool.orders[slot].id == event.id else { return }
            switch event.kind {
            case .timedOut: timeOut(slot, at: event.time)
            case .cancelled: cancel(slot, isFraud: event.part == 1, at: event.time)
            case .paid: receivePayment(slot, at: event.time)
            case .released: route(slot, at: event.time)
            case .picked: pick(slot, parcel: Int(event.part), at: event.time)
            case .delivered: handOver(slot, .fetched, at: event.time)
            case .inspected: inspect(slot, at: event.time)
            case .placed, .received, .review, .packed, .returned, .upkeep: break
            }
        }
    }

    // MARK: Shared by the stages

    @inline(__always)
    mutating func random(_ stream: RandomStreamID, _ entity: UInt64) -> RandomStream {
        RandomStream(seed: seed, stream: stream.rawValue, entity: entity, replication: number)
    }

    @inline(__always)
    mutating func entity(of order: OrderRow) -> UInt64 {
        prepared.entity(of: order)
    }

    @inline(__always)
    mutating func day(of time: Int64) -> Int { Int(time / SliceGrid.microsecondsPerDay) }

    mutating func breach(_ check: String, _ offender: String, expected: Int64, found: Int64) {
        if fault == nil {
            fault = AuditFault(check: check, offender: offender, expected: expected, found: found)
        }
    }

    /// Ends an order: each order comes here exactly once.
    mutating func finish(_ slot: Int, _ state: OrderState, at time: Int64) {
        let order = pool.orders[slot]
        if order.hold == .held {
            breach("reservations_ended_once", "order \(OrderID(bits: order.id))", expected: 0, found: 1)
        }
        if order.state.isFinal {
            breach("orders_end_once", "order \(OrderID(bits: order.id))", expected: 1, found: 2)
        }
        if isObserved(slot) { tell(at: time, .ended(state.key)) }
        if !examples.isEmpty, examples[Int(state.rawValue)] == nil {
            examples[Int(state.rawValue)] = OrderID(bits: order.id)
        }
        if order.presale >= 0 { closePresale(slot, state, day: day(of: time)) }
        pool.orders[slot].state = state
        counters.states[Int(state.rawValue)] += 1
        pool.recycleLines(of: slot)
        pool.recycleReturns(of: slot)
        pool.recycleOrder(slot)
    }

    /// Gives back what an order holds; a second time is a breach.
    mutating func releaseHold(_ slot: Int) {
        endCommitment(slot)
        let order = pool.orders[slot]
        guard order.hold == .held else {
            if order.hold == .none { return }
            breach("reservations_ended_once", "order \(OrderID(bits: order.id))", expected: 1, found: 2)
            return
        }
        pool.orders[slot].hold = .released
        for line in Int(order.lineBase)..<Int(order.lineBase + order.lineCount) {
            let part = pool.lines[line]
            stock.release(part.quantity, row: Int(part.row), sku: Int(part.sku), channel: Int(order.channel))
        }
    }

    /// Whether this is the order whose story is told.
    @inline(__always)
    mutating func isObserved(_ slot: Int) -> Bool {
        if observed == .max && journal == nil { return false }
        let id = pool.orders[slot].id
        if journal != nil { telling = id }
        return id == observed || journal != nil
    }

    mutating func tell(at time: Int64, _ what: TraceStep.What) {
        let step = TraceStep(time: Instant(microseconds: time), what: what)
        if journal != nil { journal?.append((telling, step)) }
        if telling == observed || journal == nil { story.append(step) }
    }
}

/// A parcel that has left the pick station.
struct PickedParcel: BitwiseCopyable {
    var slot: Int32
    var parcel: UInt8
    var time: Int64
    var grams: Int64
}
