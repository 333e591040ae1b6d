import Foundation
import NumericCore
import Retail

/// Stage 7: carrier, departure, transit, arrival against the promise; then what delivery brings, at its own time.
///
/// A part of its own that shares nothing that changes with the other stages: it is handed orders as they stand and
/// answers what becomes of them, so that it may work on a thread beside. The counts that are its alone it makes where
/// the others will read them; those it shares are added to theirs when a slice ends.
struct ShippingStage: ~Copyable {
    let prepared: Prepared
    private let seed: UInt64
    private let number: UInt32
    let grid: SliceGrid
    let carriers: CarrierTerms
    let faults: Faults
    let afterSales: AfterSalesTerms
    private let chances: OrderChances
    let ridersServe: Bool
    private let returnLogMean: Double
    private let returnLogDeviation: Double
    let columns: ShippingColumns
    /// Counts to be added to those of the other stages.
    var tally = ShippingTally()
    let nodeCost: FixedColumn<Int64>
    /// Postings of what belongs to no line, likewise; and the days they lie on.
    var ledger: Ledger
    private(set) var posted: (first: Int, last: Int) = (.max, -1)
    /// The order whose story is told, or all of them, and the steps.
    var observed: UInt64 = .max
    var tellsAll = false
    var told: [(order: UInt64, step: TraceStep)] = []

    init(
        _ prepared: Prepared, seed: UInt64, number: UInt32, grid: SliceGrid, counters: borrowing Counters,
        flow: borrowing FlowCounters, hour: borrowing HourCounters, ledger: borrowing Ledger
    ) {
        let world = prepared.world
        self.prepared = prepared
        self.seed = seed
        self.number = number
        self.grid = grid
        carriers = CarrierTerms(world)
        faults = Faults(world)
        afterSales = AfterSalesTerms(world)
        chances = OrderChances(world)
        ridersServe = world.shipping.riders != nil
        (returnLogMean, returnLogDeviation) = logNormalParameters(
            mean: world.afterSales.returnDelay * 8.64e10, deviation: world.afterSales.returnDelayDeviation * 8.64e10)
        columns = ShippingColumns(counters, flow, hour)
        nodeCost = FixedColumn(repeating: 0, count: prepared.nodeCount)
        self.ledger = Ledger(days: ledger.days, channels: ledger.channels, categories: 1)
    }

    /// Works through what has been handed over, in its order.
    mutating func work(_ batch: ShippingBatch, riders: borrowing Stations) {
        for index in 0..<batch.handovers.count {
            let handover = batch.handovers[index]
            var order = handover.order
            switch handover.kind {
            case .parcel, .lastParcel, .returningParcel:
                let way = send(handover, riders)
                if order.parcels > 1 {
                    batch.outcomes.append(
                        Outcome(
                            time: way.departure, arrival: way.arrival, slot: handover.slot, kind: .sent,
                            isLate: way.isLate))
                    continue
                }
                // With the last parcel on its way all is known that delivery will bring: it is counted and posted at
                // its own time, and no record waits for it.
                order.lastDeparture = way.departure
                order.lastArrival = way.arrival
                if way.isLate { order.late = true }
                var outcome = conclude(order, handover.slot, at: way.arrival)
                if handover.kind == .returningParcel { (outcome.kind, outcome.id) = (.comingBack, order.id) }
                if handover.kind != .lastParcel { batch.outcomes.append(outcome) }
            case .lost:
                open(order, at: handover.time)
                batch.outcomes.append(
                    conclude(order, handover.slot, at: max(handover.time, order.lastArrival)))
            case .departed:
                open(order, at: handover.time)
                countDeparture(&order)
                batch.outcomes.append(
                    Outcome(time: handover.time, slot: handover.slot, kind: .departed, isInsured: order.isInsured))
            case .fetched:
                open(order, at: handover.time)
                batch.outcomes.append(complete(order, handover.slot, at: handover.time))
            case .settled:
                open(order, at: handover.time)
                settle(order, day: day(of: handover.time))
            }
        }
        batch.handovers.removeAll()
    }

    /// What is left of an order all of whose parcels are on their way.
    mutating func conclude(_ order: OrderRow, _ slot: Int32) -> Outcome {
        open(order, at: order.lastDeparture)
        return conclude(order, slot, at: order.lastArrival)
    }

    /// What follows is posted for an order at a moment.
    @inline(__always)
    mutating func open(_ order: OrderRow, at time: Int64) {
        ledger.open(order: order.id, at: time)
        if observed != .max { ledger.keepsJournal = order.id == observed }
    }

