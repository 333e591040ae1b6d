import NumericCore
public import Retail

extension QueueingModel {
    /// Keys of the figures of one station; with several stations each is preceded by the station's name and a dot.
    static let stationKeys: [(key: String, isTime: Bool)] = [
        ("wait_probability", false), ("wait_mean", true), ("wait_median", true), ("wait_p95", true),
        ("wait_p99", true), ("queue_length", false), ("station_time", true), ("station_number", false),
        ("utilisation", false), ("loss_probability", false),
    ]

    /// Keys and units of the figures of a replication.
    var figureKeys: [(key: String, unit: String)] {
        var keys: [(key: String, unit: String)] = []
        for station in stations {
            let prefix = stations.count > 1 ? station.name + "." : ""
            keys += Self.stationKeys.map { key, isTime in
                (
                    prefix + key,
                    isTime ? unit : key.hasSuffix("probability") || key == "utilisation" ? "share" : "customers"
                )
            }
        }
        keys += [
            ("system_time", unit), ("system_number", "customers"), ("arrival_rate", "1/\(unit)"),
            ("departure_rate", "1/\(unit)"),
        ]
        let names = observations.enumerated().map { ($1.to == nil ? "number" : "arrivals") + "_\($0 + 1)" }
        return keys + names.map { ($0, "customers") } + names.map { ($0 + "_variance", "") }
    }
}

extension InventoryModel {
    static let figureKeys: [(key: String, unit: String)] = [
        ("cost_per_period", "cost"), ("fill_rate", "share"), ("in_stock_share", "share"), ("on_hand", "units"),
        ("backorders", "units"), ("orders_per_period", "orders"), ("lost_per_period", "units"), ("bullwhip", ""),
    ]
}

extension Simulator {
    /// Runs a bare queueing model: every figure with its 95 % interval over the replications.
    public static func run(
        _ model: QueueingModel, seed: UInt64, replications: Int, threads: Int,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) async throws(SimulationError) -> [Figure] {
        try check(model.faults, replications)
        let values = try await concurrentMap(chunks: replications, threads: max(1, threads)) {
            (number) throws(SimulationError) -> [Double] in
            if isCancelled() { throw .cancelled }
            var replication = QueueingReplication(model, seed: seed, number: UInt32(number))
            try replication.run(isCancelled: isCancelled)
            return replication.figures()
        }
        var result = figures(model.figureKeys, values)
        // A count taken once in each replication varies between them only.
        for (place, observation) in model.observations.enumerated() where observation.times(within: model.length) == 1 {
            let count = result[result.count - 2 * model.observations.count + place]
            result[result.count - model.observations.count + place] = spread(of: count)
        }
        return result
    }

    /// Runs a bare inventory system: every figure with its 95 % interval over the replications.
    public static func run(
        _ model: InventoryModel, seed: UInt64, replications: Int, threads: Int,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) async throws(SimulationError) -> [Figure] {
        try check(model.faults, replications)
        let values = try await concurrentMap(chunks: replications, threads: max(1, threads)) {
            (number) throws(SimulationError) -> [Double] in
            if isCancelled() { throw .cancelled }
            var replication = InventoryReplication(model, seed: seed, number: UInt32(number))
            try replication.run(isCancelled: isCancelled)
            return replication.figures()
        }
        return figures(InventoryModel.figureKeys.map { $0.unit == "cost" ? ($0.key, model.currency) : $0 }, values)
    }

    private static func check(_ faults: [WorldFault], _ replications: Int) throws(SimulationError) {
        guard faults.isEmpty else { throw .invalid(faults) }
        guard replications > 0, replications < 1 << 20 else {
            throw .invalid([WorldFault("replications", "\(replications) is outside 1 to 1,048,575; ask for at least 1")]
            )
        }
    }

    private static func figures(_ keys: [(key: String, unit: String)], _ values: [[Double]]) -> [Figure] {
        keys.enumerated().map { place, key in
            let column = values.map { $0[place] }
            return Figure(
                key: key.key, unit: key.unit, mean: mean(column), halfWidth: halfWidth(column), replications: column)
        }
    }

    /// The variance of a count over the replications, as the mean of squared deviations.
    private static func spread(of count: Figure) -> Figure {
        let scale = Double(count.replications.count) / Double(max(1, count.replications.count - 1))
        let squares = count.replications.map { ($0 - count.mean) * ($0 - count.mean) * scale }
        return Figure(
            key: count.key + "_variance", unit: "", mean: mean(squares), halfWidth: halfWidth(squares),
            replications: squares)
    }
}
