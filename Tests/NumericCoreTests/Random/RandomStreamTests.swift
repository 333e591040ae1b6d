import NumericCore
import Testing

@Suite("Random streams")
struct RandomStreamTests {
    @Test("the counter holds block, entity, stream and replication where the design puts them")
    func layout() {
        let stream = RandomStream(
            seed: 0x299F_31D0_A409_3822, stream: 0xABC, entity: 0x1319_8A2E_85A3_08D3, replication: 0xD_EF01)
        let block = Philox4x32.block(
            key: (0xA409_3822, 0x299F_31D0), counter: (5, 0x85A3_08D3, 0x1319_8A2E, 0xABCD_EF01))
        let words = stream.words(inBlock: 5)
        #expect(words.0 == UInt64(block.1) << 32 | UInt64(block.0))
        #expect(words.1 == UInt64(block.3) << 32 | UInt64(block.2))
    }

    @Test("draws taken in order are the draws taken by number")
    func directAccess() {
        var stream = testStream("direct access")
        let start = stream
        for draw in 0..<UInt32(100) {
            #expect(stream.drawsTaken == draw)
            #expect(stream.next() == start.word(at: draw))
        }
        var uniforms = start
        for draw in 0..<UInt32(10) { #expect(uniforms.uniform() == start.uniform(at: draw)) }
    }

    @Test("a change of any one part of the key changes the draws")
    func independence() {
        let base = RandomStream(seed: 1, stream: 1, entity: 1, replication: 1).word(at: 0)
        let others = [
            RandomStream(seed: 2, stream: 1, entity: 1, replication: 1),
            RandomStream(seed: 1 << 32 | 1, stream: 1, entity: 1, replication: 1),
            RandomStream(seed: 1, stream: 2, entity: 1, replication: 1),
            RandomStream(seed: 1, stream: 1, entity: 2, replication: 1),
            RandomStream(seed: 1, stream: 1, entity: 1 << 32 | 1, replication: 1),
            RandomStream(seed: 1, stream: 1, entity: 1, replication: 2),
            RandomStream(seed: 1, stream: 4095, entity: 1, replication: 1 << 20 - 1),
        ]
        #expect(Set(others.map { $0.word(at: 0) } + [base]).count == others.count + 1)
    }

    @Test("uniforms lie strictly between 0 and 1 and are symmetric")
    func unitInterval() {
        #expect(RandomStream.unitInterval(0) == 0x1p-53)
        #expect(RandomStream.unitInterval(.max) == 1 - 0x1p-53)
        for word in [0, 1, 0x1234_5678_9ABC_DEF0, UInt64.max / 3, .max] {
            // Inverting all bits mirrors the number.
            #expect(RandomStream.unitInterval(word) + RandomStream.unitInterval(~word) == 1)
        }
    }

    @Test("the bytes of FNV-1a are the published ones")
    func fnv() {
        #expect(fnv1a("".utf8) == 0xCBF2_9CE4_8422_2325)
        #expect(fnv1a("a".utf8) == 0xAF63_DC4C_8601_EC8C)
        #expect(fnv1a("foobar".utf8) == 0x8594_4171_F739_67E8)
    }

    @Test("the mixer gives the published first draws of SplitMix64 for seed 1234567")
    func splitMix() {
        var state: UInt64 = 1_234_567
        var draws: [UInt64] = []
        for _ in 0..<5 {
            state &+= 0x9E37_79B9_7F4A_7C15
            draws.append(mixed64(state))
        }
        #expect(
            draws == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test("codes that differ little have hashes that differ in about half of all bits")
    func avalanche() {
        var changed = 0
        for i in 0..<1000 {
            let difference = entityHash("SKU-\(i)") ^ entityHash("SKU-\(i + 1)")
            changed += difference.nonzeroBitCount
        }
        // 64 000 fair coins: mean 32 000, deviation 126; five deviations.
        #expect(abs(changed - 32_000) < 633)
        #expect(entityHash("SKU-1") == entityHash("xSKU-1".dropFirst()))
    }

    @Test("combined hashes do not collide, and the order of the parts counts")
    func combination() {
        var seen = Set<UInt64>()
        for i in 0..<200 { for j in 0..<200 { seen.insert(combine(UInt64(i), UInt64(j))) } }
        #expect(seen.count == 40_000)
        #expect(combine(1, 2) != combine(2, 1))
    }

    @Test("uniforms fill 64 cells evenly (chi-square, one in ten thousand)")
    func evenness() {
        var stream = testStream("evenness")
        var cells = [Double](repeating: 0, count: 64)
        for _ in 0..<64_000 { cells[Int(stream.uniform() * 64)] += 1 }
        let statistic = cells.map { ($0 - 1000) * ($0 - 1000) / 1000 }.reduce(0, +)
        // Chi-square with 63 degrees of freedom is a gamma law of shape 31.5 and scale 2.
        let tail = GammaDistribution(shape: 31.5, scale: 2).upperTail(statistic)
        #expect(tail > 1e-4 && tail < 1 - 1e-4)
    }

    @Test("neighbouring entities, draws and replications are uncorrelated (four deviations)")
    func correlation() {
        let n = 20_000
        var (entities, draws, replications) = (0.0, 0.0, 0.0)
        for i in 0..<n {
            let a = RandomStream(seed: 9, stream: 3, entity: UInt64(i), replication: 0)
            let b = RandomStream(seed: 9, stream: 3, entity: UInt64(i + 1), replication: 0)
            let c = RandomStream(seed: 9, stream: 3, entity: UInt64(i), replication: 1)
            let x = a.uniform(at: 0) - 0.5
            entities += x * (b.uniform(at: 0) - 0.5)
            draws += x * (a.uniform(at: 1) - 0.5)
            replications += x * (c.uniform(at: 0) - 0.5)
        }
        // A product of two centred uniforms has deviation 1/12.
        let limit = 4 * Double(n).squareRoot() / 12
        #expect(abs(entities) < limit && abs(draws) < limit && abs(replications) < limit)
    }
}
