public import NumericCore

/// Ways to make forecasts of all nodes of a hierarchy agree: every total the sum of its series, none below zero.
///
/// The hierarchy is applied level by level (one group number a series), never as a summing matrix: 42,840 nodes over
/// 30,490 series cost two passes over the series (`SummingLadder`).
public struct Reconciliation: Sendable {
    public let hierarchy: Hierarchy
    private let ladder: SummingLadder

    public init(_ hierarchy: Hierarchy) {
        self.hierarchy = hierarchy
        ladder = SummingLadder(hierarchy)
    }

    /// All nodes from the series: bottom-up. Row-major nodes x `width`.
    public func bottomUp(_ bottom: [Double], width: Int = 1) -> [Double] { ladder.summed(bottom, width: width) }

    /// All nodes from the forecasts of one level, split down by shares and summed up from there: top-down from level
    /// 0, bottom-up from the last, middle-out from any other.
    ///
    /// - Parameter shares: of each series, not negative; only their proportions within a group count. A group whose
    ///   shares are all zero is split evenly.
    public func middleOut(_ forecasts: [Double], level: Int, shares: [Double]) -> [Double] {
        let of = hierarchy.levels[level].of
        var sums = [Double](repeating: 0, count: forecasts.count)
        var members = sums
        for (s, group) in of.enumerated() {
            sums[Int(group)] += shares[s]
            members[Int(group)] += 1
        }
        return bottomUp(
            of.enumerated().map { s, group in
                let g = Int(group)
                return forecasts[g] * (sums[g] > 0 ? shares[s] / sums[g] : 1 / members[g])
            })
    }

    /// What the error of each base forecast is assumed to be.
    public enum Errors: Sendable {
        /// Independent, with one variance a node (weighted least squares; Hyndman, Lee and Wang 2016).
        case independent([Double])
        /// MinT with shrinkage (Wickramasuriya, Athanasopoulos and Hyndman 2019) for the nodes of the levels above
        /// `level`, whose covariance is shrunk to its diagonal; the nodes below are independent.
        case shrunk(residuals: Matrix, above: Int, variances: [Double])
    }

    /// The coherent forecast nearest to the base forecasts in the metric of their errors, none below zero.
    ///
    /// Solves the normal equations of the series by preconditioned conjugate gradients, with an active set of series
    /// held at zero; several steps ahead are solved side by side.
    ///
    /// - Parameters:
    ///   - base: forecasts of all nodes, level by level: row-major nodes x `width`.
    ///   - width: steps ahead, each reconciled by itself.
    ///   - errors: positive variances; residuals are rows of observations x nodes above the level.
    ///   - silent: series that cannot sell, row-major series x `width`; they stay at zero. None unless given.
    /// - Throws: what is singular.
    public func reconciled(
        _ base: [Double], width: Int = 1, errors: Errors, silent: [Bool] = []
    ) throws(LinearAlgebraError) -> [Double] {
        reconciled(base, width: width, metric: try ErrorMetric(errors, hierarchy), silent: silent)
    }

    /// The same in a metric that was made before.
    func reconciled(_ base: [Double], width: Int, metric: ErrorMetric, silent: [Bool] = []) -> [Double] {
        let cells = hierarchy.series * width
        let silent = silent.count == cells ? silent : [Bool](repeating: false, count: cells)
        var held = silent
        var x = zip(base.suffix(cells), silent).map { $1 ? 0 : max(0, $0) }
        // An active set: what falls below zero is held, what would rise again is let go.
        for _ in 0..<50 {
            x = solve(base, metric, held: held, from: x, width: width)
            var isDone = true
            for s in x.indices where x[s] < 0 {
                held[s] = true
                x[s] = 0
                isDone = false
            }
            guard isDone else { continue }
            let pull = pull(zip(base, bottomUp(x, width: width)).map { $0 - $1 }, metric, width)
            let least = 1e-9 * (pull.map { abs($0) }.max() ?? 0)
            for s in x.indices where held[s] && !silent[s] && pull[s] > least {
                held[s] = false
                isDone = false
            }
            if isDone { break }
        }
        return bottomUp(x.map { max(0, $0) }, width: width)
    }

    /// What errors of the nodes pull the series by.
    private func pull(_ errors: [Double], _ metric: ErrorMetric, _ width: Int) -> [Double] {
        ladder.handedDown(metric.applied(errors, width: width), width: width)
    }

    /// Conjugate gradients on the series that are not held, a column each step ahead.
    private func solve(_ base: [Double], _ metric: ErrorMetric, held: [Bool], from start: [Double], width: Int)
        -> [Double]
    {
        let scale = ladder.handedDown(metric.diagonal, width: 1).map { 1 / $0 }
        /// Zero where a series is held; products of the rest with their scale, column by column.
        func release(_ v: inout [Double]) -> [Double] {
            var sizes = [Double](repeating: 0, count: width)
            for s in scale.indices {
                for j in 0..<width {
                    let i = s &* width &+ j
                    if held[i] { v[i] = 0 }
                    sizes[j] += v[i] * v[i] * scale[s]
                }
            }
            return sizes
        }
        var x = start
        for i in x.indices where held[i] { x[i] = 0 }
        var right = pull(base, metric, width)
        let goals = release(&right).map { 1e-20 * max($0, 1e-280) }
        var rest = zip(right, pull(bottomUp(x, width: width), metric, width)).map { $0 - $1 }
        var sizes = release(&rest)
        var direction = [Double](repeating: 0, count: x.count)
        var turns = [Double](repeating: 0, count: width)
        for _ in 0..<500 {
            guard zip(sizes, goals).contains(where: { $0 > $1 }) else { break }
            for s in scale.indices {
                for j in 0..<width {
                    let i = s &* width &+ j
                    direction[i] = rest[i] * scale[s] + turns[j] * direction[i]
                }
            }
            var image = pull(bottomUp(direction, width: width), metric, width)
            var curvatures = [Double](repeating: 0, count: width)
            for s in scale.indices {
                for j in 0..<width {
                    let i = s &* width &+ j
                    if held[i] { image[i] = 0 }
                    curvatures[j] += direction[i] * image[i]
                }
            }
            // A column that is done stays where it is.
            let lengths = (0..<width).map {
                sizes[$0] > goals[$0] && curvatures[$0] > 0 ? sizes[$0] / curvatures[$0] : 0
            }
            for s in scale.indices {
                for j in 0..<width {
                    let i = s &* width &+ j
                    x[i] += lengths[j] * direction[i]
                    rest[i] -= lengths[j] * image[i]
                }
            }
            let next = release(&rest)
            turns = (0..<width).map { sizes[$0] > 0 ? next[$0] / sizes[$0] : 0 }
            if lengths.allSatisfy({ $0 == 0 }) { break }
            sizes = next
        }
        return x
    }
}
