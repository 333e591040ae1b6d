import NumericCore
import Retail
import Testing

@testable import Simulation

/// A figure lies within four standard errors of its exact value; the error is that of the replications.
func expectWithinFour(
    _ figures: [Figure], _ key: String, _ exact: Double, errorBelow: Double,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard let figure = figures.first(where: { $0.key == key }) else {
        Issue.record("no figure \(key)", sourceLocation: sourceLocation)
        return
    }
    let error = standardError(figure.replications)
    #expect(
        abs(figure.mean - exact) <= 4 * error, "\(key): \(figure.mean) +- \(error), exact \(exact)",
        sourceLocation: sourceLocation)
    #expect(
        error <= errorBelow * abs(exact), "\(key): error \(error) of \(exact)", sourceLocation: sourceLocation)
}

func standardError(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1) / Double(values.count)).squareRoot()
}

@Suite("Bare queueing models give the exact answers of queueing theory")
struct QueueingModelTests {
    private let hour = 3_600.0

    private func station(
        _ name: String = "desk", servers: Int?, _ service: TimeLaw, mean: Double, room: Int? = nil, rework: Double = 0,
        to: Int = 0
    ) -> QueueingModel.Station {
        .init(
            name: name, servers: servers, service: service, mean: mean * hour, waitingRoom: room, rework: rework,
            reworkTo: to)
    }

    private func run(
        rate: Double, _ stations: [QueueingModel.Station], warmUp: Double = 500, hours: Double, replications: Int = 20
    ) async throws -> [Figure] {
        try await Simulator.run(
            QueueingModel(
                arrivals: ArrivalLaw(rate: rate / hour), stations: stations, warmUp: warmUp * hour, length: hours * hour
            ),
            seed: 11, replications: replications, threads: 2)
    }

    @Test("M/M/4 at load 0.9: probability of waiting, mean wait, queue, 95th percentile (Erlang C)")
    func erlangC() async throws {
        let figures = try await run(rate: 3.6, [station(servers: 4, .exponential, mean: 1)], hours: 10_000)
        expectWithinFour(figures, "wait_probability", 0.787753264295, errorBelow: 0.02)
        expectWithinFour(figures, "wait_mean", 1.96938316073841, errorBelow: 0.1)
        expectWithinFour(figures, "queue_length", 7.08977937865826, errorBelow: 0.1)
        expectWithinFour(figures, "wait_p95", 6.8929047976, errorBelow: 0.1)
        expectWithinFour(figures, "utilisation", 0.9, errorBelow: 0.01)
    }

    @Test(
        "M/G/1 at load 0.8: the mean wait grows with the variation of service, whatever its law (Pollaczek-Khinchine)",
        arguments: [
            (TimeLaw.deterministic, 2.0), (.exponential, 4), (.erlang(phases: 4), 2.5), (.gamma(variation: 0.5), 3),
            (.gamma(variation: 4), 10), (.logNormal(variation: 0.5), 3), (.hyperexponential(variation: 4), 10),
        ])
    func pollaczekKhinchine(law: TimeLaw, wait: Double) async throws {
        let figures = try await run(rate: 0.8, [station(servers: 1, law, mean: 1)], hours: 20_000)
        expectWithinFour(figures, "wait_mean", wait, errorBelow: 0.08)
        expectWithinFour(figures, "wait_probability", 0.8, errorBelow: 0.01)
    }

    @Test("M/D/2 at load 0.8")
    func deterministicService() async throws {
        let figures = try await run(rate: 1.6, [station(servers: 2, .deterministic, mean: 1)], hours: 10_000)
        expectWithinFour(figures, "wait_mean", 0.90328387941667, errorBelow: 0.03)
    }

    @Test("Erlang B: losses do not depend on the law of service, only on its mean")
    func erlangB() async throws {
        for law in [TimeLaw.exponential, .hyperexponential(variation: 4), .deterministic] {
            let figures = try await run(rate: 10, [station(servers: 12, law, mean: 1, room: 0)], hours: 800)
            expectWithinFour(figures, "loss_probability", 0.119739188444825, errorBelow: 0.03)
        }
    }

    @Test("M/M/2/4: losses and queue of a short waiting room, from the balance equations")
    func waitingRoom() async throws {
        let figures = try await run(rate: 3, [station(servers: 2, .exponential, mean: 1, room: 2)], hours: 5_000)
        // p0 = 1, p1 = 3, p2 = 4.5, p3 = 6.75, p4 = 10.125 over their sum 25.375.
        expectWithinFour(figures, "loss_probability", 10.125 / 25.375, errorBelow: 0.02)
        expectWithinFour(figures, "queue_length", (6.75 + 2 * 10.125) / 25.375, errorBelow: 0.02)
    }

    @Test("Two stations in tandem: M/M/1 then M/M/3 (Jackson)")
    func tandem() async throws {
        let figures = try await run(
            rate: 5,
            [
                station("one", servers: 1, .exponential, mean: 1.0 / 6),
                station("two", servers: 3, .exponential, mean: 0.5),
            ],
            hours: 5_000)
        expectWithinFour(figures, "system_time", 2.20224719101124, errorBelow: 0.04)
        expectWithinFour(figures, "one.wait_mean", 5.0 / 6, errorBelow: 0.05)
    }