    /// Hands a parcel to a carrier.
    private mutating func send(
        _ handover: Handover, _ riders: borrowing Stations
    ) -> (departure: Int64, arrival: Int64, isLate: Bool) {
        let (order, now) = (handover.order, handover.time)
        let parcel = UInt32(handover.parcel)
        let node = Int(order.node(Int(handover.parcel)))
        open(order, at: now)
        let (choice, booked) = chooseCarrier(node, order, grams: handover.grams, at: now)
        let route = carriers.routes[choice]
        let carrier = Int(route.carrier)
        let entity = entity(of: order)
        let uniform = random(.transit, entity).uniform(at: parcel)
        let time =
            route.transitLaw < 0
            ? exp(route.logMean + route.logDeviation * Normal.quantile(uniform))
            : prepared.world.delivery.laws[Int(route.transitLaw)].quantile(uniform) * 1e6
        let transit = Int64(min(time, 1e15))
        var departure = booked
        if ridersServe && route.tier == 0 {
            // Out and back again.
            departure = riders.serve(node, arrival: booked, service: 2 * transit)
            if departure > booked {
                tally.riderWaits += 1
                columns.riders[node].waits += 1
                columns.riders[node].waiting += departure - booked
            }
            columns.riders[node].parcels += 1
            columns.riders[node].riding += 2 * transit
        }
        var lost: Int64 = 0
        if prepared.world.shipping.failedAttempts > .zero { lost = attempts(entity, parcel: handover.parcel) }
        let arrival = departure + transit + lost
        var price = route.price(grams: handover.grams)
        if faults.hasCarriers { price = faults.price(carrier, price, at: departure) }
        let spread = Int(handover.grams > route.firstWeight ? route.heavySpreadLaw : route.spreadLaw)
        if spread >= 0 {
            let uniform = random(.freightSpread, entity).uniform(at: parcel)
            let factor = prepared.world.delivery.laws[spread].quantile(uniform)
            price = Int64(min((Double(price) * factor).rounded(), 1e15))
        }
        let freight = roundedDivision(price, by: prepared.world.currency.unitsPerMinor)
        let isLate = arrival > order.promise
        tally.parcels += 1
        columns.carrierParcels[carrier] += 1
        columns.carrierFreight[carrier] += freight
        if !isLate { columns.carrierOnTime[carrier] += 1 }
        nodeCost[node] += freight
        tally.timeForCarrier += departure - now
        tally.timeOnRoad += transit
        tally.timeRetrying += lost
        post(debit: .freight, credit: .carrierPayable, freight, order, day: day(of: departure))
        // Taken over, at the station, on the last mile, at the door, and each attempt that failed.
        tally.trackingEvents += 4 + lost / max(1, prepared.world.shipping.retryDelay.microseconds)
        if isTold(order) {
            tell(
                order, at: now,
                .handedOver(
                    carrier: prepared.world.carriers[carrier].code, departs: Instant(microseconds: departure),
                    arrives: Instant(microseconds: arrival), freight: Amount(minor: freight)))
            tellTracking(order, departure: departure, transit: transit, lost: lost)
        }
        return (departure, grid.time(arrival, after: now), isLate)
    }

    /// Time lost with attempts at the door that fail, each a draw of its own.
    private mutating func attempts(_ entity: UInt64, parcel: UInt8) -> Int64 {
        let plan = prepared.world.shipping
        let draws = random(.deliveryAttempt, entity)
        var failed: Int64 = 0
        while failed < Int64(plan.maximumAttempts) - 1,
            draws.uniform(at: UInt32(parcel) * 16 + UInt32(failed)) < plan.failedAttempts.fraction
        {
            failed += 1
        }
        tally.failedAttempts += failed
        return failed * plan.retryDelay.microseconds
    }

    /// When goods come back: refused parcels turn round, returns take their time.
    mutating func returnArrival(_ order: OrderRow, delivered: Int64) -> Int64 {
        if order.refused { return delivered + max(0, delivered - order.lastDeparture) }
        let uniform = random(.returnDelay, entity(of: order)).uniform(at: 0)
        if let law = prepared.world.afterSales.returnLaw {
            return delivered + Int64(min(law.quantile(uniform) * 1e6, 1e15))
        }
        return delivered + Int64(min(exp(returnLogMean + returnLogDeviation * Normal.quantile(uniform)), 1e15))
    }

    // MARK: Shared

    @inline(__always)
    mutating func random(_ stream: RandomStreamID, _ entity: UInt64) -> RandomStream {
        RandomStream(seed: seed, stream: stream.rawValue, entity: entity, replication: number)
    }

    /// Whether a clerk had to look at an order.
    mutating func isLooked(_ order: OrderRow) -> Bool {
        let entity = entity(of: order)
        return order.isOdd || !chances.luck(of: entity, seed: seed, number: number).isDisjoint(with: .findings)
    }

    @inline(__always)
    mutating func entity(of order: OrderRow) -> UInt64 { prepared.entity(of: order) }

    @inline(__always)
    mutating func day(of time: Int64) -> Int { Int(time / SliceGrid.microsecondsPerDay) }

    /// A posting that belongs to no line of the order.
    @inline(__always)
    mutating func post(debit: Account, credit: Account, _ amount: Int64, _ order: OrderRow, day: Int) {
        ledger.post(debit: debit, credit: credit, amount, day: day, channel: Int(order.channel))
        tally.postings += 1
        let place = min(day, ledger.days - 1)
        posted = (min(posted.first, place), max(posted.last, place))
    }

    /// Puts the postings since the last time into the books of all stages.
    mutating func hand(over books: inout Ledger) {
        if posted.last < 0 { return }
        books.take(&ledger, days: posted.first...posted.last)
        posted = (.max, -1)
    }

    @inline(__always)
    mutating func isTold(_ order: OrderRow) -> Bool { tellsAll || order.id == observed }

    mutating func tell(_ order: OrderRow, at time: Int64, _ what: TraceStep.What) {
        told.append((order.id, TraceStep(time: Instant(microseconds: time), what: what)))
    }

    /// The parcel's events as a buyer sees them: its station is reached after nine tenths of the transit time.
    private mutating func tellTracking(_ order: OrderRow, departure: Int64, transit: Int64, lost: Int64) {
        tell(order, at: departure, .tracked(.takenOver))
        tell(order, at: departure + transit / 10 * 9, .tracked(.onLastMile))
        let retry = prepared.world.shipping.retryDelay.microseconds
        guard retry > 0, lost > 0 else { return }
        for attempt in 0..<(lost / retry) {
            tell(order, at: departure + transit + attempt * retry, .tracked(.attemptFailed))
        }
    }
}
