import Foundation
public import Retail
import Simulation

/// Laws measured on past orders that go before assumptions and rate cards: payment, returns, lanes, the day's shape.
public struct MeasuredLaws: Sendable, Equatable {
    public var paymentLag: LagLaw?
    public var paidShare: Rate?
    public var returnTime: LagLaw?
    public var returnRate: Rate?
    public var lanes: [Lane]
    /// Part of a day's orders in each of its hours; empty: the data set's own.
    public var hours: [Double]

    /// What has been measured of the ways from one place to another; the first lane that fits a pair holds.
    public struct Lane: Sendable, Equatable {
        /// Codes of node and region; nil fits all.
        public var from: String?
        public var to: String?
        public var tier: ServiceTier?
        /// Longest distance, kilometres; nil fits all.
        public var within: Double?
        public var transit: LagLaw?
        /// First weight and its price, further steps and theirs; grams and the data set's currency.
        public var card: Card?
        /// Factor by which bills differ from the card.
        public var spread: LagLaw?
        /// The same for parcels above the first weight; nil: as below it.
        public var heavySpread: LagLaw?

        public struct Card: Sendable, Equatable {
            public var firstWeight: Int32
            public var firstPrice: UnitPrice
            public var stepWeight: Int32
            public var stepPrice: UnitPrice
        }

        func fits(_ node: Node, _ region: Region, kilometres: Double, tier: ServiceTier) -> Bool {
            (from.map { $0 == node.code } ?? true) && (to.map { $0 == region.code } ?? true)
                && (self.tier.map { $0 == tier } ?? true) && (within.map { kilometres <= $0 } ?? true)
        }
    }

    init(_ read: SettingsReader) {
        paymentLag = Self.law(read, "payment.lag", value: "time")
        paidShare = read.isGiven("payment.paid_share") ? read.rate("payment.paid_share") : nil
        returnTime = Self.law(read, "after_sales.return_time", value: "time")
        returnRate = read.isGiven("after_sales.return_rate") ? read.rate("after_sales.return_rate") : nil
        lanes = (0..<read.count("carriers.lanes")).map { Self.lane(read, "carriers.lanes[\($0)]") }
        var hours = [Double](repeating: 0, count: 24)
        for i in 0..<read.count("demand.hours") {
            guard let hour = read.integer("demand.hours[\(i)].hour"), let share = read.rate("demand.hours[\(i)].share")
            else { continue }
            hours[Int(hour)] += share.fraction
        }
        self.hours = read.count("demand.hours") > 0 ? hours : []
    }

    /// A list of quantiles: the shares and, at each, a time or a factor.
    private static func law(_ read: SettingsReader, _ path: String, value: String) -> LagLaw? {
        let count = read.count(path)
        guard count > 0 else { return nil }
        return LagLaw(
            probabilities: (0..<count).map { read.rate("\(path)[\($0)].share")?.fraction ?? 0 },
            seconds: (0..<count).map { i in
                value == "time"
                    ? read.duration("\(path)[\(i)].time")?.seconds ?? 0 : read.number("\(path)[\(i)].factor") ?? 0
            })
    }

    private static func lane(_ read: SettingsReader, _ path: String) -> Lane {
        var card: Lane.Card?
        if let price = read.money("\(path).first_price") {
            card = Lane.Card(
                firstWeight: Int32(clamping: read.integer("\(path).first_weight") ?? 1_000), firstPrice: price.price,
                stepWeight: Int32(clamping: read.integer("\(path).step_weight") ?? 1_000),
                stepPrice: read.money("\(path).step_price")?.price ?? .zero)
        }
        return Lane(
            from: read.text("\(path).from"), to: read.text("\(path).to"),
            tier: read.text("\(path).tier").flatMap(ServiceTier.init(rawValue:)), within: read.number("\(path).within"),
            transit: law(read, "\(path).transit", value: "time"), card: card,
            spread: law(read, "\(path).spread", value: "factor"),
            heavySpread: law(read, "\(path).heavy_spread", value: "factor"))
    }

    /// Everything wrong with the laws, by path.
    var faults: [(path: String, message: String)] {
        var laws: [(String, LagLaw?)] = [("payment.lag", paymentLag), ("after_sales.return_time", returnTime)]
        for (i, lane) in lanes.enumerated() {
            laws += [
                ("carriers.lanes[\(i)].transit", lane.transit), ("carriers.lanes[\(i)].spread", lane.spread),
                ("carriers.lanes[\(i)].heavy_spread", lane.heavySpread),
            ]
        }
        var faults = laws.compactMap { path, law in law?.fault.map { (path, $0) } }
        let sum = hours.reduce(0, +)
        if !hours.isEmpty, abs(sum - 1) > 0.001 {
            faults.append(("demand.hours", "has shares that add up to \(100 * sum) %, not to 100 %"))
        }
        return faults
    }

    /// The delivery options with what has been measured of their lanes.
    func delivery(_ table: DeliveryTable, _ network: Network, _ dataset: Dataset) -> DeliveryTable {
        guard !lanes.isEmpty else { return table }
        var table = table
        // Laws of all lanes, one kind after the other; a lane without one keeps what there is.
        var (laws, places): ([LagLaw], [Int32]) = ([], [])
        for law in lanes.map(\.transit) + lanes.map(\.spread) + lanes.map(\.heavySpread) {
            places.append(law == nil ? -1 : Int32(table.laws.count + laws.count))
            if let law { laws.append(law) }
        }
        table.change(adding: laws) { node, region, option in
            let (n, r) = (network.nodes[node.position], network.regions[region.position])
            let kilometres = network.distance(node.position, region.position)
            guard
                let lane = lanes.firstIndex(where: { $0.fits(n, r, kilometres: kilometres, tier: option.tier) })
            else { return }
            if places[lane] >= 0 { option.transitLaw = places[lane] }
            option.spreadLaw = places[lanes.count + lane]
            option.heavySpreadLaw = places[2 * lanes.count + lane]
            guard let card = lanes[lane].card else { return }
            option.firstWeight = card.firstWeight
            option.firstPrice = card.firstPrice
            option.stepWeight = card.stepWeight
            option.stepPrice = card.stepPrice
        }
        return table
    }

    /// Weights of the minutes of a day, from the hours; nil where the data set's own hold.
    var minutes: [Double]? {
        hours.isEmpty ? nil : (0..<DayShape.minutes).map { hours[$0 / 60] / 60 }
    }
}
