import NumericCore
import Retail
import Testing

@testable import Replenishment

@Suite("Demand in lumps") struct LumpTests {
    let sizes: [LineSizes.Size] = [
        .init(units: 1, share: 0.5), .init(units: 4, share: 0.3), .init(units: 10, share: 0.2),
    ]

    @Test("independent lines have the mean, variance and skewness that their sizes say: 200,000 days drawn")
    func compound() {
        let lumps = Lumps(sizes)
        // E[J] = 3.7, E[J^2] = 25.3, E[J^3] = 219.7.
        #expect(abs(lumps.size - 25.3 / 3.7) < 1e-12 && abs(lumps.skew - 219.7 / 25.3) < 1e-12)
        var random = draws("lumps", 1)
        let rate = 2.0
        var days: [Double] = []
        for _ in 0..<200_000 {
            var units = 0.0
            for _ in 0..<random.poisson(mean: rate) {
                let u = random.uniform()
                units += u < 0.5 ? 1 : u < 0.8 ? 4 : 10
            }
            days.append(units)
        }
        let mean = days.reduce(0, +) / Double(days.count)
        let second = days.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(days.count)
        let third = days.reduce(0) { $0 + ($1 - mean) * ($1 - mean) * ($1 - mean) } / Double(days.count)
        #expect(abs(mean / (rate * 3.7) - 1) < 0.01)
        #expect(abs(second / (mean * lumps.size) - 1) < 0.02)
        #expect(abs(third / (mean * lumps.size * lumps.skew) - 1) < 0.06)
    }

    @Test(
        "one giant order says little of the next: sizes beyond one line in two hundred count as the largest of the others"
    )
    func giants() {
        let plain = Lumps([.init(units: 2, share: 0.5), .init(units: 8, share: 0.5)])
        let giant = Lumps([
            .init(units: 2, share: 0.5), .init(units: 8, share: 0.498), .init(units: 4_800, share: 0.002),
        ])
        #expect(abs(giant.size - plain.size) < 1e-9)
        #expect(Lumps([]) == Lumps() && Lumps().size == 1)
    }

    @Test("nodes that share lines at random spread as their lines do, and together as the whole")
    func split() throws {
        let levels = [0.1, 0.5, 0.9]
        func forecast(deviation: Double) -> Forecast {
            Forecast(
                axis: TimeAxis(step: .day, origin: Day(number: 15_000), count: 7), keys: [SeriesKey(sku: SKU.Index(0))],
                names: ["K"], mean: [Double](repeating: 6, count: 7), levels: levels,
                quantiles: (0..<7).flatMap { _ in levels.map { 6 + deviation * Normal.quantile($0) } }, choices: [])
        }
        let nodes = [Node.Index(0), Node.Index(1)]
        let lines = LineSizes(all: sizes)
        let demand = try NodeDemand(
            forecast: forecast(deviation: 9), start: Day(number: 15_000), nodes: nodes, shares: [0.25, 0.75],
            lines: lines)
        let lump = Lumps(sizes).size
        // A quarter of the lines: 1/16 of the whole variance and 3/16 of that of independent lines.
        #expect(abs(demand.deviation[0] * demand.deviation[0] - (81.0 / 16 + 3.0 / 16 * 6 * lump)) < 1e-9)
        let whole = demand.includingDownstream(upstream: [nil, Node.Index(0)])
        let top = try #require((0..<whole.rowCount).first { whole.nodes[$0] == Node.Index(0) })
        #expect(abs(whole.deviation[top * 7] * whole.deviation[top * 7] - 81) < 1e-6)
        // Quantiles narrower than independent lines allow do not make demand calmer than they are.
        let least = try NodeDemand(
            forecast: forecast(deviation: 1), start: Day(number: 15_000), nodes: [nodes[0]], shares: [1], lines: lines)
        #expect(abs(least.deviation[0] * least.deviation[0] - 6 * lump) < 1e-9)
    }

    @Test("thousands stand apart in sentences")
    func thousands() {
        #expect(
            grouped(7) == "7" && grouped(999) == "999" && grouped(1_000) == "1,000"
                && grouped(-12_345_678) == "-12,345,678")
        #expect(decimal(1_234_567.891, 2) == "1,234,567.89")
    }
}
