import NumericCore
import Testing

@Suite("Sums, chunks and concurrent maps")
struct ReductionTests {
    @Test("a compensated sum keeps what a plain sum drops")
    func compensation() {
        #expect(compensatedSum([1, 1e100, 1, -1e100]) == 2)
        #expect(compensatedSum([Double](repeating: 0.1, count: 1_000_000)) == 100_000)
        #expect(compensatedSum([Double]()) == 0)
        #expect(compensatedSum([1, .infinity]) == .infinity && compensatedSum([.infinity, -.infinity]).isNaN)
    }

    @Test("chunks cover every index once, in order")
    func cover() {
        for (count, size) in [(0, 3), (1, 3), (3, 3), (4, 3), (10, 1), (7, 100), (5, 0), (5, Int.max)] {
            let ranges = chunks(count: count, of: size)
            #expect(ranges.flatMap { Array($0) } == Array(0..<count))
            #expect(ranges.allSatisfy { !$0.isEmpty && $0.count <= max(1, size) })
        }
    }

    @Test("results come in index order for any number of threads", arguments: [0, 1, 2, 3, 16, 100])
    func order(threads: Int) async {
        let results = await concurrentMap(chunks: 37, threads: threads) { i in i * i }
        #expect(results == (0..<37).map { $0 * $0 })
        #expect(await concurrentMap(chunks: 0, threads: threads) { $0 }.isEmpty)
    }

    struct Refusal: Error, Equatable { var index: Int }

    @Test("the error of the lowest index is thrown for any number of threads", arguments: [1, 2, 8])
    func failure(threads: Int) async {
        await #expect(throws: Refusal(index: 5)) {
            try await concurrentMap(chunks: 40, threads: threads) { i throws(Refusal) -> Int in
                if i >= 5 { throw Refusal(index: i) }
                return i
            }
        }
    }

    @Test("a sum over chunks has the same bits for any number of threads")
    func sameBits() async {
        let values = (0..<10_000).map { testStream("bits").uniform(at: UInt32($0)) * 1e10 - 5e9 }
        let ranges = chunks(count: values.count, of: 333)
        var sums: [Double] = []
        for threads in [1, 2, 5] {
            let partial = await concurrentMap(chunks: ranges.count, threads: threads) { i in
                values[ranges[i]].reduce(0, +)
            }
            sums.append(partial.reduce(0, +))
        }
        #expect(Set(sums.map(\.bitPattern)).count == 1)
    }
}
