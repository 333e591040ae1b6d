import NumericCore
public import Retail
import Simulation

/// A quantile (or a share) of past orders beside the same of simulated ones.
public struct CalibrationCheck: Sendable, Equatable {
    public var parameter: String
    public var group: String
    /// `p50`, `p90`, `p95`, `p99`, or `share`.
    public var what: String
    public var unit: String
    /// Orders or parcels observed.
    public var count: Int
    public var observed: Double
    public var simulated: Double
    /// The wider of 10 % about the observed value and its 95 % bootstrap interval.
    public var low: Double
    public var high: Double

    public var holds: Bool { low <= simulated && simulated <= high }
}

extension Calibration {
    /// Fits on one half of a data set's orders and simulates the other: what the simulator's own laws give beside
    /// what was observed there.
    ///
    /// - Parameter split: which way the orders are halved.
    public static func heldOut(
        _ dataset: Dataset, seed: UInt64 = 1, split: UInt64 = 0
    ) throws(PipelineError) -> [CalibrationCheck] {
        let fit = try Calibration(dataset, OrderRecords(dataset, where: OrderRecords.half(0, split: split)))
        return fit.checks(dataset, OrderRecords(dataset, where: OrderRecords.half(1, split: split)), seed: seed)
    }

    /// The fit beside the orders it was fitted to.
    public func fitQuality(_ dataset: Dataset, seed: UInt64 = 1) -> [CalibrationCheck] {
        checks(dataset, OrderRecords(dataset), seed: seed)
    }

    func checks(_ dataset: Dataset, _ records: OrderRecords, seed: UInt64) -> [CalibrationCheck] {
        var checker = Checker(seed: seed)
        let orders = records.orders
        if let law = paymentLag {
            checker.compare(
                "payment_lag", "all", "s",
                WeightedSample(orders.compactMap { o in o.lag.map { (max(1, $0), o.weight) } }),
                checker.draws(.paymentLag) { law.quantile($0) })
        }
        if let law = returnTime {
            checker.compare(
                "return_time", "all", "h",
                WeightedSample(records.returnTimes.map { (max(60, $0.value) / 3_600, $0.weight) }),
                checker.draws(.returnDelay) { law.quantile($0) / 3_600 })
        }
        if !hours.isEmpty {
            checker.compare(
                "time_of_day", "all", "h", WeightedSample(orders.map { ($0.secondOfDay / 3_600, $0.weight) }),
                checker.draws(.arrivalTime) { hour($0) })
        }
        checker.compare(
            "basket_lines", "all", "lines",
            WeightedSample(orders.filter { $0.lines > 0 }.map { (Double($0.lines), $0.weight) }),
            checker.draws(.basket) { size($0) })
        shares(orders, &checker)
        parcels(records.parcels, dataset, &checker)
        return checker.found
    }

    /// The moment of the day below which part `p` of orders comes, hours.
    private func hour(_ p: Double) -> Double {
        var sum = 0.0
        for (hour, share) in hours.enumerated() {
            if sum + share >= p { return Double(hour) + (share > 0 ? (p - sum) / share : 0) }
            sum += share
        }
        return 24
    }

    private func size(_ p: Double) -> Double {
        var sum = 0.0
        for (place, share) in basketSizes.enumerated() {
            sum += share
            if sum >= p { return Double(place + 1) }
        }
        return Double(basketSizes.count)
    }

    private func shares(_ orders: [OrderRecords.Order], _ checker: inout Checker) {
        func part(_ test: (OrderRecords.Order) -> Bool?) -> [(Bool, Double)] {
            orders.compactMap { order in test(order).map { ($0, order.weight) } }
        }
        if let share = paidShare { checker.compare("paid_share", part { $0.isPaid }, share, .payment) }
        if let share = cancellationRate {
            checker.compare("cancellation_rate", part { $0.isPaid ? $0.isCancelled : nil }, share, .cancellation)
        }
        if let share = returnRate { checker.compare("return_rate", part(\.isReturned), share, .returnDecision) }
    }

