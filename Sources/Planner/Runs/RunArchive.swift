import Foundation
import Reporting
import Store

/// A run's export folder (`RunExport`) as one file to download.
enum RunArchive {
    static func bytes(_ run: Run, workspace: Workspace) throws -> [UInt8] {
        let folder = NSTemporaryDirectory() + "granary-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try RunExport.write(run: run.id, in: workspace, to: folder)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        return StoredZip.bytes(
            try names.map { name in
                let content = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
                return ("granary-run-\(run.id)/\(name)", content)
            })
    }
}
