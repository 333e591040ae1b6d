import Forecasting
import Foundation
import NumericCore

/// Models for single series on one core, on daily series 1,857 long with a weekly season, beside statsforecast in the
/// same run where it can be installed.
///
/// Item-store series of M5 where `GRANARY_DATA` has them, series like them otherwise.
func measureUnivariate() async throws -> [Measure] {
    let series = try dailySeries(count: 200)
    let peer = Peer(series)
    let rows: [(model: UnivariateModel, season: Int, peerCount: Int)] = [
        (.ets, 7, 60), (.dot, 1, 60), (.arima, 7, 6), (.ces, 7, 60), (.crostonOptimised, 1, 200), (.sba, 1, 200),
        (.tsb, 1, 200), (.adida, 1, 200), (.imapa, 1, 200),
    ]
    var measures: [Measure] = []
    for row in rows {
        let forecaster = UnivariateForecaster(
            UnivariateOptions(horizon: 28, seasons: row.season > 1 ? [row.season] : [], model: row.model))
        let begin = processSeconds()
        var rounds = 0
        repeat {
            for values in series { consume(forecaster.forecast(values)) }
            rounds += 1
        } while processSeconds() - begin < 0.3
        let seconds = (processSeconds() - begin) / Double(rounds)
        let answer = peer?.run(row.model, count: row.peerCount)
        measures.append(
            Measure(
                name: "\(row.model.rawValue), daily series, one core", unit: "series", count: Double(series.count),
                seconds: seconds, yardstick: answer == nil ? "nothing: no statsforecast here" : "statsforecast",
                yardstickRate: answer?.rate ?? .nan))
        if let answer, row.model == .ets || row.model == .ces || row.model == .arima {
            complain(likelihoods(row.model, row.season, series, answer))
        }
    }
    return measures
}

/// How far the peer's log-likelihoods lie above ours.
private func likelihoods(_ model: UnivariateModel, _ season: Int, _ series: [[Double]], _ answer: Peer.Answer) -> String
{
    var (compared, tenth, one, better) = (0, 0, 0, 0)
    for (values, theirs) in zip(series, answer.values) where theirs.logLikelihood.isFinite {
        guard let ours = fitted(model, to: values, season: season) else { continue }
        compared += 1
        guard ours.logLikelihood < theirs.logLikelihood - 0.1 else { continue }
        tenth += 1
        if ours.logLikelihood < theirs.logLikelihood - 1 { one += 1 }
        // A smaller form that the criterion prefers is less likely and the better choice.
        if ours.aicc < theirs.aicc { better += 1 }
    }
    return "\(model.rawValue): of \(compared) series \(tenth) end more than 0.1 below the peer's log-likelihood, "
        + "\(one) more than 1; in \(better) of them the form chosen here has the lower criterion"
}

private func processSeconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

@inline(never) private func consume(_ made: UnivariateForecast) { precondition(made.mean.count == 28) }

private func complain(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

/// Every so many-th series of M5 that sold from early on, or Poisson demand with a weekly shape.
private func dailySeries(count: Int) throws -> [[Double]] {
    let named = ProcessInfo.processInfo.environment["GRANARY_DATA"] ?? repository + "/../shared/data"
    let file = named + "/m5/sales_d1_d1857.csv.gz"
    guard FileManager.default.fileExists(atPath: file) else {
        complain("\(file) is not there: series made up instead; set GRANARY_DATA to the folder of the data")
        return (0..<count).map { s in
            var random = RandomStream(seed: 11, stream: 113, entity: UInt64(s), replication: 0)
            let mean = 0.1 * Double(1 + s % 60)
            let shape = [1.0, 0.9, 0.9, 1.0, 1.2, 1.6, 1.4]
            return (0..<1_857).map { Double(random.poisson(mean: mean * shape[$0 % 7])) }
        }
    }
    let lines = try output(of: ["gzip", "-dc", file]).split(separator: "\n").dropFirst()
    let stride = max(1, lines.count / count)
    return lines.enumerated().filter { $0.offset % stride == 0 }.prefix(count).map { _, line in
        line.split(separator: ",").dropFirst(5).compactMap { Double($0) }
    }
}

private func output(of arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    return String(decoding: data, as: UTF8.self)
}

/// statsforecast, where it can be installed.
private struct Peer {
    struct Answer {
        var rate: Double
        var values: [(logLikelihood: Double, aicc: Double)]
    }

    private let file: String

    init?(_ series: [[Double]]) {
        file = FileManager.default.temporaryDirectory.path + "/granary-series.csv"
        let text = series.map { $0.map { "\($0)" }.joined(separator: ",") }.joined(separator: "\n")
        guard (try? text.write(toFile: file, atomically: true, encoding: .utf8)) != nil else { return nil }
    }

    func run(_ model: UnivariateModel, count: Int) -> Answer? {
        guard
            let text = PeerScript.output(
                of: "statsforecast_peer.py", packages: "statsforecast>=2,<3", file, model.rawValue, "\(count)")
        else { return nil }
        let lines = text.split(separator: "\n")
        let head = lines.first?.split(separator: " ").compactMap { Double($0) } ?? []
        guard head.count == 2 else { return nil }
        return Answer(
            rate: head[1] / head[0],
            values: lines.dropFirst().map { line in
                let numbers = line.split(separator: " ").map { Double($0) ?? .nan }
                return (numbers.first ?? .nan, numbers.count > 1 ? numbers[1] : .nan)
            })
    }
}
