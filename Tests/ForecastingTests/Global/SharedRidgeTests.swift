import Foundation
import NumericCore
import Retail
import Testing

@testable import Forecasting

@Suite("Ridge with a drifting level") struct SharedRidgeTests {
    private let days = 400
    private let origins = [300, 372]

    private func design(_ panel: SalesPanel) -> DriverDesign { DriverDesign(panel, origin: 372) }

    /// Each value less the exponentially smoothed values before it.
    private func whitened(_ values: [Double], _ smoothing: Double) -> [Double] {
        var level = values[0]
        return values.map { value in
            defer { level += smoothing * (value - level) }
            return value - level
        }
    }

    /// The forecast of one series from one origin, written out with the plain ridge solver.
    private func plain(_ design: DriverDesign, _ y: [Double], origin: Int, horizon: Int, _ options: SharedRidge.Options)
        throws -> [Double]
    {
        let smoothing = options.smoothings[0]
        let p = design.matrix.columns
        let columns = (0..<p).map { j in whitened((0..<origin).map { design.matrix[$0, j] }, smoothing) }
        let rows = options.warmUp..<origin
        let effects = try ridge(
            design: Matrix(rows: rows.count, columns: p, rows.flatMap { t in columns.map { $0[t] } }),
            target: Array(whitened(Array(y.prefix(origin)), smoothing)[rows]),
            weights: rows.map { exp2(-Double(origin - 1 - $0) / options.halfLife) },
            penalty: design.penalty.map { $0 + 1e-6 })
        func fitted(_ t: Int) -> Double { (0..<p).reduce(0) { $0 + design.matrix[t, $1] * effects[$1] } }
        let errors = (0..<origin).map { y[$0] - fitted($0) }
        // The engine begins where the level has forgotten what was before.
        let from = max(0, origin - max(84, Int(8 / smoothing)))
        var level = errors[from]
        for t in from + 1..<origin { level += smoothing * (errors[t] - level) }
        let recent = errors.suffix(7 * options.profileSeasons)
        let mean = recent.reduce(0, +) / Double(recent.count)
        return (0..<horizon).map { h in
            let same = stride(from: origin + h % 7 - 7, through: origin - recent.count, by: -7).map { errors[$0] }
            let profile = same.reduce(0, +) / Double(same.count) - mean
            return max(0, fitted(origin + h) + level + options.profileShare * profile)
        }
    }

    @Test func `one sweep over the origins agrees with a plain fit at each`() async throws {
        let panel = salesPanel(days: days)
        let design = design(panel)
        var options = SharedRidge.Options()
        options.scales = [.units]
        options.smoothings = [0.1]
        let hierarchy = Hierarchy(panel, levels: [["store"]])
        let history = hierarchy.history(panel.demand, level: 0)
        let made = try await SharedRidge(design: design, options: options).forecasts(
            history, days: days, first: 0, origins: origins, horizon: 14)
        for (k, origin) in origins.enumerated() {
            for s in 0..<2 {
                let expected = try plain(
                    design, Array(history[s * days..<(s + 1) * days]), origin: origin, horizon: 14, options)
                for h in 0..<14 { #expect(abs(made[k][s * 14 + h] - expected[h]) < 1e-6 * (1 + expected[h])) }
            }
        }
    }

    @Test func `on either scale, forecasts follow the unit of the demand`() async throws {
        let panel = salesPanel(days: days)
        let history = Hierarchy(panel, levels: [["store"]]).history(panel.demand, level: 0)
        let ridge = SharedRidge(design: design(panel))
        let small = try await ridge.forecasts(history, days: days, first: 0, origins: origins, horizon: 14)
        let large = try await ridge.forecasts(
            history.map { 1_000 * $0 }, days: days, first: 0, origins: origins, horizon: 14, threads: 3)
        for k in origins.indices {
            for (a, b) in zip(small[k], large[k]) { #expect(abs(1_000 * a - b) <= 1e-6 * b + 1e-9) }
        }
    }
}
