import NumericCore
import Testing

@Suite("Searches for minima and roots")
struct OptimisationTests {
    @Test("golden section and Brent find the minimum of a parabola and of a newsvendor's cost")
    func scalar() {
        let parabola = { (x: Double) in (x - 1.25) * (x - 1.25) + 3 }
        let golden = goldenSection(in: -10...10, parabola)
        let brent = brentMinimum(in: -10...10, parabola)
        #expect(golden.hasConverged && abs(golden.argument - 1.25) < 1e-7)
        #expect(brent.hasConverged && abs(brent.argument - 1.25) < 1e-7)
        #expect(brent.evaluations < golden.evaluations / 2)
        let demand = GammaDistribution(shape: 3, scale: 10)
        let cost = { (s: Double) in 1 * (s - demand.mean) + 5 * demand.loss(s) }
        #expect(abs(brentMinimum(in: 0...300, cost).argument - demand.quantile(0.8)) < 1e-4)
        #expect(abs(goldenSection(in: 0...300, cost).argument - demand.quantile(0.8)) < 1e-4)
    }

    @Test("a minimum at the end of a range is found there, and a flat or missing function ends the search")
    func edges() {
        #expect(brentMinimum(in: 2...5) { $0 }.argument < 2.000_001)
        #expect(goldenSection(in: 2...5) { -$0 }.argument > 4.999_999)
        #expect(goldenSection(in: 0...1) { _ in 1 }.hasConverged)
        #expect(brentMinimum(in: 0...1) { _ in .nan }.value == .infinity)
        #expect(brentMinimum(in: 3...3) { $0 }.argument == 3)
        #expect(goldenSection(in: 0...1e9, maximumEvaluations: 5) { $0 }.hasConverged == false)
    }

    @Test("halving finds roots to the last bit, and says when there is none")
    func roots() {
        #expect(isClose(bisect(in: 0...2) { $0 * $0 - 2 } ?? .nan, 2.0.squareRoot(), within: 2.3e-16))
        #expect(isClose(bisect(in: 0...2) { 2 - $0 * $0 } ?? .nan, 2.0.squareRoot(), within: 2.3e-16))
        #expect(bisect(in: 0...1) { $0 } == 0)
        #expect(bisect(in: 1...2) { $0 } == nil)
        #expect(bisect(in: 1...2) { _ in .nan } == nil)
        #expect(firstTrue(in: 0...100) { $0 * $0 >= 50 } == 8)
        #expect(firstTrue(in: 0...100) { _ in true } == 0)
        #expect(firstTrue(in: 0...5) { $0 > 5 } == nil)
    }

    @Test("the simplex descends Rosenbrock's valley")
    func rosenbrock() {
        let search = NelderMead(lower: [-5, -5], upper: [5, 5], initialStep: [0.5, 0.5])
        let result = search.minimize(from: [-1.2, 1]) { x in
            100 * (x[1] - x[0] * x[0]) * (x[1] - x[0] * x[0]) + (1 - x[0]) * (1 - x[0])
        }
        #expect(result.hasConverged)
        #expect(abs(result.point[0] - 1) < 1e-4 && abs(result.point[1] - 1) < 1e-4)
        #expect(result.value < 1e-9)
    }

    @Test("the simplex respects bounds and finds a minimum in their corner", arguments: 1...5)
    func bounds(n: Int) {
        let search = NelderMead(
            lower: [Double](repeating: 0, count: n), upper: [Double](repeating: 1, count: n),
            initialStep: [Double](repeating: 0.2, count: n), maximumEvaluations: 5000)
        let result = search.minimize(from: [Double](repeating: 0.5, count: n)) { x in
            #expect(x.allSatisfy { $0 >= 0 && $0 <= 1 })
            // The free minimum of variable j lies at 0.3 j - 0.2: below, inside and above the bounds.
            return x.enumerated().map { ($1 - 0.3 * Double($0) + 0.2) * ($1 - 0.3 * Double($0) + 0.2) }.reduce(0, +)
        }
        for j in 0..<n {
            #expect(abs(result.point[j] - min(1, max(0, 0.3 * Double(j) - 0.2))) < 1e-3, "variable \(j)")
        }
    }

    @Test("the same search takes the same path, and NaN is never preferred")
    func determinism() {
        let search = NelderMead(lower: [-3, -3, -3], upper: [3, 3, 3], initialStep: [1, 1, 1])
        let function = { (x: [Double]) -> Double in
            x[0] < -0.5 ? .nan : (x[0] - 0.1) * (x[0] - 0.1) + x[1] * x[1] * x[1] * x[1] + abs(x[2] - 1)
        }
        let first = search.minimize(from: [0, 1, 0], function)
        #expect(first == search.minimize(from: [0, 1, 0], function))
        #expect(first.value < 1e-4 && abs(first.point[2] - 1) < 1e-3)
        var limited = search
        limited.maximumEvaluations = 10
        #expect(limited.minimize(from: [0, 1, 0], function).hasConverged == false)
    }
}
