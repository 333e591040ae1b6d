import Datasets
import Foundation
import NumericCore
public import Retail
import Simulation

/// Laws fitted to past orders: the counterpart of `MeasuredLaws`, with how well they fit.
public struct Calibration: Sendable {
    /// Ways between places that share their laws.
    public struct Lane: Sendable {
        public var name: String
        /// Codes, for a pair with parcels enough of its own; nil for a band of distances.
        public var from: String?
        public var to: String?
        public var within: Double?
        public var parcels: Int
        public var transit: LagLaw?
        public var card: MeasuredLaws.Lane.Card?
        public var spread: LagLaw?
        /// Of parcels above the first weight.
        public var heavySpread: LagLaw?
    }

    public var currency: Currency
    public var orders: Int
    public var paymentLag: LagLaw?
    public var paidShare: Double?
    public var cancellationRate: Double?
    public var returnRate: Double?
    public var returnTime: LagLaw?
    public var hours: [Double]
    public var lanes: [Lane]
    /// Part of orders with one, two ... lines.
    public var basketSizes: [Double]

    /// Parcels a pair of node and region, or a band of distance, needs for laws of its own: the 99th percentile then
    /// rests on two of them.
    static let laneParcels = 200
    /// Bands of distance for the others, kilometres.
    static let bands = [100.0, 300, 600, 1_000, 1_500, 2_000, 50_000]

    /// Fits everything the orders of a data set can tell.
    /// - Throws: `.missing` when it has no past orders.
    public init(_ dataset: Dataset) throws(PipelineError) {
        try self.init(dataset, OrderRecords(dataset))
    }

    init(_ dataset: Dataset, _ records: OrderRecords) throws(PipelineError) {
        guard !records.orders.isEmpty else {
            throw .missing("orders.csv with at least one order, to learn from")
        }
        currency = dataset.currency
        orders = records.orders.count
        let lags = WeightedSample(records.orders.compactMap { order in order.lag.map { ($0, order.weight) } })
        paymentLag = lags.count >= 20 ? lags.law(atLeast: 1) : nil
        func share(_ part: (OrderRecords.Order) -> Bool?) -> Double? {
            var (yes, all) = (0.0, 0.0)
            for order in records.orders {
                guard let isPart = part(order) else { continue }
                all += order.weight
                if isPart { yes += order.weight }
            }
            return all > 0 ? yes / all : nil
        }
        paidShare = records.knowsPayment || records.knowsFates ? share { $0.isPaid } : nil
        cancellationRate = records.knowsFates ? share { $0.isPaid ? $0.isCancelled : nil } : nil
        let returns = share(\.isReturned)
        returnRate = returns.flatMap { $0 > 0 ? $0 : nil }
        let returnTimes = WeightedSample(records.returnTimes)
        returnTime = returnTimes.count >= 20 ? returnTimes.law(atLeast: 60) : nil
        var hours = [Double](repeating: 0, count: 24)
        for order in records.orders { hours[min(23, Int(order.secondOfDay / 3_600))] += order.weight }
        let all = hours.reduce(0, +)
        // Orders that all fall on midnight have no time of day.
        self.hours = hours[0] > 0.9 * all ? [] : hours.map { $0 / all }
        var sizes = [Double](repeating: 0, count: records.orders.map { min($0.lines, 1_000) }.max() ?? 0)
        for order in records.orders where order.lines > 0 { sizes[min(order.lines, 1_000) - 1] += order.weight }
        let sum = sizes.reduce(0, +)
        basketSizes = sizes.map { sum > 0 ? $0 / sum : 0 }
        lanes = Self.lanes(records.parcels, dataset)
    }

    /// Pairs with enough parcels, then bands of distance over what they leave. A band with too few parcels joins the
    /// next, the last of them the one before: each lane's law rests on the parcels that go by it and on no others.
    private static func lanes(_ parcels: [OrderRecords.Parcel], _ dataset: Dataset) -> [Lane] {
        guard !parcels.isEmpty else { return [] }
        var groups: [Int: [OrderRecords.Parcel]] = [:]
        let regions = dataset.regions.count
        for parcel in parcels { groups[parcel.node * regions + parcel.region, default: []].append(parcel) }
        var found: [Group] = []
        var others: [OrderRecords.Parcel] = []
        for key in groups.keys.sorted() {
            let own = groups[key] ?? []
            guard own.count(where: { $0.transit != nil }) >= laneParcels else {
                others += own
                continue
            }
            let (node, region) = (dataset.nodes[key / regions].code, dataset.regions[key % regions].code)
            found.append(Group(name: "\(node) to \(region)", from: node, to: region, within: nil, parcels: own))
        }
        var floor = -1.0
        for band in bands {
            let own = others.filter { $0.kilometres > floor && $0.kilometres <= band }
            guard own.count(where: { $0.transit != nil }) >= laneParcels else { continue }
            floor = band
            found.append(Group(name: "within \(Int(band)) km", from: nil, to: nil, within: band, parcels: own))
        }
        let rest = others.filter { $0.kilometres > floor }
        if floor < 0 {
            // Pairs that nobody has seen yet go like everything together.
            let isAnyLeft = rest.count >= 20
            found.append(
                Group(name: "any distance", from: nil, to: nil, within: nil, parcels: isAnyLeft ? rest : parcels))
        } else if let last = found.indices.last {
            found[last].parcels += rest
            found[last].within = nil
            found[last].name = "farther"
        }
        return found.map { group in
            let times = group.times
            let freight = FreightFit(group.parcels)
            return Lane(
                name: group.name, from: group.from, to: group.to, within: group.within, parcels: group.parcels.count,
                transit: times.count >= 20 ? times.law(atLeast: 60) : nil, card: freight?.card,
                spread: freight?.spread, heavySpread: freight?.heavySpread)
        }
    }

    /// Parcels that share their laws.
    private struct Group {
        var name: String
        var from: String?
        var to: String?
        var within: Double?
        var parcels: [OrderRecords.Parcel]

        var times: WeightedSample {
            WeightedSample(parcels.compactMap { parcel in parcel.transit.map { ($0, parcel.weight) } })
        }
    }

    /// The lane a parcel goes by: the first that fits, as in a scenario.
    func lane(_ parcel: OrderRecords.Parcel, _ dataset: Dataset) -> Lane? {
        let (node, region) = (dataset.nodes[parcel.node].code, dataset.regions[parcel.region].code)
        return lanes.first {
            ($0.from.map { $0 == node } ?? true) && ($0.to.map { $0 == region } ?? true)
                && ($0.within.map { parcel.kilometres <= $0 } ?? true)
        }
    }
}
