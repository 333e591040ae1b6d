import Datasets
import Foundation
import Retail
import Scenarios

/// Laws fitted to one half of the Olist sample and of the Tmall orders against the other half, over many ways to halve
/// them: a quantile that the simulator's own laws give is inside when it lies within 10 % of the observed one or in its
/// 95 % bootstrap interval, whichever is wider.
///
/// Where luck decides, a quantile of one half lies in the other's interval with 83 % (two equal errors against the reach
/// of one: P(|Z| < 1.96 / sqrt 2)), whatever the laws; where 10 % is wider, nearly always.
enum CalibrationArea {
    private static let splits: [UInt64] = Array(201...212)

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
            // Halves that nothing was chosen on.
            var (holds, all) = (0, 0)
            for split in splits {
                let checks = try Calibration.heldOut(dataset, split: split)
                all += checks.count
                holds += checks.count(where: \.holds)
            }
            findings.append(
                Finding(
                    name: "\(dataset.name): quantiles of the held-out half inside their bounds, \(all) over "
                        + "\(splits.count) ways to halve the orders",
                    found: Double(holds) / Double(max(1, all)), required: 0.85, isUpperLimit: false, unit: "share"))
        }
        return findings
    }
}
