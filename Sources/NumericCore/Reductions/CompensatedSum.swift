/// A running sum that carries the rounding errors along: its error does not grow with the number of terms.
///
/// The result depends on the order of the terms (as any floating-point sum), so reduce in index order.
/// Source: Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54, 1974.
@frozen
public struct CompensatedSum: Sendable {
    @usableFromInline var sum = 0.0
    @usableFromInline var correction = 0.0

    @inlinable
    public init() {}

    @inlinable
    public mutating func add(_ term: Double) {
        let next = sum + term
        if abs(sum) >= abs(term) {
            correction += (sum - next) + term
        } else {
            correction += (term - next) + sum
        }
        sum = next
    }

    /// Sum of what was added; an infinity or NaN among the terms gives what a plain sum gives.
    @inlinable
    public var value: Double { sum.isFinite ? sum + correction : sum }
}

/// The compensated sum of some numbers, in their order.
@inlinable
public func compensatedSum(_ values: some Sequence<Double>) -> Double {
    var sum = CompensatedSum()
    for value in values { sum.add(value) }
    return sum.value
}
