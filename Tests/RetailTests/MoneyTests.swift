import Retail
import Testing

@Suite struct MoneyTests {
    @Test("amounts are rounded once per line, half away from zero")
    func rounding() throws {
        // 3 x 0.0050 = 0.0150 -> 0.02; the same refunded -> -0.02
        #expect(try UnitPrice(units: 50).amount(3, in: .gbp) == Amount(minor: 2))
        #expect(try UnitPrice(units: 50).amount(-3, in: .gbp) == Amount(minor: -2))
        #expect(try UnitPrice(units: 49).amount(3, in: .gbp) == Amount(minor: 1))
        #expect(roundedDivision(5, by: 2) == 3)
        #expect(roundedDivision(-5, by: 2) == -3)
        #expect(roundedDivision(4, by: 3) == 1)
        #expect(roundedDivision(.max, by: 1) == .max)
        #expect(roundedDivision(.min, by: 1) == .min)
    }

    @Test("a currency knows its minor unit: yen has none, the Kuwaiti dinar a thousandth")
    func minorUnits() throws {
        let yen = try #require(Currency(code: "JPY"))
        let dinar = try #require(Currency(code: "KWD"))
        #expect(try UnitPrice(units: 1_999_999).amount(1, in: yen) == Amount(minor: 200))
        #expect(try UnitPrice(units: 12_345).amount(1, in: dinar) == Amount(minor: 1_235))
        #expect(Currency(code: "gbp") == nil)
        #expect(Currency(code: "POUND") == nil)
    }

    @Test("a line whose amount leaves 64 bits is a named error, not a trap")
    func overflow() {
        #expect(throws: QuantityError.overflow("unit price times quantity")) {
            try UnitPrice(units: .max).amount(2, in: .cny)
        }
    }

    @Test("a rate of parts per million agrees with exact fractions and saturates at the ends")
    func rates() {
        #expect(Rate(partsPerMillion: 30_000).of(Amount(minor: 1_050)) == Amount(minor: 32))
        #expect(Rate.one.of(Int64(7)) == 7)
        #expect(Rate(partsPerMillion: 2_000_000).of(Int64.max) == .max)
        #expect(Rate(partsPerMillion: 2_000_000).of(Int64.min) == .min)
    }

    @Test("largest remainder hands out every unit, never more than one from the exact share")
    func allocation() throws {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func random(_ bound: UInt64) -> Int64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int64((state >> 33) % bound)
        }
        for _ in 0..<500 {
            let weights = (0..<Int(random(9) + 1)).map { _ in random(1_000) }
            guard weights.reduce(0, +) > 0 else { continue }
            let total = random(100_000) - 50_000
            let parts = try allocateByLargestRemainder(total, over: weights)
            #expect(parts.reduce(0, +) == total)
            let sum = Double(weights.reduce(0, +))
            for (part, weight) in zip(parts, weights) {
                #expect(abs(Double(part) - Double(total) * Double(weight) / sum) < 1)
                if weight == 0 { #expect(part == 0) }
            }
        }
    }

    @Test("largest remainder keeps the textbook answer and names impossible shares")
    func allocationByHand() throws {
        // Exact shares 1.43, 2.86, 5.71 of 10: floors 1, 2, 5; the two left go to .86 and .71.
        #expect(try allocateByLargestRemainder(10, over: [1, 2, 4]) == [1, 3, 6])
        #expect(try allocateByLargestRemainder(1, over: [1, 1]) == [1, 0])
        #expect(try allocateByLargestRemainder(0, over: [0, 0]) == [0, 0])
        #expect(throws: QuantityError.noShares) { try allocateByLargestRemainder(1, over: [0, 0]) }
        #expect(throws: QuantityError.noShares) { try allocateByLargestRemainder(1, over: [3, -1]) }
        let huge = try allocateByLargestRemainder(.max, over: [.max / 2, .max / 2])
        #expect(huge.reduce(0, +) == .max)
    }
}
