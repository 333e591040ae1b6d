/// What a replication counts while it runs.
struct Counters: ~Copyable {
    let minutes: Int
    // Orders per minute, up to the end of the last day.
    let placed: Column<Int64>
    let reserved: Column<Int64>
    let picked: Column<Int64>
    let shipped: Column<Int64>
    // By node.
    let nodeParcels: Column<Int64>
    let nodeLines: Column<Int64>
    let nodeUnits: Column<Int64>
    let nodeSplit: Column<Int64>
    /// Units asked for by buyers whose first choice the node is, and those it could promise.
    let homeAsked: Column<Int64>
    let homeServed: Column<Int64>
    /// Busy microseconds of pick stations, row-major nodes x hours.
    let hours: Int
    let busy: Column<Int64>
    let nodeCost: Column<Int64>
    // By channel.
    let channelOrders: Column<Int64>
    let channelUnits: Column<Int64>
    let channelOversold: Column<Int64>
    /// Paid by buyers, minor units.
    let channelPaid: Column<Int64>
    let expected: Column<Int64>
    let settledPaid: Column<Int64>
    let statements: Column<Int64>
    let matched: Column<Int64>
    /// Units asked for, row-major days x channels.
    let demandUnits: Column<Int64>
    // By tier.
    let tierOrders: Column<Int64>
    let tierOnTime: Column<Int64>
    let tierHours: Column<Double>
    // By SKU.
    let skuDemanded: Column<Int64>
    let skuLost: Column<Int64>
    // By carrier.
    let carrierParcels: Column<Int64>
    let carrierOnTime: Column<Int64>
    let carrierFreight: Column<Int64>
    /// Parcels handed over, row-major carriers x days.
    let carrierDays: Int
    let carrierLoad: Column<Int64>
    let states: Column<Int64>
    /// Minutes from order to departure of the last parcel: a histogram, the last cell open.
    let orderToShip: Column<Int64>

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

    static let histogramMinutes = 30 * 1_440

    init(_ prepared: Prepared) {
        let clock = prepared.world.clock
        minutes = clock.days * DemandPlan.minutesPerDay
        placed = Column(repeating: 0, count: minutes)
        reserved = Column(repeating: 0, count: minutes)
        picked = Column(repeating: 0, count: minutes)
        shipped = Column(repeating: 0, count: minutes)
        let (nodes, channels, skus) = (prepared.nodeCount, prepared.channelCount, prepared.skuCount)
        nodeParcels = Column(repeating: 0, count: nodes)
        nodeLines = Column(repeating: 0, count: nodes)
        nodeUnits = Column(repeating: 0, count: nodes)
        nodeSplit = Column(repeating: 0, count: nodes)
        homeAsked = Column(repeating: 0, count: nodes)
        homeServed = Column(repeating: 0, count: nodes)
        hours = (clock.days + clock.drainDays) * 24
        busy = Column(repeating: 0, count: nodes * hours)
        nodeCost = Column(repeating: 0, count: nodes)
        channelOrders = Column(repeating: 0, count: channels)
        channelUnits = Column(repeating: 0, count: channels)
        channelPaid = Column(repeating: 0, count: channels)
        channelOversold = Column(repeating: 0, count: channels)
        expected = Column(repeating: 0, count: channels)
        settledPaid = Column(repeating: 0, count: channels)
        statements = Column(repeating: 0, count: channels)
        matched = Column(repeating: 0, count: channels)
        demandUnits = Column(repeating: 0, count: clock.days * channels)
        tierOrders = Column(repeating: 0, count: 4)
        tierOnTime = Column(repeating: 0, count: 4)
        tierHours = Column(repeating: 0, count: 4)
        skuDemanded = Column(repeating: 0, count: skus)
        skuLost = Column(repeating: 0, count: skus)
        let carriers = prepared.world.carriers.count
        carrierParcels = Column(repeating: 0, count: carriers)
        carrierOnTime = Column(repeating: 0, count: carriers)
        carrierFreight = Column(repeating: 0, count: carriers)
        carrierDays = clock.days + clock.drainDays + 16
        carrierLoad = Column(repeating: 0, count: carriers * carrierDays)
        states = Column(repeating: 0, count: OrderState.allCases.count)
        orderToShip = Column(repeating: 0, count: Self.histogramMinutes + 1)
    }

    /// Counts one at the minute of a moment, when it lies within the days simulated.
    @inline(__always)
    func tick(_ series: borrowing Column<Int64>, _ time: Int64) {
        let minute = Int(time / 60_000_000)
        if minute < minutes { series[minute] += 1 }
    }
}
