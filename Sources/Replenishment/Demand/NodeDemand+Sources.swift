import NumericCore
public import Retail

extension NodeDemand {
    /// Splits a forecast over the nodes that serve it.
    ///
    /// A node with share p of a series sees p of its mean; since whole order lines are split at random, its variance is
    /// p^2 v + p (1 - p) m b (thinning of lines whose units come in lumps of b on average, `Lumps`; v and m are the
    /// series'); nodes with shares p and q go together by p q (v - m b), which is kept as the `common` part of their
    /// variances. Series of one SKU add up as independent. The spread of each day is the least-squares slope of the
    /// forecast's quantiles on those of the standard normal law, and at least that of independent lines, m b, which
    /// quantiles say little of where a few large lines make it; days on which the forecast has fewer than two quantiles
    /// count as such.
    ///
    /// - Parameters:
    ///   - start: day of the forecast's first step; its steps must be days.
    ///   - nodes: the nodes that serve demand.
    ///   - shares: row-major series x nodes, each in 0...1; rows add up to at most 1.
    ///   - lines: units of an order line; without past orders one each.
    public init(
        forecast: Forecast, start: Day, nodes: [Node.Index], shares: [Double], lines: LineSizes = LineSizes()
    ) throws(ReplenishmentError) {
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
        // What the rows' shapes have beyond the normal law's, row-major; and the variance they share with other nodes.
        var excess: [Double] = []
        var shared: [Double] = []
        for s in 0..<series {
            guard let sku = forecast.keys[s].sku else { continue }
            let lumps = lines.lumps(sku)
            // Of each day, and of all days: mean, variance of the forecast, variance with lines.
            let days = (0..<horizon).map { day -> (units: Double, seen: Double, whole: Double) in
                let units = forecast.mean(s, day)
                let seen = spread?.variance(forecast, series: s, step: day) ?? units
                return (units, seen, max(seen, units * lumps.size))
            }
            let shape = spread.flatMap { DemandShape.of(forecast, series: s, spread: $0) }
            let units = days.reduce(0) { $0 + $1.units } / Double(horizon)
            let seen = days.reduce(0) { $0 + $1.seen } / Double(horizon)
            let variance = days.reduce(0) { $0 + $1.whole } / Double(horizon)
            for n in nodes.indices where shares[s * nodes.count + n] > 0 {
                let share = min(1, shares[s * nodes.count + n])
                let slot = sku.position * nodes.count + n
                if rows[slot] == 0 {
                    append(sku: sku, node: nodes[n], dailyMean: [0], dailyDeviation: [0])
                    rows[slot] = rowCount
                    excess += [Double](repeating: 0, count: DemandShape.count)
                    shared.append(0)
                }
                shared[rows[slot] - 1] += share * share * max(0, variance - units * lumps.size)
                if spread != nil {
                    // The third cumulant of thinned lines is p^3 of its own, and the following; lines that the forecast
                    // does not tell of add theirs.
                    let split = (1 - share) * (3 * share * variance + (1 - 2 * share) * units * lumps.size)
                    let thinned = share * lumps.skew * (split + share * share * (variance - seen))
                    let own = DemandShape.excess(shape, deviation: seen.squareRoot(), share: share, thinned: thinned)
                    let place = (rows[slot] - 1) * DemandShape.count
                    for at in own.indices { excess[place + at] += own[at] }
                }
                let base = (rows[slot] - 1) * horizon
                for (day, at) in days.enumerated() {
                    mean[base + day] += share * at.units
                    // Variance is summed here and its root taken below.
                    deviation[base + day] += share * share * at.whole + share * (1 - share) * at.units * lumps.size
                }
            }
        }
        for cell in deviation.indices { deviation[cell] = deviation[cell].squareRoot() }
        if let fault = firstFault() { throw fault }
        if spread != nil { shape(excess) }
        common = (0..<rowCount).map { row in
            let variance = usualDeviation(row) * usualDeviation(row)
            return variance > 0 ? min(1, shared[row] / variance) : 0
        }
    }

    /// Sets all shapes from what they have beyond the normal law's.
    mutating func shape(_ excess: [Double]) {
        for row in 0..<rowCount {
            let own = excess[row * DemandShape.count..<(row + 1) * DemandShape.count]
            set(shape: DemandShape.shape(own, deviation: usualDeviation(row)), of: row)
        }
    }

