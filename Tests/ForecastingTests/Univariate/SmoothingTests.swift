import Foundation
import NumericCore
import Testing

@testable import Forecasting

@Suite("Exponential smoothing forms") struct SmoothingTests {
    private let workspace = LaneWorkspace()

    @Test("Airline passengers reach the likelihood that R's ets prints for ETS(M,Ad,M)")
    func airline() throws {
        let form = ETSForm(error: .multiplicative, trend: .damped, season: .multiplicative)
        let fit = try #require(fitETS(form, PublishedSeries.airline, season: 12, workspace))
        // ets(AirPassengers): AIC 1395.166 with 18 parameters.
        #expect(fit.parameterCount == 18)
        let aic = -2 * fit.logLikelihood + 2 * Double(fit.parameterCount)
        #expect(aic < 1395.166 + 0.2)
        #expect(aic > 1395.166 - 6)
    }

    @Test("Simple smoothing of oil production has the constant, the level and the criteria that the textbook prints")
    func oil() throws {
        // Hyndman and Athanasopoulos (2018), section 7.1: alpha 0.8339, level 446.5868, AIC 178.1430, AICc 179.8573.
        let form = ETSForm(error: .additive, trend: .none, season: .none)
        let fit = try #require(fitETS(form, PublishedSeries.oil, season: 1, workspace))
        #expect(abs(fit.alpha - 0.8339) < 0.005)
        #expect(abs(fit.initial.level - 446.5868) < 0.5)
        #expect(abs(-2 * fit.logLikelihood + 6 - 178.1430) < 0.01)
        #expect(abs(fit.aicc - 179.8573) < 0.01)
    }

    @Test("Steady growth is a multiplicative trend, and found only where it is asked for")
    func growth() throws {
        let noise = normals(17, 90)
        let values = (0..<90).map { 20 * pow(1.04, Double($0)) * (1 + 0.01 * noise[$0]) }
        let plain = try #require(selectETS(values, season: 1, workspace))
        let free = try #require(selectETS(values, season: 1, workspace, hasMultiplicativeTrends: true))
        #expect(!plain.form.trend.isMultiplicative)
        #expect(free.form.trend.isMultiplicative)
        #expect(free.aicc < plain.aicc)
        let ahead = free.means(from: free.run(values).state, after: 90, horizon: 10)
        #expect(abs(ahead[9] / ahead[8] - 1.04) < 0.01)
    }

    @Test("A year of days is taken off as waves, and put back")
    func year() throws {
        let noise = normals(23, 1_200)
        let values = (0..<1_200).map { t -> Double in
            let week = [0.0, 1, 2, 3, 2, 8, 9][t % 7]
            return 60 + week + 15 * sin(2 * .pi * Double(t) / 365) + noise[t]
        }
        let head = Array(values.prefix(1_000))
        for model in [UnivariateModel.ets, .ces] {
            let fitted = try #require(fit(model, head, seasons: [7, 365], workspace))
            guard case .waves(let season, _) = fitted else {
                Issue.record("\(model) keeps the year")
                continue
            }
            #expect(season.period == 365)
            let means = fitted.means(head, horizon: 200, workspace)
            let error = zip(means, values.suffix(200)).reduce(0) { $0 + abs($1.0 - $1.1) } / 200
            #expect(error < 2, "\(model)")
        }
    }

    @Test("Every admissible form reaches at least the likelihood its smaller form has", arguments: [true, false])
    func nested(isPositive: Bool) throws {
        let values = isPositive ? PublishedSeries.airline : PublishedSeries.airline.map { $0 - 250 }
        for form in ETSForm.admissible(isSeasonal: true, isPositive: isPositive) where form.trend == .additive {
            var smaller = form
            smaller.trend = .none
            let small = try #require(fitETS(smaller, values, season: 12, workspace))
            let large = try #require(fitETS(form, values, season: 12, workspace, near: small))
            // A slope that stays zero is a case of the larger form, but for its least smoothing.
            #expect(large.logLikelihood > small.logLikelihood - 0.2, "\(form)")
        }
    }

