import Foundation

/// How trees are grown and added up.
public struct BoostingOptions: Sendable, Equatable {
    public var loss: BoostingLoss
    public var trees: Int
    /// Share of each tree's step that is taken.
    public var learningRate: Double
    /// Most leaves of a tree.
    public var leaves: Int
    /// Fewest observations in a leaf, in average second derivatives.
    public var minimumRows: Double
    /// Ridge penalty on the value of a leaf, in average second derivatives.
    public var penalty: Double
    /// Share of the features that each tree may split on, another share for each tree.
    public var featureShare: Double
    /// Which shares the first tree begins with: runs that differ in it see the features in another order.
    public var turn = 0

    public init(
        loss: BoostingLoss, trees: Int = 100, learningRate: Double = 0.1, leaves: Int = 63, minimumRows: Double = 100,
        penalty: Double = 5, featureShare: Double = 1
    ) {
        self.loss = loss
        self.trees = trees
        self.learningRate = learningRate
        self.leaves = leaves
        self.minimumRows = minimumRows
        self.penalty = penalty
        self.featureShare = featureShare
    }
}

/// Gradient boosting of regression trees on histograms (Friedman 2001; leaf-wise growth as Ke et al. 2017).
///
/// Missing values (NaN) are exact: every split sends them to the side where they lower the loss most. The result
/// depends on the data alone, never on the number of threads: training is one sequence of additions in row order.
public struct BoostedTrees: Sendable {
    /// One split or the way to a leaf: a child below zero is leaf `~child`.
    struct Node: Sendable {
        var feature: Int32
        /// Bins up to this one go left.
        var bin: UInt8
        var missingGoesLeft: Bool
        var left: Int32
        var right: Int32
    }

    struct Tree: Sendable {
        var nodes: [Node] = []
        var values: [Float]
    }

    public let loss: BoostingLoss
    let bins: FeatureBins
    let start: Double
    private(set) var trees: [Tree] = []
    /// By feature: how much its splits lowered the loss, in all.
    public private(set) var gains: [Double]

    /// Trains on rows of features.
    ///
    /// - Parameters:
    ///   - rows: row-major observations x features; NaN where missing.
    ///   - targets: one for each row, finite; not negative with a log link.
    ///   - offsets: added to the score of each row, on the scale of the link; empty for none.
    ///   - weights: not negative; nil for all the same.
    public init(
        rows: [Float], features: Int, targets: [Float], offsets: [Float] = [], weights: [Float]? = nil,
        options: BoostingOptions
    ) {
        let bins = FeatureBins(sample: rows, features: features)
        self.init(
            binned: bins.bins(rows), bins: bins, targets: targets,
            offsets: offsets.isEmpty ? [Float](repeating: 0, count: targets.count) : offsets, weights: weights,
            options: options)
    }

    init(
        binned: [UInt8], bins: FeatureBins, targets: [Float], offsets: [Float], weights: [Float]?,
        options: BoostingOptions
    ) {
        precondition(binned.count == targets.count * bins.features, "every target needs a row of features")
        precondition(offsets.count == targets.count, "every target needs an offset")
        loss = options.loss
        self.bins = bins
        gains = [Double](repeating: 0, count: bins.features)
        start = options.loss.start(targets, offsets, weights)
        guard !targets.isEmpty, start.isFinite else { return }
        var scores = offsets.map { Double($0) + start }
        var derivatives = [SIMD2<Double>](repeating: .zero, count: targets.count)
        var grower = TreeGrower(rows: targets.count, bins: bins, options: options)
        for _ in 0..<options.trees {
            for i in targets.indices {
                derivatives[i] = Double(weights?[i] ?? 1) * options.loss.derivatives(Double(targets[i]), scores[i])
            }
            var tree = grower.grow(binned, derivatives, &gains)
            if case .quantile(let level) = options.loss {
                grower.refit(&tree, level: level, targets, scores, weights, rate: options.learningRate)
            }
            grower.add(tree, to: &scores)
            trees.append(tree)
            // A tree that could not be split will not be split next time either.
            if tree.nodes.isEmpty { break }
        }
    }

    /// The score of each row without its offset; its exponential is the factor of the mean with a log link.
    ///
    /// - Parameter rows: row-major observations x features; NaN where missing.
    public func scores(_ rows: [Float]) -> [Double] { scores(binned: bins.bins(rows)) }

    func scores(binned: [UInt8]) -> [Double] {
        let features = bins.features
        let count = features > 0 ? binned.count / features : 0
        var scores = [Double](repeating: start, count: count)
        binned.withUnsafeBufferPointer { binned in
            for tree in trees {
                tree.nodes.withUnsafeBufferPointer { nodes in
                    tree.values.withUnsafeBufferPointer { values in
                        for i in 0..<count {
                            scores[i] += Double(values[BoostedTrees.leaf(nodes, binned, at: i &* features)])
                        }
                    }
                }
            }
        }
        return scores
    }

    @inline(__always)
    private static func leaf(_ nodes: UnsafeBufferPointer<Node>, _ row: UnsafeBufferPointer<UInt8>, at: Int) -> Int {
        guard !nodes.isEmpty else { return 0 }
        var next: Int32 = 0
        repeat {
            let node = nodes[Int(next)]
            let bin = row[at &+ Int(node.feature)]
            next = (bin == 0 ? node.missingGoesLeft : bin <= node.bin) ? node.left : node.right
        } while next >= 0
        return Int(~next)
    }
}
