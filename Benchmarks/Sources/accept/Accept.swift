import Foundation

/// What one acceptance check found: a figure beside what is asked of it.
struct Finding {
    var name: String
    var found: Double
    var required: Double
    /// Whether smaller is better.
    var isUpperLimit = true
    var unit = ""

    var holds: Bool { isUpperLimit ? found <= required : found >= required }
}

/// Runs the areas named on the command line, or all, against the measuring data, one line for each figure.
///
/// The data are not part of the repository: `GRANARY_DATA` names their folder. An area whose data are absent says
/// so and is skipped. The exit code is 1 when a figure misses what is asked of it.
@main
struct Accept {
    typealias Area = @Sendable (_ data: URL) async throws -> [Finding]

    static let areas: [(name: String, check: Area)] = [
        ("verification", Verification.check), ("calibration", CalibrationArea.check), ("m4", acceptM4),
        ("m5", M5Accuracy.check),
        ("walmart", WalmartAccuracy.check), ("vn2", VN2.check), ("m5-replay", M5Replay.check),
        ("assortment", checkAssortment), ("prices", PriceEffects.check), ("line-fill", LineFillGrid.check),
    ]

    static func main() async throws {
        let wanted = Set(CommandLine.arguments.dropFirst())
        let unknown = wanted.subtracting(areas.map(\.name))
        guard unknown.isEmpty else {
            complain("no area called \(unknown.sorted()); there are \(areas.map(\.name).joined(separator: ", "))")
            exit(64)
        }
        let named = ProcessInfo.processInfo.environment["GRANARY_DATA"]
        let data = URL(filePath: named ?? repository + "/../shared/data")
        var missed = 0
        for (name, check) in areas where wanted.isEmpty || wanted.contains(name) {
            do {
                for finding in try await check(data) {
                    print(line(name, finding))
                    if !finding.holds { missed += 1 }
                }
            } catch let absent as AbsentData {
                complain("\(name): skipped, \(absent.path) is not there; set GRANARY_DATA to the folder of the data")
            }
        }
        if missed > 0 { exit(1) }
    }

    static func line(_ area: String, _ finding: Finding) -> String {
        let relation = finding.isUpperLimit ? "<=" : ">="
        let unit = finding.unit.isEmpty ? "" : " " + finding.unit
        return "\(finding.holds ? "holds " : "MISSES") \(area): \(finding.name) "
            + String(format: "%.5g%@ (%@ %.5g)", finding.found, unit, relation, finding.required)
    }

    static func complain(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}

/// A file of the measuring data that this machine does not have.
struct AbsentData: Error {
    var path: String
}

extension URL {
    /// The file below this folder, or `AbsentData`.
    func file(_ path: String) throws(AbsentData) -> URL {
        let url = appending(path: path)
        guard FileManager.default.fileExists(atPath: url.path) else { throw AbsentData(path: path) }
        return url
    }
}

/// The root of the repository, from where this file stands.
let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path
