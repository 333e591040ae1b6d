import Foundation
import Testing

@testable import Forecasting

@Suite("ARIMA") struct ArimaTests {
    private let workspace = LaneWorkspace()

    private func exact(_ order: ArimaOrder, _ values: [Double]) throws -> ArimaFit {
        try #require(fitArima(order, values, .exact, workspace))
    }

    @Test("The airline model has the coefficients and the likelihood that R's arima prints")
    func airline() throws {
        let order = ArimaOrder(p: 0, d: 1, q: 1, seasonalP: 0, seasonalD: 1, seasonalQ: 1, season: 12)
        let fit = try exact(order, PublishedSeries.airline.map { log($0) })
        // arima(log(AirPassengers), c(0,1,1), list(order = c(0,1,1))): -0.4018, -0.5569, log likelihood 244.70.
        #expect(abs(fit.coefficients[0] + 0.4018) < 0.002)
        #expect(abs(fit.coefficients[1] + 0.5569) < 0.002)
        #expect(abs(fit.logLikelihood - 244.70) < 0.01)
    }

    @Test("Accidental deaths have the likelihood that R's documentation prints")
    func accidents() throws {
        let order = ArimaOrder(p: 0, d: 1, q: 1, seasonalP: 0, seasonalD: 1, seasonalQ: 1, season: 12)
        let fit = try exact(order, PublishedSeries.accidents)
        // -0.4303, -0.5528, log likelihood -425.44.
        #expect(abs(fit.coefficients[0] + 0.4303) < 0.005)
        #expect(abs(fit.coefficients[1] + 0.5528) < 0.005)
        #expect(abs(fit.logLikelihood + 425.44) < 0.01)
    }

    @Test(
        "Stationary models of the hormone series have R's coefficients, means and likelihoods",
        arguments: [
            (ArimaOrder(p: 1, d: 0, q: 0, hasConstant: true), [0.5739], 2.4133, -29.38),
            (ArimaOrder(p: 3, d: 0, q: 0, hasConstant: true), [0.6448, -0.0634, -0.2198], 2.3931, -27.09),
            (ArimaOrder(p: 1, d: 0, q: 1, hasConstant: true), [0.4522, 0.1982], 2.4101, -28.76),
        ])
    func hormone(_ order: ArimaOrder, _ coefficients: [Double], _ mean: Double, _ likelihood: Double) throws {
        let fit = try exact(order, PublishedSeries.hormone)
        for (found, printed) in zip(fit.coefficients, coefficients) { #expect(abs(found - printed) < 0.005) }
        #expect(abs(fit.mean - mean) < 0.003)
        #expect(abs(fit.logLikelihood - likelihood) < 0.01)
    }

    @Test("The fast filter gives the likelihood of the multivariate normal distribution itself")
    func bruteForce() throws {
        // An ARMA(2,1)(1,1)[3] process by its autocovariances from a long moving average, factored by Cholesky.
        let order = ArimaOrder(p: 2, d: 0, q: 1, seasonalP: 1, seasonalD: 0, seasonalQ: 1, season: 3)
        let values = normals(5, 40)
        let point = [0.5, -0.3, 0.4, -0.35, 0.6]
        let parameters = point.map { Lanes(repeating: $0) }
        let out = workspace.buffer(0, count: 40)
        let (errors, polynomials) = values.withUnsafeBufferPointer { buffer in
            let lanes = ArimaLanes(order, buffer, workspace, tolerance: 0)
            let filtered = lanes.filter(parameters, out)
            return (filtered.errors, filtered.polynomials)
        }
        let ar = (1...5).map { polynomials.ar[$0][0] }
        let ma = (1...4).map { polynomials.ma[$0][0] }
        var psi: [Double] = []
        for k in 0..<3_000 {
            var weight = k == 0 ? 1 : k <= ma.count ? ma[k - 1] : 0
            for j in 1...5 where j <= k { weight += ar[j - 1] * psi[k - j] }
            psi.append(weight)
        }
        let covariance = (0..<40).map { lag in (0..<3_000 - lag).reduce(0) { $0 + psi[$1] * psi[$1 + lag] } }
        var lower = [[Double]](repeating: [Double](repeating: 0, count: 40), count: 40)
        var (squares, logs) = (0.0, 0.0)
        var solved: [Double] = []
        for i in 0..<40 {
            for j in 0...i {
                var sum = covariance[i - j]
                for k in 0..<j { sum -= lower[i][k] * lower[j][k] }
                lower[i][j] = i == j ? sum.squareRoot() : sum / lower[j][j]
            }
            var sum = values[i]
            for k in 0..<i { sum -= lower[i][k] * solved[k] }
            solved.append(sum / lower[i][i])
            squares += solved[i] * solved[i]
            logs += 2 * log(lower[i][i])
        }
        for lane in 0..<8 {
            #expect(abs(errors.squares[lane] - squares) < 1e-8 * squares)
            #expect(abs(errors.logs[lane] - logs) < 1e-8)
        }
    }

    @Test("Forecasts of a random walk with drift are the last value and the mean change")
    func drift() throws {
        var values = [10.0]
        for e in normals(9, 120) { values.append(values[values.count - 1] + 0.5 + e) }
        let fit = try exact(ArimaOrder(p: 0, d: 1, q: 0, hasConstant: true), values)
        let slope = (values[120] - values[0]) / 120
        for (h, mean) in fit.means(values, horizon: 5).enumerated() {
            #expect(abs(mean - (values[120] + slope * Double(h + 1))) < 1e-3)
        }
        // The variance of h steps is h times that of one.
        let deviations = fit.deviations(horizon: 4)
        for h in 0..<4 { #expect(abs(deviations[h] - deviations[0] * Double(h + 1).squareRoot()) < 1e-9) }
    }

    @Test("The search finds a model no worse than the one the series was drawn from")
    func search() throws {
        var values: [Double] = []
        let e = normals(21, 420)
        for t in 0..<420 {
            values.append(0.6 * (t > 0 ? values[t - 1] : 0) + e[t] + (t >= 7 ? 0.5 * e[t - 7] : 0))
        }
        let truth = try exact(ArimaOrder(p: 1, d: 0, q: 0, seasonalP: 0, seasonalD: 0, seasonalQ: 1, season: 7), values)
        let found = try #require(selectArima(values, season: 7, workspace))
        #expect(found.aicc <= truth.aicc + 0.1)
    }

    @Test("Scale and shift of a differenced series leave the coefficients alone")
    func invariance() throws {
        let order = ArimaOrder(p: 1, d: 1, q: 1)
        let values = PublishedSeries.hormone
        let plain = try exact(order, values)
        for scale in [1e-9, 1e9] {
            let other = try exact(order, values.map { scale * ($0 + 3) })
            for (a, b) in zip(plain.coefficients, other.coefficients) { #expect(abs(a - b) < 1e-6) }
        }
    }
}
