import Foundation
import Retail

/// Where the time and the memory of one replication go.
public struct RunProfile: Sendable {
    /// Seconds by stage, in the order of the stages; the clock's own time is taken off.
    public var stages: [(name: String, seconds: Double)]
    public var orders: Int64
    public var lines: Int64
    /// Bytes of orders, lines, SKUs, stock rows, lots and events that the stages look at, all orders together: rows
    /// of columns, each counted whole every time a record comes to it.
    public var bytesTouched: Int64
    /// The most orders under way at one time, and the memory for orders, their lines and delayed records at its
    /// largest.
    public var mostLive: Int
    public var liveBytes: Int
    /// Memory of the stock: rows, their flows, lots, pools and what shops publish.
    public var stockBytes: Int
}

extension Simulator {
    /// Runs one replication on one thread with a clock at every record.
    public static func profile(_ world: World, seed: UInt64) throws(SimulationError) -> RunProfile {
        try world.validate()
        var run = Replication(Prepared(world), seed: seed, number: 0)
        run.stageClock = StageClock()
        try run.run(meter: nil, isCancelled: { false })
        _ = try run.result()
        return run.profile()
    }
}

extension Replication {
    mutating func profile() -> RunProfile {
        let clock = stageClock ?? StageClock()
        return RunProfile(
            stages: clock.told, orders: counters.orders, lines: counters.lines, bytesTouched: clock.bytes,
            mostLive: pool.mostLive, liveBytes: pool.bytes + wheel.bytes, stockBytes: stock.bytes)
    }

    /// Bytes of the rows a record looks at.
    mutating func bytesTouched(by event: Event) -> Int {
        let size = MemoryLayout<Event>.stride
        guard event.isAtOrder else { return size }
        let (order, line) = (MemoryLayout<OrderRow>.stride, MemoryLayout<LineRow>.stride)
        let (sku, row) = (MemoryLayout<SKULine>.stride, MemoryLayout<RowState>.stride)
        let lot = stock.lots.isOn ? MemoryLayout<Lot>.stride : 0
        let slot = Int(event.slot)
        switch event.kind {
        case .placed:
            let arrival = demand.arrivals[slot]
            var bytes = size + MemoryLayout<Arrival>.stride + order
            for index in Int(arrival.lineBase)..<Int(arrival.lineBase + arrival.lineCount) {
                let rows = stock.rowRange(of: Int(demand.lines[index].sku)).count
                bytes += MemoryLayout<DemandLine>.stride + MemoryLayout<BoardCell>.stride + sku + line + rows * row
                bytes += MemoryLayout<Published>.stride * stock.channelCount
            }
            return bytes
        case .released:
            var bytes = size + order
            let base = Int(pool.orders[slot].lineBase)
            if base < 0 { return bytes }
            for place in base..<base + Int(pool.orders[slot].lineCount) {
                bytes += line + sku + row * stock.rowRange(of: Int(pool.lines[place].sku)).count
            }
            return bytes
        case .returned, .inspected:
            return size + order + MemoryLayout<ReturnLine>.stride + sku + row + MemoryLayout<Shelf>.stride + lot
        default:
            let count = max(0, Int(pool.orders[slot].lineCount))
            let goods = event.kind == .picked ? row + MemoryLayout<Shelf>.stride + lot : row
            return size + order + count * (line + sku + goods)
        }
    }
}

/// A clock that adds the time since it was last asked to a stage.
struct StageClock {
    enum Stage: Int, CaseIterable {
        case demand, gather, fetch, place, pay, timeOut, cancel, route, pick, takeBack, inspect, other, payments,
            review, queues, carriers
    }

    private var seconds = [Double](repeating: 0, count: Stage.allCases.count)
    private var counts = [Int](repeating: 0, count: Stage.allCases.count)
    private var last: UInt64
    private let cost: Double
    var bytes: Int64 = 0

    init() {
        // What asking the clock itself takes, so that it can be taken off.
        let start = Self.now
        for _ in 0..<1_000 { _ = Self.now }
        last = Self.now
        cost = Double(last - start) / 1_001 / 1e9
    }

    private static var now: UInt64 { DispatchTime.now().uptimeNanoseconds }

    mutating func note(_ stage: Stage) {
        let now = Self.now
        seconds[stage.rawValue] += Double(now - last) / 1e9
        counts[stage.rawValue] += 1
        last = now
    }

    mutating func noteRecord(_ kind: EventKind) {
        switch kind {
        case .placed: note(.place)
        case .paid: note(.pay)
        case .timedOut: note(.timeOut)
        case .cancelled: note(.cancel)
        case .released: note(.route)
        case .picked: note(.pick)
        case .returned: note(.takeBack)
        case .inspected: note(.inspect)
        case .received, .delivered, .review, .packed, .upkeep: note(.other)
        }
    }

    var told: [(name: String, seconds: Double)] {
        Stage.allCases.map { stage in
            ("\(stage)", max(0, seconds[stage.rawValue] - cost * Double(counts[stage.rawValue])))
        }
    }
}
