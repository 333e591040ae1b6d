import Datasets
import Foundation
import Retail
import Scenarios
import Simulation

/// Orders of the flagship scenario followed until final, with every stage and the audit on, against the order peak
/// of Tmall in 2020 (583,000 a second). One thread and two.
func measureSimulation() async throws -> [Measure] {
    let scenario = try ScenarioLoader.load(repository + "/scenarios/flagship.yaml")
    let dataset = try DatasetReader.read(folder: scenario.dataFolder)
    let prepared = try await Pipeline.prepare(scenario, dataset, threads: 2)
    var measures: [Measure] = []
    for threads in [1, 2] {
        var orders = 0.0
        let seconds = try await medianSeconds(rounds: 3) {
            let result = try await Simulator.run(
                prepared.world, seed: scenario.seed, replications: threads, threads: threads)
            orders = result.figures.first { $0.key == "orders" }?.replications.reduce(0, +) ?? 0
        }
        measures.append(
            Measure(
                name: "simulate the flagship week, \(threads) thread\(threads == 1 ? "" : "s")", unit: "orders",
                count: orders, seconds: seconds, yardstick: "Tmall's order peak of 2020", yardstickRate: 583_000))
    }
    return measures
}

/// The peak hour of Double 11, one replication followed until every order is final with every stage and the audit on,
/// on one thread and two: against Tmall's peak, and against the compact order flow in SimPy on one core. Then M/M/4.
///
/// GRANARY_PEAK_ORDERS sets the orders (two million unless it does; the full size is 20,000,000).
func measurePeak() async throws -> [Measure] {
    let orders = ProcessInfo.processInfo.environment["GRANARY_PEAK_ORDERS"].flatMap(Double.init) ?? 2_000_000
    let world = PeakHour(orders: orders).world()
    var measures: [Measure] = []
    var alone = 0.0
    for threads in [1, 2] {
        let before = ProcessorTime.now
        let run = try await timed(world, threads: threads)
        let spent = ProcessorTime.now
        print(
            "  \(threads) thread\(threads == 1 ? "" : "s"), processor time an order: "
                + "\(Int((spent.user - before.user) / run.orders * 1e9)) ns, system "
                + "\(Int((spent.system - before.system) / run.orders * 1e9)) ns; "
                + "at most \(spent.mostBytes >> 20) MiB so far")
        if threads == 1 {
            alone = run.orders / run.seconds
            for line in mix(of: run.result) { print("  " + line) }
        }
        measures.append(
            Measure(
                name: "simulate a peak hour, \(threads) thread\(threads == 1 ? "" : "s")", unit: "orders",
                count: run.orders, seconds: run.seconds, yardstick: "Tmall's order peak of 2020",
                yardstickRate: 583_000))
    }
    try tellProfile(of: PeakHour(orders: min(orders, 1_000_000)).world())
    try await tellCurves(orders: min(orders, 500_000))
    guard let text = PeerScript.output(of: "simpy_peer.py", packages: "simpy", "60000"),
        let rates = try? JSONDecoder().decode([String: Double].self, from: Data(text.utf8)),
        let flow = rates["flow"], let mm4 = rates["mm4"]
    else { return measures }
    measures.append(
        Measure(
            name: "simulate a peak hour, 1 thread, all stages", unit: "orders", count: alone, seconds: 1,
            yardstick: "the compact flow in SimPy", yardstickRate: flow))
    let queue = QueueingModel(
        arrivals: ArrivalLaw(rate: 3.6 / 3_600),
        stations: [QueueingModel.Station(name: "desk", servers: 4, service: .exponential, mean: 3_600)],
        length: 1_000_000 * 3_600 / 3.6)
    let seconds = try await medianSeconds(rounds: 3) {
        _ = try await Simulator.run(queue, seed: 1, replications: 1, threads: 1)
    }
    measures.append(
        Measure(
            name: "M/M/4", unit: "customers", count: 1_000_000, seconds: seconds, yardstick: "M/M/4 in SimPy",
            yardstickRate: mm4))
    return measures
}

/// What this process has had of the processors, seconds, and the most memory it has held.
private struct ProcessorTime {
    var user: Double
    var system: Double
    var mostBytes: Int

    static var now: ProcessorTime {
        var usage = rusage()
        getrusage(0, &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return ProcessorTime(
            user: seconds(usage.ru_utime), system: seconds(usage.ru_stime), mostBytes: usage.ru_maxrss << 10)
    }
}

/// One replication of a world: its orders and how long it took.
private func timed(_ world: World, threads: Int) async throws -> (orders: Double, seconds: Double, result: RunResult) {
    let clock = ContinuousClock()
    let began = clock.now
    let result = try await Simulator.run(world, seed: 1, replications: 1, threads: threads)
    let seconds = (clock.now - began) / .seconds(1)
    return (result.figure("orders")?.mean ?? 0, seconds, result)
}

/// Prints nanoseconds an order by stage, bytes looked at, and memory an order under way takes.
private func tellProfile(of world: World) throws {
    let profile = try Simulator.profile(world, seed: 1)
    let orders = Double(max(1, profile.orders))
    let stages = profile.stages.map { "\($0.name) \(Int(($0.seconds / orders * 1e9).rounded()))" }
    print("  nanoseconds an order by stage, a clock at every record: " + stages.joined(separator: ", "))
    print("  bytes of rows looked at, an order: \(Int(Double(profile.bytesTouched) / orders))")
    let live = Double(profile.liveBytes) / Double(max(1, profile.mostLive))
    print(
        "  memory at the fullest moment: \(profile.mostLive) orders under way, \(Int(live)) bytes each, "
            + "and \(profile.stockBytes >> 20) MiB of stock")
}

/// Prints orders a second over SKUs, nodes and threads.
private func tellCurves(orders: Double) async throws {
    func tell(_ what: String, _ peak: PeakHour, threads: Int) async throws {
        let run = try await timed(peak.world(), threads: threads)
        print("  \(what): \(Int(run.orders / run.seconds)) orders/s")
    }
    for skus in [1_000, 10_000, 100_000, 1_000_000] {
        try await tell("\(skus) SKUs", PeakHour(orders: orders, skus: skus), threads: 1)
    }
    for nodes in [6, 20, 60, 200] {
        try await tell("\(nodes) nodes", PeakHour(orders: orders, skus: 10_000, nodes: nodes), threads: 1)
    }
    for threads in [1, 2] {
        try await tell("\(threads) threads", PeakHour(orders: orders, skus: 10_000), threads: threads)
    }
}

/// The shares that make the mix a real day's, beside what is asked of each.
private func mix(of result: RunResult) -> [String] {
    let rows: [(key: String, least: Double)] = [
        ("unpaid_share", 0.14), ("cancelled_share", 0.05), ("return_share", 0.15), ("split_share", 0.08),
        ("rerouted_share", 0.05),
    ]
    return rows.map { row in
        let found = result.figure(row.key)?.mean ?? 0
        return
            "\(row.key) \(String(format: "%.3f", found)) (at least \(row.least))\(found < row.least ? " MISSED" : "")"
    }
}
