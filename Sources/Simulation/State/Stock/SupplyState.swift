import Retail

/// Suppliers while a replication runs: what they have sent in each week, and the forecast that levels follow.
struct SupplyState: ~Copyable {
    let plans: [SupplierPlan]
    private let weeks: Int
    /// Units sent off, row-major suppliers x weeks.
    private let sent: FixedColumn<Int64>
    /// ISO weekday of the first day less one.
    private let firstWeekday: Int
    /// When docks open, microseconds after midnight.
    private let opens: Int64
    var forecast: Reforecast

    init(_ world: World) {
        plans = world.replenishment.suppliers
        weeks = (world.clock.days + world.clock.drainDays) / 7 + 60
        sent = FixedColumn(repeating: 0, count: plans.count * weeks)
        firstWeekday = world.clock.start.weekday - 1
        opens = Int64(world.inbound.opens) * 1_000_000
        forecast = Reforecast(world)
    }

    /// Splits an order over the weeks in which the supplier has room: units in each, from the week of `now` on.
    mutating func weeklyParts(_ supplier: Int, _ quantity: Int64, at now: Int64) -> [(units: Int64, weeks: Int64)] {
        let capacity = plans[supplier].weeklyCapacity
        guard capacity > 0 else { return [(quantity, 0)] }
        let first = Int(now / SliceGrid.microsecondsPerDay + Int64(firstWeekday)) / 7
        var (parts, left, week): ([(Int64, Int64)], Int64, Int) = ([], quantity, first)
        while left > 0 && week < weeks {
            let cell = supplier * weeks + week
            let units = min(left, capacity - sent[cell])
            if units > 0 {
                sent[cell] += units
                parts.append((units, Int64(week - first)))
                left -= units
            }
            week += 1
        }
        // What has no place in a year and more is not ordered.
        return parts
    }

    /// The next moment, at or after `due`, on a weekday on which the supplier delivers.
    func deliveryDay(_ supplier: Int, _ due: Int64) -> Int64 {
        var time = due
        for _ in 0..<7 {
            let weekday = Int((time / SliceGrid.microsecondsPerDay + Int64(firstWeekday)) % 7)
            if plans[supplier].deliveryDays[weekday] { return time }
            time = (time / SliceGrid.microsecondsPerDay + 1) * SliceGrid.microsecondsPerDay + opens
        }
        return due
    }

    mutating func code(_ codec: inout StateCodec) throws(CheckpointError) {
        try codec.code(sent)
        try forecast.code(&codec)
    }
}

/// Docks and shelves of the nodes while a replication runs.
struct Docks: ~Copyable {
    let plan: InboundPlan
    let isOff: Bool
    private let days: Int
    /// Units taken in, row-major nodes x days.
    private let taken: FixedColumn<Int64>
    /// Units a day; .max is no limit.
    private let capacities: FixedColumn<Int64>
    /// Cubic centimetres a node's shelves hold; .max is no limit.
    let storage: FixedColumn<Int64>
    let volumes: FixedColumn<Int64>
    /// Rows of node n are rowsByNode[offsets[n] ..< offsets[n + 1]].
    private let offsets: FixedColumn<Int32>
    private let rowsByNode: FixedColumn<Int32>

    init(_ world: World) {
        plan = world.inbound
        isOff = plan.isOff(world.network.nodes)
        days = world.clock.days + world.clock.drainDays + 60
        let nodes = world.network.nodes
        taken = FixedColumn(repeating: 0, count: nodes.count * days)
        let common = world.inbound.dailyCapacity ?? .max
        capacities = FixedColumn(nodes.map { $0.dockCapacity > 0 ? $0.dockCapacity : common })
        storage = FixedColumn(
            nodes.map { $0.storage > 0 && world.inbound.limitsStorage ? min($0.storage, .max / 1_000) * 1_000 : .max })
        volumes = FixedColumn(world.skus.volumes.map { Int64($0) })
        var lists = [[Int32]](repeating: [], count: nodes.count)
        if world.inbound.limitsStorage {
            for (row, place) in world.stock.rows.enumerated() { lists[place.node.position].append(Int32(row)) }
        }
        var offsets: [Int32] = [0]
        for list in lists { offsets.append(offsets[offsets.count - 1] + Int32(list.count)) }
        self.offsets = FixedColumn(offsets)
        rowsByNode = FixedColumn(lists.flatMap { $0 })
    }

    /// The moment the docks of a node are done with goods that come at `now`: the first day with room, over several
    /// days where one does not suffice; counted against them.
    func appointment(_ node: Int, units: Int64, at now: Int64) -> Int64 {
        let opening = Int64(plan.opens) * 1_000_000
        var day = Int(now / SliceGrid.microsecondsPerDay)
        var time = max(now, Int64(day) * SliceGrid.microsecondsPerDay + opening)
        let capacity = capacities[node]
        if capacity == .max { return time }
        var left = units
        while day < days - 1 {
            let cell = node * days + day
            // A delivery that fits into a day is not torn apart; a larger one takes what is left of each.
            let room = capacity - taken[cell]
            if room >= left || (left > capacity && room > 0) {
                let part = min(left, room)
                taken[cell] += part
                left -= part
                if left == 0 { return time }
            }
            day += 1
            time = Int64(day) * SliceGrid.microsecondsPerDay + opening
        }
        return time
    }

    /// Whether a node's shelves have room for goods.
    func hasRoom(_ node: Int, sku: Int, units: Int64, _ stock: borrowing StockState) -> Bool {
        guard storage[node] != .max else { return true }
        // Sums of litres may be absurd in the data; doubles do not overflow.
        var used = 0.0
        for index in Int(offsets[node])..<Int(offsets[node + 1]) {
            let row = Int(rowsByNode[index])
            used += Double(stock.rows[row].book) * Double(volumes[Int(stock.rows[row].sku)])
        }
        return used + Double(units) * Double(volumes[sku]) <= Double(storage[node])
    }

    func code(_ codec: inout StateCodec) throws(CheckpointError) { try codec.code(taken) }
}
