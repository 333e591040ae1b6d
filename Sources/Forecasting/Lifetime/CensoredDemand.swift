import Foundation
import NumericCore
public import Retail

/// What was done about steps on which an article was sold out.
public struct CensoredDemand: Sendable, Equatable {
    /// Steps sold out.
    public var steps = 0
    /// Those without any sale: their demand is unknown, they are left out.
    public var unknown = 0
    /// Those with sales, which are a lower bound of the demand: the bound is raised to what is expected above it.
    public var raised = 0
    /// Units so added.
    public var units = 0.0
    /// Series that were never in stock: nothing is known of their demand beyond their sales.
    public var neverInStock = 0

    public init() {}
}

extension DemandPanel {
    /// The panel with demand in place of sales where an article was sold out.
    ///
    /// Sales of such a step are a lower bound. The demand expected above it comes from a censored regression (Tobin
    /// 1958) by expectation and maximisation (Dempster, Laird and Rubin 1977): a level that moves with the neighbouring
    /// steps, a profile over the season, and around them a normal distribution, or a negative binomial one for counts.
    ///
    /// - Parameter inStock: one flag for each cell; with none, nothing is changed.
    public func uncensored(_ inStock: [Bool]) -> (panel: DemandPanel, report: CensoredDemand) {
        var report = CensoredDemand()
        guard inStock.count == values.count, inStock.contains(false) else { return (self, report) }
        var result = self
        for s in keys.indices {
            let cells = offsets[s]..<offsets[s + 1]
            guard inStock[cells].contains(false) else { continue }
            let sales = self.cells(s)
            let isOpen = Array(inStock[cells])
            let demand = CensoredSeries(sales, isOpen: isOpen, season: axis.step.defaultSeason).demand
            if !zip(sales, isOpen).contains(where: { $0.isFinite && $1 }) { report.neverInStock += 1 }
            for (k, cell) in cells.enumerated() where !isOpen[k] && sales[k].isFinite {
                report.steps += 1
                if sales[k] == 0 {
                    report.unknown += 1
                    result.missing[cell] = true
                    result.values[cell] = 0
                } else if demand[k] > sales[k], demand[k].isFinite {
                    report.raised += 1
                    report.units += demand[k] - sales[k]
                    result.values[cell] = Float(demand[k])
                }
            }
        }
        return (result, report)
    }
}

/// Expected demand of one series, given sales and whether each is all that was asked for.
struct CensoredSeries {
    /// The sales where they are the demand, what is expected where they are a lower bound; NaN where missing.
    private(set) var demand: [Double]

    /// Steps at which a neighbour counts half for the level.
    private static let halfLife = 28.0
    private static let rounds = 25

    init(_ sales: [Double], isOpen: [Bool], season: Int) {
        demand = sales
        let known = sales.indices.filter { sales[$0].isFinite && isOpen[$0] }
        let censored = sales.indices.filter { sales[$0].isFinite && !isOpen[$0] }
        guard known.count > 1, !censored.isEmpty else { return }
        let isCount = sales.allSatisfy { !$0.isFinite || ($0 >= 0 && $0 == $0.rounded() && $0 < 1e6) }
        // Second moments about zero of what is not known exactly.
        var squares = sales.map { $0 * $0 }
        for _ in 0..<CensoredSeries.rounds {
            let means = CensoredSeries.means(demand, season: season)
            var (spread, expected, count) = (0.0, 0.0, 0.0)
            for t in sales.indices where sales[t].isFinite {
                spread += squares[t] - 2 * demand[t] * means[t] + means[t] * means[t]
                expected += means[t]
                count += 1
            }
            let variance = max(spread / count, 1e-12)
            // Variance over mean, held above that of a Poisson count.
            let dispersion = expected > 0 ? max(1.000_001, spread / expected) : 1.000_001
            var moved = 0.0
            for t in censored {
                let (mean, square) =
                    isCount
                    ? countAbove(sales[t], mean: means[t], dispersion: dispersion)
                    : normalAbove(sales[t], mean: means[t], deviation: variance.squareRoot())
                moved = max(moved, abs(mean - demand[t]))
                (demand[t], squares[t]) = (mean, square)
            }
            if moved < 1e-6 * max(1e-12, expected / count) { break }
        }
    }

    /// Level around each step times the profile of its place in the season.
    private static func means(_ demand: [Double], season: Int) -> [Double] {
        let decay = exp2(-1 / halfLife)
        func swept(_ order: some Sequence<Int>, _ sums: inout [Double], _ weights: inout [Double]) {
            var (sum, weight) = (0.0, 0.0)
            for t in order {
                (sum, weight) = (sum * decay, weight * decay)
                if demand[t].isFinite { (sum, weight) = (sum + demand[t], weight + 1) }
                sums[t] += sum
                weights[t] += weight
            }
        }
        var sums = [Double](repeating: 0, count: demand.count)
        var weights = sums
        swept(demand.indices, &sums, &weights)
        swept(demand.indices.reversed(), &sums, &weights)
        let level = zip(sums, weights).map { $1 > 0 ? max(0, $0 / $1) : 0 }
        var (ours, theirs) = ([Double](repeating: 0, count: season), [Double](repeating: 0, count: season))
        for t in demand.indices where demand[t].isFinite {
            ours[t % season] += demand[t]
            theirs[t % season] += level[t]
        }
        let lent = 4 * theirs.reduce(0, +) / Double(max(1, demand.count))
        return demand.indices.map { t in
            let place = t % season
            return theirs[place] + lent > 0 ? level[t] * (ours[place] + lent) / (theirs[place] + lent) : level[t]
        }
    }
}

/// Mean and mean square of a normal variable that is at least `bound`.
func normalAbove(_ bound: Double, mean: Double, deviation: Double) -> (mean: Double, square: Double) {
    let z = (bound - mean) / deviation
    // Far in the tail the variable hardly exceeds the bound: its excess is deviation / z.
    let hazard = z > 8 ? z + 1 / z : exp(-0.5 * z * z) / (2 * Double.pi).squareRoot() / (1 - Normal.cumulative(z))
    let above = mean + deviation * hazard
    return (above, deviation * deviation + mean * mean + deviation * (bound + mean) * hazard)
}

/// Mean and mean square of a negative binomial count (variance = dispersion x mean) that is at least `bound`.
func countAbove(_ bound: Double, mean: Double, dispersion: Double) -> (mean: Double, square: Double) {
    guard mean > 0 else { return (bound, bound * bound) }
    let size = mean / (dispersion - 1)
    let share = (dispersion - 1) / dispersion
    let last = bound + mean + 12 * (dispersion * mean).squareRoot() + 12
    guard last < 1e5 else { return normalAbove(bound, mean: mean, deviation: (dispersion * mean).squareRoot()) }
    var logProbability = -size * log(dispersion)
    var (total, sum, squares) = (0.0, 0.0, 0.0)
    var shift: Double?
    var count = 0.0
    while count <= last {
        if count >= bound {
            let base = shift ?? logProbability
            shift = base
            let probability = exp(logProbability - base)
            total += probability
            sum += probability * count
            squares += probability * count * count
        }
        logProbability += log(share * (size + count) / (count + 1))
        count += 1
    }
    return total > 0 && sum.isFinite ? (sum / total, squares / total) : (bound, bound * bound)
}
