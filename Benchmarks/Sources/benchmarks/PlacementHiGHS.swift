import Foundation

/// The published instances solved by HiGHS on one thread and by us in the same run. HiGHS comes from PyPI into an
/// environment of its own (`Benchmarks/highs`); where it cannot be installed this says so and measures nothing.
///
/// `GRANARY_HIGHS_LIMIT` is the time limit of HiGHS for each instance, 20 s unless said otherwise.
func measureHiGHS() async throws -> [Measure] {
    let instances = publishedInstanceList()
    guard !instances.isEmpty else { return [] }
    let limit = ProcessInfo.processInfo.environment["GRANARY_HIGHS_LIMIT"].flatMap(Double.init) ?? 20
    guard let python = highsPython() else {
        print("HiGHS: skipped, highspy could not be installed from PyPI")
        return []
    }
    var measures: [Measure] = []
    for one in instances {
        let ours = try one.seconds()
        guard let theirs = try highs(python, one, limit) else { continue }
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

private func output(_ path: String, _ arguments: [String]) -> Data? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    do { try process.run() } catch { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? data : nil
}

private func highsPython() -> String? {
    output("/bin/bash", [repository + "/Benchmarks/highs"]).map {
        String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

private func highs(_ python: String, _ one: PublishedInstance, _ limit: Double) throws -> HiGHSAnswer? {
    var arguments = [repository + "/Benchmarks/highs.py", one.kind, one.file, "--time-limit", "\(limit)"]
    if let capacity = one.capacity { arguments += ["--capacity", "\(capacity)"] }
    // The solver greets on the same channel; the answer is the last line.
    guard let line = output(python, arguments)?.split(separator: 10).last else { return nil }
    return try JSONDecoder().decode(HiGHSAnswer.self, from: Data(line))
}
