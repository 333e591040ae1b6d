import Foundation

/// The distribution of counts around their forecast, learnt from forecasts of the past: quantiles of actual over
/// forecast, by size of the forecast and by how erratic the series has been (conformal prediction by class, Vovk,
/// Gammerman and Shafer 2005).
///
/// Nothing is assumed about the shape: what sells nothing on most days has quantiles of exactly zero there.
struct CountTable: Sendable {
    /// One forecast of the past.
    struct Case {
        var forecast: Float
        var actual: Float
        /// Variance over mean of the series before its origin.
        var dispersion: Float
    }

    /// Forecasts within this factor of each other share a bin.
    private static let ratio: Float = 1.25
    private static let smallest: Float = 0.02
    private static let bins = 48
    /// Fewest cases that quantiles are taken from, and most classes of dispersion in a bin.
    private static let enough = 500
    private static let classes = 6

    private struct Bin: Sendable {
        /// Upper dispersion of each class.
        var limits: [Float] = []
        /// Class x level: actual over forecast.
        var quantiles: [Float] = []
    }

    let levels: [Double]
    private let table: [Bin]

    init(_ cases: [Case], levels: [Double]) {
        self.levels = levels
        var members = [[Case]](repeating: [], count: CountTable.bins)
        for entry in cases where entry.forecast > 0 { members[CountTable.bin(entry.forecast)].append(entry) }
        // A bin with few cases borrows from its neighbours, the nearer first.
        var table: [Bin] = []
        for bin in members.indices {
            var pool = members[bin]
            var reach = 1
            while pool.count < CountTable.enough, reach < CountTable.bins {
                for neighbour in [bin - reach, bin + reach] where members.indices.contains(neighbour) {
                    pool += members[neighbour]
                }
                reach += 1
            }
            table.append(CountTable.quantiles(pool, levels))
        }
        self.table = table
    }

    private static func bin(_ forecast: Float) -> Int {
        guard forecast > smallest else { return 0 }
        return min(bins - 1, 1 + Int(log(forecast / smallest) / log(ratio)))
    }

    private static func quantiles(_ pool: [Case], _ levels: [Double]) -> Bin {
        guard !pool.isEmpty else { return Bin() }
        let sorted = pool.sorted { ($0.dispersion, $0.forecast, $0.actual) < ($1.dispersion, $1.forecast, $1.actual) }
        let count = max(1, min(classes, sorted.count / enough))
        var bin = Bin()
        for k in 0..<count {
            let range = k * sorted.count / count..<(k + 1) * sorted.count / count
            let ratios = sorted[range].map { Double($0.actual / $0.forecast) }.sorted()
            bin.limits.append(k + 1 == count ? .infinity : sorted[range.upperBound - 1].dispersion)
            bin.quantiles += levels.map { Float(sampleQuantile(ratios, $0)) }
        }
        return bin
    }

    /// Appends the quantiles around one forecast: not negative, non-decreasing along the levels.
    func append(_ forecast: Float, dispersion: Float, to out: inout [Float]) {
        let bin = table[CountTable.bin(forecast)]
        guard let row = bin.limits.firstIndex(where: { dispersion <= $0 }) ?? bin.limits.indices.last else {
            return out.append(contentsOf: levels.map { _ in forecast })
        }
        for k in levels.indices { out.append(forecast * bin.quantiles[row * levels.count + k]) }
    }
}
