/// The counts that nobody but the shipping desk makes, seen where the other stages keep them.
struct ShippingColumns {
    let carrierDays: Int
    let carrierLoad: ColumnView<Int64>
    let carrierParcels: ColumnView<Int64>
    let carrierOnTime: ColumnView<Int64>
    let carrierFreight: ColumnView<Int64>
    let hours: Int
    let carrierHours: ColumnView<Int64>
    let riders: ColumnView<RiderCount>
    let shipped: ColumnView<Int64>
    let orderToShip: ColumnView<Int64>
    let tierOrders: ColumnView<Int64>
    /// The outcomes of the hour that delivery decides; the others are the routing's.
    let hourOutcomes: ColumnView<Int64>
    let tierOnTime: ColumnView<Int64>
    let tierHours: ColumnView<Double>
    let statements: ColumnView<Int64>
    let expected: ColumnView<Int64>
    let settledPaid: ColumnView<Int64>
    let matched: ColumnView<Int64>

    init(_ counters: borrowing Counters, _ flow: borrowing FlowCounters, _ hour: borrowing HourCounters) {
        carrierDays = counters.carrierDays
        carrierLoad = ColumnView(counters.carrierLoad)
        carrierParcels = ColumnView(counters.carrierParcels)
        carrierOnTime = ColumnView(counters.carrierOnTime)
        carrierFreight = ColumnView(counters.carrierFreight)
        hours = flow.hours
        carrierHours = ColumnView(flow.carrierHours)
        riders = ColumnView(flow.riders)
        shipped = ColumnView(counters.shipped)
        orderToShip = ColumnView(counters.orderToShip)
        tierOrders = ColumnView(counters.tierOrders)
        hourOutcomes = ColumnView(hour.cells)
        tierOnTime = ColumnView(counters.tierOnTime)
        tierHours = ColumnView(counters.tierHours)
        statements = ColumnView(counters.statements)
        expected = ColumnView(counters.expected)
        settledPaid = ColumnView(counters.settledPaid)
        matched = ColumnView(counters.matched)
    }
}

/// What the shipping desk has counted since the others last took it.
struct ShippingTally {
    var parcels: Int64 = 0
    var failedAttempts: Int64 = 0
    var ordersShipped: Int64 = 0
    var ordersShippedInTime: Int64 = 0
    var ordersDelivered: Int64 = 0
    var ordersPerfect: Int64 = 0
    var postings: Int64 = 0
    var timeForCarrier: Int64 = 0
    var timeOnRoad: Int64 = 0
    var timeRetrying: Int64 = 0
    var trackingEvents: Int64 = 0
    var riderWaits: Int64 = 0
    var insured: Int64 = 0
    var visits: Int64 = 0
    var contacts: Int64 = 0

    func add(to counters: inout Counters, _ flow: inout FlowCounters) {
        counters.parcels += parcels
        counters.failedAttempts += failedAttempts
        counters.ordersShipped += ordersShipped
        counters.ordersShippedInTime += ordersShippedInTime
        counters.ordersDelivered += ordersDelivered
        counters.ordersPerfect += ordersPerfect
        counters.postings += postings
        flow.timeForCarrier += timeForCarrier
        flow.timeOnRoad += timeOnRoad
        flow.timeRetrying += timeRetrying
        flow.parcelsTimed += parcels
        flow.trackingEvents += trackingEvents
        flow.riderWaits += riderWaits
        flow.insured += insured
        flow.visits += visits
        flow.contacts += contacts
    }
}
