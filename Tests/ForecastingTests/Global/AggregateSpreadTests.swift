import Foundation
import NumericCore
import Retail
import Testing

@testable import Forecasting

@Suite("Intervals of totals") struct AggregateSpreadTests {
    private let levels = [0.05, 0.25, 0.5, 0.75, 0.95]
    private let horizon = 14
    private let block = 7
    private let origins = 1_000
    private let nodes = 3

    /// Relative errors: normal at one level, skewed at the other, twice as wide in the second week.
    private func errors(_ entity: Int, skewed: Bool) -> [Float] {
        let draws = skewed ? uniforms(entity, nodes * origins * horizon).map { -log($0) - 1 } : []
        let even = skewed ? [] : normals(entity, nodes * origins * horizon)
        return (skewed ? draws : even).enumerated().map { k, z in
            Float(0.1 * z * (k % horizon < block ? 1 : 2))
        }
    }

    @Test func `each level has the shape and the growth of its own errors`() {
        let past = [false, true].map {
            AggregateSpread.Errors(nodes: nodes, relative: errors($0 ? 1 : 2, skewed: $0))
        }
        let spread = AggregateSpread(past, horizon: horizon, block: block, levels: levels)
        for (level, isSkewed) in [false, true].enumerated() {
            let future = errors(isSkewed ? 3 : 4, skewed: isSkewed)
            var below = [Double](repeating: 0, count: levels.count)
            for (k, error) in future.enumerated() {
                var quantiles: [Float] = []
                spread.append(
                    100, level: level, node: k / (origins * horizon), step: k % horizon, to: &quantiles)
                for (q, quantile) in quantiles.enumerated() where 100 * (1 + error) <= quantile { below[q] += 1 }
            }
            for (q, claimed) in levels.enumerated() {
                #expect(abs(below[q] / Double(future.count) - claimed) < 0.03, "level \(level), quantile \(claimed)")
            }
        }
    }

    @Test func `without a past the intervals are wide and in order`() {
        let spread = AggregateSpread(
            [AggregateSpread.Errors(nodes: 1, relative: [Float](repeating: .nan, count: horizon))], horizon: horizon,
            block: block, levels: levels)
        var quantiles: [Float] = []
        spread.append(10, level: 0, node: 0, step: 3, to: &quantiles)
        #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 < $1 })
        #expect(quantiles[0] < 7 && quantiles[4] > 13)
    }
}
