import Datasets
import Foundation
import Retail

/// Rows of a plain `demand.csv` read into a panel, against a bare scan for line ends over the same bytes in memory:
/// how far the reader is from the least anybody must do.
func measureImport() async throws -> [Measure] {
    let rows = 1_000_000
    let folder = FileManager.default.temporaryDirectory.appending(path: "granary-benchmark-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let bytes = demandFile(rows: rows)
    try bytes.write(to: folder.appending(path: "demand.csv"))

    let read = try medianSeconds(rounds: 3) {
        let dataset = try DatasetReader.read(folder: folder.path)
        precondition(dataset.demand.values.count >= rows)
    }
    let scan = medianSeconds(rounds: 3) {
        let lines = bytes.reduce(into: 0) { if $1 == 10 { $0 += 1 } }
        precondition(lines == rows + 1)
    }
    return [
        Measure(
            name: "import demand.csv", unit: "rows", count: Double(rows), seconds: read,
            yardstick: "a bare scan for line ends", yardstickRate: Double(rows) / scan)
    ]
}

/// A thousand days of a thousand SKUs, days in order as exports come.
private func demandFile(rows: Int) -> Data {
    var text = Data("date,sku,quantity\n".utf8)
    text.reserveCapacity(rows * 24)
    let skus = 1_000
    for day in 0..<rows / skus {
        let date = Day(number: Int32(14_975 + day)).description
        for sku in 0..<skus {
            text.append(contentsOf: "\(date),SKU\(10_000 + sku),\((day &* 7_919 &+ sku &* 31) % 40)\n".utf8)
        }
    }
    return text
}
