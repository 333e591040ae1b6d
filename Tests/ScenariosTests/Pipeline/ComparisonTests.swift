import NumericCore
import Retail
import Testing

@testable import Scenarios

@Suite("Comparison under common random numbers")
struct ComparisonTests {
    private func run(_ name: String, _ values: [Double], seed: UInt64 = 1, currency: String = "GBP") -> ComparedRun {
        let figure = Figure(key: "orders", unit: "orders", mean: 0, halfWidth: 0, replications: values)
        return ComparedRun(
            name: name, seed: seed, replications: values.count, currency: currency, figures: [figure])
    }

    @Test("Student's t quantiles are the published ones (95 %, two-sided)")
    func student() {
        for (freedom, t) in [(1, 12.706), (2, 4.303), (4, 2.776), (9, 2.262), (29, 2.045), (120, 1.980)] {
            #expect(abs(StudentT.quantile(0.975, freedom: Double(freedom)) - t) < 5e-4)
        }
    }

    @Test("The paired interval of a case worked by hand")
    func pairedInterval() throws {
        // Differences 2, 4, 3, 5, 1: mean 3, variance 10 / 4 = 2.5, standard error sqrt(0.5), t(4) = 2.776445.
        let comparison = try compare([
            run("base", [100, 90, 110, 95, 105]), run("changed", [102, 94, 113, 100, 106]),
        ])
        let difference = try #require(comparison.figures.first?.differences[1])
        #expect(difference.mean == 3)
        #expect(abs((difference.halfWidth ?? 0) - 2.776445 * 0.5.squareRoot()) < 1e-5)
        #expect(difference.isSignificant == true)
        #expect(comparison.figures.first?.differences[0] == nil)
    }

    @Test("Shared luck cancels: runs that differ by a constant differ by it exactly")
    func constantDifference() throws {
        let comparison = try compare([run("a", [5, 900, 70]), run("b", [6, 901, 71])])
        #expect(comparison.figures[0].differences[1]?.mean == 1)
        #expect(comparison.figures[0].differences[1]?.halfWidth == 0)
    }

    @Test("A single replication has a difference but no interval")
    func singleReplication() throws {
        let comparison = try compare([run("a", [5]), run("b", [7])])
        #expect(comparison.figures[0].differences[1]?.mean == 2)
        #expect(comparison.figures[0].differences[1]?.halfWidth == nil)
    }

    @Test("Runs with other seeds, replications or currencies are not compared")
    func mismatch() {
        #expect(throws: ComparisonError.seeds("a", 1, "b", 2)) {
            try compare([run("a", [1, 2]), run("b", [1, 2], seed: 2)])
        }
        #expect(throws: ComparisonError.replications("a", 2, "b", 3)) {
            try compare([run("a", [1, 2]), run("b", [1, 2, 3])])
        }
        #expect(throws: ComparisonError.currencies("a", "GBP", "b", "CNY")) {
            try compare([run("a", [1]), run("b", [1], currency: "CNY")])
        }
        #expect(throws: ComparisonError.tooFew) { try compare([run("a", [1])]) }
    }

    @Test("A figure that only one run has is kept without a difference")
    func missingFigure() throws {
        var other = run("b", [1, 2])
        other.figures.append(Figure(key: "extra", unit: "", mean: 1, halfWidth: 0, replications: [1, 1]))
        let comparison = try compare([run("a", [1, 2]), other])
        #expect(comparison.figures.map(\.key) == ["orders", "extra"])
        #expect(comparison.figures[1].values[0] == nil)
        #expect(comparison.figures[1].differences[1] == nil)
    }
}
