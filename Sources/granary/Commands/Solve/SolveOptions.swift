import ArgumentParser
import Replenishment

/// The law of demand a period.
struct DemandOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Demand a period: poisson:10, normal:50,8, gamma:20,6, negative-binomial:4,3, empirical:3,0,7.",
            valueName: "law"))
    var demand: String

    func law() throws -> DemandLaw { try DemandLaw(text: demand) }
}

/// What a unit left over and a unit short cost.
struct ShortageOptions: ParsableArguments {
    @Option(help: "Cost of a unit left over or held, per period.")
    var holding: Double

    @Option(help: "Cost of a unit short, per unit (lost, newsvendor) or per period (waiting).")
    var shortage: Double
}

struct LeadTimeOptions: ParsableArguments {
    @Option(help: "Lead time, periods.")
    var leadTime: Double?

    @Option(name: .customLong("lead-time-sd"), help: "Standard deviation of the lead time, periods.")
    var leadTimeDeviation = 0.0

    private static let longest = 1e6

    /// Demand over the lead time (of one period unless another is given) plus `review` periods.
    func law(_ demand: DemandLaw, otherwise: Double, review: Double = 0) throws -> DemandLaw {
        for (name, value) in [
            ("--lead-time", leadTime ?? otherwise), ("--lead-time-sd", leadTimeDeviation), ("--review", review),
        ] where !(0...Self.longest).contains(value) {
            throw ValidationError("\(name) takes 0 to 1000000 periods, not \(value); count in longer periods.")
        }
        return try demand.sum(over: (leadTime ?? otherwise) + review, deviation: leadTimeDeviation)
    }

    func whole(otherwise: Int) throws -> Int {
        let time = leadTime ?? Double(otherwise)
        guard time >= 0, time == time.rounded(), time < 1e6, leadTimeDeviation == 0 else {
            throw ValidationError("This problem takes a fixed lead time in whole periods: --lead-time 2.")
        }
        return Int(time)
    }
}

/// Levels that are judged one by one stay within what a search over them takes.
func checkLevel(_ level: Int?) throws {
    if let level, !(0...1_000_000).contains(level) {
        throw ValidationError("--level takes 0 to 1000000 units, not \(level).")
    }
}

/// Numbers separated by commas or blanks.
func numbers(_ text: String, _ name: String) throws -> [Double] {
    try text.split { $0 == "," || $0 == " " || $0 == ";" }.map {
        guard let value = Double($0), value.isFinite else {
            throw ValidationError("\(name) takes numbers separated by commas, not '\($0)'.")
        }
        return value
    }
}
