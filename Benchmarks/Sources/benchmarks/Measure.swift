/// One measured rate beside what it is held against in the same run. These machines are noisy: the ratio counts,
/// the rate alone does not.
struct Measure {
    var name: String
    /// What is counted: rows, series, orders, solutions.
    var unit: String
    /// Units in one round.
    var count: Double
    /// Seconds of the median round.
    var seconds: Double
    /// What it is compared with, and that one's rate in the same units a second.
    var yardstick: String
    var yardstickRate: Double

    var rate: Double { count / seconds }
    var ratio: Double { rate / yardstickRate }
}

/// The median time of `rounds` rounds after one that is not counted.
func medianSeconds(rounds: Int = 5, _ round: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    try round()
    var times: [Duration] = []
    for _ in 0..<rounds { times.append(try clock.measure { try round() }) }
    return times.sorted()[rounds / 2] / .seconds(1)
}

func medianSeconds(rounds: Int = 5, _ round: () async throws -> Void) async rethrows -> Double {
    let clock = ContinuousClock()
    try await round()
    var times: [Duration] = []
    for _ in 0..<rounds { times.append(try await clock.measure { try await round() }) }
    return times.sorted()[rounds / 2] / .seconds(1)
}
