import Foundation
import NumericCore
import Retail

/// Boosted trees over all groups, origins and steps ahead at once, which see what the regression cannot say: products of
/// its effects, how its errors of late go on, and what the same step was a year ago.
///
/// The past is cut into stretches; the trees that judge a stretch have not seen it. What they say is believed as far as
/// it was right there, beside the regression.
struct GroupModel: Sendable {
    /// Stretches of the past, each with trees that were learnt without it.
    private static let stretches = 4
    let features: GroupFeatures
    let horizon: Int
    let boosting: BoostingOptions
    /// Runs of each stretch's trees, which see the features in another order and are averaged.
    let runs: Int
    /// Forecasts of the regression by origin: groups x horizon.
    let regression: [Int: [Double]]
    /// Fewest rows worth learning from.
    let fewestRows: Int
    private let groups: Int
    /// By group: what an error of one unit weighs.
    private let weights: [Double]

    init(
        _ features: GroupFeatures, horizon: Int, boosting: BoostingOptions, regression: [Int: [Double]],
        runs: Int = 1, fewestRows: Int = 10_000
    ) {
        self.runs = runs
        self.fewestRows = fewestRows
        self.features = features
        self.horizon = horizon
        self.boosting = boosting
        self.regression = regression
        groups = features.steps > 0 ? features.history.count / features.steps : 0
        weights = (0..<groups).map { GroupModel.weight(features, $0) }
    }

    /// The root of the group's size over the square of its day-to-day changes in the last year.
    private static func weight(_ features: GroupFeatures, _ group: Int) -> Double {
        let (steps, row) = (features.steps, group * features.steps)
        let from = max(1, steps - features.cadence.year)
        guard from < steps else { return 0 }
        var squares = 0.0
        for t in from..<steps {
            let change = features.history[row + t] - features.history[row + t - 1]
            squares += change * change
        }
        let size = features.totals.mean(group, from, steps)
        return squares > 0 && size > 0 ? size.squareRoot() * Double(steps - from) / squares : 0
    }

    /// The forecasts from the asked origins, regression and trees together: by origin, groups x horizon.
    ///
    /// - Parameter training: origins whose horizon is known, ascending.
    func forecasts(training: [Int], asked: [Int], threads: Int) async -> [Int: [Double]] {
        let known = await rows(training, threads: threads)
        guard known.count >= fewestRows, training.count >= 2 * GroupModel.stretches else {
            return regression.filter { asked.contains($0.key) }
        }
        let bins = FeatureBins(sample: known.sample(of: features.count), features: features.count)
        let binned = bins.bins(known.rows)
        // Run by run, a stretch after the other.
        let models = await concurrentMap(chunks: runs * GroupModel.stretches, threads: threads) { k in
            self.model(known, binned, bins, training, without: k % GroupModel.stretches, run: k / GroupModel.stretches)
        }
        let wanted = asked.filter { regression[$0] != nil }
        let made = await concurrentMap(chunks: wanted.count, threads: threads) { k in
            self.answer(wanted[k], bins, models, training)
        }
        let trust = trust(zip(wanted, made).filter { training.contains($0.0) }.map { ($0.0, $0.1) })
        var out: [Int: [Double]] = [:]
        for (origin, trees) in zip(wanted, made) {
            guard let linear = regression[origin] else { continue }
            out[origin] = zip(linear, trees).map { max(0, $0 + trust * ($1 - $0)) }
        }
        return out
    }

    private struct Rows: Sendable {
        var rows: [Float] = []
        var targets: [Float] = []
        var weights: [Float] = []
        var origins: [Int32] = []
        var count: Int { origins.count }

        /// Every so many-th row, enough for the bins.
        func sample(of width: Int) -> [Float] {
            let step = max(1, count / 40_000)
            return stride(from: 0, to: count, by: step).flatMap { rows[$0 * width..<($0 + 1) * width] }
        }
    }

