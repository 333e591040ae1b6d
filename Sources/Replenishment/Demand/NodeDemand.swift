public import Retail

/// Expected demand of every stocked (SKU, node) pair per day of a horizon, in columns.
public struct NodeDemand: Sendable, Equatable {
    /// The first day of the horizon.
    public var start: Day
    /// Days in the horizon, at least 1.
    public var horizon: Int
    public var skus: [SKU.Index] = []
    public var nodes: [Node.Index] = []
    /// Units a day, row-major rows x horizon, not negative.
    public var mean: [Double] = []
    /// Standard deviation of the units of each day, same shape.
    public var deviation: [Double] = []
    /// Correlation of the errors of two days in a row by row; empty: days are independent.
    public var correlation: [Double] = []
    /// Part of each row's variance that is an error of the whole SKU, shared with its rows at other nodes; empty: none.
    public var common: [Double] = []
    /// The shape of each row's days (`DemandShape`), row-major; NaN first where a row's is unknown; empty: all are.
    private(set) var shapes: [Float] = []

    public init(start: Day, horizon: Int) {
        self.start = start
        self.horizon = max(1, horizon)
    }

    public var rowCount: Int { skus.count }

    /// Adds a row of `horizon` days. Shorter vectors are continued by repeating their last week.
    public mutating func append(sku: SKU.Index, node: Node.Index, dailyMean: [Double], dailyDeviation: [Double]) {
        skus.append(sku)
        nodes.append(node)
        let row = DailyDemand(
            mean: dailyMean.isEmpty ? [0] : dailyMean, deviation: dailyDeviation.isEmpty ? [0] : dailyDeviation)
        for day in 0..<horizon {
            mean.append(row.mean(day: day))
            deviation.append(row.variance(day: day).squareRoot())
        }
    }

    /// The daily demand of one row.
    public func daily(_ row: Int) -> DailyDemand {
        let range = row * horizon..<(row + 1) * horizon
        return DailyDemand(
            mean: mean[range], deviation: deviation[range], shape: shapeSlice(row),
            correlation: row < correlation.count ? correlation[row] : 0)
    }

    /// The shape of a row's days; empty where it is unknown.
    func shapeSlice(_ row: Int) -> ArraySlice<Float> {
        let range = row * DemandShape.count..<(row + 1) * DemandShape.count
        return range.upperBound <= shapes.count && !shapes[range.lowerBound].isNaN ? shapes[range] : []
    }

    func shape(_ row: Int) -> [Double]? {
        let slice = shapeSlice(row)
        return slice.isEmpty ? nil : slice.map { Double($0) }
    }

    /// The root of the mean variance of a row's days.
    func usualDeviation(_ row: Int) -> Double {
        let days = deviation[row * horizon..<(row + 1) * horizon]
        return (days.reduce(0) { $0 + $1 * $1 } / Double(horizon)).squareRoot()
    }

    /// Sets the shape of a row's days; nil: unknown.
    mutating func set(shape: [Double]?, of row: Int) {
        if shapes.isEmpty, shape == nil { return }
        let missing = rowCount * DemandShape.count - shapes.count
        if missing > 0 { shapes += [Float](repeating: .nan, count: missing) }
        for at in 0..<DemandShape.count { shapes[row * DemandShape.count + at] = shape.map { Float($0[at]) } ?? .nan }
    }

    /// The shape, the correlation and the common part of a row of another demand, for goods that move together with it.
    ///
    /// - Parameter skew: factor on what the shape has beyond the normal law's: days that are parts of a longer step, or
    ///   made of shorter ones, are more or less skewed than it.
    public mutating func takeForm(of other: Int, in source: NodeDemand, row: Int, skew: Double = 1) {
        let shape = source.shape(other).flatMap { shape in
            DemandShape.standardised(zip(DemandShape.scores, shape).map { $0 + skew * ($1 - $0) })
        }
        set(shape: shape, of: row)
        if other < source.common.count {
            if common.count < rowCount { common += [Double](repeating: 0, count: rowCount - common.count) }
            common[row] = source.common[other]
        }
        guard other < source.correlation.count else { return }
        if correlation.count < rowCount { correlation += [Double](repeating: 0, count: rowCount - correlation.count) }
        correlation[row] = source.correlation[other]
    }

    /// The same rows from a later day on; at least the last week stays.
    public func from(_ day: Day) -> NodeDemand {
        let skipped = min(max(0, day - start), max(0, horizon - 7))
        guard skipped > 0 else { return self }
        var later = self
        (later.start, later.horizon) = (start + skipped, horizon - skipped)
        func cut(_ cells: [Double]) -> [Double] {
            (0..<rowCount).flatMap { cells[$0 * horizon + skipped..<($0 + 1) * horizon] }
        }
        (later.mean, later.deviation) = (cut(mean), cut(deviation))
        return later
    }

    /// Row numbers ordered by (SKU, node).
    public var orderedRows: [Int] {
        skus.indices.sorted { (skus[$0], nodes[$0], $0) < (skus[$1], nodes[$1], $1) }
    }

    /// The first cell that is negative, infinite or not a number.
    func firstFault() -> ReplenishmentError? {
        for cell in mean.indices where !(mean[cell] >= 0 && mean[cell].isFinite) {
            return fault(cell, mean[cell])
        }
        for cell in deviation.indices where !(deviation[cell] >= 0 && deviation[cell].isFinite) {
            return fault(cell, deviation[cell])
        }
        return nil
    }

    private func fault(_ cell: Int, _ value: Double) -> ReplenishmentError {
        let row = cell / horizon
        return .demand(sku: "#\(skus[row].position)", node: nodes[row].position, day: cell % horizon, value: value)
    }
}
