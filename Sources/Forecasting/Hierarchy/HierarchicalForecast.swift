public import Retail

/// A coherent forecast of all nodes of a hierarchy: the mean of a group is the sum of the means of its series.
public struct HierarchicalForecast: Sendable {
    public var hierarchy: Hierarchy
    /// The axis of the forecast steps: `origin` is the first day forecast, `count` the horizon.
    public var axis: TimeAxis
    /// Row-major nodes x horizon, units a day, never negative.
    public var mean: [Float]
    /// Ascending, each in (0, 1).
    public var levels: [Double]
    /// Row-major nodes x horizon x levels; non-decreasing along the levels.
    public var quantiles: [Float]

    public init(
        hierarchy: Hierarchy, axis: TimeAxis, mean: [Float], levels: [Double], quantiles: [Float]
    ) {
        self.hierarchy = hierarchy
        self.axis = axis
        self.mean = mean
        self.levels = levels
        self.quantiles = quantiles
    }

    public var horizon: Int { axis.count }

    /// The pairs of quantile levels that lie as far from either end, the outermost first.
    var pairs: [(low: Int, high: Int)] {
        levels.indices.prefix(levels.count / 2).compactMap { low in
            let high = levels.count - 1 - low
            return low == 0 || abs(levels[low] + levels[high] - 1) < 1e-9 ? (low, high) : nil
        }
    }

    /// Means of the bottom series summed up to every node.
    static func coherentMeans(_ bottom: [Float], _ hierarchy: Hierarchy, horizon: Int) -> [Float] {
        SummingLadder(hierarchy).summed(bottom, width: horizon)
    }
}
