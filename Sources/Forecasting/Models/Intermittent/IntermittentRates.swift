/// Demand sizes and the steps between demands of a series with many zeros.
struct DemandRun {
    var sizes: [Double] = []
    /// Steps since the demand before (since the start for the first), at least 1.
    var intervals: [Double] = []

    init(_ values: [Double]) {
        var last = -1
        sizes.reserveCapacity(values.count / 2)
        intervals.reserveCapacity(values.count / 2)
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
        guard let mean = meanInterval(values) else { return 0 }
        return bucketed(runningSums(values), length: max(1, Int(mean.rounded())))
    }

    /// Petropoulos and Kourentzes (2015): the mean over all bucket lengths up to the mean interval.
    static func imapa(_ values: [Double]) -> Double {
        guard let mean = meanInterval(values) else { return 0 }
        let longest = max(1, min(Int(mean.rounded()), values.count))
        let sums = runningSums(values)
        return (1...longest).reduce(0) { $0 + bucketed(sums, length: $1) } / Double(longest)
    }

    private static func rate(_ run: DemandRun, constants: ClosedRange<Double>) -> Double {
        guard !run.sizes.isEmpty else { return 0 }
        return smoothed(run.sizes, constants: constants).level / smoothed(run.intervals, constants: constants).level
    }

    /// Mean steps from demand to demand, the first counted from the start; nil without demand.
    private static func meanInterval(_ values: [Double]) -> Double? {
        guard let last = values.lastIndex(where: { $0 != 0 }) else { return nil }
        var demands = 0
        for value in values { demands += value != 0 ? 1 : 0 }
        return Double(last + 1) / Double(demands)
    }

    /// Before each value the sum of all before it, and the sum of all.
    private static func runningSums(_ values: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: values.count + 1)
        for (t, value) in values.enumerated() { sums[t + 1] = sums[t] + value }
        return sums
    }

    /// Smoothing over sums of `length` values, the last bucket ending with the last value.
    private static func bucketed(_ sums: [Double], length: Int) -> Double {
        let buckets = (sums.count - 1) / length
        guard buckets > 0 else { return 0 }
        let skip = sums.count - 1 - buckets * length
        var totals = [Double](repeating: 0, count: buckets)
        for k in 0..<buckets { totals[k] = sums[skip + (k + 1) * length] - sums[skip + k * length] }
        return smoothed(totals, constants: 0.01...0.5).level / Double(length)
    }
}
