import NumericCore
import Testing

@Suite("Observed values as a law") struct EmpiricalTests {
    @Test("probabilities, quantiles and losses are those of plain sums over the observations", arguments: 0..<30)
    func plainSums(seed: UInt64) {
        var random = RandomStream(seed: seed, stream: 113, entity: 7, replication: 0)
        let count = 1 + random.integer(below: 12)
        let seen = (0..<count).map { _ in Double(random.integer(below: 9)) - 2 + (seed % 2 == 0 ? 0 : 0.5) }
        let law = EmpiricalDistribution(seen)
        let n = Double(count)
        #expect(abs(law.mean - seen.reduce(0, +) / n) < 1e-12)
        for x in stride(from: -4.0, through: 9, by: 0.25) {
            let below = Double(seen.filter { $0 <= x }.count) / n
            #expect(abs(law.cumulative(x) - below) < 1e-12, "seed \(seed), x \(x)")
            #expect(abs(law.upperTail(x) - (1 - below)) < 1e-12, "seed \(seed), x \(x)")
            let short = seen.reduce(0) { $0 + max(0, $1 - x) } / n
            #expect(abs(law.loss(x) - short) < 1e-12, "seed \(seed), x \(x)")
        }
        for p in [0.05, 0.31, 0.5, 0.77, 0.99] {
            let q = law.quantile(p)
            #expect(law.cumulative(q) >= p && law.cumulative(q - 1e-9) < p, "seed \(seed), p \(p)")
        }
        #expect(law.isWhole == (seed % 2 == 0))
    }

    @Test("no observations, or one that is no number, make every result NaN")
    func nothing() {
        for law in [EmpiricalDistribution([]), EmpiricalDistribution([1, .nan])] {
            #expect(law.mean.isNaN && law.cumulative(1).isNaN && law.loss(1).isNaN && law.quantile(0.5).isNaN)
        }
    }
}
