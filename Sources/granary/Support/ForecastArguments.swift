public import ArgumentParser
public import Forecasting

/// Lengths of seasons on the command line: `7`, or `24,168`.
struct SeasonList: ExpressibleByArgument {
    var lengths: [Int]

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
        guard !parts.isEmpty, parts.allSatisfy({ $0 != nil && (1...100_000).contains($0!) }) else { return nil }
        lengths = parts.compactMap(\.self)
    }

    var defaultValueDescription: String { lengths.map(String.init).joined(separator: ",") }
}

/// A model on the command line: one for single series, one of the panel's, or the engine for whole hierarchies.
struct ModelName: ExpressibleByArgument {
    var univariate: UnivariateModel?
    var panel: ForecastModel?
    /// Regression on groups and trees over all series, see `docs/global-forecast.md`.
    var isGlobal: Bool

    init?(argument: String) {
        univariate = UnivariateModel(rawValue: argument)
        panel = ForecastModel(rawValue: argument)
        isGlobal = argument == "global"
        if univariate == nil, panel == nil, !isGlobal { return nil }
    }

    static var allValueStrings: [String] {
        let univariate = UnivariateModel.allCases.map(\.rawValue)
        return univariate + ForecastModel.allCases.map(\.rawValue).filter { !univariate.contains($0) } + ["global"]
    }

    var defaultValueDescription: String { univariate?.rawValue ?? panel?.rawValue ?? "global" }
}

extension ReconciliationMethod: ExpressibleByArgument {}

/// How much work a forecast may take.
enum Effort: String, ExpressibleByArgument, CaseIterable {
    case standard
    /// More past origins, models fitted anew at each.
    case high
}
