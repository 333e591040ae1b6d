/// Members of the theta family (Assimakopoulos and Nikolopoulos 2000; Fiorucci, Pellegrini, Louzada, Petropoulos and
/// Koehler 2016).
enum ThetaKind: Sendable, Hashable {
    /// Theta = 2, one straight line through all values.
    case standard
    /// Theta found with the level, one straight line through all values.
    case optimised
    /// Theta = 2, the line through the values so far, renewed at each step.
    case dynamic
    /// Theta found with the level, the line renewed at each step.
    case dynamicOptimised

    var isDynamic: Bool { self == .dynamic || self == .dynamicOptimised }
    var isOptimised: Bool { self == .optimised || self == .dynamicOptimised }
}

/// The straight lines a theta model leans on: intercepts and slopes known after each value.
struct ThetaLines {
    var intercepts: [Double]
    var slopes: [Double]

    init(_ values: [Double], isDynamic: Bool) {
        let n = values.count
        guard isDynamic else {
            let line = straightLine(values[...])
            // Fiorucci's lines are counted from 1.
            intercepts = [Double](repeating: line.level - line.slope, count: n)
            slopes = [Double](repeating: line.slope, count: n)
            return
        }
        intercepts = [values[0]]
        slopes = [0]
        var mean = values[0]
        for i in 1..<max(1, n) { step(values[i], at: i, &mean) }
    }

    /// Takes in the value at index `i` (from 0); `mean` is the mean of the values before it, and after it.
    mutating func step(_ value: Double, at i: Int, _ mean: inout Double) {
        let t = Double(i)
        let slope = ((t - 1) * slopes[slopes.count - 1] + 6 * (value - mean) / (t + 1)) / (t + 2)
        mean = (t * mean + value) / (t + 1)
        intercepts.append(mean - slope * (t + 2) / 2)
        slopes.append(slope)
    }
}
