import Foundation

/// Runs the measures named on the command line, or all, and prints one line each.
@main
struct Benchmarks {
    static func main() async throws {
        let wanted = Set(CommandLine.arguments.dropFirst())
        let all: [(name: String, measure: () async throws -> [Measure])] = [
            ("import", measureImport), ("forecast", measureForecast), ("placement", measurePlacement),
            ("placement-large", measureLargePlacement), ("placement-highs", measureHiGHS),
            ("univariate", measureUnivariate), ("replenish", measureReplenishment),
            ("simulate", measureSimulation), ("suggest", measureSuggestions), ("peak", measurePeak), ("m5", measureM5),
        ]
        let unknown = wanted.subtracting(all.map(\.name))
        guard unknown.isEmpty else {
            FileHandle.standardError.write(
                Data(
                    "no measure called \(unknown.sorted()); there are \(all.map(\.name).joined(separator: ", "))\n".utf8
                ))
            exit(64)
        }
        // These take many minutes: they run only when they are asked for by name.
        let long: Set = ["placement-large", "placement-highs"]
        for (name, measure) in all where wanted.isEmpty ? !long.contains(name) : wanted.contains(name) {
            for m in try await measure() {
                print("\(m.name): \(short(m.rate)) \(m.unit)/s, \(short(m.ratio)) x \(m.yardstick)")
            }
        }
    }

    static func short(_ value: Double) -> String {
        value >= 100 ? String(Int(value.rounded())) : String(format: "%.3g", value)
    }
}

/// The root of the repository, from where this file stands.
let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path
