import Forecasting
import Foundation
import NumericCore

/// The Hourly and Weekly series of the M4 competition (Makridakis, Spiliotis and Assimakopoulos 2020), forecast with
/// the defaults and measured as the competition did. First the measures themselves: the seasonal naive on Hourly has
/// published figures, and nothing is trusted until they come out.
@Sendable func acceptM4(_ data: URL) async throws -> [Finding] {
    let hourly = try M4Set(data, "Hourly", horizon: 48, seasons: [24, 168], scoredSeason: 24)
    let weekly = try M4Set(data, "Weekly", horizon: 13, seasons: [52], scoredSeason: 1)
    let naive = await hourly.score { history in
        (0..<48).map { history[history.count - 24 + $0 % 24] }
    }
    // Published errors of Naive2: 18.383 and 2.395; 9.161 and 2.777.
    let hourlyScore = await hourly.score(forecasting: hourly)
    let weeklyScore = await weekly.score(forecasting: weekly)
    func owa(_ score: M4Set.Score, _ sMAPE: Double, _ mase: Double) -> Double {
        0.5 * (score.sMAPE / sMAPE + score.mase / mase)
    }
    return [
        Finding(
            name: "seasonal naive on Hourly, distance of sMAPE from 13.912", found: abs(naive.sMAPE - 13.912),
            required: 0.0005),
        Finding(
            name: "seasonal naive on Hourly, distance of MASE from 1.193", found: abs(naive.mase - 1.193),
            required: 0.0005),
        Finding(name: "Hourly OWA", found: owa(hourlyScore, 18.383, 2.395), required: 0.48),
        Finding(name: "Weekly OWA", found: owa(weeklyScore, 9.161, 2.777), required: 0.75),
    ]
}

private struct M4Set: Sendable {
    struct Score: Sendable {
        var sMAPE = 0.0
        var mase = 0.0
    }

    var train: [[Double]]
    var test: [[Double]]
    var horizon: Int
    var seasons: [Int]
    /// The season of MASE's denominator; the competition took none for weeks.
    var scoredSeason: Int

    init(_ data: URL, _ name: String, horizon: Int, seasons: [Int], scoredSeason: Int) throws {
        train = try wideRows(try data.file("m4/\(name)-train.csv.gz"))
        test = try wideRows(try data.file("m4/\(name)-test.csv.gz"))
        (self.horizon, self.seasons, self.scoredSeason) = (horizon, seasons, scoredSeason)
    }

    func score(forecasting set: M4Set) async -> Score {
        let options = UnivariateOptions(horizon: set.horizon, seasons: set.seasons)
        return await score { forecast(series: $0, options).mean }
    }

    func score(_ method: @escaping @Sendable ([Double]) -> [Double]) async -> Score {
        let blocks = chunks(count: train.count, of: 4)
        let threads = ProcessInfo.processInfo.activeProcessorCount
        let sums = await concurrentMap(chunks: blocks.count, threads: threads) { (k: Int) throws(Never) -> Score in
            blocks[k].reduce(into: Score()) { sum, s in
                let made = method(train[s])
                sum.sMAPE += Accuracy.symmetricPercentageError(test[s], made)
                sum.mase +=
                    Accuracy.absoluteError(test[s], made) / Accuracy.naiveError(train[s], season: scoredSeason)
            }
        }
        let count = Double(train.count)
        return sums.reduce(into: Score()) {
            $0.sMAPE += $1.sMAPE / count
            $0.mase += $1.mase / count
        }
    }
}

/// The rows of a wide file without its header and names; fields end with the row's first empty one.
private func wideRows(_ file: URL) throws -> [[Double]] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", file.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text.split(separator: "\n").dropFirst().map { line in
        line.split(separator: ",", omittingEmptySubsequences: false).dropFirst()
            .map { $0.filter { $0 != "\"" && $0 != "\r" } }.prefix { !$0.isEmpty }.compactMap { Double($0) }
    }
}
