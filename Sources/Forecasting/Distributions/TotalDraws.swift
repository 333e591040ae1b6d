import NumericCore
import Retail

/// Joint samples summed up to all totals of a hierarchy.
struct TotalDraws: Sendable {
    /// In blocks of samples, each row-major samples x places, a place being a total at a step.
    private let blocks: [[Float]]
    private let places: Int
    let count: Int

    init(blocks: [[Float]], count: Int) {
        self.blocks = blocks
        self.count = count
        places = blocks.reduce(0) { $0 + $1.count } / max(1, count)
    }

    /// All samples of a place, in the order of their numbers.
    private func column(_ place: Int) -> [Double] {
        var column: [Double] = []
        column.reserveCapacity(count)
        for block in blocks {
            for row in stride(from: place, to: block.count, by: places) { column.append(Double(block[row])) }
        }
        return column
    }

    /// The variance at a place.
    func variance(_ place: Int) -> Double {
        let column = column(place)
        let mean = column.reduce(0, +) / Double(max(1, column.count))
        return column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, column.count))
    }

    /// The quantiles at a place, stretched so that the sample's mean is the forecast's.
    func quantiles(_ place: Int, mean: Double, levels: [Double]) -> [Double] {
        let column = column(place).sorted()
        let centre = column.reduce(0, +) / Double(max(1, column.count))
        let factor = centre > 0 ? mean / centre : 0
        return levels.map { factor * sampleQuantile(column, $0) }
    }
}

extension JointSampler {
    /// Samples of all totals above the series, in chunks that do not depend on the threads.
    func totals(of hierarchy: Hierarchy, samples: Int, seed: UInt64, threads: Int) async -> TotalDraws {
        let horizon = forecast.horizon
        let ladder = SummingLadder(hierarchy)
        let blocks = chunks(count: samples, of: 10)
        let drawn = await concurrentMap(chunks: blocks.count, threads: threads) { (k: Int) -> [Float] in
            blocks[k].flatMap { number in
                ladder.summed(sample(UInt32(number), seed: seed).map { Float($0) }, width: horizon)
                    .prefix((hierarchy.nodes - hierarchy.series) * horizon)
            }
        }
        return TotalDraws(blocks: drawn, count: samples)
    }
}
