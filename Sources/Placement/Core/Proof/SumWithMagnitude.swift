import NumericCore

/// A compensated sum with the sum of the magnitudes of its terms, from which its error is bounded.
struct SumWithMagnitude {
    private var sum = CompensatedSum()
    private(set) var magnitude = 0.0

    mutating func add(_ term: Double) {
        sum.add(term)
        magnitude += abs(term)
    }

    var value: Double { sum.value }
}
