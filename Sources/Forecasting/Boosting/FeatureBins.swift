/// How the values of each feature are cut into at most 64 bins: bin 0 holds what is missing (NaN), bin b the values
/// above threshold b - 2 up to threshold b - 1, the last one what lies above all thresholds.
struct FeatureBins: Sendable {
    static let count = 64

    /// By feature: ascending thresholds, at most `count - 2`.
    let thresholds: [[Float]]

    var features: Int { thresholds.count }

    /// Cuts at quantiles of a sample, each value that is there often in a bin of its own.
    ///
    /// - Parameter sample: row-major rows x features.
    init(sample: [Float], features: Int) {
        let rows = features > 0 ? sample.count / features : 0
        thresholds = (0..<features).map { feature in
            var values: [Float] = []
            values.reserveCapacity(rows)
            for row in 0..<rows {
                let value = sample[row * features + feature]
                if !value.isNaN { values.append(value) }
            }
            values.sort()
            return FeatureBins.cuts(values)
        }
    }

    private static func cuts(_ sorted: [Float]) -> [Float] {
        guard let last = sorted.last else { return [] }
        var cuts: [Float] = []
        let most = count - 2
        var at = 0
        // Each cut leaves an equal share of what is left to the bins that are left.
        while at < sorted.count, cuts.count < most {
            let share = max(1, (sorted.count - at) / (most + 1 - cuts.count))
            let value = sorted[min(at + share - 1, sorted.count - 1)]
            if value == last { break }
            cuts.append(value)
            while at < sorted.count, sorted[at] <= value { at += 1 }
        }
        return cuts
    }

    /// The bin of one value of a feature.
    @inline(__always)
    func bin(_ value: Float, _ feature: Int) -> UInt8 {
        if value.isNaN { return 0 }
        return thresholds[feature].withUnsafeBufferPointer { cuts in
            var (low, high) = (0, cuts.count)
            while low < high {
                let middle = (low &+ high) >> 1
                if cuts[middle] < value { low = middle &+ 1 } else { high = middle }
            }
            return UInt8(truncatingIfNeeded: low &+ 1)
        }
    }

    /// The bins of row-major rows x features.
    func bins(_ rows: [Float]) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: rows.count)
        var feature = 0
        for k in rows.indices {
            out[k] = bin(rows[k], feature)
            feature += 1
            if feature == features { feature = 0 }
        }
        return out
    }
}
