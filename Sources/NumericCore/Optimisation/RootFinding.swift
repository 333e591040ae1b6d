/// A root of a continuous function in a range over which it changes sign, by halving.
///
/// Returns nil where the signs at the ends agree, or where a value is NaN; an end that is itself a root is returned.
///
/// - Parameter tolerance: the length of the final bracket; 0 halves until neighbouring doubles are reached.
public func bisect(
    in range: ClosedRange<Double>, tolerance: Double = 0, _ function: (Double) -> Double
) -> Double? {
    var (a, b) = (range.lowerBound, range.upperBound)
    let (atA, atB) = (function(a), function(b))
    if atA == 0 { return a }
    if atB == 0 { return b }
    guard (atA < 0 && atB > 0) || (atA > 0 && atB < 0) else { return nil }
    while b - a > tolerance {
        let middle = a + 0.5 * (b - a)
        if middle <= a || middle >= b { break }
        let value = function(middle)
        if value == 0 { return middle }
        if value.isNaN { return nil }
        if (value < 0) == (atA < 0) { a = middle } else { b = middle }
    }
    return a + 0.5 * (b - a)
}

/// The smallest whole number in a range at which a condition that never turns false again is true; nil if none is.
public func firstTrue(in range: ClosedRange<Int>, _ condition: (Int) -> Bool) -> Int? {
    guard condition(range.upperBound) else { return nil }
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
        let middle = low + (high - low) / 2
        if condition(middle) { high = middle } else { low = middle + 1 }
    }
    return high
}
