import Foundation

@testable import Scenarios

/// A folder of scenario files that lives as long as the value.
final class ScenarioFolder {
    let path: String

    init(_ files: [String: String]) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("granary-\(UUID().uuidString)").path
        for (name, text) in files { try write(name, Data(text.utf8)) }
    }

    func write(_ name: String, _ bytes: Data) throws {
        let file = URL(fileURLWithPath: path).appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: file)
    }

    func file(_ name: String) -> String { path + "/" + name }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// The least a scenario must say.
let smallest = """
    granary: 1
    data: shop
    clock:
      start: 2024-06-17
    """

/// A scenario's issues; empty when it loads.
func issues(_ text: String, overrides: [String] = []) -> [ScenarioIssue] {
    do {
        _ = try ScenarioLoader.load(text: text, name: "s.yaml", overrides: overrides)
        return []
    } catch { return error.issues }
}

/// Where an issue stands and what it is about, for comparing with what a test expects.
func brief(_ issues: [ScenarioIssue]) -> [String] {
    issues.map { "\($0.place.line):\($0.place.column) \($0.path) \($0.problem.key)" }
}

/// The folder of the shipped scenarios.
let shippedFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("scenarios").path
let manualPath = URL(fileURLWithPath: shippedFolder).deletingLastPathComponent()
    .appendingPathComponent("docs/scenario-file.md").path
