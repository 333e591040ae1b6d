import Foundation
import NumericCore
import Retail

@testable import Simulation

/// The clock, and what follows from what.
extension PlainShop {
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
            stage.generate()
            for index in 0..<stage.arrivals.count {
                let arrival = stage.arrivals[index]
                let lines = (0..<Int(arrival.lineCount)).map { stage.lines[Int(arrival.lineBase) + $0] }
                arrivals.append((arrival, lines))
            }
        }
        schedule()
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

    /// What comes whatever orders do.
    func schedule() {
        let transfers: [(Int32, Int)] = world.replenishment.transferReviews.map { ($0, 0) }
        let purchases: [(Int32, Int)] = world.replenishment.supplierReviews.map { ($0, 1) }
        let hours: [(Int32, Int)] = (0..<24).map { (Int32($0 * 3_600), 3) }
        let isContinuous = world.stock.rows.contains(where: \.isContinuous)
        for day in 0..<world.clock.days {
            for (seconds, part) in transfers + purchases + (isContinuous ? hours : []) {
                add(Record(time: Int64(day) * Self.day + Int64(seconds) * 1_000_000, kind: .review, id: 0, part: part))
            }
            if hasLots { add(Record(time: Int64(day) * Self.day, kind: .upkeep, id: 0)) }
            guard world.stockTakes.errorRate > .zero else { continue }
            for (number, seconds) in world.stockTakes.counts.enumerated() {
                let id = UInt64(day * world.stockTakes.counts.count + number)
                add(Record(time: Int64(day) * Self.day + Int64(seconds) * 1_000_000, kind: .upkeep, id: id, part: 2))
            }
        }
        let (days, end) = (
            Int64(world.clock.days) * Self.day, Int64(world.clock.days + world.clock.drainDays) * Self.day
        )
        func regularly(_ interval: Instant?, part: Int, until last: Int64) {
            guard let interval = interval?.microseconds else { return }
            for time in stride(from: interval, through: last, by: Int64.Stride(interval)) {
                add(Record(time: time, kind: .upkeep, id: 0, part: part))
            }
        }
        regularly(world.rebalancing, part: 1, until: days - 1)
        regularly(world.afterSales.outlet?.interval, part: 3, until: end)
        if let ahead = world.replenishment.presaleMoves {
            for (number, promotion) in world.promotions.enumerated() {
                guard case .presale(let terms) = promotion.effect else { continue }
                let time = max(0, terms.balanceBegins.microseconds - ahead.microseconds)
                add(Record(time: time, kind: .review, id: UInt64(number), part: 2))
            }
        }
        for receipt in world.stock.receipts {
            guard let row = world.stock.index(receipt.sku, receipt.node)?.position else { continue }
            let due = delayed(receipt.due.microseconds, row: row, isTransfer: false)
            let units = Int64(receipt.quantity)
            dispatch(Goods(row: row, quantity: units, coming: units, isTransfer: false, number: 0), due: due)
        }
    }

    func take(_ record: Record) {
        if record.kind == .received { return receive(record) }
        if record.kind == .review {
            return record.part == 2 ? movePresale(Int(record.id), record.time) : review(record.part, record.time)
        }
        if record.kind == .upkeep {
            switch record.part {
            case 1: return shareOutAgain()
            case 2: return count(record)
            case 3: return sellSecond()
            default: return writeOffExpired(record.time)
            }
        }
        if record.kind == .packed { return finishPack(record) }
        guard let order = record.order, !order.state.isFinal || record.kind == .placed else { return }
        switch record.kind {
        case .placed: place(order, record.time)
        case .timedOut: timeOut(order, record.time)
        case .cancelled: cancel(order, isFraud: record.part == 1, record.time)
        case .paid: receivePayment(order, record.time)
        case .released: route(order, record.time)
        case .picked: pick(order, record.part, record.time)
        case .delivered: complete(order, record.time)
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
