import Foundation

/// The published instances solved by HiGHS on one thread and by us in the same run. HiGHS comes from PyPI; where it
/// cannot be installed this says so and measures nothing.
///
/// `GRANARY_HIGHS_LIMIT` is the time limit of HiGHS for each instance, 20 s unless said otherwise.
func measureHiGHS() async throws -> [Measure] {
    let instances = publishedInstanceList()
    guard !instances.isEmpty else { return [] }
    let limit = ProcessInfo.processInfo.environment["GRANARY_HIGHS_LIMIT"].flatMap(Double.init) ?? 20
    var measures: [Measure] = []
    for one in instances {
        let ours = try one.seconds()
        guard let theirs = try highs(one, limit) else { return measures }
        let state = theirs.isProved ? "proved" : "not proved, gap \(theirs.gap)"
        measures.append(
            Measure(
                name: "\(one.title), proved", unit: "solutions", count: 1, seconds: ours,
                yardstick: "HiGHS \(theirs.version) on one thread, \(state) in \(theirs.seconds) s",
                yardstickRate: 1 / theirs.seconds))
    }
    return measures
}

private struct HiGHSAnswer: Decodable {
    var version: String
    var seconds: Double
    var proved: Bool
    var gap: Double
    var isProved: Bool { proved }
}

private func highs(_ one: PublishedInstance, _ limit: Double) throws -> HiGHSAnswer? {
    var arguments = [one.kind, one.file, "--time-limit", "\(limit)"]
    if let capacity = one.capacity { arguments += ["--capacity", "\(capacity)"] }
    // The solver greets on the same channel; the answer is the last line.
    let text = PeerScript.output(of: "highs_peer.py", packages: "highspy numpy", arguments)
    guard let line = text?.split(separator: "\n").last else { return nil }
    return try JSONDecoder().decode(HiGHSAnswer.self, from: Data(line.utf8))
}
