import NumericCore
import Retail

/// What calibration looks at: facts of past orders, one row for each, with its sampling weight.
struct OrderRecords {
    struct Order {
        var weight: Double
        var secondOfDay: Double
        /// Seconds from order to payment; nil where it is not known.
        var lag: Double?
        var isPaid: Bool
        var isCancelled: Bool
        /// Whether anything of it came back; nil for orders that were not sent.
        var isReturned: Bool?
        var lines: Int
        var units: Int64
    }

    struct Parcel {
        var weight: Double
        var node: Int
        var region: Int
        var kilometres: Double
        /// Seconds on the way; nil where it has not arrived.
        var transit: Double?
        var freight: Double
        /// Nil where an order went in several parcels.
        var grams: Double?
    }

    private(set) var orders: [Order] = []
    private(set) var parcels: [Parcel] = []
    /// Seconds from the door (or the order) to the return.
    private(set) var returnTimes: [(value: Double, weight: Double)] = []
    private(set) var knowsPayment = false
    private(set) var knowsFates = false

    /// - Parameter include: which orders, by code.
    init(_ dataset: Dataset, where include: (String) -> Bool = { _ in true }) {
        let history = dataset.orders
        knowsPayment = !history.paid.isEmpty
        knowsFates = !history.fates.isEmpty
        var index: [String: Int] = [:]
        for order in 0..<history.count where include(history.codes[order]) { index[history.codes[order]] = order }
        var parcelsOf: [Int: Int] = [:]
        var delivered: [Int: CivilTime] = [:]
        for row in dataset.shipments {
            guard let order = index[row.order] else { continue }
            parcelsOf[order, default: 0] += 1
            if let time = row.delivered { delivered[order] = max(delivered[order] ?? time, time) }
        }
        for order in 0..<history.count where index[history.codes[order]] != nil {
            orders.append(Self.order(order, history, isSent: parcelsOf[order] != nil || dataset.shipments.isEmpty))
        }
        for row in dataset.shipments {
            guard let order = index[row.order] else { continue }
            let region = history.regions[order].position
            let grams = history.lines(order).reduce(0.0) {
                $0 + Double(dataset.skus[history.lineSKUs[$1].position].weight) * Double(history.lineQuantities[$1])
            }
            parcels.append(
                Parcel(
                    weight: history.weight(order), node: row.node.position, region: region,
                    kilometres: greatCircleKilometres(
                        dataset.nodes[row.node.position].location, dataset.regions[region].location),
                    transit: row.delivered.map { Double($0.seconds - row.shipped.seconds) },
                    freight: Double(row.freight.minor) / Double(10_000 / dataset.currency.unitsPerMinor),
                    grams: parcelsOf[order] == 1 ? grams : nil))
        }
        for row in dataset.returns {
            guard let order = index[row.order] else { continue }
            let start = delivered[order] ?? history.placed[order]
            if row.returned > start {
                returnTimes.append((Double(row.returned.seconds - start.seconds), history.weight(order)))
            }
        }
    }

    private static func order(_ order: Int, _ history: OrderHistory, isSent: Bool) -> Order {
        let fate = history.fates.isEmpty ? OrderFate.open : history.fates[order]
        let paid = history.paid.isEmpty ? nil : history.paid[order]
        let isPaid = fate != .unpaid && (history.paid.isEmpty || paid != nil || fate == .delivered)
        let lines = history.lines(order)
        let isCancelled = fate == .cancelled
        let isBack = lines.contains { history.lineCancelled[$0] > 0 } || fate == .refused
        return Order(
            weight: history.weight(order), secondOfDay: Double(history.placed[order].timeOfDay),
            lag: paid.map { Double($0.seconds - history.placed[order].seconds) }, isPaid: isPaid,
            isCancelled: isCancelled, isReturned: isSent && isPaid && !isCancelled ? isBack : nil, lines: lines.count,
            units: lines.reduce(0) { $0 + Int64(history.lineQuantities[$1]) })
    }

    /// Half of the orders, by a hash of their codes and a number for the split: the same orders in every run.
    static func half(_ number: Int, split: UInt64 = 0) -> (String) -> Bool {
        { Int((split == 0 ? entityHash($0) : combine(entityHash($0), split)) >> 17 & 1) == number }
    }
}
