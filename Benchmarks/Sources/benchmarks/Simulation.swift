import Datasets
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

/// The peak hour of Double 11, one replication followed until every order is final, audit on, against Tmall's peak.
func measurePeak() async throws -> [Measure] {
    let world = PeakHour(orders: 2_000_000).world()
    var measures: [Measure] = []
    for threads in [1, 2] {
        var orders = 0.0
        let seconds = try await medianSeconds(rounds: 1) {
            let result = try await Simulator.run(world, seed: 1, replications: 1, threads: threads)
            orders = result.figures.first { $0.key == "orders" }?.mean ?? 0
        }
        measures.append(
            Measure(
                name: "simulate a peak hour, \(threads) thread\(threads == 1 ? "" : "s")", unit: "orders",
                count: orders, seconds: seconds, yardstick: "Tmall's order peak of 2020", yardstickRate: 583_000))
    }
    return measures
}
