import Foundation
import NumericCore

/// The distribution of totals around their forecasts, from the errors of the past alone (conformal prediction by class;
/// Vovk, Gammerman and Shafer 2005): each node's own relative error, lent strength by its level, times the shape of its
/// level, wider by block ahead as its level's errors were. What a level has too few errors for it takes from all totals.
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
    /// By level and block ahead: the size of the error against its mean.
    private let growth: [[Double]]
    /// By level and quantile level, in units of the scale.
    private let shape: [[Double]]

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
        self.scales = scales
        let blocks = (horizon + block - 1) / block
        let scaled = errors.indices.map { Scaled(errors[$0], scales[$0], horizon: horizon, block: block, blocks) }
        let all = Scaled(joining: scaled, blocks)
        let common = all.growth(beside: [Double](repeating: 1, count: blocks))
        growth = scaled.map { $0.growth(beside: common) }
        let normal = levels.map(Normal.quantile)
        let shared = all.count < 200 ? normal : all.shape(levels, growth: common, beside: normal)
        shape = zip(scaled, growth).map { $0.shape(levels, growth: $1, beside: shared) }
    }

    /// Appends the quantiles around one forecast: not negative, non-decreasing along the levels.
    func append(_ forecast: Float, level: Int, node: Int, step: Int, to out: inout [Float]) {
        let scale = scales[level][node] * growth[level][step / block]
        for z in shape[level] { out.append(max(0, forecast * Float(1 + scale * z))) }
    }
}

/// Cases at which a node's own errors count as much as its level's.
private let evidenceShare = 100.0
/// Cases at which the errors of a level count as much as those of all totals: days in a row are not as many cases.
private let levelShare = 2_000.0

/// Errors over the scale of their node, by block ahead.
private struct Scaled {
    private var values: [[Double]]

    var count: Int { values.reduce(0) { $0 + $1.count } }

    init(_ errors: AggregateSpread.Errors, _ scales: [Double], horizon: Int, block: Int, _ blocks: Int) {
        values = [[Double]](repeating: [], count: blocks)
        let per = errors.nodes > 0 ? errors.relative.count / errors.nodes : 0
        for (k, error) in errors.relative.enumerated() where !error.isNaN {
            values[k % horizon / block].append(Double(error) / max(scales[k / per], 1e-12))
        }
    }

    init(joining parts: [Scaled], _ blocks: Int) {
        values = (0..<blocks).map { block in parts.flatMap { $0.values[block] } }
    }

    /// By block ahead: the size of the error against its mean over all blocks.
    func growth(beside common: [Double]) -> [Double] {
        zip(common, values).map { common, values in
            let squares = values.reduce(0) { $0 + $1 * $1 }
            return ((squares + levelShare * common * common) / (Double(values.count) + levelShare)).squareRoot()
        }
    }

    /// The quantiles of the errors once they are as wide in every block.
    func shape(_ levels: [Double], growth: [Double], beside common: [Double]) -> [Double] {
        let even = zip(values, growth).flatMap { values, growth in values.map { $0 / max(growth, 1e-12) } }.sorted()
        guard !even.isEmpty else { return common }
        let share = Double(even.count) / (Double(even.count) + levelShare)
        return zip(levels, common).map { share * sampleQuantile(even, $0) + (1 - share) * $1 }
    }
}
