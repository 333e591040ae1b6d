import Foundation
import NumericCore

/// The distribution of totals around their forecasts: each node's own relative error, lent strength by its level, times
/// one shape for all totals, wider the further ahead.
struct AggregateSpread: Sendable {
    /// Errors of one level relative to the forecasts: nodes x origins x horizon.
    struct Errors: Sendable {
        var nodes: Int
        /// Row-major nodes x origins x horizon; NaN where there was no forecast.
        var relative: [Float]
    }

    /// Without any past forecast: an error of a third.
    private static let unknown = 0.3

    let levels: [Double]
    private let horizon: Int
    private let block: Int
    /// By level and node: root mean square of the relative error.
    private let scales: [[Double]]
    /// By block ahead: the level of the error against its mean.
    private let growth: [Double]
    /// By quantile level, in units of the scale.
    private let shape: [Double]

    init(_ errors: [Errors], horizon: Int, block: Int, levels: [Double]) {
        self.levels = levels
        self.horizon = horizon
        self.block = block
        var scales: [[Double]] = []
        for level in errors {
            let per = level.nodes > 0 ? level.relative.count / level.nodes : 0
            func sum(_ node: Int) -> (squares: Double, count: Double) {
                level.relative[node * per..<(node + 1) * per].reduce((0, 0)) {
                    $1.isNaN ? $0 : ($0.0 + Double($1) * Double($1), $0.1 + 1)
                }
            }
            let sums = (0..<level.nodes).map(sum)
            let all = sums.reduce((0.0, 0.0)) { ($0.0 + $1.squares, $0.1 + $1.count) }
            let common = all.1 > 0 ? all.0 / all.1 : AggregateSpread.unknown * AggregateSpread.unknown
            scales.append(
                sums.map { (($0.squares + evidenceShare * common) / ($0.count + evidenceShare)).squareRoot() })
        }
        let blocks = (horizon + block - 1) / block
        var growth = [Double](repeating: 0, count: blocks)
        var counts = growth
        var scaled: [Double] = []
        for (l, level) in errors.enumerated() {
            let per = level.nodes > 0 ? level.relative.count / level.nodes : 0
            for (k, error) in level.relative.enumerated() where !error.isNaN {
                let z = Double(error) / max(scales[l][k / per], 1e-12)
                let ahead = k % horizon / block
                growth[ahead] += z * z
                counts[ahead] += 1
                scaled.append(z)
            }
        }
        self.scales = scales
        self.growth = zip(growth, counts).map { $1 > 0 ? ($0 / $1).squareRoot() : 1 }
        scaled.sort()
        shape = levels.map { scaled.count < 200 ? Normal.quantile($0) : sampleQuantile(scaled, $0) }
    }

    /// Appends the quantiles around one forecast: not negative, non-decreasing along the levels.
    func append(_ forecast: Float, level: Int, node: Int, step: Int, to out: inout [Float]) {
        let scale = scales[level][node] * growth[step / block]
        for z in shape { out.append(max(0, forecast * Float(1 + scale * z))) }
    }
}

/// Cases at which a node's own errors count as much as its level's.
private let evidenceShare = 100.0
