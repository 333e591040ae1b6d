import Foundation
import Retail
import Scenarios

/// The bare models of `scenarios/verification` against the exact answers: four standard errors at the seed of the
/// file, and a standard error of at most 1 % of the answer.
enum Verification {
    /// File, figure, exact answer; sources are named in the files.
    private static let answers: [(file: String, figure: String, exact: Double)] = [
        ("queue-mm4", "wait_probability", 0.787753264295), ("queue-mm4", "wait_mean", 1.96938316073841),
        ("queue-mm4", "queue_length", 7.08977937865826), ("queue-mm4", "wait_p95", 6.8929047976),
        ("queue-md1", "wait_mean", 2), ("queue-mm1", "wait_mean", 4), ("queue-mh1", "wait_mean", 10),
        ("queue-mg1", "wait_mean", 10), ("queue-ml1", "wait_mean", 10), ("queue-me1", "wait_mean", 2.5),
        ("queue-md2", "wait_mean", 0.90328387941667), ("queue-erlang-b", "loss_probability", 0.119739188444825),
        ("queue-erlang-c", "wait_probability", 0.449388224298271), ("queue-tandem", "system_time", 2.20224719101124),
        ("queue-rework", "system_time", 2.0 / 3), ("queue-rework", "pick.station_number", 5.0 / 3),
        ("queue-rework", "pack.station_number", 1),
        ("arrivals-sinusoid", "arrivals_1", 905.577490736439), ("arrivals-sinusoid", "arrivals_2", 905.577490736439),
        ("arrivals-sinusoid", "arrivals_3", 294.422509263561), ("arrivals-sinusoid", "arrivals_4", 294.422509263561),
        ("arrivals-sinusoid", "arrivals_1_variance", 905.577490736439),
        ("arrivals-sinusoid", "arrivals_2_variance", 905.577490736439),
        ("arrivals-sinusoid", "arrivals_3_variance", 294.422509263561),
        ("arrivals-sinusoid", "arrivals_4_variance", 294.422509263561),
        ("arrivals-sinusoid", "number_5", 382.551191783861), ("arrivals-sinusoid", "number_6", 738.43221078816),
        ("arrivals-sinusoid", "number_7", 817.448808216139), ("arrivals-sinusoid", "number_8", 461.56778921184),
        ("arrivals-spike", "arrivals_1", 162.344232361134), ("arrivals-spike", "arrivals_2", 22.6071255578206),
        ("arrivals-spike", "arrivals_3", 440.048642081046),
        ("inventory-min-max-10", "cost_per_period", 35.0215552723204),
        ("inventory-min-max-15", "cost_per_period", 42.6978189226454),
        ("inventory-min-max-20", "cost_per_period", 49.1730357449393),
        ("inventory-min-max-25", "cost_per_period", 54.2621667185891),
        ("inventory-min-max-30", "cost_per_period", 57.819), ("inventory-min-max-50", "cost_per_period", 70.975),
        ("inventory-min-max-65", "cost_per_period", 78.518), ("inventory-min-max-75", "cost_per_period", 79.554),
        ("inventory-lots-a", "cost_per_period", 107.923580633149759),
        ("inventory-lots-b", "cost_per_period", 15.8349292221062),
        ("inventory-base-stock-12", "fill_rate", 0.696776146303107),
        ("inventory-base-stock-12", "backorders", 0.530916253707425),
        ("inventory-base-stock-14", "fill_rate", 0.864464422619311),
        ("inventory-lost-sales", "fill_rate", 0.880260811555175),
        ("inventory-bullwhip-1", "bullwhip", 1.48), ("inventory-bullwhip-2", "bullwhip", 2.12),
        ("inventory-bullwhip-4", "bullwhip", 3.88),
    ]

    @Sendable static func check(_ data: URL) async throws -> [Finding] {
        var findings: [Finding] = []
        var figures: [String: [Figure]] = [:]
        for (file, key, exact) in answers {
            if figures[file] == nil {
                let path = repository + "/scenarios/verification/\(file).yaml"
                guard case .model(let model) = try Workbench.loadFile(path) else { continue }
                figures[file] = try await model.run(threads: 2)
            }
            guard let figure = figures[file]?.first(where: { $0.key == key }) else { continue }
            let count = Double(figure.replications.count)
            let squares = figure.replications.reduce(0) { $0 + ($1 - figure.mean) * ($1 - figure.mean) }
            let error = (squares / (count - 1) / count).squareRoot()
            findings.append(
                Finding(
                    name: "\(file) \(key), distance from the exact answer in standard errors",
                    found: abs(figure.mean - exact) / error, required: 4))
            findings.append(
                Finding(name: "\(file) \(key), standard error", found: 100 * error / exact, required: 1, unit: "%"))
        }
        return findings
    }
}
