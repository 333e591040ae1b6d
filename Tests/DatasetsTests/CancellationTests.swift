import Retail
import Testing

@testable import Datasets

@Suite struct CancellationTests {
    private typealias Line = CancellationMatching.Line

    /// The rule as it is worded, one unit at a time.
    private func byUnits(_ sales: [Line], _ cancellations: [Line]) -> [[Int]: Int] {
        var left = sales.map { Int($0.units) }
        var taken: [[Int]: Int] = [:]
        for at in cancellations.indices.sorted(by: {
            (cancellations[$0].time, $0) < (cancellations[$1].time, $1)
        }) {
            let cancellation = cancellations[at]
            for _ in 0..<cancellation.units {
                let possible = sales.indices.filter {
                    left[$0] > 0 && cancellation.group != nil && sales[$0].group == cancellation.group
                        && sales[$0].time <= cancellation.time
                }
                let samePrice = possible.filter { sales[$0].price == cancellation.price }
                guard
                    let best = (samePrice.isEmpty ? possible : samePrice).max(by: {
                        (sales[$0].time, $0) < (sales[$1].time, $1)
                    })
                else { break }
                left[best] -= 1
                taken[[at, best], default: 0] += 1
            }
        }
        return taken
    }

    @Test("matching takes the units that the rule, applied unit by unit, takes")
    func bruteForce() {
        var random = TestRandom(state: 3)
        for _ in 0..<400 {
            func lines(_ count: Int) -> [Line] {
                (0..<count).map { _ in
                    Line(
                        group: Int.random(in: 0..<8, using: &random) == 0
                            ? nil : UInt64.random(in: 0..<3, using: &random),
                        time: CivilTime(seconds: Int64.random(in: 0..<12, using: &random)),
                        price: UnitPrice(units: Int64.random(in: 1...2, using: &random)),
                        units: Quantity.random(in: 1...9, using: &random))
                }
            }
            let (sales, cancellations) = (lines(8), lines(6))
            let matching = CancellationMatching(sales: sales, cancellations: cancellations)
            var taken: [[Int]: Int] = [:]
            for piece in matching.pieces { taken[[piece.cancellation, piece.sale], default: 0] += Int(piece.units) }
            #expect(taken == byUnits(sales, cancellations))
            // Units are neither made nor lost.
            for sale in sales.indices {
                let units = matching.pieces.filter { $0.sale == sale }.reduce(0) { $0 + $1.units }
                #expect(matching.left[sale] + units == sales[sale].units && matching.left[sale] >= 0)
            }
            for at in cancellations.indices {
                #expect(
                    matching.matched[at] == matching.pieces.filter { $0.cancellation == at }.reduce(0) { $0 + $1.units }
                )
            }
        }
    }
}
