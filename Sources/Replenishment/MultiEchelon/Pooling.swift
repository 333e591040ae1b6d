/// What places save when they share one stock: their errors partly cancel (Eppen, 1979), as far as they are not errors
/// of all at once.
public enum Pooling {
    /// Covariance of the forecast errors of several places, units squared.
    public struct Covariance: Sendable, Equatable {
        public let count: Int
        /// Row-major count x count, symmetric.
        public let cells: [Double]

        /// - Parameter cells: row-major, symmetric.
        public init(cells: [Double], count: Int) throws(ReplenishmentError) {
            guard cells.count == count * count else {
                throw .shape(what: "covariance", count: cells.count, expected: count * count)
            }
            for i in 0..<count {
                for j in 0..<count where !(cells[i * count + j] == cells[j * count + i]) {
                    throw .parameter(
                        name: "covariance of places \(i + 1) and \(j + 1)", value: cells[i * count + j],
                        expected: "the same number on both sides of the diagonal")
                }
            }
            self.count = count
            self.cells = cells
        }

        /// Given deviations and one correlation between any two places.
        public init(deviations: [Double], correlation: Double) {
            count = deviations.count
            var cells = [Double](repeating: 0, count: count * count)
            for i in deviations.indices {
                for j in deviations.indices {
                    cells[i * count + j] = deviations[i] * deviations[j] * (i == j ? 1 : correlation)
                }
            }
            self.cells = cells
        }

        /// Estimated from past errors, one list a place, all over the same periods. The estimate is drawn towards
        /// independence where few periods stand behind it (Ledoit and Wolf, 2004, with the diagonal as target).
        public init(errors: [[Double]]) throws(ReplenishmentError) {
            let count = errors.count
            let periods = errors.first?.count ?? 0
            guard periods >= 2 else { throw .shape(what: "errors", count: periods, expected: 2) }
            for row in errors where row.count != periods {
                throw .shape(what: "errors", count: row.count, expected: periods)
            }
            let n = Double(periods)
            let centred = errors.map { row in
                let mean = row.reduce(0, +) / n
                return row.map { $0 - mean }
            }
            var cells = [Double](repeating: 0, count: count * count)
            var (noise, signal) = (0.0, 0.0)
            for i in 0..<count {
                for j in 0...i {
                    var (sum, square) = (0.0, 0.0)
                    for t in 0..<periods {
                        let product = centred[i][t] * centred[j][t]
                        sum += product
                        square += product * product
                    }
                    let covariance = sum / (n - 1)
                    cells[i * count + j] = covariance
                    cells[j * count + i] = covariance
                    guard i != j else { continue }
                    noise += max(0, square / n - (sum / n) * (sum / n)) / n
                    signal += covariance * covariance
                }
            }
            let shrink = signal > 0 ? min(1, noise / signal) : 1
            for i in 0..<count {
                for j in 0..<count where i != j { cells[i * count + j] *= 1 - shrink }
            }
            self.count = count
            self.cells = cells
        }

        /// Sum of the places' own deviations: what safety stock is proportional to when each holds its own.
        public var apart: Double { (0..<count).reduce(0) { $0 + max(0, cells[$1 * count + $1]).squareRoot() } }

        /// Deviation of the sum: what it is proportional to when they share.
        public func together() throws(ReplenishmentError) -> Double {
            let variance = cells.reduce(0, +)
            guard variance >= 0, variance.isFinite else {
                throw .parameter(
                    name: "variance of the sum", value: variance,
                    expected: "0 or more; a correlation this low is impossible between so many places")
            }
            return variance.squareRoot()
        }
    }
}