    @Test(
        "Rework: a tandem whose second station sends a fifth back to the first is two M/M/1 at raised rates (Jackson)")
    func rework() async throws {
        let figures = try await run(
            rate: 4,
            [
                station("pick", servers: 1, .exponential, mean: 0.125),
                station("pack", servers: 1, .exponential, mean: 0.1, rework: 0.2, to: 0),
            ], hours: 5_000)
        // 4 / 0.8 = 5 an hour at both: numbers 5 / (8 - 5) and 5 / (10 - 5).
        expectWithinFour(figures, "pick.station_number", 5.0 / 3, errorBelow: 0.03)
        expectWithinFour(figures, "pack.station_number", 1, errorBelow: 0.03)
        expectWithinFour(figures, "system_time", (5.0 / 3 + 1) / 4, errorBelow: 0.03)
    }

    @Test("Arrivals of a sinusoidal rate: counts by quarter day have its integral as mean and as variance")
    func sinusoid() async throws {
        let quarter = 6 * hour
        let ends: [Double] = [0, quarter, 2 * quarter, 3 * quarter]
        let counts: [QueueingModel.Observation] = ends.map {
            .arrivals(from: $0, to: $0 + quarter, every: 4 * quarter)
        }
        let numbers: [QueueingModel.Observation] = ends.map { .number(at: $0, every: 4 * quarter) }
        let model = QueueingModel(
            arrivals: ArrivalLaw(rate: 100 / hour, amplitude: 0.8, period: 4 * quarter),
            stations: [station(servers: nil, .exponential, mean: 6)], isSteady: false, warmUp: 96 * hour,
            length: 80 * quarter, observations: counts + numbers)
        let figures = try await Simulator.run(model, seed: 3, replications: 20, threads: 2)
        for (place, exact) in [905.577490736439, 905.577490736439, 294.422509263561, 294.422509263561].enumerated() {
            expectWithinFour(figures, "arrivals_\(place + 1)", exact, errorBelow: 0.005)
            expectWithinFour(figures, "arrivals_\(place + 1)_variance", exact, errorBelow: 0.1)
        }
        // In transit: M_t/G/infinity (Eick, Massey and Whitt, 1993).
        for (place, exact) in [382.551191783861, 738.43221078816, 817.448808216139, 461.56778921184].enumerated() {
            expectWithinFour(figures, "number_\(place + 5)", exact, errorBelow: 0.005)
        }
    }

    @Test("A spike that ebbs away")
    func spike() async throws {
        let model = QueueingModel(
            arrivals: ArrivalLaw(rate: 20 / hour, bursts: [.init(at: 0, height: 580 / hour, decay: 0.25 * hour)]),
            stations: [station(servers: nil, .deterministic, mean: 0.1)], isSteady: false, length: 24 * hour,
            observations: [(0, 1), (1, 2), (2, 24)].map { .arrivals(from: $0.0 * hour, to: $0.1 * hour) })
        let figures = try await Simulator.run(model, seed: 4, replications: 300, threads: 2)
        for (place, exact) in [162.344232361134, 22.6071255578206, 440.048642081046].enumerated() {
            expectWithinFour(figures, "arrivals_\(place + 1)", exact, errorBelow: 0.015)
        }
    }

    @Test("The same seed gives the same figures on any number of threads; another seed gives others")
    func determinism() async throws {
        let model = QueueingModel(
            arrivals: ArrivalLaw(rate: 1 / hour), stations: [station(servers: 1, .exponential, mean: 0.5, rework: 0.1)],
            length: 500 * hour)
        let one = try await Simulator.run(model, seed: 1, replications: 5, threads: 1)
        let two = try await Simulator.run(model, seed: 1, replications: 5, threads: 3)
        let other = try await Simulator.run(model, seed: 2, replications: 5, threads: 1)
        #expect(one == two)
        #expect(one != other)
    }

    @Test("What cannot run, or has no steady state, is named")
    func faults() {
        let desk = station(servers: 1, .exponential, mean: 1)
        func message(_ change: (inout QueueingModel) -> Void) -> String {
            var model = QueueingModel(arrivals: ArrivalLaw(rate: 0.5 / hour), stations: [desk], length: hour)
            change(&model)
            return model.faults.map(\.description).joined()
        }
        #expect(message { _ in }.isEmpty)
        #expect(message { $0.stations = [] }.contains("there are none"))
        #expect(message { $0.stations[0].servers = 0 }.contains("0 servers"))
        #expect(message { $0.arrivals.rate = 2 / hour }.contains("load is 2"))
        #expect(
            message {
                $0.arrivals.rate = 2 / hour; $0.isSteady = false
            }.isEmpty)
        #expect(message { $0.stations[0].rework = 0.6 }.contains("load is 1.2"))
        #expect(message { $0.stations[0].mean = .nan }.contains("mean service time"))
        #expect(message { $0.stations[0].service = .hyperexponential(variation: 0.5) }.contains("above 1"))
        #expect(message { $0.length = 1e15 }.contains("shorten it"))
    }
}
