import Foundation
import Retail
import Store
import Synchronization
import Testing

@testable import Scenarios

@Suite("The workbench stores what it runs")
struct WorkbenchTests {
    private func bench() throws -> (Workbench, ScenarioFolder) {
        let folder = try ScenarioFolder(["s.yaml": TinyShop.scenario])
        return (try Workbench(path: folder.file("w.granary")), folder)
    }

    @Test("A run is stored with its inputs, and repeating it takes the forecast by digest and gives the same digest")
    func repeated() async throws {
        let (bench, _folder) = try bench()
        let scenario = try ScenarioLoader.load(text: TinyShop.scenario, name: "s.yaml")
        let first = try await bench.run(scenario, dataset: TinyShop.dataset(), threads: 2)
        #expect(first.run.status == .done)
        #expect(first.run.inputs.dataFingerprint == "tiny-1")
        #expect(first.run.inputs.currency == "GBP")
        #expect(first.run.resultDigest == first.digest)
        #expect(first.run.inputs.forecastDigest != nil)
        let forecasts = Mutex(0)
        let again = try await bench.run(
            try ScenarioLoader.load(text: first.run.inputs.scenario, name: "stored"), dataset: TinyShop.dataset(),
            threads: 1, progress: { if $0.stage == "forecast" { forecasts.withLock { $0 += 1 } } })
        #expect(again.digest == first.digest)
        #expect(again.run.inputs.forecastDigest == first.run.inputs.forecastDigest)
        #expect(forecasts.withLock { $0 } == 0)
        let comparison = try bench.compare([first.id, again.id])
        #expect(comparison.figures.allSatisfy { $0.differences[1]?.mean == 0 })
        #expect(try bench.workspace.appendices(first.id).contains { $0.name == "assumptions" && $0.rowCount > 0 })
        withExtendedLifetime(_folder) {}
    }

    @Test("A cancelled run is stored as interrupted")
    func cancelled() async throws {
        let (bench, _folder) = try bench()
        let scenario = try ScenarioLoader.load(text: TinyShop.scenario, name: "s.yaml")
        await #expect {
            try await bench.run(scenario, dataset: TinyShop.dataset(), threads: 1, isCancelled: { true })
        } throws: { ($0 as? PipelineError)?.isCancellation == true }
        #expect(try bench.workspace.runs().map(\.status) == [.interrupted])
        withExtendedLifetime(_folder) {}
    }

    @Test("A run that fails is stored as failed with its reason")
    func failed() async throws {
        let (bench, folder) = try bench()
        await #expect {
            try await bench.run(scenarioPath: folder.file("s.yaml"), overrides: ["demand.volume=2"], threads: 1)
        } throws: { ($0 as? PipelineError)?.isBadInput == true }
        let run = try #require(try bench.workspace.runs().first)
        #expect(run.status == .failed)
        #expect(run.message.contains("shop"))
        #expect(run.inputs.name == "s [demand.volume=2]")
        #expect(run.inputs.scenario.contains("volume: 2"))
    }

    @Test("Seed and replications given for a run go before the scenario's")
    func seedAndReplications() async throws {
        let (bench, _folder) = try bench()
        let scenario = try ScenarioLoader.load(text: TinyShop.scenario, name: "s.yaml")
        let run = try await bench.run(
            scenario, dataset: TinyShop.dataset(), seed: 99, replications: 1, threads: 1)
        #expect(run.run.inputs.seed == 99)
        #expect(run.run.inputs.replications == 1)
        withExtendedLifetime(_folder) {}
    }

    @Test("A scenario that does not load is not stored as a run")
    func unloadable() async throws {
        let (bench, folder) = try bench()
        await #expect {
            try await bench.run(scenarioPath: folder.file("s.yaml"), overrides: ["demand.volume=-1"], threads: 1)
        } throws: { ($0 as? PipelineError)?.isBadInput == true }
        #expect(try bench.workspace.runs().isEmpty)
    }

    @Test("Overall progress never goes back from stage to stage")
    func progress() {
        var last = 0.0
        for stage in ["data"] + Pipeline.Stage.allCases.map(\.rawValue) + ["simulation"] {
            for part in [0, 0.5, 1.0] {
                let overall = RunProgress(stage: stage, fraction: part).overall
                #expect(overall >= last - 1e-12)
                last = overall
                #expect(Catalogue.contains("stage.\(stage)"))
            }
        }
        #expect(abs(last - 1) < 1e-12)
    }
}
