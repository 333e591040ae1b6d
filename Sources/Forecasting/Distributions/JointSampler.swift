import Foundation
import NumericCore
public import Retail

/// Joint samples of all series of a forecast over all its steps. Each series and step keeps its own distribution;
/// together they move as their errors at past origins did.
///
/// Gaussian copula (Li 2000; Clemen and Reilly 1999) whose correlations are those of the past errors, shrunk towards
/// their mean by the share of them that is noise (Ledoit and Wolf 2004): towards none would take away most of what makes
/// totals uncertain. Such a matrix is one factor for each past step, one that all share, and a part of each series' own:
/// it is drawn from directly and never formed, so that a hundred thousand series cost no more than their errors. From
/// step to step the normal variables are autoregressive.
public struct JointSampler: Sendable {
    public let forecast: Forecast
    /// Row-major series x `width`: past errors over their root mean square, 0 where unknown.
    private let scores: [Float]
    private let width: Int
    /// How far the correlations are shrunk towards their mean, and that mean.
    let shrinkage: Double
    let mean: Double
    /// What series share is taken so many times (`matching`).
    var gain = 1.0
    /// Correlation of one step with the next: of what series share, and of what is their own.
    let persistence: (common: Double, own: Double)
    private let curve: QuantileCurve
    /// Row-major series x horizon: what the distribution's own mean is multiplied by to be the forecast's.
    private let factors: [Double]
    private let entities: [UInt64]

    /// - Parameter errors: by series, the axis cell of each past error and the error.
    init(_ forecast: Forecast, errors: [(cells: [Int32], errors: [Float])]) {
        self.forecast = forecast
        let cells = Set(errors.flatMap(\.cells)).sorted()
        let places = Dictionary(uniqueKeysWithValues: cells.enumerated().map { ($1, $0) })
        width = cells.count
        var scores = [Float](repeating: 0, count: forecast.keys.count * cells.count)
        for (s, row) in errors.enumerated() where !row.errors.isEmpty {
            let squares = row.errors.reduce(0.0) { $0 + Double($1) * Double($1) }
            let size = (squares / Double(row.errors.count)).squareRoot()
            guard size > 0, size.isFinite else { continue }
            for (cell, error) in zip(row.cells, row.errors) {
                if let place = places[cell] { scores[s * cells.count + place] = Float(Double(error) / size) }
            }
        }
        self.scores = scores
        mean = JointSampler.meanCorrelation(scores, width: cells.count)
        shrinkage = JointSampler.noise(scores, width: cells.count, around: mean)
        persistence = (
            JointSampler.commonPersistence(scores, cells), JointSampler.persistence(errors)
        )
        let curve = QuantileCurve(levels: forecast.levels)
        let levels = forecast.levels.count
        self.curve = curve
        factors = forecast.mean.indices.map { k in
            guard levels > 0 else { return 1 }
            let mean = curve.mean(forecast.quantiles[k * levels..<(k + 1) * levels])
            return mean > 0 ? forecast.mean[k] / mean : 0
        }
        entities = forecast.names.map { entityHash($0) }
    }