    private func rows(_ training: [Int], threads: Int) async -> Rows {
        let pieces = await concurrentMap(chunks: training.count, threads: threads) { k -> Rows in
            var piece = Rows()
            let origin = training[k]
            guard let forecast = self.regression[origin] else { return piece }
            for g in 0..<self.groups where self.weights[g] > 0 {
                guard let level = self.features.level(g, origin) else { continue }
                self.features.append(
                    g, origin, level: level, regression: forecast[g * self.horizon..<(g + 1) * self.horizon],
                    to: &piece.rows)
                for h in 0..<self.horizon {
                    piece.targets.append(Float(self.features.history[g * self.features.steps + origin + h] / level))
                    piece.weights.append(Float(self.weights[g] * level * level))
                    piece.origins.append(Int32(origin))
                }
            }
            return piece
        }
        var all = Rows()
        for piece in pieces {
            all.rows += piece.rows
            all.targets += piece.targets
            all.weights += piece.weights
            all.origins += piece.origins
        }
        // Derivatives are sums of weights: the mean weight is one.
        let mean = all.weights.reduce(0) { $0 + Double($1) } / Double(max(1, all.count))
        if mean > 0 { for i in all.weights.indices { all.weights[i] = Float(Double(all.weights[i]) / mean) } }
        return all
    }

    /// The stretch of the past that an origin lies in; nil for one outside.
    private func stretch(_ origin: Int, _ training: [Int]) -> Int? {
        training.firstIndex(of: origin).map { $0 * GroupModel.stretches / training.count }
    }

    private func model(_ known: Rows, _ binned: [UInt8], _ bins: FeatureBins, _ training: [Int], without: Int, run: Int)
        -> BoostedTrees
    {
        let left = training.filter { stretch($0, training) == without }
        // Windows that reach into the stretch would tell of it.
        let hidden = (left.first ?? 0) - horizon + 1...(left.last ?? 0) + horizon - 1
        var (some, targets, weights): ([UInt8], [Float], [Float]) = ([], [], [])
        let width = features.count
        some.reserveCapacity(binned.count)
        for i in 0..<known.count where !hidden.contains(Int(known.origins[i])) {
            some.append(contentsOf: binned[i * width..<(i + 1) * width])
            targets.append(known.targets[i])
            weights.append(known.weights[i])
        }
        var options = boosting
        options.turn += run
        return BoostedTrees(
            binned: some, bins: bins, targets: targets, offsets: [Float](repeating: 0, count: targets.count),
            weights: weights, options: options)
    }

    /// What the trees say from one origin; the regression's word where a group has sold nothing lately.
    private func answer(_ origin: Int, _ bins: FeatureBins, _ models: [BoostedTrees], _ training: [Int]) -> [Double] {
        guard var out = regression[origin] else { return [] }
        var rows: [Float] = []
        var levels: [(group: Int, level: Double)] = []
        for g in 0..<groups where weights[g] > 0 {
            guard let level = features.level(g, origin) else { continue }
            levels.append((g, level))
            features.append(g, origin, level: level, regression: out[g * horizon..<(g + 1) * horizon], to: &rows)
        }
        let own = stretch(origin, training)
        let judges = models.indices.filter { own == nil || $0 % GroupModel.stretches == own }
        let binned = bins.bins(rows)
        var sums = [Double](repeating: 0, count: levels.count * horizon)
        for judge in judges {
            for (i, score) in models[judge].scores(binned: binned).enumerated() {
                sums[i] += score / Double(judges.count)
            }
        }
        for (k, entry) in levels.enumerated() {
            for h in 0..<horizon { out[entry.group * horizon + h] = max(0, sums[k * horizon + h] * entry.level) }
        }
        return out
    }

    /// The share of the way from the regression to the trees that would have been best in the past; 0 ... 1.
    private func trust(_ past: [(origin: Int, trees: [Double])]) -> Double {
        var (along, length) = (0.0, 0.0)
        for (origin, trees) in past {
            guard let linear = regression[origin] else { continue }
            for g in 0..<groups {
                for h in 0..<horizon {
                    let i = g * horizon + h
                    let actual = features.history[g * features.steps + origin + h]
                    along += weights[g] * (actual - linear[i]) * (trees[i] - linear[i])
                    length += weights[g] * (trees[i] - linear[i]) * (trees[i] - linear[i])
                }
            }
        }
        return length > 0 ? min(1, max(0, along / length)) : 0
    }
}
