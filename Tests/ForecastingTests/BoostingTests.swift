import Foundation
import Testing

@testable import Forecasting

@Suite("Boosted trees") struct BoostingTests {
    private func options(_ loss: BoostingLoss, trees: Int = 200) -> BoostingOptions {
        BoostingOptions(loss: loss, trees: trees, learningRate: 0.2, leaves: 8, minimumRows: 5, penalty: 0)
    }

    @Test func `a step function of two features is found exactly`() {
        // Fewer distinct values than bins, so that a cut can fall on the steps.
        let rows = uniforms(1, 2_000).map { Float(($0 * 32).rounded(.down) / 32) }
        let targets = (0..<1_000).map { i -> Float in (rows[2 * i] > 0.5 ? 3 : 1) + (rows[2 * i + 1] > 0.25 ? 10 : 0) }
        let scores = BoostedTrees(rows: rows, features: 2, targets: targets, options: options(.squared)).scores(rows)
        #expect(zip(scores, targets).allSatisfy { abs($0 - Double($1)) < 0.01 })
    }

    @Test func `what is missing has a mean of its own, at any place among the values`() {
        let targets = (0..<900).map { Float($0 % 3 == 0 ? 7 : $0 % 3 == 1 ? 1 : 2) }
        let rows = (0..<900).map { Float($0 % 3 == 0 ? Double.nan : Double($0 % 3)) }
        let scores = BoostedTrees(rows: rows, features: 1, targets: targets, options: options(.squared)).scores(rows)
        #expect(zip(scores, targets).allSatisfy { abs($0 - Double($1)) < 1e-3 })
        let alone = (0..<900).map { Float($0 % 3 == 0 ? Double.nan : 4) }
        let two = BoostedTrees(rows: alone, features: 1, targets: targets, options: options(.squared)).scores(alone)
        #expect(abs(two[0] - 7) < 1e-3 && abs(two[1] - 1.5) < 1e-3)
    }

    @Test(arguments: [BoostingLoss.poisson, .tweedie(power: 1.3)])
    func `with a log link offsets are exposures, and groups keep their mean`(loss: BoostingLoss) {
        let exposure = (0..<2_000).map { 1 + $0 % 5 }
        let rows = (0..<2_000).map { Float($0 % 2) }
        let targets = (0..<2_000).map { Float(exposure[$0] * ($0 % 2 == 0 ? 1 : 4)) }
        let trees = BoostedTrees(
            rows: rows, features: 1, targets: targets, offsets: exposure.map { Float(log(Double($0))) },
            options: options(loss))
        let scores = trees.scores(rows)
        #expect(abs(exp(scores[0]) - 1) < 0.01 && abs(exp(scores[1]) - 4) < 0.04)
    }

    @Test(arguments: [0.1, 0.5, 0.9]) func `the quantile loss leaves its level of each group below`(level: Double) {
        let draws = uniforms(2, 6_000)
        let rows = (0..<6_000).map { Float($0 % 2) }
        let targets = (0..<6_000).map { Float($0 % 2 == 0 ? draws[$0] : 100 + 10 * draws[$0]) }
        let scores = BoostedTrees(
            rows: rows, features: 1, targets: targets, options: options(.quantile(level: level))
        ).scores(rows)
        for group in 0..<2 {
            let members = (0..<6_000).filter { $0 % 2 == group }
            let below = members.count { Double(targets[$0]) <= scores[$0] + 1e-6 }
            #expect(abs(Double(below) / Double(members.count) - level) < 0.03)
        }
    }

    @Test func `trees that may each split on some features find together what matters`() {
        let rows = uniforms(3, 4_000).map { Float(($0 * 16).rounded(.down)) }
        let targets = (0..<1_000).map { i -> Float in rows[4 * i] + 2 * rows[4 * i + 3] }
        var some = options(.squared)
        some.featureShare = 0.5
        let scores = BoostedTrees(rows: rows, features: 4, targets: targets, options: some).scores(rows)
        #expect(zip(scores, targets).allSatisfy { abs($0 - Double($1)) < 1 })
    }

    @Test func `a constant target and no rows at all give a constant`() {
        let flat = BoostedTrees(rows: [1, 2, 3], features: 1, targets: [5, 5, 5], options: options(.squared))
        #expect(flat.scores([9, .nan]) == [5, 5])
        let none = BoostedTrees(rows: [], features: 1, targets: [], options: options(.poisson))
        #expect(none.scores([1]).allSatisfy { $0.isFinite })
    }
}
