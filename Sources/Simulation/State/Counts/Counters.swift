/// What a replication counts while it runs.
struct Counters: ~Copyable {
    let minutes: Int
    // Orders per minute, up to the end of the last day.
    let placed: FixedColumn<Int64>
    let reserved: FixedColumn<Int64>
    let picked: FixedColumn<Int64>
    let shipped: FixedColumn<Int64>
    // By node.
    let nodeParcels: FixedColumn<Int64>
    let nodeLines: FixedColumn<Int64>
    let nodeUnits: FixedColumn<Int64>
    let nodeSplit: FixedColumn<Int64>
    /// Units asked for by buyers whose first choice the node is, and those it could promise.
    let homeAsked: FixedColumn<Int64>
    let homeServed: FixedColumn<Int64>
    /// Busy microseconds of pick stations, row-major nodes x hours.
    let hours: Int
    let busy: FixedColumn<Int64>
    let nodeCost: FixedColumn<Int64>
    // By channel.
    /// By segment: orders, what they were to pay, and what of it was paid back, minor units.
    let segmentOrders: FixedColumn<Int64>
    let segmentValue: FixedColumn<Int64>
    let segmentRefunds: FixedColumn<Int64>
    let channelOrders: FixedColumn<Int64>
    let channelUnits: FixedColumn<Int64>
    let channelOversold: FixedColumn<Int64>
    /// Paid by buyers, minor units.
    let channelPaid: FixedColumn<Int64>
    let expected: FixedColumn<Int64>
    let settledPaid: FixedColumn<Int64>
    let statements: FixedColumn<Int64>
    let matched: FixedColumn<Int64>
    /// Units asked for, row-major days x channels.
    let demandUnits: FixedColumn<Int64>
    // By tier.
    let tierOrders: FixedColumn<Int64>
    let tierOnTime: FixedColumn<Int64>
    let tierHours: FixedColumn<Double>
    // By SKU.
    let skuDemanded: FieldColumn<SKULine, Int64>
    let skuLost: FieldColumn<SKULine, Int64>
    // By carrier.
    let carrierParcels: FixedColumn<Int64>
    let carrierOnTime: FixedColumn<Int64>
    let carrierFreight: FixedColumn<Int64>
    /// Parcels handed over, row-major carriers x days.
    let carrierDays: Int
    let carrierLoad: FixedColumn<Int64>
    let states: FixedColumn<Int64>
    /// Minutes from order to departure of the last parcel: a histogram, the last cell open.
    let orderToShip: FixedColumn<Int64>
    /// Ten-second cells from payment to release: a histogram, the last cell open.
    let releaseTimes: FixedColumn<Int64>

    // Whole run.
    var orders: Int64 = 0
    var lines: Int64 = 0
    var unitsAsked: Int64 = 0
    var unitsLost: Int64 = 0
    var unitsOversold: Int64 = 0
    var ordersOversold: Int64 = 0
    var ordersComplete: Int64 = 0
    var ordersReserved: Int64 = 0
    var ordersPaid: Int64 = 0
    var ordersReviewed: Int64 = 0
    var reviewTime: Int64 = 0
    var orderToRelease: Int64 = 0
    var ordersReleased: Int64 = 0
    var ordersSplit: Int64 = 0
    var ordersSwapped: Int64 = 0
    var ordersShipped: Int64 = 0
    var parcels: Int64 = 0
    var linesShipped: Int64 = 0
    var unitsShipped: Int64 = 0
    var ordersDelivered: Int64 = 0
    var linesReturned: Int64 = 0
    var unitsReturned: Int64 = 0
    var postings: Int64 = 0
    var transfers: Int64 = 0
    var transferUnits: Int64 = 0
    var purchases: Int64 = 0
    var purchaseUnits: Int64 = 0
    /// What the platform added to the sales sent, minor units.
    var subsidySent: Int64 = 0

    var giftUnits: Int64 = 0
    var giftsShort: Int64 = 0
    var ordersThrottled: Int64 = 0
    var trade = TradeCounters()
    /// Reviews by reason; an order may have several.
    var addressFaults: Int64 = 0
    var remarks: Int64 = 0
    var priceAnomalies: Int64 = 0
    var ordersShippedInTime: Int64 = 0
    var ordersPerfect: Int64 = 0
    var failedAttempts: Int64 = 0

    static let histogramMinutes = 30 * 1_440
    /// Seven days.
    static let releaseCells = 7 * 8_640

