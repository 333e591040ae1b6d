import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Retail
import Scenarios
import Store
import Synchronization

@testable import Planner

/// An engine that stores made-up results at once, or waits until it is let go or cancelled.
final class PretendEngine: PlannerEngine {
    let workspace: Workspace
    let waits: Bool
    let scenarios = Mutex<[Scenario]>([])

    init(_ workspace: Workspace, waits: Bool = false) {
        self.workspace = workspace
        self.waits = waits
    }

    func begin(_ scenario: Scenario, overrides: [String]) throws(PipelineError) -> RunID {
        scenarios.withLock { $0.append(scenario) }
        do {
            return try workspace.beginRun(
                RunInputs(
                    name: scenario.name, scenario: scenario.text, overrides: overrides, seed: scenario.seed,
                    replications: scenario.replications, currency: "GBP", engineVersion: "test"))
        } catch { throw .store(error) }
    }

    func run(
        _ id: RunID, _ scenario: Scenario, progress: @escaping @Sendable (RunProgress) -> Void,
        isCancelled: @escaping @Sendable () -> Bool
    ) async throws(PipelineError) {
        do {
            try workspace.reportProgress(id, fraction: 0.25, stage: "forecast")
            while waits {
                if isCancelled() {
                    try workspace.interruptRun(id, message: "cancelled")
                    throw PipelineError.cancelled
                }
                try? await Task.sleep(for: .milliseconds(5))
            }
            try workspace.finishRun(id, Stored.outcome)
        } catch let error as PipelineError { throw error } catch let error as StoreError { throw .store(error) } catch {
            throw .missing("\(error)")
        }
    }

    func compare(_ ids: [RunID]) throws(PipelineError) -> Comparison { try Workbench(workspace).compare(ids) }

    func report(_ id: RunID, _ language: Language) throws -> String {
        "<!doctype html><title>\(language.rawValue)</title><script>1</script>"
    }
}

/// Results with every awkward character where people can put one.
enum Stored {
    static let evil = "<script>alert('x')</script>&\""

    static let outcome = RunOutcome(
        figures: [
            Figure(key: "orders", unit: "orders", mean: 1_234, halfWidth: 5.5, replications: [1_230, 1_238]),
            Figure(key: "fill_rate", unit: "share", mean: 0.973, halfWidth: 0.001, replications: [0.972, 0.974]),
        ],
        tables: [
            ResultTable(
                "nodes",
                [
                    Column("node", .text([evil, "CDC"])), Column("units", unit: "units", .integer([7, -3])),
                    Column("fill_rate", unit: "share", .real([0.5, .nan])),
                ])
        ],
        suggestions: [
            line("A1", name: evil, supplier: "S1", orderBy: 10, stockout: nil, value: 900),
            line("B2", name: "Lantern", supplier: "S2", orderBy: 12, stockout: 14, value: 500),
            line("C3", name: "Heart", supplier: "S1", orderBy: 11, stockout: 30, value: 700),
        ])

    private static func line(
        _ code: String, name: String, supplier: String, orderBy: Int32, stockout: Int32?, value: Int64
    ) -> SuggestionRow {
        let purchase = PurchaseLine(
            onHand: 10, reserved: 2,
            inTransit: 0, onOrder: 0, backordered: 1, demandMean: 20, demandP10: 10, demandP50: 20, demandP90: 30,
            safetyStock: 5, reorderPoint: 25, orderUpTo: 60,
            quantity: QuantityChain(need: 51, afterMinimum: 51, afterMultiple: 54, afterBreak: 60),
            unitCost: UnitPrice(units: 12_500), value: Amount(minor: value * 100), orderBy: Day(number: orderBy),
            receipt: Day(number: 20), stockout: stockout.map(Day.init(number:)), daysOfCoverBefore: 3,
            daysOfCoverAfter: 12, stockoutProbability: 0.4)
        return SuggestionRow(
            sku: code, skuName: name, supplier: supplier, supplierName: "House \(supplier)", node: "CDC",
            line: purchase, reasonEnglish: "Would run out.", reasonChinese: "即将断货。")
    }
}

/// A planner over a fresh workspace and two scenario files, called without a socket.
final class Bench: Sendable {
    let folder: String
    let engine: PretendEngine
    let planner: Planner

    init(waits: Bool = false) throws {
        folder = NSTemporaryDirectory() + "granary-planner-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder + "/scenarios", withIntermediateDirectories: true)
        let base = """
            granary: 1
            name: Base week
            data: data
            seed: 7
            replications: 2
            clock:
              start: 2011-11-28
              days: 2
            demand:
              volume: 3
            promotions:
              - code: cut
                name: Fifth off
                kind: price_cut
                begins: 2011-11-28T00:00
                ends: 2011-11-29T00:00
                depth: 20 %

            """
        try base.write(toFile: folder + "/scenarios/base.yaml", atomically: true, encoding: .utf8)
        try "granary: 1\nextends: base.yaml\nname: Broken\nvolume: 3\n"
            .write(toFile: folder + "/scenarios/broken.yaml", atomically: true, encoding: .utf8)
        engine = PretendEngine(try Workspace.open(path: folder + "/workspace.sqlite"), waits: waits)
        planner = try Planner(
            engine: engine, options: ServeOptions(port: 0, scenarios: folder + "/scenarios", threads: 1))
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Stores a finished run.
    @discardableResult
    func finishedRun(_ name: String = "Stored run", seed: UInt64 = 1) throws -> RunID {
        let id = try engine.workspace.beginRun(
            RunInputs(
                name: name, scenario: "name: x\n", seed: seed, replications: 2, currency: "GBP",
                engineVersion: "test"))
        try engine.workspace.finishRun(id, Stored.outcome)
        return id
    }

    /// Sends one request through the router.
    func send(
        _ method: HTTPRequest.Method, _ address: String, form: String? = nil, json: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> Answer {
        var fields = HTTPFields()
        if form != nil { fields[.contentType] = "application/x-www-form-urlencoded" }
        if json != nil { fields[.contentType] = "application/json" }
        for (name, value) in headers {
            if let name = HTTPFields.Element.Name(name) { fields[name] = value }
        }
        let all = fields
        let body = (form ?? json).map { ByteBuffer(string: $0) }
        let application = Application(router: planner.router(), logger: Logger(label: "test"))
        return try await application.test(.router) { client in
            try await client.execute(uri: address, method: method, headers: all, body: body) { response in
                Answer(
                    status: response.status.code, text: String(buffer: response.body),
                    bytes: Array(buffer: response.body), headers: response.headers)
            }
        }
    }

    func get(_ address: String, headers: [String: String] = [:]) async throws -> Answer {
        try await send(.get, address, headers: headers)
    }

    func post(
        _ address: String, form: String? = nil, json: String? = nil, headers: [String: String] = [:]
    ) async throws -> Answer {
        try await send(.post, address, form: form, json: json, headers: headers)
    }

    /// Waits until a run has ended; nil when it has not within ten seconds.
    func end(of id: RunID) async throws -> Run? {
        for _ in 0..<2_000 {
            let run = try engine.workspace.run(id)
            if run.status != .running, !planner.desk.isOpen(id) { return run }
            try await Task.sleep(for: .milliseconds(5))
        }
        return nil
    }
}

struct Answer: Sendable {
    var status: Int
    var text: String
    var bytes: [UInt8]
    var headers: HTTPFields

    subscript(name: String) -> String? { HTTPFields.Element.Name(name).flatMap { headers[$0] } }
}
