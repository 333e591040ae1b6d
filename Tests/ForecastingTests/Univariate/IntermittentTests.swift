import Testing

@testable import Forecasting

@Suite("Intermittent demand and counts") struct IntermittentTests {
    /// Demands 3, 5, 2 after 2, 3 and 1 steps.
    private let demand: [Double] = [0, 3, 0, 0, 5, 2]

    @Test("Croston's rate of a hand-worked series, and its correction by five per cent")
    func croston() {
        // Sizes 3, 3.2, 3.08; intervals 2, 2.1, 1.99 with constant 0.1.
        #expect(abs(IntermittentRate.croston(demand) - 3.08 / 1.99) < 1e-12)
        #expect(abs(IntermittentRate.sba(demand) - 0.95 * 3.08 / 1.99) < 1e-12)
    }

    @Test("Where demand comes every step every method is smoothing of the demand")
    func everyStep() {
        let values = (1...30).map { Double(3 + $0 % 4) }
        let plain = smoothed(values, constants: 0.1...0.1).level
        #expect(abs(IntermittentRate.croston(values) - plain) < 1e-12)
        let free = smoothed(values, constants: 0.01...0.5).level
        #expect(abs(IntermittentRate.adida(values) - free) < 1e-12)
        #expect(abs(IntermittentRate.imapa(values) - free) < 1e-12)
    }

    @Test("Aggregation over the mean interval smooths sums of that many steps")
    func adida() {
        // Mean interval 2: buckets 3, 0, 7 of two steps each.
        let level = smoothed([3, 0, 7], constants: 0.01...0.5).level
        #expect(abs(IntermittentRate.adida(demand) - level / 2) < 1e-12)
        let singles = smoothed(demand, constants: 0.01...0.5).level
        #expect(abs(IntermittentRate.imapa(demand) - (singles + level / 2) / 2) < 1e-12)
    }

    @Test("A smoothing constant found in lanes is as good as a fine grid's")
    func constant() {
        let values = uniforms(4, 80).map { (10 * $0).rounded() }
        func squares(_ alpha: Double) -> Double {
            var (level, sum) = (values[0], 0.0)
            for y in values.dropFirst() {
                sum += (y - level) * (y - level)
                level += alpha * (y - level)
            }
            return sum
        }
        let found = squares(smoothed(values, constants: 0.01...0.5).constant)
        let best = (0...490).map { squares(0.01 + Double($0) / 1_000) }.min() ?? 0
        #expect(found <= best * (1 + 1e-3))
    }

    @Test("A count model's quantiles cover what a negative binomial process does")
    func coverage() throws {
        // Geometric counts of mean 2: a negative binomial of size 1.
        let counts = uniforms(8, 4_000).map { u -> Double in
            var (count, tail) = (0.0, 2.0 / 3)
            while u < tail, count < 200 { (count, tail) = (count + 1, tail * 2 / 3) }
            return count
        }
        let head = Array(counts.prefix(2_000))
        for hasHurdle in [false, true] {
            let fit = try #require(fitCounts(head, hasHurdle: hasHurdle))
            #expect(abs(fit.mean(after: head) - 2) < 0.3)
            let high = fit.quantile(0.95, after: head)
            let covered = counts.suffix(2_000).filter { $0 <= high }.count
            #expect(Double(covered) / 2_000 > 0.93 && Double(covered) / 2_000 < 0.98)
        }
    }

    @Test("A hurdle gives zeros the chance they had")
    func hurdle() throws {
        let values = (0..<400).map { $0 % 4 == 0 ? 5.0 : 0 }
        let fit = try #require(fitCounts(values, hasHurdle: true))
        #expect(fit.quantile(0.7, after: values) == 0)
        #expect(fit.quantile(0.9, after: values) > 3)
        #expect(fitCounts([1.5, 2, 3, 1, 2, 3, 1, 2], hasHurdle: true) == nil)
    }
}
