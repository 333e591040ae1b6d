import NumericCore
import Testing

@Suite("Alias tables")
struct AliasTableTests {
    @Test(
        "every whole weight owns exactly its share of the tickets",
        arguments: [[1], [3, 1], [0, 5, 0], [1, 2, 3, 4, 5], [100, 1, 1, 1], [7, 0, 7, 7, 13, 1]])
    func exactness(weights: [Int]) throws {
        let table = try IntegerAliasTable(weights: weights)
        let total = weights.reduce(0, +)
        #expect(table.ticketCount == total * weights.count)
        var owned = [Int](repeating: 0, count: weights.count)
        for ticket in 0..<table.ticketCount { owned[table.sample(ticket: ticket)] += 1 }
        #expect(owned == weights.map { $0 * weights.count })
    }

    @Test("random whole weights are met exactly too")
    func randomWeights() throws {
        var stream = testStream("alias")
        for _ in 0..<50 {
            let n = 1 + stream.integer(below: 12)
            let weights = (0..<n).map { _ in stream.integer(below: 20) } + [1]
            let table = try IntegerAliasTable(weights: weights)
            var owned = [Int](repeating: 0, count: weights.count)
            for ticket in 0..<table.ticketCount { owned[table.sample(ticket: ticket)] += 1 }
            #expect(owned == weights.map { $0 * weights.count })
        }
    }

    @Test("real weights are met by the area of their columns")
    func area() throws {
        let weights = [0.5, 1.25, 0, 3, 0.25]
        let table = try AliasTable(weights: weights)
        var area = [Double](repeating: 0, count: 5)
        // A fine grid of midpoints: 5 columns of 4000 heights.
        for column in 0..<5 {
            for step in 0..<4000 {
                area[table.sample((Double(column) + 0.5) / 5, (Double(step) + 0.5) / 4000)] += 1.0 / 20_000
            }
        }
        for (found, weight) in zip(area, weights) { #expect(abs(found - weight / 5) < 3e-4) }
        #expect(area[2] == 0)
    }

    @Test("draws from a stream follow the weights")
    func draws() throws {
        let table = try AliasTable(weights: [1, 2, 3, 4])
        let whole = try IntegerAliasTable(weights: [1, 2, 3, 4])
        var stream = testStream("alias draws")
        var (real, exact) = ([Double](repeating: 0, count: 4), [Double](repeating: 0, count: 4))
        for _ in 0..<20_000 {
            real[table.sample(&stream)] += 1
            exact[whole.sample(&stream)] += 1
        }
        for counts in [real, exact] {
            var statistic = 0.0
            for (i, count) in counts.enumerated() {
                let expected = 2000 * Double(i + 1)
                statistic += (count - expected) * (count - expected) / expected
            }
            // The upper tenth of a thousandth of chi-square with three degrees of freedom.
            #expect(statistic < 21.108)
        }
    }

    @Test("weights that cannot be drawn from are refused by name")
    func refusals() {
        #expect(throws: AliasTableError.empty) { try AliasTable(weights: []) }
        #expect(throws: AliasTableError.badWeight(index: 1)) { try AliasTable(weights: [1, -1]) }
        #expect(throws: AliasTableError.badWeight(index: 0)) { try AliasTable(weights: [.nan, 1]) }
        #expect(throws: AliasTableError.allZero) { try AliasTable(weights: [0, 0]) }
        #expect(throws: AliasTableError.empty) { try IntegerAliasTable(weights: []) }
        #expect(throws: AliasTableError.badWeight(index: 2)) { try IntegerAliasTable(weights: [1, 2, -3]) }
        #expect(throws: AliasTableError.allZero) { try IntegerAliasTable(weights: [0]) }
        #expect(throws: AliasTableError.tooLarge) { try IntegerAliasTable(weights: [.max, 1]) }
    }
}
