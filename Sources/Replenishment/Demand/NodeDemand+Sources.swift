import NumericCore
public import Retail

extension NodeDemand {
    /// Splits a forecast over the nodes that serve it.
    ///
    /// A node with share p of a series sees p of its mean; since whole units are split at random, its variance is
    /// p^2 v + p (1 - p) m (thinning of a count with mean m and variance v). Series of one SKU add up as independent.
    /// The spread of each day is the least-squares slope of the forecast's quantiles on those of the standard normal
    /// law; days on which the forecast has fewer than two quantiles count as Poisson.
    ///
    /// - Parameters:
    ///   - start: day of the forecast's first step; its steps must be days.
    ///   - nodes: the nodes that serve demand.
    ///   - shares: row-major series x nodes, each in 0...1; rows add up to at most 1.
    public init(forecast: Forecast, start: Day, nodes: [Node.Index], shares: [Double]) throws(ReplenishmentError) {
        let series = forecast.keys.count
        guard shares.count == series * nodes.count else {
            throw .shape(what: "shares", count: shares.count, expected: series * nodes.count)
        }
        self.init(start: start, horizon: forecast.horizon)
        let horizon = forecast.horizon
        let spread = NormalSlope(levels: forecast.levels)
        let skuCount = 1 + (forecast.keys.compactMap { $0.sku?.position }.max() ?? -1)
        // Row of (SKU, node) + 1, or 0 where nothing has been added yet.
        var rows = [Int](repeating: 0, count: skuCount * nodes.count)
        for s in 0..<series {
            guard let sku = forecast.keys[s].sku else { continue }
            for n in nodes.indices where shares[s * nodes.count + n] > 0 {
                let share = min(1, shares[s * nodes.count + n])
                let slot = sku.position * nodes.count + n
                if rows[slot] == 0 {
                    append(sku: sku, node: nodes[n], dailyMean: [0], dailyDeviation: [0])
                    rows[slot] = rowCount
                }
                let base = (rows[slot] - 1) * horizon
                for day in 0..<horizon {
                    let units = forecast.mean(s, day)
                    let variance = spread?.variance(forecast, series: s, step: day) ?? units
                    mean[base + day] += share * units
                    // Variance is summed here and its root taken below.
                    deviation[base + day] += share * share * variance + share * (1 - share) * units
                }
            }
        }
        for cell in deviation.indices { deviation[cell] = deviation[cell].squareRoot() }
        if let fault = firstFault() { throw fault }
    }

    /// Demand with what the nodes below ask for: each row's mean and variance added to the same SKU at the node it is
    /// replenished from, and so on upwards. Rows that did not exist there are added.
    ///
    /// Demands of different nodes count as independent, so their deviations add by the square: the stock that nodes
    /// share upstream is pooled.
    public func includingDownstream(upstream: [Node.Index?]) -> NodeDemand {
        var result = NodeDemand(start: start, horizon: horizon)
        var rows: [Int64: Int] = [:]
        for row in orderedRows {
            var place: Node.Index? = nodes[row]
            var steps = 0
            // A cycle in the network would never end; no path is longer than the number of nodes.
            while let node = place, steps <= upstream.count {
                let key = Int64(skus[row].raw) << 32 | Int64(node.raw)
                let target: Int
                if let known = rows[key] {
                    target = known
                } else {
                    result.append(sku: skus[row], node: node, dailyMean: [0], dailyDeviation: [0])
                    target = result.rowCount - 1
                    rows[key] = target
                }
                for day in 0..<horizon {
                    let cell = target * horizon + day
                    let own = row * horizon + day
                    result.mean[cell] += mean[own]
                    let sum = result.deviation[cell] * result.deviation[cell] + deviation[own] * deviation[own]
                    result.deviation[cell] = sum.squareRoot()
                }
                place = node.position < upstream.count ? upstream[node.position] : nil
                steps += 1
            }
        }
        return result
    }
}

/// Least-squares slope of quantiles on standard normal quantiles: the standard deviation of a normal law, and close
/// to that of a skewed one.
struct NormalSlope {
    private let centred: [Double]
    private let square: Double

    init?(levels: [Double]) {
        let z = levels.map { Normal.quantile($0) }
        guard z.count >= 2, z.allSatisfy(\.isFinite) else { return nil }
        let mean = z.reduce(0, +) / Double(z.count)
        centred = z.map { $0 - mean }
        square = centred.reduce(0) { $0 + $1 * $1 }
        guard square > 0 else { return nil }
    }

    func variance(_ forecast: Forecast, series: Int, step: Int) -> Double {
        var sum = 0.0
        for level in centred.indices { sum += centred[level] * forecast.quantile(series, step, level: level) }
        let slope = sum / square
        return slope * slope
    }
}
