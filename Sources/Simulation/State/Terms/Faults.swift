import Retail

/// The world's faults as short columns by kind. Without a fault of a kind, asking costs one comparison.
struct Faults: ~Copyable {
    private let pauses: FixedColumn<FaultWindow>
    private let outages: FixedColumn<FaultWindow>
    private let carriers: FixedColumn<FaultWindow>
    private let shocks: FixedColumn<FaultWindow>
    private let delays: FixedColumn<FaultWindow>

    init(_ world: World) {
        var (pauses, outages, carriers, shocks): ([FaultWindow], [FaultWindow], [FaultWindow], [FaultWindow]) = (
            [], [], [], []
        )
        var delays: [FaultWindow] = []
        for fault in world.faults {
            var window = FaultWindow(begins: fault.begins.microseconds, ends: fault.ends.microseconds)
            switch fault.kind {
            case .systemPause: pauses.append(window)
            case .nodeOutage(let node):
                window.place = node.raw
                outages.append(window)
            case .carrier(let carrier, let capacity, let surcharge):
                window.place = carrier?.raw ?? -1
                window.factor = capacity
                window.surcharge = surcharge.partsPerMillion
                carriers.append(window)
            case .demandShock(let channel, let region, let factor):
                window.place = channel?.raw ?? -1
                window.region = region?.raw ?? -1
                window.factor = factor
                shocks.append(window)
            case .supplierDelay(let supplier, let delay):
                window.place = supplier ?? -1
                window.region = -2
                window.surcharge = delay.microseconds
                delays.append(window)
            case .lateStock(let node, let delay):
                window.place = -2
                window.region = node?.raw ?? -1
                window.surcharge = delay.microseconds
                delays.append(window)
            }
        }
        // By their beginning, so that one pass moves past windows that follow each other.
        self.pauses = FixedColumn(pauses.sorted { $0.begins < $1.begins })
        self.outages = FixedColumn(outages.sorted { $0.begins < $1.begins })
        self.carriers = FixedColumn(carriers)
        self.shocks = FixedColumn(shocks)
        self.delays = FixedColumn(delays)
    }

    var hasOutages: Bool { outages.count > 0 }
    var hasCarriers: Bool { carriers.count > 0 }
    var hasShocks: Bool { shocks.count > 0 }

    var hasDelays: Bool { delays.count > 0 }

    /// When goods due at a moment really come: delays of their supplier (-1: a transfer) and of their node add up.
    func delayed(_ due: Int64, supplier: Int32, node: Int32, isTransfer: Bool) -> Int64 {
        var time = due
        for index in 0..<delays.count where delays[index].covers(due) {
            let delay = delays[index]
            let isSupplier = delay.region == -2
            let isMeant =
                isSupplier
                ? !isTransfer && (delay.place == -1 || delay.place == supplier)
                : delay.region == -1 || delay.region == node
            if isMeant { time += delay.surcharge }
        }
        return time
    }

    /// The first moment, at or after `now`, outside every pause.
    @inline(__always)
    func afterPause(_ now: Int64) -> Int64 { Self.after(pauses, -1, now) }

    /// The first moment, at or after `now`, outside every outage of the node.
    @inline(__always)
    func afterOutage(_ node: Int, _ now: Int64) -> Int64 { Self.after(outages, Int32(node), now) }

    /// Windows are sorted by their beginning: one that reaches further is met in the same pass.
    @inline(__always)
    private static func after(_ windows: borrowing FixedColumn<FaultWindow>, _ place: Int32, _ now: Int64) -> Int64 {
        var time = now
        for index in 0..<windows.count where windows[index].place == place && windows[index].covers(time) {
            time = windows[index].ends
        }
        return time
    }

    /// What a carrier takes of its daily capacity at a moment of departure.
    func capacity(_ carrier: Int, _ daily: Int64, at now: Int64) -> Int64 {
        var factor = 1.0
        for index in 0..<carriers.count where carriers[index].covers(now) {
            if carriers[index].place < 0 || carriers[index].place == Int32(carrier) { factor *= carriers[index].factor }
        }
        return factor == 1 ? daily : Int64(min((Double(daily) * factor).rounded(.down), 9e15))
    }

    /// The first moment, at or after `now`, at which a carrier takes anything. The windows are few and end.
    func afterCarrierOutage(_ carrier: Int, _ now: Int64) -> Int64 {
        var time = now
        var moved = true
        while moved {
            moved = false
            for index in 0..<carriers.count where carriers[index].covers(time) && carriers[index].factor == 0 {
                if carriers[index].place >= 0 && carriers[index].place != Int32(carrier) { continue }
                time = carriers[index].ends
                moved = true
            }
        }
        return time
    }

    /// Whether parcels that are ready at a moment may leave while a carrier asks for more: within two days.
    func mayCharge(_ ready: Int64) -> Bool {
        for index in 0..<carriers.count
        where carriers[index].surcharge != 0 && carriers[index].begins <= ready + 2 * SliceGrid.microsecondsPerDay
            && carriers[index].ends > ready
        {
            return true
        }
        return false
    }

    /// The price of a parcel with the surcharges of the moment, each rounded half away from zero.
    func price(_ carrier: Int, _ price: Int64, at now: Int64) -> Int64 {
        var sum = price
        for index in 0..<carriers.count where carriers[index].covers(now) && carriers[index].surcharge != 0 {
            if carriers[index].place < 0 || carriers[index].place == Int32(carrier) {
                sum += roundedDivision(price * carriers[index].surcharge, by: 1_000_000)
            }
        }
        return sum
    }

    /// Factor on the orders of a channel and region at a moment.
    func demand(_ channel: Int, _ region: Int, at now: Int64) -> Double {
        var factor = 1.0
        for index in 0..<shocks.count where shocks[index].covers(now) {
            let shock = shocks[index]
            if (shock.place < 0 || shock.place == Int32(channel)) && (shock.region < 0 || shock.region == Int32(region))
            {
                factor *= shock.factor
            }
        }
        return factor
    }
}

/// When and where a fault holds.
struct FaultWindow: BitwiseCopyable {
    var begins: Int64
    var ends: Int64
    /// Node, carrier, channel or supplier; -1 is every one, -2 none.
    var place: Int32 = -1
    var region: Int32 = -1
    var factor = 1.0
    /// Of prices in parts per million, or a delay in microseconds.
    var surcharge: Int64 = 0

    @inline(__always) func covers(_ now: Int64) -> Bool { begins <= now && now < ends }
}
