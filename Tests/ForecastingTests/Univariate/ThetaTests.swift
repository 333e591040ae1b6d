import Foundation
import Testing

@testable import Forecasting

@Suite("Theta and complex smoothing") struct ThetaTests {
    private let workspace = LaneWorkspace()

    @Test("The standard theta method is simple smoothing with a drift of half the slope")
    func hyndmanBillah() throws {
        // Hyndman and Billah (2003): y(h) = level + b/2 (h - 1 + (1 - (1 - a)^n) / a).
        let values = PublishedSeries.hormone.enumerated().map { $1 + 0.05 * Double($0) }
        let fit = try #require(fitTheta(.standard, values, workspace))
        let n = values.count
        let line = straightLine(values[...])
        var level = fit.initial
        for y in values { level = fit.alpha * y + (1 - fit.alpha) * level }
        let means = fit.means(values, horizon: 6)
        for h in 1..<6 {
            // Successive differences approach half the slope of the line.
            #expect(abs(means[h] - means[h - 1] - 0.5 * line.slope) < 0.02)
        }
        let rest = pow(1 - fit.alpha, Double(n))
        let drift = 0.5 * ((line.level - line.slope) * rest + line.slope * (1 - rest * (1 - fit.alpha)) / fit.alpha)
        #expect(abs(means[0] - (level + drift)) < 1e-9)
    }

    @Test("The optimised methods have no larger squared error than the standard ones")
    func optimised() throws {
        let values = PublishedSeries.airline
        let standard = try #require(fitTheta(.standard, values, workspace))
        let optimised = try #require(fitTheta(.optimised, values, workspace))
        let dynamic = try #require(fitTheta(.dynamic, values, workspace))
        let both = try #require(fitTheta(.dynamicOptimised, values, workspace))
        #expect(optimised.squares <= standard.squares * (1 + 1e-6))
        #expect(both.squares <= dynamic.squares * (1 + 1e-6))
    }

    @Test("The line renewed at each step is the least-squares line through the values so far")
    func lines() {
        let values = PublishedSeries.airline
        let lines = ThetaLines(values, isDynamic: true)
        for n in [2, 3, 10, 144] {
            let line = straightLine(values.prefix(n))
            #expect(abs(lines.slopes[n - 1] - line.slope) < 1e-9)
            #expect(abs(lines.intercepts[n - 1] - (line.level - line.slope)) < 1e-8)
        }
    }

    @Test("A straight line is carried on by the dynamic optimised theta method")
    func straight() throws {
        let values = (0..<60).map { 3 + 2 * Double($0) }
        let fit = try #require(fitTheta(.dynamicOptimised, values, workspace))
        for (h, mean) in fit.means(values, horizon: 4).enumerated() {
            #expect(abs(mean - (3 + 2 * Double(60 + h))) < 0.5)
        }
    }

    @Test("Complex smoothing without a season follows its two equations", arguments: CESKind.allCases)
    func complex(_ kind: CESKind) throws {
        let values = PublishedSeries.accidents
        let fit = try #require(fitCES(kind, values, season: 12, workspace))
        let errors = fit.run(values, horizon: 3, workspace).errors
        let squares = errors.reduce(0) { $0 + $1 * $1 }
        #expect(abs(-0.5 * 72 * log(squares) - fit.logLikelihood) < 1e-6)
        guard kind == .none else { return }
        let (a0, a1) = (fit.parameters[0], fit.parameters[1])
        var (level, hidden) = (fit.initial[0], fit.initial[1])
        for (t, y) in values.enumerated() {
            let e = y - level
            #expect(abs(e - errors[t]) < 1e-6)
            (level, hidden) = (
                level - (1 - a1) * hidden + (a0 - a1) * e, level + (1 - a0) * hidden + (a0 + a1) * e
            )
        }
    }
}
