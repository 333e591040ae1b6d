import Datasets
import Forecasting
import Foundation
import Retail

/// Forecasts a long panel series by series, with the models for single series.
struct LongForecast {
    /// Series forecast between two writes: what an interruption can cost.
    static let block = 256

    var panel: DemandPanel
    var options: UnivariateOptions
    /// Effects of further columns of the file, if it has some.
    var effects: RegressorEffects?
    var threads: Int
    var progress: Progress

    /// Everything in one table.
    func table() async throws -> ResultTable {
        let made = try await run(0..<panel.seriesCount, done: 0)
        return longTable(made, of: 0..<panel.seriesCount, in: panel, options)
    }

    /// Writes the forecasts to a file block by block. An interrupted run leaves whole series behind, which the next run
    /// with the same input and options takes up.
    ///
    /// - Returns: how often each model was used in this run.
    func write(to path: String, fingerprint: String) async throws -> [(model: String, series: Int)] {
        let names = effects?.names.joined(separator: ",") ?? ""
        let key = String(Fingerprint.sha256(fingerprint + String(describing: options) + names).prefix(8))
        let header = csv(longTable([], of: 0..<0, in: panel, options))
        let file = try ResumableFile(path: path, key: key, header: header, group: options.horizon)
        let first = min(file.resumed, panel.seriesCount)
        if first > 0 { note("\(first) series were forecast before: going on from there") }
        var counts: [String: Int] = [:]
        do {
            for start in stride(from: first, to: panel.seriesCount, by: Self.block) {
                let range = start..<min(start + Self.block, panel.seriesCount)
                let made = try await run(range, done: start)
                for forecast in made { counts[forecast.model, default: 0] += 1 }
                let rows = csv(longTable(made, of: range, in: panel, options))
                try file.append(Array(rows[header.count...]))
            }
        } catch ForecastError.cancelled {
            progress.finish()
            note("what is done is kept in \(file.partial); the same command goes on from there")
            throw ForecastError.cancelled
        } catch {
            file.discard()
            throw error
        }
        try file.finish()
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { (model: $0.key, series: $0.value) }
    }

    private func run(_ range: Range<Int>, done: Int) async throws -> [UnivariateForecast] {
        let (base, options, threads, progress) = (effects?.baseline ?? panel, options, threads, progress)
        let count = panel.seriesCount
        let made = try await interruptible {
            try await forecast(series: range, of: base, options, threads: threads) {
                progress.report("series forecast", done + $0, of: count)
            }
        }
        guard let effects else { return made }
        return zip(made, range).map { effects.applied(to: $0, series: $1, levels: options.levels) }
    }
}
