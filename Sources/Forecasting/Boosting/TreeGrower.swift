/// Grows one tree after the other over the same rows: the leaf with the best split next. A split's smaller side is
/// counted, the larger is the difference to its parent.
struct TreeGrower {
    private struct Leaf {
        /// Its rows are order[from ..< to].
        var from: Int
        var to: Int
        var histogram: [SIMD2<Double>]
        var total: SIMD2<Double>
        var best: Split?
        /// Where the tree points at it: the node and the side.
        var parent: Int
        var isLeft: Bool
    }

    private struct Split {
        var gain: Double
        var feature: Int
        var bin: Int
        var missingGoesLeft: Bool
        var left: SIMD2<Double>
    }

    private let bins: FeatureBins
    private let options: BoostingOptions
    private let features: Int
    /// All rows, leaf by leaf after a tree has been grown.
    private var order: [Int32]
    private var spare: [Int32]
    private var leaves: [Leaf] = []
    /// The features that the tree at hand may split on.
    private var active: [Int] = []
    private var grown = 0
    private var least = 0.0
    private var penalty = 0.0

    init(rows: Int, bins: FeatureBins, options: BoostingOptions) {
        self.bins = bins
        self.options = options
        features = bins.features
        order = (0..<Int32(rows)).map { $0 }
        spare = order
    }

    /// Grows a tree on the derivatives of the loss; adds the gains of its splits by feature.
    mutating func grow(_ binned: [UInt8], _ derivatives: [SIMD2<Double>], _ gains: inout [Double])
        -> BoostedTrees.Tree
    {
        for i in order.indices { order[i] = Int32(i) }
        active = activeFeatures()
        grown += 1
        var total = SIMD2<Double>.zero
        for value in derivatives { total += value }
        let mean = total.y / Double(max(1, derivatives.count))
        (least, penalty) = (options.minimumRows * mean, options.penalty * mean)
        var root = Leaf(
            from: 0, to: order.count, histogram: histogram(0..<order.count, binned, derivatives), total: total,
            parent: -1, isLeft: true)
        root.best = bestSplit(root)
        leaves = [root]
        var nodes: [BoostedTrees.Node] = []
        while leaves.count < options.leaves {
            var chosen: (leaf: Int, gain: Double)?
            for (k, leaf) in leaves.enumerated() {
                if let split = leaf.best, split.gain > chosen?.gain ?? 0 { chosen = (k, split.gain) }
            }
            guard let chosen, let split = leaves[chosen.leaf].best else { break }
            gains[split.feature] += split.gain
            divide(chosen.leaf, split, binned, derivatives, &nodes)
        }
        for (k, leaf) in leaves.enumerated() where leaf.parent >= 0 {
            if leaf.isLeft { nodes[leaf.parent].left = ~Int32(k) } else { nodes[leaf.parent].right = ~Int32(k) }
        }
        let values = leaves.map { leaf -> Float in
            let step = -leaf.total.x / (leaf.total.y + penalty)
            return step.isFinite ? Float(options.learningRate * step) : 0
        }
        return BoostedTrees.Tree(nodes: nodes, values: values)
    }

    private mutating func divide(
        _ k: Int, _ split: Split, _ binned: [UInt8], _ derivatives: [SIMD2<Double>],
        _ nodes: inout [BoostedTrees.Node]
    ) {
        let node = nodes.count
        nodes.append(
            BoostedTrees.Node(
                feature: Int32(split.feature), bin: UInt8(split.bin), missingGoesLeft: split.missingGoesLeft,
                left: 0, right: 0))
        var parent = leaves[k]
        if parent.parent >= 0 {
            if parent.isLeft {
                nodes[parent.parent].left = Int32(node)
            } else {
                nodes[parent.parent].right = Int32(node)
            }
        }
        let middle = part(parent.from..<parent.to, split, binned)
        let small = middle - parent.from <= parent.to - middle ? parent.from..<middle : middle..<parent.to
        let counted = histogram(small, binned, derivatives)
        for i in counted.indices { parent.histogram[i] -= counted[i] }
        let leftIsSmall = small.lowerBound == parent.from && small.upperBound == middle
        var left = Leaf(
            from: parent.from, to: middle, histogram: leftIsSmall ? counted : parent.histogram, total: split.left,
            parent: node, isLeft: true)
        var right = Leaf(
            from: middle, to: parent.to, histogram: leftIsSmall ? parent.histogram : counted,
            total: parent.total - split.left, parent: node, isLeft: false)
        left.best = bestSplit(left)
        right.best = bestSplit(right)
        leaves[k] = left
        leaves.append(right)
    }

