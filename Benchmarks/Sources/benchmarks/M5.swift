import Datasets
import Forecasting
import Foundation
import Retail

/// The whole of M5: point forecast and nine quantiles of all twelve levels, on two threads, against the same-weekday mean
/// summed up the same levels. Skipped where the data are not there.
func measureM5() async throws -> [Measure] {
    let named = ProcessInfo.processInfo.environment["GRANARY_DATA"]
    let folder = (named ?? repository + "/../shared/data") + "/m5"
    guard FileManager.default.fileExists(atPath: folder + "/calendar.csv") else {
        FileHandle.standardError.write(Data("m5: skipped, \(folder) is not there; set GRANARY_DATA\n".utf8))
        return []
    }
    let panel = try M5Reader.read(folder: folder)
    let options = GlobalOptions.m5(quantiles: [0.005, 0.025, 0.165, 0.25, 0.5, 0.75, 0.835, 0.975, 0.995])
    let clock = ContinuousClock()
    let began = clock.now
    let made = try await forecastHierarchy(panel, horizon: 28, options: options, threads: 2)
    let seconds = (clock.now - began) / .seconds(1)
    let nodes = made.hierarchy.nodes
    let mean = medianSeconds(rounds: 3) {
        let naive = HierarchicalForecast.seasonalMean(panel, made.hierarchy, horizon: 28, season: 7, seasons: 4)
        precondition(naive.mean.count == nodes * 28)
    }
    return [
        Measure(
            name: "the whole of M5 in \(Int(seconds.rounded(.up))) s, nine quantiles, 12 levels, two threads",
            unit: "nodes", count: Double(nodes), seconds: seconds, yardstick: "the same-weekday mean alone",
            yardstickRate: Double(nodes) / mean)
    ]
}
