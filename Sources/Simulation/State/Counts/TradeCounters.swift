/// What is counted of a presale.
struct PresaleCount: BitwiseCopyable {
    var orders: Int64 = 0
    var deposits: Int64 = 0
    /// Minor units: deposits paid, and what orders whose balance was paid come to.
    var deposited: Int64 = 0
    var paidValue: Int64 = 0
    var paid: Int64 = 0
    var forfeited: Int64 = 0
    /// Moved towards buyers before the balance was due.
    var unitsMoved: Int64 = 0
}

/// What riders of a front warehouse do.
struct RiderCount: BitwiseCopyable {
    var parcels: Int64 = 0
    /// Parcels that had to wait for a rider, and how long all of them did; time on the way and back. Microseconds.
    var waits: Int64 = 0
    var waiting: Int64 = 0
    var riding: Int64 = 0
}

/// What is counted of presales, buyers' ways, fraud, merging and the books of the stock.
struct TradeCounters: BitwiseCopyable {
    /// Orders with goods added to reach a saving.
    var ordersChased: Int64 = 0
    var presaleOrders: Int64 = 0
    var depositsPaid: Int64 = 0
    var presalesForfeited: Int64 = 0
    /// Units presales committed out of receipts to come.
    var unitsCommitted: Int64 = 0
    var ordersMerged: Int64 = 0
    /// Orders laid ready in a store, and those nobody came for.
    var pickups: Int64 = 0
    var pickupsForgotten: Int64 = 0
    var liveOrders: Int64 = 0
    /// Fraud rejected, fraud sent, and honest orders a clerk had to look at.
    var fraudCaught: Int64 = 0
    var fraudMissed: Int64 = 0
    var falseAlarms: Int64 = 0
    var unitsExpired: Int64 = 0
    /// Returned units kept as second choice.
    var unitsSecond: Int64 = 0
    /// Second choice sold off by the outlet, and the tax in what it paid, minor units.
    var unitsOutlet: Int64 = 0
    var outletTax: Int64 = 0
    var rowsCounted: Int64 = 0
    /// Units by which counts changed the books, either way.
    var unitsCorrected: Int64 = 0
}