    /// A share of the features that goes round from tree to tree: the fractions of multiples of two irrational numbers
    /// spread evenly.
    private func activeFeatures() -> [Int] {
        guard options.featureShare < 1 else { return Array(0..<features) }
        let chosen = (0..<features).filter { feature in
            let turn =
                Double(feature) * 0.618_033_988_749_894_9 + Double(grown + 1_000 * options.turn)
                * 0.414_213_562_373_095_1
            return turn - turn.rounded(.down) < options.featureShare
        }
        return chosen.isEmpty ? [grown % max(1, features)] : chosen
    }

    /// Sums the derivatives of some rows by feature and bin.
    private func histogram(_ range: Range<Int>, _ binned: [UInt8], _ derivatives: [SIMD2<Double>])
        -> [SIMD2<Double>]
    {
        var sums = [SIMD2<Double>](repeating: .zero, count: features * FeatureBins.count)
        let features = self.features
        sums.withUnsafeMutableBufferPointer { sums in
            binned.withUnsafeBufferPointer { binned in
                derivatives.withUnsafeBufferPointer { derivatives in
                    active.withUnsafeBufferPointer { active in
                        for place in range {
                            let row = Int(order[place])
                            let value = derivatives[row]
                            let at = row &* features
                            for feature in active {
                                let slot = feature &* FeatureBins.count &+ Int(binned[at &+ feature])
                                sums[slot] += value
                            }
                        }
                    }
                }
            }
        }
        return sums
    }

    /// The split of a leaf that lowers the loss most, the first of equals; nil when none does.
    private func bestSplit(_ leaf: Leaf) -> Split? {
        guard leaf.total.y >= 2 * least else { return nil }
        func value(_ sum: SIMD2<Double>) -> Double { sum.x * sum.x / (sum.y + penalty) }
        let whole = value(leaf.total)
        var best: Split?
        var bestGain = 1e-9 * (whole + 1e-12)
        leaf.histogram.withUnsafeBufferPointer { sums in
            for feature in active {
                let base = feature * FeatureBins.count
                let missing = sums[base]
                let sides = missing.y > 0 ? 2 : 1
                var left = SIMD2<Double>.zero
                // The last bin parts what is there from what is missing.
                for bin in stride(from: 1, through: bins.thresholds[feature].count + sides - 1, by: 1) {
                    left += sums[base + bin]
                    for side in 0..<sides {
                        let low = side == 0 ? left : left + missing
                        let high = leaf.total - low
                        guard low.y >= least, high.y >= least else { continue }
                        let gain = value(low) + value(high) - whole
                        if gain > bestGain {
                            bestGain = gain
                            best = Split(
                                gain: gain, feature: feature, bin: bin, missingGoesLeft: side == 1, left: low)
                        }
                    }
                }
            }
        }
        return best
    }

    /// Puts the rows that go left first, keeping their order; returns where the right ones begin.
    private mutating func part(_ range: Range<Int>, _ split: Split, _ binned: [UInt8]) -> Int {
        let (features, feature, bin, missing) = (self.features, split.feature, split.bin, split.missingGoesLeft)
        return order.withUnsafeMutableBufferPointer { order in
            spare.withUnsafeMutableBufferPointer { spare in
                var (left, right) = (range.lowerBound, 0)
                for place in range {
                    let row = order[place]
                    let value = Int(binned[Int(row) &* features &+ feature])
                    if value == 0 ? missing : value <= bin {
                        order[left] = row
                        left &+= 1
                    } else {
                        spare[right] = row
                        right &+= 1
                    }
                }
                for k in 0..<right { order[left &+ k] = spare[k] }
                return left
            }
        }
    }

    /// Adds the values of the tree just grown to the scores of its rows.
    func add(_ tree: BoostedTrees.Tree, to scores: inout [Double]) {
        for (k, leaf) in leaves.enumerated() {
            let value = Double(tree.values[k])
            for place in leaf.from..<leaf.to { scores[Int(order[place])] += value }
        }
    }

    /// Sets the leaves of the tree just grown to the quantile of what is left of their rows: the derivatives of the
    /// pinball loss say the way but not how far.
    func refit(
        _ tree: inout BoostedTrees.Tree, level: Double, _ targets: [Float], _ scores: [Double], _ weights: [Float]?,
        rate: Double
    ) {
        for (k, leaf) in leaves.enumerated() {
            let rows = order[leaf.from..<leaf.to].map { Int($0) }
            let rest = rows.map { Float(Double(targets[$0]) - scores[$0]) }
            let weight = weights.map { all in rows.map { all[$0] } } ?? []
            tree.values[k] = Float(rate * BoostingLoss.quantile(rest, weight, level))
        }
    }
}
