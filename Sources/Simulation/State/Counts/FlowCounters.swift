import Retail

/// What routing, fulfilment, shipping, after-sales and inbound count, beside `Counters`.
struct FlowCounters: ~Copyable {
    // Baseline in shadow, by region: decisions compared, those that differ, and the costs, ten-thousandths.
    let shadowCompared: FixedColumn<Int64>
    let shadowDifferent: FixedColumn<Int64>
    let routedCost: FixedColumn<Int64>
    let shadowCost: FixedColumn<Int64>
    // By node.
    let overtime: FixedColumn<Int64>
    let packed: FixedColumn<Int64>
    let packing: FixedColumn<Int64>
    let packWaiting: FixedColumn<Int64>
    /// Parcels released and not begun at midnight, row-major nodes x days.
    let days: Int
    let backlog: FixedColumn<Int64>
    /// Units that waited in the yard, and for how long (microseconds x units).
    let yardUnits: FixedColumn<Int64>
    let yardTime: FixedColumn<Double>
    /// Riders of front warehouses, and units that expired, by node.
    let riders: FixedColumn<RiderCount>
    let expired: FixedColumn<Int64>
    /// Parcels a carrier took in an hour, row-major carriers x hours; empty when no carrier has an hourly capacity.
    let hours: Int
    let carrierHours: FixedColumn<Int64>
    /// Returned orders by reason.
    let reasons: FixedColumn<Int64>

    /// Shipment plans made, and nodes whose parcel was scored for them.
    var plans: Int64 = 0
    var nodesScored: Int64 = 0
    /// Orders that got two savings or more.
    var ordersStacked: Int64 = 0
    var ordersSplitToSave: Int64 = 0
    var ordersMerged: Int64 = 0
    var shortPicks: Int64 = 0
    var linesRerouted: Int64 = 0
    var ordersRerouted: Int64 = 0
    var unitsMissing: Int64 = 0
    var refusals: Int64 = 0
    var exchanges: Int64 = 0
    var exchangesRefunded: Int64 = 0
    var visits: Int64 = 0
    var contacts: Int64 = 0
    var insured: Int64 = 0
    var trackingEvents: Int64 = 0
    var riderWaits: Int64 = 0
    var lateral: Int64 = 0
    var lateralUnits: Int64 = 0
    var shortDeliveries: Int64 = 0
    var unitsNotDelivered: Int64 = 0
    var lateDeliveries: Int64 = 0
    var presaleUnits: Int64 = 0
    /// Units bought from fast and dear second suppliers.
    var fastUnits: Int64 = 0
    // Where the time of parcels goes, microseconds summed over parcels, and the parcels.
    var timePaying: Int64 = 0
    var timeHandling: Int64 = 0
    var timeWaiting: Int64 = 0
    var timePicking: Int64 = 0
    var timePacking: Int64 = 0
    var timeForCarrier: Int64 = 0
    var timeOnRoad: Int64 = 0
    var timeRetrying: Int64 = 0
    var parcelsTimed: Int64 = 0

    init(_ prepared: Prepared) {
        let (world, nodes) = (prepared.world, prepared.nodeCount)
        let regions = prepared.regionCount
        shadowCompared = FixedColumn(repeating: 0, count: regions)
        shadowDifferent = FixedColumn(repeating: 0, count: regions)
        routedCost = FixedColumn(repeating: 0, count: regions)
        shadowCost = FixedColumn(repeating: 0, count: regions)
        overtime = FixedColumn(repeating: 0, count: nodes)
        packed = FixedColumn(repeating: 0, count: nodes)
        packing = FixedColumn(repeating: 0, count: nodes)
        packWaiting = FixedColumn(repeating: 0, count: nodes)
        days = world.clock.days
        backlog = FixedColumn(repeating: 0, count: nodes * days)
        yardUnits = FixedColumn(repeating: 0, count: nodes)
        yardTime = FixedColumn(repeating: 0, count: nodes)
        riders = FixedColumn(repeating: RiderCount(), count: nodes)
        expired = FixedColumn(repeating: 0, count: nodes)
        let isHourly = world.carriers.contains { $0.hourlyCapacity > 0 }
        hours = isHourly ? (world.clock.days + world.clock.drainDays + 16) * 24 : 0
        carrierHours = FixedColumn(repeating: 0, count: world.carriers.count * hours)
        reasons = FixedColumn(repeating: 0, count: 8)
    }

    mutating func code(_ codec: inout StateCodec) throws(CheckpointError) {
        try codec.code(shadowCompared)
        try codec.code(shadowDifferent)
        try codec.code(routedCost)
        try codec.code(shadowCost)
        try codec.code(overtime)
        try codec.code(packed)
        try codec.code(packing)
        try codec.code(packWaiting)
        try codec.code(backlog)
        try codec.code(yardUnits)
        try codec.code(yardTime)
        try codec.code(riders)
        try codec.code(expired)
        try codec.code(carrierHours)
        try codec.code(reasons)
        try codec.code(&plans)
        try codec.code(&nodesScored)
        try codec.code(&ordersStacked)
        try codec.code(&ordersSplitToSave)
        try codec.code(&ordersMerged)
        try codec.code(&shortPicks)
        try codec.code(&linesRerouted)
        try codec.code(&ordersRerouted)
        try codec.code(&unitsMissing)
        try codec.code(&refusals)
        try codec.code(&exchanges)
        try codec.code(&exchangesRefunded)
        try codec.code(&visits)
        try codec.code(&contacts)
        try codec.code(&insured)
        try codec.code(&trackingEvents)
        try codec.code(&riderWaits)
        try codec.code(&lateral)
        try codec.code(&lateralUnits)
        try codec.code(&shortDeliveries)
        try codec.code(&unitsNotDelivered)
        try codec.code(&lateDeliveries)
        try codec.code(&presaleUnits)
        try codec.code(&fastUnits)
        try codec.code(&timePaying)
        try codec.code(&timeHandling)
        try codec.code(&timeWaiting)
        try codec.code(&timePicking)
        try codec.code(&timePacking)
        try codec.code(&timeForCarrier)
        try codec.code(&timeOnRoad)
        try codec.code(&timeRetrying)
        try codec.code(&parcelsTimed)
    }
}
