import Foundation
import NumericCore
import Retail

/// The global model: boosted trees over all series at once that say how a series' share of its parent changes, block by
/// block. Bags of series are learnt apart and their forecasts averaged; a bag's past is judged by the other bags.
struct ShareModel: Sendable {
    struct Options: Sendable {
        var bags = 4
        /// Past origins to learn from, one horizon apart.
        var origins = 12
        var boosting = BoostingOptions(
            loss: .tweedie(power: 1.3), trees: 100, learningRate: 0.1, leaves: 63, minimumRows: 300)

        init() {}

        /// More past, more and smaller steps, when there is time.
        init(isThorough: Bool) {
            guard isThorough else { return }
            bags = 8
            origins = 24
            boosting.trees = 300
            boosting.learningRate = 0.05
            boosting.featureShare = 0.7
        }
    }

    /// Series worked on together.
    private static let chunk = 512
    /// One series in so many sets the bins.
    private static let sampling = 23

    let features: ShareFeatures
    let options: Options
    let blocks: Int
    let horizon: Int
    /// By origin: the parents' outlook, parents x blocks.
    let outlooks: [Int: [Double]]

    /// Means per block from each asked origin: origin by origin, series x blocks.
    ///
    /// - Parameters:
    ///   - training: past origins, each at least a horizon before the end of the panel.
    ///   - asked: the origins to forecast from, which may be among `training`.
    func forecasts(training: [Int], asked: [Int], threads: Int) async -> [[Float]] {
        let bins = await bins(training, threads: threads)
        let count = features.panel.demand.seriesCount
        let pieces = chunks(count: count, of: ShareModel.chunk)
        let made = await concurrentMap(chunks: pieces.count, threads: threads) { k in
            self.piece(pieces[k], bins, training: training, asked: asked)
        }
        let bags = options.bags
        let models = await concurrentMap(chunks: bags, threads: threads) { bag in
            var (binned, targets, offsets): ([UInt8], [Float], [Float]) = ([], [], [])
            for piece in made {
                binned.append(contentsOf: piece.bags[bag].binned)
                targets.append(contentsOf: piece.bags[bag].targets)
                offsets.append(contentsOf: piece.bags[bag].offsets)
            }
            var options = self.options.boosting
            options.turn = bag
            return BoostedTrees(
                binned: binned, bins: bins, targets: targets, offsets: offsets, weights: nil, options: options)
        }
        let answers = await concurrentMap(chunks: pieces.count, threads: threads) { k in
            self.answers(made[k].asked, pieces[k], models, asked: asked, latest: training.max() ?? 0)
        }
        return asked.indices.map { a in
            answers.flatMap { answer in
                let width = answer.count / asked.count
                return answer[a * width..<(a + 1) * width]
            }
        }
    }

    private struct Rows: Sendable {
        var binned: [UInt8] = []
        var targets: [Float] = []
        var offsets: [Float] = []
    }

    private struct Piece: Sendable {
        var bags: [Rows]
        /// Origin by origin, series x blocks.
        var asked: Rows
    }

    private func bins(_ training: [Int], threads: Int) async -> FeatureBins {
        let sampled = stride(from: 0, to: features.panel.demand.seriesCount, by: ShareModel.sampling).map { $0 }
        let pieces = chunks(count: sampled.count, of: ShareModel.chunk)
        let rows = await concurrentMap(chunks: pieces.count, threads: threads) { k in
            var (rows, offsets): ([Float], [Float]) = ([], [])
            for place in pieces[k] {
                let series = ShareFeatures.Unfolded(self.features.panel.demand, sampled[place])
                for origin in training where self.features.isActive(series, origin) {
                    self.append(series, origin, &rows, &offsets)
                }
            }
            return rows
        }
        return FeatureBins(sample: rows.flatMap(\.self), features: features.count)
    }

    private func append(
        _ series: ShareFeatures.Unfolded, _ origin: Int, _ rows: inout [Float], _ offsets: inout [Float]
    ) {
        guard let outlook = outlooks[origin] else { preconditionFailure("every origin has an outlook") }
        features.append(series, origin, blocks: blocks, outlook: outlook, rows: &rows, offsets: &offsets)
    }

    private func piece(_ range: Range<Int>, _ bins: FeatureBins, training: [Int], asked: [Int]) -> Piece {
        var piece = Piece(bags: [Rows](repeating: Rows(), count: options.bags), asked: Rows())
        let unfolded = range.map { ShareFeatures.Unfolded(features.panel.demand, $0) }
        var rows: [Float] = []
        for series in unfolded {
            let bag = series.series % options.bags
            for origin in training where features.isActive(series, origin) {
                rows.removeAll(keepingCapacity: true)
                append(series, origin, &rows, &piece.bags[bag].offsets)
                piece.bags[bag].binned.append(contentsOf: bins.bins(rows))
                for block in 0..<blocks {
                    let from = origin + block * features.cadence.block
                    let mean = series.totals.mean(0, from, from + features.cadence.block)
                    piece.bags[bag].targets.append(Float(mean * Double(features.cadence.block)))
                }
            }
        }
        for origin in asked {
            for series in unfolded {
                rows.removeAll(keepingCapacity: true)
                append(series, origin, &rows, &piece.asked.offsets)
                piece.asked.binned.append(contentsOf: bins.bins(rows))
            }
        }
        return piece
    }

    private func answers(_ rows: Rows, _ range: Range<Int>, _ models: [BoostedTrees], asked: [Int], latest: Int)
        -> [Float]
    {
        let scores = models.map { $0.scores(binned: rows.binned) }
        var means = [Float](repeating: 0, count: rows.offsets.count)
        for i in means.indices {
            let (a, place) = (i / (range.count * blocks), i % (range.count * blocks))
            let bag = (range.lowerBound + place / blocks) % models.count
            var (sum, count) = (0.0, 0.0)
            for (m, score) in scores.enumerated() {
                // What a bag has learnt by heart it is not asked about.
                if asked[a] <= latest, m == bag, models.count > 1 { continue }
                sum += score[i]
                count += 1
            }
            means[i] = Float(exp(Double(rows.offsets[i]) + sum / count))
        }
        return means
    }
}