    @Test("There are fifteen admissible forms for positive data, six otherwise, and three without a season")
    func forms() {
        #expect(ETSForm.admissible(isSeasonal: true, isPositive: true).count == 15)
        // All of the taxonomy but an additive error under a multiplicative season: 30 less 5.
        #expect(
            ETSForm.admissible(isSeasonal: true, isPositive: true, hasMultiplicativeTrends: true).count == 25)
        #expect(
            ETSForm.admissible(isSeasonal: true, isPositive: false, hasMultiplicativeTrends: true).count == 6)
        #expect(ETSForm.admissible(isSeasonal: true, isPositive: false).count == 6)
        #expect(ETSForm.admissible(isSeasonal: false, isPositive: false).count == 3)
    }

    @Test("Eight parameter sets in lanes have the errors of the equations written out, for all forms")
    func lanes() throws {
        let values = PublishedSeries.airline
        for form in ETSForm.admissible(isSeasonal: true, isPositive: true, hasMultiplicativeTrends: true) {
            let length = form.season == .none ? 1 : 12
            let fit = try #require(fitETS(form, values, season: 12, workspace))
            let errors = fit.run(values).errors
            let squares = errors.reduce(0) { $0 + $1 * $1 }
            #expect(abs(squares / (144 - Double(fit.parameterCount) - 1) / fit.variance - 1) < 1e-6, "\(form)")
            #expect(fit.initial.season.count == (length == 1 ? 0 : 12))
        }
    }

    @Test("Simple smoothing has the least squares that a fine grid of constants and levels finds")
    func grid() throws {
        let values = PublishedSeries.hormone
        let fit = try #require(
            fitETS(ETSForm(error: .additive, trend: .none, season: .none), values, season: 1, workspace))
        var best = Double.infinity
        for a in 1...200 {
            let alpha = Double(a) / 200 * 0.9999
            // The best initial level is linear: regress on what it adds.
            var (zero, power, sums) = (0.0, 1.0, (0.0, 0.0, 0.0))
            for y in values {
                let error = y - zero
                sums = (sums.0 + error * error, sums.1 + error * power, sums.2 + power * power)
                zero += alpha * error
                power *= 1 - alpha
            }
            best = min(best, sums.0 - sums.1 * sums.1 / sums.2)
        }
        let found = exp(-2 * fit.logLikelihood / Double(values.count))
        #expect(found <= best * (1 + 1e-4))
    }

    @Test("Exact deviations of linear forms are those of simulated futures")
    func deviations() throws {
        for form in ETSForm.admissible(isSeasonal: true, isPositive: false) {
            let values = PublishedSeries.accidents
            let fit = try #require(fitETS(form, values, season: 12, workspace))
            var stream = RandomStream(seed: 3, stream: 113, entity: 1, replication: 0)
            let paths = fit.paths(
                from: fit.run(values).state, after: values.count, horizon: 14, paths: 8_000, &stream)
            let means = fit.means(from: fit.run(values).state, after: values.count, horizon: 14)
            let exact = fit.deviations(horizon: 14)
            for h in [0, 5, 13] {
                let squares = (0..<8_000).reduce(0) { $0 + pow(paths[$1 * 14 + h] - means[h], 2) }
                #expect(abs((squares / 8_000).squareRoot() / exact[h] - 1) < 0.04, "\(form) step \(h)")
            }
        }
    }

    @Test("Additive forms do not notice a shift, and no form notices the unit", arguments: [1e-9, 1.0, 1e9])
    func invariance(unit: Double) throws {
        let values = PublishedSeries.accidents
        let form = ETSForm(error: .additive, trend: .none, season: .additive)
        let plain = try #require(fitETS(form, values, season: 12, workspace))
        let moved = try #require(fitETS(form, values.map { unit * ($0 + 5_000) }, season: 12, workspace))
        let expected = plain.logLikelihood - 72 * log(unit)
        #expect(abs(moved.logLikelihood - expected) < 0.1)
    }

    @Test("Two seasons and correlated errors are found again in a series made of them")
    func doubleSeasonal() throws {
        let noise = normals(31, 700)
        var (values, last) = ([Double](), 0.0)
        for t in 0..<700 {
            last = 0.6 * last + noise[t]
            let day = 10 * sin(2 * .pi * Double(t % 24) / 24)
            let week = 6 * cos(2 * .pi * Double(t % 168) / 168)
            values.append(100 + day + week + last)
        }
        let head = Array(values.prefix(652))
        let fit = try #require(fitDoubleSeasonal(head, short: 24, long: 168, workspace))
        #expect(abs(fit.rho - 0.6) < 0.15)
        #expect(fit.variance < 2)
        let means = fit.means(head, horizon: 48)
        let error = zip(means, values.suffix(48)).reduce(0) { $0 + abs($1.0 - $1.1) } / 48
        #expect(error < 2)
    }
}
