import Foundation
import NumericCore

/// A season of hundreds of steps as a few waves, by least squares beside a straight line (dynamic harmonic regression;
/// Young, Pedregal and Tych 1999).
struct WaveSeason: Sendable {
    /// The longest season that smoothing carries a state for each step of.
    static let longestState = 200
    private static let waves = 6

    let period: Int
    /// Sine and cosine of each wave, turn about.
    private let effects: [Double]

    /// Nil where the values do not tell the waves apart.
    init?(_ values: [Double], period: Int) {
        self.period = period
        let (n, p) = (values.count, 2 + 2 * WaveSeason.waves)
        var elements: [Double] = []
        elements.reserveCapacity(n * p)
        for t in 0..<n {
            elements += [1, Double(t) / Double(n) - 0.5]
            WaveSeason.append(t, period, to: &elements)
        }
        let design = Matrix(rows: n, columns: p, elements)
        var gram = Matrix.rankK(design)
        for j in 0..<p { gram[j, j] += 1e-9 * Double(n) }
        var right = [Double](repeating: 0, count: p)
        for t in 0..<n { for j in 0..<p { right[j] += elements[t * p + j] * values[t] } }
        guard let solved = try? Cholesky(gram).solve(right), solved.allSatisfy(\.isFinite) else { return nil }
        effects = Array(solved.dropFirst(2))
    }

    private static func append(_ t: Int, _ period: Int, to row: inout [Double]) {
        for k in 1...waves {
            let angle = 2 * Double.pi * Double(k * (t % period)) / Double(period)
            row += [sin(angle), cos(angle)]
        }
    }

    func value(at t: Int) -> Double {
        var row: [Double] = []
        WaveSeason.append(t, period, to: &row)
        return zip(row, effects).reduce(0) { $0 + $1.0 * $1.1 }
    }

    func removed(from values: [Double]) -> [Double] {
        // One season is computed once.
        let season = (0..<min(period, values.count)).map { value(at: $0) }
        return values.indices.map { values[$0] - season[$0 % period] }
    }
}
