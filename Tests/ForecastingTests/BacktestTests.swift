import Foundation
import Retail
import Testing

@testable import Forecasting

@Suite("Backtest") struct BacktestTests {
    @Test("The backtest measures what a forecast from the past would have said")
    func byHand() async throws {
        let cells = uniforms(41, 80).map { ($0 * 9).rounded() + 1 }
        var options = ForecastOptions()
        options.models = [.series(.seasonalNaive)]
        let report = try await backtest(
            shopData(dailyPanel([cells])), horizon: 7, origins: 2, options: options,
            models: [.series(.seasonalNaive)], threads: 1)
        var (sMAPE, mase, rmsse, sums) = (0.0, 0.0, 0.0, (0.0, 0.0))
        for origin in [66, 73] {
            let (actual, naive) = (Array(cells[origin..<origin + 7]), Array(cells[origin - 7..<origin]))
            let history = Array(cells.prefix(origin))
            sMAPE += Accuracy.symmetricPercentageError(actual, naive) / 2
            mase += Accuracy.absoluteError(actual, naive) / Accuracy.naiveError(history, season: 7) / 2
            rmsse += Accuracy.rootSquaredError(actual, naive) / Accuracy.naiveSquaredError(history, season: 7) / 2
            sums.0 += naive.reduce(0, +)
            sums.1 += actual.reduce(0, +)
        }
        let rows = report.rows.filter { $0.level == "series" }
        #expect(rows.map(\.model) == ["chosen", "seasonal_naive"])
        for row in rows {
            #expect(abs(row.sMAPE - sMAPE) < 1e-9)
            #expect(abs(row.mase - mase) < 1e-9)
            #expect(abs(row.rmsse - rmsse) < 1e-9)
            #expect(abs(row.bias - (sums.0 - sums.1) / sums.1) < 1e-9)
            #expect(row.windows == 2 && row.coverage >= 0 && row.coverage <= 1 && row.pinball > 0)
        }
        #expect(abs(report.nominalCoverage - 0.9) < 1e-12)
        let table = report.table()
        #expect(table.rowCount == 6 && table.columns.allSatisfy { $0.values.count == 6 })
    }

    @Test("Closed days and missing cells are not measured")
    func unmeasured() async throws {
        var cells = (0..<70).map { Double(1 + $0 % 7) }
        let calendar = closed(weekday: 6, days: 80)
        cells[68] = .nan
        for day in 0..<70 where !calendar.isOpen(monday + day) { cells[day] = 1_000 }
        var options = ForecastOptions()
        options.models = [.series(.seasonalNaive), .series(.seasonalMean)]
        let report = try await backtest(
            shopData(dailyPanel([cells]), calendar), horizon: 7, origins: 1, options: options,
            models: [.series(.seasonalNaive)], threads: 1)
        for row in report.rows { #expect(row.mase < 1e-6 && abs(row.bias) < 1e-6) }
    }

    @Test("Symmetric percentage error and pinball loss have their textbook values")
    func measures() {
        #expect(abs(Accuracy.symmetricPercentageError([100, 0], [50, 0]) - (200 * 50 / 150.0) / 2) < 1e-12)
        #expect(Accuracy.pinball(10, 8, level: 0.9) == 0.9 * 2)
        #expect(abs(Accuracy.pinball(8, 10, level: 0.9) - 0.1 * 2) < 1e-15)
        #expect(Accuracy.naiveError([1, 2, 4, 8], season: 2) == 4.5)
        #expect(Accuracy.naiveError([1], season: 2).isNaN)
    }
}

@Suite("Published accuracy") struct PublishedAccuracyTests {
    static let folder = ProcessInfo.processInfo.environment["GRANARY_DATA"] ?? "../shared/data"
    static var hasHourly: Bool { FileManager.default.fileExists(atPath: folder + "/m4/Hourly-test.csv.gz") }

    /// The rows of an M4 file without header and id; short rows end in empty fields.
    private func rows(_ name: String) throws -> [[Double]] {
        let gzip = Process()
        gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        gzip.arguments = ["gzip", "-dc", "\(PublishedAccuracyTests.folder)/m4/\(name)"]
        let pipe = Pipe()
        gzip.standardOutput = pipe
        try gzip.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        gzip.waitUntilExit()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").dropFirst().map { line in
            line.split(separator: ",").dropFirst().compactMap {
                Double($0.trimmingCharacters(in: CharacterSet(charactersIn: "\"")))
            }
        }
    }

    @Test(
        "Seasonal naive on M4 Hourly has the published sMAPE 13.912 and MASE 1.193",
        .enabled(if: hasHourly, "GRANARY_DATA names no folder with m4/Hourly-test.csv.gz"))
    func hourly() async throws {
        let (train, test) = (try rows("Hourly-train.csv.gz"), try rows("Hourly-test.csv.gz"))
        try #require(train.count == 414 && test.count == 414)
        var panel = DemandPanel(
            axis: TimeAxis(step: .bare, origin: Day(number: 0), count: train.map(\.count).max() ?? 0))
        for (s, cells) in train.enumerated() { panel.append(name: "H\(s + 1)", key: SeriesKey(), start: 0, cells) }
        var options = ForecastOptions(seasons: [24], models: [.series(.seasonalNaive)], origins: 1)
        options.levels = [0.5]
        let made = try await forecast(panel, calendar: BusinessCalendar(), horizon: 48, options: options, threads: 2)
        var (sMAPE, mase) = (0.0, 0.0)
        for s in 0..<414 {
            let forecasts = (0..<48).map { made.mean(s, $0) }
            sMAPE += Accuracy.symmetricPercentageError(test[s], forecasts) / 414
            mase += Accuracy.absoluteError(test[s], forecasts) / Accuracy.naiveError(train[s], season: 24) / 414
        }
        #expect(abs(sMAPE - 13.912) < 0.000_6)
        #expect(abs(mase - 1.193) < 0.000_6)
    }
}