    private func parcels(_ parcels: [OrderRecords.Parcel], _ dataset: Dataset, _ checker: inout Checker) {
        var groups: [String: [OrderRecords.Parcel]] = [:]
        for parcel in parcels {
            guard let lane = lane(parcel, dataset) else { continue }
            groups[lane.name, default: []].append(parcel)
        }
        for lane in lanes {
            guard let own = groups[lane.name], own.count >= 30 else { continue }
            if let law = lane.transit {
                checker.compare(
                    "transit", lane.name, "h",
                    WeightedSample(own.compactMap { p in p.transit.map { (max(60, $0) / 3_600, p.weight) } }),
                    checker.draws(.transit) { law.quantile($0) / 3_600 })
            }
            if let freight = FreightFit(lane) {
                let weighed = own.filter { $0.grams != nil && $0.freight > 0 }
                checker.compare(
                    "freight", lane.name, currency.code, WeightedSample(weighed.map { ($0.freight, $0.weight) }),
                    WeightedSample(
                        weighed.enumerated().flatMap { number, parcel in
                            checker.uniforms(.freightSpread, UInt64(number), 100).map {
                                (freight.bill(parcel.grams ?? 0, $0), parcel.weight)
                            }
                        }))
            }
        }
    }
}

/// Draws from the simulator's laws with its keyed random numbers and puts them beside what was observed.
private struct Checker {
    let seed: UInt64
    var found: [CalibrationCheck] = []
    private static let points = [("p50", 0.5), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99)]

    init(seed: UInt64) { self.seed = seed }

    func uniforms(_ stream: RandomStreamID, _ entity: UInt64, _ count: Int) -> [Double] {
        let draws = RandomStream(seed: seed, stream: stream.rawValue, entity: mixed64(entity), replication: 0)
        return (0..<count).map { draws.uniform(at: UInt32($0)) }
    }

    /// A value for each of many simulated orders.
    func draws(_ stream: RandomStreamID, _ law: (Double) -> Double) -> WeightedSample {
        // As many as it takes for the luck of the draws to be small beside that of the orders, heavy tails included.
        WeightedSample((0..<1_000_000).map { (law(uniforms(stream, UInt64($0), 1)[0]), 1) })
    }

    mutating func compare(
        _ parameter: String, _ group: String, _ unit: String, _ observed: WeightedSample, _ simulated: WeightedSample
    ) {
        guard observed.count >= 20, !simulated.isEmpty else { return }
        let intervals = observed.intervals(Self.points.map(\.1), seed: seed)
        for (place, (name, p)) in Self.points.enumerated() {
            let value = observed.quantile(p)
            found.append(
                CalibrationCheck(
                    parameter: parameter, group: group, what: name, unit: unit, count: observed.count, observed: value,
                    simulated: simulated.quantile(p), low: min(0.9 * value, intervals[place].lowerBound),
                    high: max(1.1 * value, intervals[place].upperBound)))
        }
    }

    mutating func compare(
        _ parameter: String, _ observed: [(isPart: Bool, weight: Double)], _ share: Double, _ stream: RandomStreamID
    ) {
        let all = observed.reduce(0) { $0 + $1.weight }
        guard all > 0 else { return }
        let value = observed.reduce(0) { $0 + ($1.isPart ? $1.weight : 0) } / all
        let squares = observed.reduce(0) { $0 + $1.weight * $1.weight * pow2(($1.isPart ? 1 : 0) - value) }
        let reach = 1.96 * squares.squareRoot() / all
        let drawn = (0..<200_000).count { uniforms(stream, UInt64($0), 1)[0] < share }
        found.append(
            CalibrationCheck(
                parameter: parameter, group: "all", what: "share", unit: "share", count: observed.count,
                observed: value, simulated: Double(drawn) / 200_000, low: min(0.9 * value, value - reach),
                high: max(1.1 * value, value + reach)))
    }

    private func pow2(_ value: Double) -> Double { value * value }
}
