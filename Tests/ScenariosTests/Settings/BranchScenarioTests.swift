import Foundation
import Retail
import Testing

@testable import Scenarios

@Suite("Scenarios that take over in mid-run")
struct BranchScenarioTests {
    private func load(_ files: [String: String], _ name: String) throws -> Scenario {
        let folder = FileManager.default.temporaryDirectory.appending(path: "branch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (file, text) in files {
            try Data(text.utf8).write(to: folder.appending(path: file))
        }
        return try ScenarioLoader.load(folder.appending(path: name).path)
    }

    private let base = """
        granary: 1
        name: Base
        data: shop
        clock: {start: 2024-03-01, days: 3}
        demand: {volume: 2}
        handling: {clerks: 8}

        """

    private func branch(_ rest: String) -> String {
        "granary: 1\nextends: base.yaml\n" + rest
    }

    private func message(_ rest: String) -> String {
        do {
            _ = try load(["base.yaml": base, "branch.yaml": branch(rest)], "branch.yaml")
            return ""
        } catch { return "\(error)" }
    }

    @Test("A branch knows what holds before it, and its stored text gives the same branch again")
    func roundTrip() throws {
        let scenario = try load(
            ["base.yaml": base, "branch.yaml": branch("branch_at: 2024-03-02T12:05\nhandling: {clerks: 3}\n")],
            "branch.yaml")
        let known = try #require(scenario.branch)
        #expect(known.moment.description.hasPrefix("2024-03-02"))
        #expect(known.base.name == "Base")
        #expect(known.base.handling.clerks == 8)
        #expect(scenario.handling.clerks == 3)
        #expect(scenario.demand.volume == 2)
        let again = try ScenarioLoader.load(text: scenario.text, name: "stored")
        #expect(again.text == scenario.text)
        #expect(again.branch?.base.handling.clerks == 8)
        #expect(again.branch?.moment == known.moment)
    }

    @Test("What cannot change in mid-run is an error that names the key")
    func fixed() {
        #expect(message("branch_at: 2024-03-02T12:05\nhandling: {clerks: 3}\n").isEmpty)
        let text = message("branch_at: 2024-03-02T12:05\nclock: {days: 2}\nstock: {opening: 2}\n")
        #expect(text.contains("clock.days") && text.contains("stock.opening"))
        #expect(!text.contains("demand.volume"))
    }

    @Test("A moment outside the days, a branch of a branch and a branch of nothing are errors by name")
    func refused() throws {
        #expect(message("branch_at: 2024-03-09T12:05\n").contains("branch_at"))
        #expect(throws: ScenarioError.self) {
            try ScenarioLoader.load(text: base + "branch_at: 2024-03-02T12:05\n", name: "alone")
        }
        #expect(throws: ScenarioError.self) {
            try ScenarioLoader.load(text: base + "before: {granary: 1}\n", name: "alone")
        }
        let first = branch("branch_at: 2024-03-02T12:05\n")
        let second = "granary: 1\nextends: first.yaml\nbranch_at: 2024-03-02T18:00\n"
        #expect(throws: ScenarioError.self) {
            try load(["base.yaml": base, "first.yaml": first, "second.yaml": second], "second.yaml")
        }
    }
}
