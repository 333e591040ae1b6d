import Foundation
import NumericCore
import Retail
import Testing

@testable import Forecasting

@Suite("Reconciliation") struct ReconciliationTests {
    private let hierarchy = Hierarchy(salesPanel(items: 3, days: 30), levels: [[], ["store"], ["dept"]])

    /// The summing matrix, written out.
    private var summing: Matrix {
        var matrix = Matrix(rows: hierarchy.nodes, columns: hierarchy.series)
        for (l, level) in hierarchy.levels.enumerated() {
            for (s, group) in level.of.enumerated() { matrix[hierarchy.offsets[l] + Int(group), s] = 1 }
        }
        return matrix
    }

    private func base(_ entity: Int) -> [Double] {
        let bottom = uniforms(entity, hierarchy.series).map { 5 + 10 * $0 }
        return zip(Reconciliation(hierarchy).bottomUp(bottom), normals(entity, hierarchy.nodes)).map { $0 + $1 }
    }

    /// G = (S' W^-1 S)^-1 S' W^-1 by dense matrices.
    private func dense(_ base: [Double], covariance: Matrix) throws -> [Double] {
        let inverse = try Cholesky(covariance)
        let weighted = inverse.solve(summing)
        let normal = try Matrix.multiply(summing.transposed(), weighted)
        let right = try Matrix.multiplyTransposed(weighted, base)
        return try Matrix.multiply(summing, try Cholesky(normal).solve(right))
    }

    private func difference(_ a: [Double], _ b: [Double]) -> Double {
        zip(a, b).map { abs($0 - $1) }.max() ?? .infinity
    }

    @Test func `weighted least squares agrees with the dense formula`() throws {
        let variances = uniforms(3, hierarchy.nodes).map { 0.2 + $0 }
        var covariance = Matrix(rows: hierarchy.nodes, columns: hierarchy.nodes)
        for i in 0..<hierarchy.nodes { covariance[i, i] = variances[i] }
        let sparse = try Reconciliation(hierarchy).reconciled(base(1), errors: .independent(variances))
        #expect(difference(sparse, try dense(base(1), covariance: covariance)) < 1e-7)
    }

    @Test func `steps solved side by side are those solved alone`() throws {
        let reconciliation = Reconciliation(hierarchy)
        let variances = uniforms(8, hierarchy.nodes).map { 0.2 + $0 }
        let columns = (0..<3).map { base(20 + $0) }
        let rows = (0..<hierarchy.nodes).flatMap { node in columns.map { $0[node] } }
        let together = try reconciliation.reconciled(rows, width: 3, errors: .independent(variances))
        for (j, column) in columns.enumerated() {
            let alone = try reconciliation.reconciled(column, errors: .independent(variances))
            #expect(difference((0..<hierarchy.nodes).map { together[$0 * 3 + j] }, alone) < 1e-7)
        }
    }

    @Test func `few passes sum up what many would, and hand down its transpose`() {
        let panel = salesPanel(items: 4, days: 30)
        for levels in [Hierarchy.m5Levels, [["item"], [], ["store"]], [["store"], ["item"]], []] {
            let hierarchy = Hierarchy(panel, levels: levels)
            let ladder = SummingLadder(hierarchy)
            let bottom = uniforms(1, hierarchy.series * 2)
            let plain = hierarchy.levels.indices.flatMap {
                hierarchy.totals(bottom.map { Float($0) }, width: 2, level: $0).map(Double.init)
            }
            #expect(difference(ladder.summed(bottom, width: 2), plain) < 1e-5)
            let values = uniforms(2, hierarchy.nodes * 2)
            let (up, down) = (ladder.summed(bottom, width: 2), ladder.handedDown(values, width: 2))
            func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
            #expect(abs(dot(up, values) - dot(bottom, down)) < 1e-9)
        }
    }

    @Test func `MinT leaves coherent forecasts alone and gives coherent ones`() throws {
        let reconciliation = Reconciliation(hierarchy)
        let above = 3
        let top = hierarchy.offsets[above]
        let residuals = Matrix(rows: 40, columns: top, normals(9, 40 * top))
        let errors = Reconciliation.Errors.shrunk(
            residuals: residuals, above: above, variances: [Double](repeating: 0.5, count: hierarchy.nodes - top))
        let coherent = reconciliation.bottomUp(uniforms(4, hierarchy.series))
        #expect(difference(try reconciliation.reconciled(coherent, errors: errors), coherent) < 1e-8)
        let made = try reconciliation.reconciled(base(2), errors: errors)
        #expect(difference(reconciliation.bottomUp(Array(made.suffix(hierarchy.series))), made) < 1e-9)
    }

    @Test func `nothing falls below zero, and what is held there could not be better`() throws {
        var forecasts = Reconciliation(hierarchy).bottomUp([Double](repeating: 1, count: hierarchy.series))
        forecasts[hierarchy.nodes - 1] = -50
        let variances = [Double](repeating: 1, count: hierarchy.nodes)
        let made = try Reconciliation(hierarchy).reconciled(forecasts, errors: .independent(variances))
        #expect(made.allSatisfy { $0 >= 0 })
        func loss(_ nodes: [Double]) -> Double { zip(nodes, forecasts).reduce(0) { $0 + pow($1.0 - $1.1, 2) } }
        let bottom = Array(made.suffix(hierarchy.series))
        for s in bottom.indices {
            for step in [-1e-3, 1e-3] where bottom[s] + step >= 0 {
                var moved = bottom
                moved[s] += step
                #expect(loss(Reconciliation(hierarchy).bottomUp(moved)) >= loss(made))
            }
        }
    }

    @Test func `middle-out keeps the level it starts from`() {
        let shares = uniforms(6, hierarchy.series)
        let nodes = Reconciliation(hierarchy).middleOut([10, 20], level: 1, shares: shares)
        #expect(abs(nodes[0] - 30) < 1e-12 && abs(nodes[1] - 10) < 1e-12 && abs(nodes[2] - 20) < 1e-12)
    }

    @Test func `joint samples keep their quantiles and their correlation`() throws {
        let levels = [0.1, 0.5, 0.9]
        let z = levels.map { Normal.quantile($0) }
        let sampler = try CorrelatedSampler(
            levels: levels, quantiles: z.map { 100 + 10 * $0 } + z.map { 50 + 5 * $0 },
            correlations: Matrix(rows: 2, columns: 2, [1, 0.8, 0.8, 1]))
        var random = RandomStream(seed: 11, stream: RandomStreamID.verification.rawValue, entity: 1, replication: 0)
        let samples = (0..<20_000).map { _ in sampler.sample(&random) }
        let (a, b) = (samples.map { ($0[0] - 100) / 10 }, samples.map { ($0[1] - 50) / 5 })
        let n = Double(samples.count)
        #expect(abs(zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } / n - 0.8) < 0.03)
        for (k, level) in levels.enumerated() { #expect(abs(Double(a.count { $0 < z[k] }) / n - level) < 0.012) }
    }
}