    /// Demand with what the nodes below ask for: each row's mean and variance added to the same SKU at the node it is
    /// replenished from, and so on upwards. Rows that did not exist there are added.
    ///
    /// The stock that nodes share upstream is pooled with the covariance of their errors: what is an error of the whole
    /// SKU adds up, the rest adds by the square.
    public func includingDownstream(upstream: [Node.Index?]) -> NodeDemand {
        var sum = NodeDemandSum(start: start, horizon: horizon)
        for row in orderedRows {
            var place: Node.Index? = nodes[row]
            var steps = 0
            // A cycle in the network would never end; no path is longer than the number of nodes.
            while let node = place, steps <= upstream.count {
                sum.add(row, of: self, at: node)
                place = node.position < upstream.count ? upstream[node.position] : nil
                steps += 1
            }
        }
        return sum.demand
    }
}

/// Rows of demand added up by (SKU, node): means add; the part of an error that is common to a SKU's rows adds as it is,
/// the rest by the square; and what shapes have beyond the normal law's adds by the third power of either.
public struct NodeDemandSum: Sendable {
    private var result: NodeDemand
    private var rows: [Int64: Int] = [:]
    /// Of each day: the common deviation and the variance of the rest.
    private var common: [Double] = []
    private var rest: [Double] = []
    /// Of each shape: the rest's excess, and that of the common part for each unit of its deviation.
    private var excess: [Double] = []
    private var commonExcess: [Double] = []
    private var isKnown = true

    public init(start: Day, horizon: Int) { result = NodeDemand(start: start, horizon: horizon) }

    /// Adds a row of another demand of the same days at a node.
    public mutating func add(_ row: Int, of other: NodeDemand, at node: Node.Index) {
        let key = Int64(other.skus[row].raw) << 32 | Int64(node.raw)
        let target: Int
        if let known = rows[key] {
            target = known
        } else {
            result.append(sku: other.skus[row], node: node, dailyMean: [0], dailyDeviation: [0])
            target = result.rowCount - 1
            rows[key] = target
            common += [Double](repeating: 0, count: result.horizon)
            rest += [Double](repeating: 0, count: result.horizon)
            excess += [Double](repeating: 0, count: DemandShape.count)
            commonExcess += [Double](repeating: 0, count: DemandShape.count)
        }
        let (shape, deviation) = (other.shape(row), other.usualDeviation(row))
        let part = row < other.common.count ? other.common[row] : 0
        isKnown = isKnown && (shape != nil || deviation == 0)
        let own = DemandShape.excess(shape, deviation: 1)
        let (alone, together) = ((1 - part).squareRoot() * deviation, part.squareRoot() * deviation)
        for at in own.indices {
            excess[target * DemandShape.count + at] += DemandShape.pow3(alone) * own[at]
            commonExcess[target * DemandShape.count + at] += together * own[at]
        }
        let horizon = result.horizon
        for day in 0..<horizon {
            let (cell, from) = (target * horizon + day, row * horizon + day)
            result.mean[cell] += other.mean[from]
            common[cell] += part.squareRoot() * other.deviation[from]
            rest[cell] += (1 - part) * other.deviation[from] * other.deviation[from]
        }
    }

    /// What has been added up. Shapes are known where those of all parts were.
    public var demand: NodeDemand {
        var demand = result
        let horizon = demand.horizon
        for cell in common.indices { demand.deviation[cell] = (rest[cell] + common[cell] * common[cell]).squareRoot() }
        var total = excess
        for row in 0..<demand.rowCount {
            let cells = row * horizon..<(row + 1) * horizon
            let shared = common[cells].reduce(0) { $0 + $1 * $1 }
            let all = shared + rest[cells].reduce(0, +)
            demand.common.append(all > 0 ? shared / all : 0)
            // The common part keeps its shape, however large it grows.
            let deviation = (shared / Double(horizon)).squareRoot()
            for at in row * DemandShape.count..<(row + 1) * DemandShape.count {
                total[at] += deviation * deviation * commonExcess[at]
            }
        }
        if isKnown { demand.shape(total) }
        return demand
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
