import Datasets
import Foundation
import Retail
import Scenarios

/// Laws fitted to one half of the Olist sample and of the Tmall orders against the other half: every quantile that the
/// simulator's own laws give lies within 10 % of the observed one or inside its 95 % bootstrap interval.
enum CalibrationArea {
    @Sendable static func check(_ data: URL) async throws -> [Finding] {
        let olist = try data.file("retail/olist")
        let tmall = try data.file("retail/tmall_orders_2020_02.csv.gz")
        let folder = FileManager.default.temporaryDirectory.appending(path: "granary-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let paths = ["olist", "tmall"].map { folder.appending(path: $0).path }
        // Every failed order and one in 18.65 delivered ones are in the sample.
        _ = try OlistOrders.importFolder(olist.path, to: paths[0], deliveredWeight: 18.65)
        _ = try TmallOrders.importFile(tmall.path, to: paths[1])
        var findings: [Finding] = []
        for path in paths {
            let dataset = try DatasetReader.read(folder: path)
            for check in try Calibration.heldOut(dataset) {
                let name = "\(dataset.name) \(check.parameter), \(check.group), \(check.what) of the held-out half"
                // One finding for each quantile: how far outside its bounds, 0 when inside.
                let outside = max(0, check.low - check.simulated, check.simulated - check.high)
                findings.append(Finding(name: name, found: outside, required: 0, unit: check.unit))
            }
        }
        return findings
    }
}
