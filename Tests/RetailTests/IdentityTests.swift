import Retail
import Testing

@Suite struct IdentityTests {
    @Test("an order id gives back its cell, second and ordinal, and sorts by them")
    func orderID() throws {
        let id = try #require(OrderID(cell: 12, second: 345_678, ordinal: 9))
        #expect((id.cell, id.second, id.ordinal) == (12, 345_678, 9))
        #expect(OrderID("12-345678-9") == id)
        #expect(try #require(OrderID(cell: 12, second: 345_678, ordinal: 10)) > id)
        let last = try #require(
            OrderID(cell: OrderID.maximumCell, second: OrderID.maximumSecond, ordinal: OrderID.maximumOrdinal))
        #expect(last.bits == .max)
        #expect(OrderID(cell: 1 << 24, second: 0, ordinal: 0) == nil)
        #expect(OrderID(cell: 0, second: -1, ordinal: 0) == nil)
        for bad in ["", "1-2", "1-2-3-4", "a-b-c", "1-2-65536"] { #expect(OrderID(bad) == nil, "\(bad)") }
    }

    @Test("random streams have numbers of their own that fit 12 bits")
    func streams() {
        let numbers = RandomStreamID.allCases.map(\.rawValue)
        #expect(Set(numbers).count == numbers.count)
        #expect(numbers.allSatisfy { $0 < 4_096 })
    }

    @Test("codes keep their first index and are found again")
    func codes() throws {
        var table = CodeTable<SKU>()
        let a = table.insert("A")
        let b = table.insert("B")
        #expect(table.insert("A") == a)
        #expect(table["B"] == b)
        #expect(table[b] == "B")
        #expect(table["C"] == nil)
        #expect(table.count == 2)
    }
}