    init(_ prepared: Prepared, lines: borrowing FixedColumn<SKULine>) {
        let clock = prepared.world.clock
        minutes = clock.days * DemandPlan.minutesPerDay
        placed = FixedColumn(repeating: 0, count: minutes)
        reserved = FixedColumn(repeating: 0, count: minutes)
        picked = FixedColumn(repeating: 0, count: minutes)
        shipped = FixedColumn(repeating: 0, count: minutes)
        let (nodes, channels) = (prepared.nodeCount, prepared.channelCount)
        nodeParcels = FixedColumn(repeating: 0, count: nodes)
        nodeLines = FixedColumn(repeating: 0, count: nodes)
        nodeUnits = FixedColumn(repeating: 0, count: nodes)
        nodeSplit = FixedColumn(repeating: 0, count: nodes)
        homeAsked = FixedColumn(repeating: 0, count: nodes)
        homeServed = FixedColumn(repeating: 0, count: nodes)
        hours = (clock.days + clock.drainDays) * 24
        busy = FixedColumn(repeating: 0, count: nodes * hours)
        nodeCost = FixedColumn(repeating: 0, count: nodes)
        segmentOrders = FixedColumn(repeating: 0, count: prepared.segmentCount)
        segmentValue = FixedColumn(repeating: 0, count: prepared.segmentCount)
        segmentRefunds = FixedColumn(repeating: 0, count: prepared.segmentCount)
        channelOrders = FixedColumn(repeating: 0, count: channels)
        channelUnits = FixedColumn(repeating: 0, count: channels)
        channelPaid = FixedColumn(repeating: 0, count: channels)
        channelOversold = FixedColumn(repeating: 0, count: channels)
        expected = FixedColumn(repeating: 0, count: channels)
        settledPaid = FixedColumn(repeating: 0, count: channels)
        statements = FixedColumn(repeating: 0, count: channels)
        matched = FixedColumn(repeating: 0, count: channels)
        demandUnits = FixedColumn(repeating: 0, count: clock.days * channels)
        tierOrders = FixedColumn(repeating: 0, count: 4)
        tierOnTime = FixedColumn(repeating: 0, count: 4)
        tierHours = FixedColumn(repeating: 0, count: 4)
        skuDemanded = FieldColumn(lines, \.demanded)
        skuLost = FieldColumn(lines, \.lost)
        let carriers = prepared.world.carriers.count
        carrierParcels = FixedColumn(repeating: 0, count: carriers)
        carrierOnTime = FixedColumn(repeating: 0, count: carriers)
        carrierFreight = FixedColumn(repeating: 0, count: carriers)
        carrierDays = clock.days + clock.drainDays + 16
        carrierLoad = FixedColumn(repeating: 0, count: carriers * carrierDays)
        states = FixedColumn(repeating: 0, count: OrderState.allCases.count)
        orderToShip = FixedColumn(repeating: 0, count: Self.histogramMinutes + 1)
        releaseTimes = FixedColumn(repeating: 0, count: Self.releaseCells + 1)
    }

    /// Counts one at the minute of a moment, when it lies within the days simulated.
    @inline(__always)
    func tick(_ series: borrowing FixedColumn<Int64>, _ time: Int64) {
        let minute = Int(time / 60_000_000)
        if minute < minutes { series[minute] += 1 }
    }

    // MARK: Checkpoint

    mutating func code(_ codec: inout StateCodec) throws(CheckpointError) {
        try codec.code(placed)
        try codec.code(reserved)
        try codec.code(picked)
        try codec.code(shipped)
        try codec.code(nodeParcels)
        try codec.code(nodeLines)
        try codec.code(nodeUnits)
        try codec.code(nodeSplit)
        try codec.code(homeAsked)
        try codec.code(homeServed)
        try codec.code(busy)
        try codec.code(nodeCost)
        try codec.code(segmentOrders)
        try codec.code(segmentValue)
        try codec.code(segmentRefunds)
        try codec.code(channelOrders)
        try codec.code(channelUnits)
        try codec.code(channelOversold)
        try codec.code(channelPaid)
        try codec.code(expected)
        try codec.code(settledPaid)
        try codec.code(statements)
        try codec.code(matched)
        try codec.code(demandUnits)
        try codec.code(tierOrders)
        try codec.code(tierOnTime)
        try codec.code(tierHours)
        try codec.code(skuDemanded)
        try codec.code(skuLost)
        try codec.code(carrierParcels)
        try codec.code(carrierOnTime)
        try codec.code(carrierFreight)
        try codec.code(carrierLoad)
        try codec.code(states)
        try codec.code(orderToShip)
        try codec.code(releaseTimes)
        try codec.code(&orders)
        try codec.code(&lines)
        try codec.code(&unitsAsked)
        try codec.code(&unitsLost)
        try codec.code(&unitsOversold)
        try codec.code(&ordersOversold)
        try codec.code(&ordersComplete)
        try codec.code(&ordersReserved)
        try codec.code(&ordersPaid)
        try codec.code(&ordersReviewed)
        try codec.code(&reviewTime)
        try codec.code(&orderToRelease)
        try codec.code(&ordersReleased)
        try codec.code(&ordersSplit)
        try codec.code(&ordersSwapped)
        try codec.code(&ordersShipped)
        try codec.code(&parcels)
        try codec.code(&linesShipped)
        try codec.code(&unitsShipped)
        try codec.code(&ordersDelivered)
        try codec.code(&linesReturned)
        try codec.code(&unitsReturned)
        try codec.code(&postings)
        try codec.code(&transfers)
        try codec.code(&transferUnits)
        try codec.code(&purchases)
        try codec.code(&purchaseUnits)
        try codec.code(&subsidySent)
        try codec.code(&giftUnits)
        try codec.code(&giftsShort)
        try codec.code(&ordersThrottled)
        try codec.code(&trade)
        try codec.code(&addressFaults)
        try codec.code(&remarks)
        try codec.code(&priceAnomalies)
        try codec.code(&ordersShippedInTime)
        try codec.code(&ordersPerfect)
        try codec.code(&failedAttempts)
    }
}
