/// Demand sizes and the steps between demands of a series with many zeros.
struct DemandRun {
    var sizes: [Double] = []
    /// Steps since the demand before (since the start for the first), at least 1.
    var intervals: [Double] = []

    init(_ values: [Double]) {
        var last = -1
        for (t, value) in values.enumerated() where value != 0 {
            sizes.append(value)
            intervals.append(Double(t - last))
            last = t
        }
    }
}

/// Demand a step by the methods for intermittent demand; each gives one figure for all steps ahead.
enum IntermittentRate {
    /// Croston (1972), both constants 0.1.
    static func croston(_ values: [Double]) -> Double { rate(DemandRun(values), constants: 0.1...0.1) }

    /// Croston with the constants of sizes and intervals found apart, 0.1 ... 0.3.
    static func optimisedCroston(_ values: [Double]) -> Double { rate(DemandRun(values), constants: 0.1...0.3) }

    /// Syntetos and Boylan (2005): Croston less its bias.
    static func sba(_ values: [Double]) -> Double { 0.95 * croston(values) }

    /// Teunter, Syntetos and Babai (2011), constants found by squared errors.
    static func tsb(_ values: [Double]) -> Double {
        let sizes = values.filter { $0 != 0 }
        guard !sizes.isEmpty else { return 0 }
        let chances = values.map { $0 != 0 ? 1.0 : 0 }
        return smoothed(sizes, constants: 0.02...0.5).level * smoothed(chances, constants: 0.005...0.3).level
    }

    /// Nikolopoulos, Syntetos, Boylan, Petropoulos and Assimakopoulos (2011): smoothing over buckets as long as the
    /// mean interval.
    static func adida(_ values: [Double]) -> Double {
        let run = DemandRun(values)
        guard !run.sizes.isEmpty else { return 0 }
        let mean = run.intervals.reduce(0, +) / Double(run.intervals.count)
        return bucketed(values, length: max(1, Int(mean.rounded())))
    }

    /// Petropoulos and Kourentzes (2015): the mean over all bucket lengths up to the mean interval.
    static func imapa(_ values: [Double]) -> Double {
        let run = DemandRun(values)
        guard !run.sizes.isEmpty else { return 0 }
        let mean = run.intervals.reduce(0, +) / Double(run.intervals.count)
        let longest = max(1, min(Int(mean.rounded()), values.count))
        return (1...longest).reduce(0) { $0 + bucketed(values, length: $1) } / Double(longest)
    }

    private static func rate(_ run: DemandRun, constants: ClosedRange<Double>) -> Double {
        guard !run.sizes.isEmpty else { return 0 }
        return smoothed(run.sizes, constants: constants).level / smoothed(run.intervals, constants: constants).level
    }

    /// Smoothing over sums of `length` values, the last bucket ending with the last value.
    private static func bucketed(_ values: [Double], length: Int) -> Double {
        let buckets = values.count / length
        guard buckets > 0 else { return 0 }
        let skip = values.count - buckets * length
        let sums = (0..<buckets).map { k -> Double in
            var sum = 0.0
            for t in 0..<length { sum += values[skip + k * length + t] }
            return sum
        }
        return smoothed(sums, constants: 0.01...0.5).level / Double(length)
    }
}
