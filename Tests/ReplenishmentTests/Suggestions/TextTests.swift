import Foundation
import Replenishment
import Retail
import Testing

@Suite("Reasons and tables") struct TextTests {
    private func lines() throws -> (world: SmallWorld, book: SuggestionBook) {
        var world = SmallWorld(skuCount: 3, minimum: 48, multiple: 36)
        world.suppliers[0].minimumOrderValue = Amount(minor: 200_000)
        let demand = world.demand([(0, 0, 5, 2), (1, 0, 0.2, 0.4), (2, 0, 2, 1), (0, 2, 3, 1), (2, 2, 3, 1)])
        let book = try world.book(demand, stock: [stock(0, 0, 6), stock(1, 0, 1), stock(2, 0, 30)]).book
        return (world, book)
    }

    @Test("every reason is one finished sentence in both languages", arguments: Language.allCases)
    func reasons(language: Language) throws {
        let (world, book) = try lines()
        #expect(book.purchases.count == 3 && book.transfers.count == 2)
        let sentences =
            book.purchases.map { SuggestionEngine.reason($0, names: world.names, language: language) }
            + book.transfers.map { SuggestionEngine.reason($0, names: world.names, language: language) }
        for sentence in sentences {
            #expect(!sentence.contains("{") && sentence.contains("Lantern"), "\(sentence)")
            #expect(sentence.hasSuffix(language == .chinese ? "。" : "."), "\(sentence)")
            #expect(!sentence.hasPrefix("suggestion."))
        }
    }

    @Test("an explanation carries the numbers of its suggestion", arguments: Language.allCases)
    func explanation(language: Language) throws {
        let (world, book) = try lines()
        for line in book.purchases {
            let steps = SuggestionEngine.explanation(of: line, names: world.names, language: language)
            let text = steps.joined(separator: "\n")
            #expect(!text.contains("{") && !text.contains("suggestion.step"), "\(text)")
            for number in [line.reorderPoint, line.orderUpTo, line.quantity.need, line.quantity.final, line.position] {
                #expect(text.contains(String(number)), "\(number) is missing in \(text)")
            }
            #expect(text.contains(line.orderBy.description) && text.contains(line.receipt.description))
            #expect(steps.count >= 8)
        }
    }

    @Test("a table of transfers has a value in every column of every row")
    func tables() throws {
        let (world, book) = try lines()
        let moves = SuggestionTables.transfers(book.transfers, names: world.names)
        #expect(moves.rowCount == 2 && moves.columns.allSatisfy { $0.values.count == 2 })
        #expect(Set(moves.columns.map(\.name)).count == moves.columns.count)
    }
}