    /// From the demand alone, for a forecast whose errors were not kept: what each series did in its last twelve seasons
    /// beside the mean of the same place in the four seasons before.
    public init(_ forecast: Forecast, history: DemandPanel) {
        let season = max(1, history.axis.step.defaultSeason)
        let (steps, end) = (12 * season, history.axis.count)
        let rows = Dictionary(
            history.names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        self.init(
            forecast,
            errors: forecast.names.map { name in
                guard let s = rows[name] else { return ([], []) }
                let (cells, start) = (history.cells(s), Int(history.starts[s]))
                var (at, errors): ([Int32], [Float]) = ([], [])
                for t in max(start + season, end - steps)..<max(start + season, end - steps, start + cells.count) {
                    let past = (1...4).map { t - start - $0 * season }.filter { $0 >= 0 }.map { cells[$0] }
                        .filter(\.isFinite)
                    guard t - start < cells.count, cells[t - start].isFinite, !past.isEmpty else { continue }
                    at.append(Int32(t))
                    errors.append(Float(cells[t - start] - past.reduce(0, +) / Double(past.count)))
                }
                return (at, errors)
            })
    }

    /// One joint sample: row-major series x horizon, not negative. The same seed and number give the same sample.
    public func sample(_ number: UInt32, seed: UInt64) -> [Double] {
        let (count, horizon, levels) = (forecast.keys.count, forecast.horizon, forecast.levels.count)
        guard levels > 0 else { return forecast.mean }
        func stream(_ entity: UInt64) -> RandomStream {
            RandomStream(
                seed: seed, stream: RandomStreamID.forecastSample.rawValue, entity: entity, replication: number)
        }
        func walk(_ entity: UInt64, _ persistence: Double) -> [Float] {
            var random = stream(entity)
            let turn = (1 - persistence * persistence).squareRoot()
            var z = random.normal()
            return (0..<horizon).map { h in
                if h > 0 { z = persistence * z + turn * random.normal() }
                return Float(z)
            }
        }
        let everybody = walk(entityHash("common to all"), persistence.common)
        // Factors of eight steps side by side, past step by past step.
        let blocks = (horizon + 7) / 8
        var common = [SIMD8<Float>](repeating: .zero, count: width * blocks)
        for place in 0..<width {
            let factor = walk(entityHash("common factor \(place)"), persistence.common)
            for h in 0..<horizon { common[place * blocks + h / 8][h % 8] = factor[h] }
        }
        let gain = min(gain, largestGain)
        let parts = (
            own: Float(max(0, 1 - gain * shared).squareRoot()), all: Float((gain * shrinkage * mean).squareRoot()),
            past: Float((gain * (1 - shrinkage)).squareRoot())
        )
        var out = [Double](repeating: 0, count: count * horizon)
        var shared = [SIMD8<Float>](repeating: .zero, count: blocks)
        for s in 0..<count {
            let own = walk(entities[s], persistence.own)
            // A series without past errors is drawn alone.
            let size = self.shared(s, common, blocks, into: &shared)
            for h in 0..<horizon {
                let place = s * horizon + h
                guard forecast.mean[place] > 0 else { continue }
                var z = own[h]
                if size > 0 {
                    z = parts.own * own[h] + parts.all * everybody[h] + parts.past * shared[h / 8][h % 8] / size
                }
                let value = curve.value(forecast.quantiles[place * levels..<(place + 1) * levels], at: Double(z))
                out[place] = factors[place] * value
            }
        }
        return out
    }

    /// The part of the variance that series share.
    private var shared: Double { 1 - shrinkage * (1 - mean) }
    /// Beyond it nothing would be left of a series' own.
    var largestGain: Double { shared > 0 ? 1 / shared : 1 }

    /// The sum of the common factors weighted by a series' past errors; returns the size of these.
    private func shared(
        _ series: Int, _ common: [SIMD8<Float>], _ blocks: Int, into sums: inout [SIMD8<Float>]
    ) -> Float {
        var squares: Float = 0
        let width = width
        scores.withUnsafeBufferPointer { scores in
            let row = series * width
            for k in 0..<width { squares += scores[row + k] * scores[row + k] }
            guard squares > 0 else { return }
            common.withUnsafeBufferPointer { common in
                for block in 0..<blocks {
                    var (even, odd) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
                    for k in Swift.stride(from: 0, to: width - 1, by: 2) {
                        even += scores[row + k] * common[k * blocks + block]
                        odd += scores[row + k + 1] * common[(k + 1) * blocks + block]
                    }
                    if width % 2 == 1 { even += scores[row + width - 1] * common[(width - 1) * blocks + block] }
                    sums[block] = even + odd
                }
            }
        }
        return squares.squareRoot()
    }

    /// The mean correlation over all pairs, from the sum of all scores; not negative.
    private static func meanCorrelation(_ scores: [Float], width: Int) -> Double {
        guard width > 1 else { return 0 }
        var sum = [Double](repeating: 0, count: width)
        var count = 0.0
        for s in 0..<scores.count / width {
            let row = scores[s * width..<(s + 1) * width]
            let size = Double(row.reduce(0) { $0 + $1 * $1 }).squareRoot()
            guard size > 0 else { continue }
            for (k, score) in row.enumerated() { sum[k] += Double(score) / size }
            count += 1
        }
        guard count > 1 else { return 0 }
        let whole = sum.reduce(0) { $0 + $1 * $1 }
        return min(1, max(0, (whole - count) / (count * (count - 1))))
    }

    /// The correlation of what all series did on one step with the next.
    private static func commonPersistence(_ scores: [Float], _ cells: [Int32]) -> Double {
        let width = cells.count
        var sum = [Double](repeating: 0, count: width)
        for (k, score) in scores.enumerated() where width > 0 { sum[k % width] += Double(score) }
        return persistence([(cells: cells, errors: sum.map { Float($0) })])
    }

    /// The share of the sample correlations that is noise, from at most 200 of the series.
    private static func noise(_ scores: [Float], width: Int, around mean: Double) -> Double {
        guard width > 1 else { return 1 }
        let count = scores.count / width
        let chosen = Array(Swift.stride(from: 0, to: count, by: max(1, count / 200)))
        var (noise, signal) = (0.0, 0.0)
        for (a, i) in chosen.enumerated() {
            for j in chosen.prefix(a) {
                var (sum, squares) = (0.0, 0.0)
                for k in 0..<width {
                    let product = Double(scores[i * width + k] * scores[j * width + k])
                    sum += product
                    squares += product * product
                }
                let r = sum / Double(width)
                noise += (squares / Double(width) - r * r) / Double(width - 1)
                signal += (r - mean) * (r - mean)
            }
        }
        return signal > 0 ? min(1, max(0, noise / signal)) : 1
    }

    /// The correlation of errors one step apart, over all series; not negative.
    private static func persistence(_ errors: [(cells: [Int32], errors: [Float])]) -> Double {
        var (products, squares) = (0.0, 0.0)
        for row in errors where !row.errors.isEmpty {
            let size = row.errors.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(row.errors.count)
            guard size > 0, size.isFinite else { continue }
            for k in row.errors.indices.dropFirst() where row.cells[k] == row.cells[k - 1] + 1 {
                products += Double(row.errors[k]) * Double(row.errors[k - 1]) / size
                squares += Double(row.errors[k - 1]) * Double(row.errors[k - 1]) / size
            }
        }
        return squares > 0 ? min(0.95, max(0, products / squares)) : 0
    }
}
