import NumericCore

/// Whether two numbers agree to a relative tolerance (equal infinities agree, NaN never does).
func isClose(_ found: Double, _ expected: Double, within relative: Double) -> Bool {
    found == expected || abs(found - expected) <= relative * abs(expected)
}

/// Simpson's rule on an even number of intervals.
func simpson(from a: Double, to b: Double, intervals: Int, _ f: (Double) -> Double) -> Double {
    let h = (b - a) / Double(intervals)
    var sum = f(a) + f(b)
    for i in 1..<intervals { sum += (i % 2 == 1 ? 4 : 2) * f(a + Double(i) * h) }
    return sum * h / 3
}

/// A stream for a test, one per test so that tests do not share draws.
func testStream(_ name: String) -> RandomStream {
    RandomStream(seed: 20_250_618, stream: 7, entity: entityHash(name), replication: 0)
}
