import Foundation
import Retail
import Simulation
import Testing

@testable import Scenarios

@Suite("Bare models are scenario files")
struct ModelScenarioTests {
    private let queue = """
        granary: 1
        queueing:
          length: 1000 h
          arrivals: {rate: 3.6 /h}
          stations:
            - {servers: 4, mean: 1 h}
        """
    private let store = """
        granary: 1
        inventory:
          policy: r_q
          reorder_point: 3
          quantity: 5
          review: continuous
          length: 100 d
          demand: {mean: 1.5 /d}
          lead_time: {mean: 2 d}
          costs: {holding: 20 CNY, backorder: 150 CNY, order: 100 CNY}
        """

    private func load(_ text: String, overrides: [String] = []) throws(ScenarioError) -> ModelScenario {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        let path = folder.appending(path: "model.yaml").path
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        } catch { Issue.record(error) }
        defer { try? FileManager.default.removeItem(at: folder) }
        guard case .model(let model) = try ScenarioLoader.loadFile(path, overrides: overrides) else {
            Issue.record("not a model")
            throw ScenarioError([])
        }
        return model
    }

    private func fault(_ text: String, _ overrides: String...) -> String {
        do throws(ScenarioError) {
            _ = try load(text, overrides: overrides)
            return ""
        } catch { return error.description }
    }

    @Test("Every verification scenario loads, and says what its exact answer is")
    func shipped() throws {
        let folder = shippedFolder + "/verification"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }
        #expect(files.count >= 20)
        for file in files {
            guard case .model(let model) = try ScenarioLoader.loadFile(folder + "/" + file) else {
                Issue.record("\(file) is no model")
                continue
            }
            #expect(model.about.lowercased().contains("exact"), "\(file)")
        }
    }

    @Test("Settings become the model, in seconds and per second")
    func decoding() throws {
        guard case .queueing(let model) = try load(queue).model else { return }
        #expect(abs(model.arrivals.rate - 0.001) < 1e-15)
        #expect(model.stations[0].servers == 4)
        #expect(model.stations[0].mean == 3_600)
        guard
            case .queueing(let changed) = try load(
                queue,
                overrides: ["queueing.stations[0].servers=unlimited", "queueing.stations[0].service=deterministic"]
            ).model
        else { return }
        #expect(changed.stations[0].servers == nil)
        #expect(changed.stations[0].service == .deterministic)
        guard case .inventory(let stock) = try load(store).model else { return }
        #expect(stock.policy == .lots(point: 3, quantity: 5))
        #expect(stock.leadMean == 2 && stock.holding == 20 && stock.currency == "CNY")
    }

    @Test("What cannot be run is named with its place")
    func faults() {
        #expect(fault(queue).isEmpty)
        #expect(fault(store).isEmpty)
        #expect(fault(queue, "queueing.stations=[]").contains("there are none"))
        #expect(fault(queue, "queueing.stations[0].servers=0").contains("from 1 to 1000000, or `unlimited`"))
        #expect(fault(queue, "queueing.arrivals.rate=5 /h").contains("queueing.stations[0]"))
        #expect(fault(queue, "queueing.arrivals.rate=5 /h").contains("load is 1.25"))
        #expect(fault(queue, "queueing.arrivals.rate=5 /h", "queueing.measure=transient").isEmpty)
        #expect(fault(queue, "queueing.arrivals.rate=5").contains("with its unit"))
        #expect(fault(queue, "queueing.stations[0].mean=-1 h").contains("a time from"))
        #expect(fault(queue, "queueing.stations[0].mean=0 s").contains("longer than nothing"))
        #expect(fault(queue, "queueing.stations[0].service=gamma").contains("variation"))
        #expect(fault(queue, "queueing.stations[0].phases=3").contains("exponential"))
        #expect(fault(queue, "queueing.stations[0].rework_to=nowhere").contains("nowhere"))
        #expect(fault(queue, "queueing.arrivals.law=spike").contains("bursts"))
        #expect(fault(queue, "clock.days=2").contains("beside `queueing`"))
        #expect(fault(queue, "queueing.observe=[{at: 1 h, to: 2 h}]").contains("give `at`"))
        #expect(fault(store, "inventory.lead_time.mean=-1 d").contains("a time from"))
        #expect(fault(store, "inventory.order_up_to=9").contains("r_q"))
        #expect(fault(store, "inventory.policy=s_S").contains("order_up_to"))
        #expect(fault(store, "inventory.costs.lost=1 EUR").contains("CNY"))
    }

    @Test("A command for promotion days says what a bare model is good for")
    func notADay() {
        do throws(ScenarioError) {
            _ = try ScenarioLoader.load(shippedFolder + "/verification/queue-mm4.yaml")
            Issue.record("loaded")
        } catch { #expect(error.description.contains("granary run")) }
    }

    @Test("A run is the same for any number of threads")
    func determinism() async throws {
        let model = try load(store)
        let one = try await model.run(replications: 4, threads: 1)
        let two = try await model.run(replications: 4, threads: 2)
        #expect(one == two)
        #expect(one.allSatisfy { $0.replications.count == 4 })
    }
}
