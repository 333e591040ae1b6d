import Foundation

/// A law of waiting times, or of other positive amounts, given by some of its quantiles.
///
/// Between two quantiles the logarithm of the time is linear in -ln(1 - p), which keeps the heavy tail of a
/// payment lag that a single log-normal law cannot follow; beyond the last quantile the last slope goes on.
public struct LagLaw: Sendable, Equatable {
    /// Ascending, in [0, 1).
    public let probabilities: [Double]
    /// Seconds at those probabilities, positive and not decreasing.
    public let seconds: [Double]
    private let depths: [Double]
    private let logarithms: [Double]

    public init(probabilities: [Double], seconds: [Double]) {
        self.probabilities = probabilities
        self.seconds = seconds
        depths = probabilities.map { -log1p(-$0) }
        logarithms = seconds.map { log($0) }
    }

    /// Order created to paid on Tmall, February 2020: median 8 s, p90 51 s, p95 191 s, p99 8,978 s. The first
    /// second is an assumption.
    public static let tmall2020 = LagLaw(
        probabilities: [0, 0.5, 0.9, 0.95, 0.99], seconds: [1, 8, 51, 191, 8_978])

    /// What is wrong with the quantiles, if anything.
    public var fault: String? {
        guard !probabilities.isEmpty, probabilities.count == seconds.count else { return "needs at least one quantile" }
        guard zip(probabilities, probabilities.dropFirst()).allSatisfy({ $0 < $1 }), probabilities[0] >= 0,
            probabilities[probabilities.count - 1] < 1
        else { return "has shares that do not rise, or leave 0 to below 100 %" }
        guard zip(seconds, seconds.dropFirst()).allSatisfy({ $0 <= $1 }), seconds[0] > 0,
            seconds[seconds.count - 1].isFinite
        else { return "has values that fall, or are not above 0" }
        return nil
    }

    /// The waiting time in seconds at probability `p` in (0, 1).
    public func quantile(_ p: Double) -> Double {
        guard depths.count > 1 else { return seconds.first ?? 0 }
        let depth = -log1p(-p)
        var upper = 1
        while upper < depths.count - 1 && depths[upper] < depth { upper += 1 }
        let slope = (logarithms[upper] - logarithms[upper - 1]) / (depths[upper] - depths[upper - 1])
        return exp(logarithms[upper - 1] + slope * (depth - depths[upper - 1]))
    }
}
