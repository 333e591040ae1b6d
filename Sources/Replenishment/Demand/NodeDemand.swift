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
        return DailyDemand(mean: mean[range], deviation: deviation[range])
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
