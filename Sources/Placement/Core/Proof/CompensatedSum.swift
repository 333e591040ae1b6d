/// A sum that keeps what rounding would lose (Neumaier, 1974), with the sum of the magnitudes for an error bound.
struct CompensatedSum {
    private var sum = 0.0
    private var lost = 0.0
    private(set) var magnitude = 0.0

    mutating func add(_ term: Double) {
        let next = sum + term
        lost += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
        sum = next
        magnitude += abs(term)
    }

    var value: Double { sum + lost }
}
