import Foundation
import Retail
import Testing

@Suite struct CatalogueTests {
    @Test("every message key is there once, in both languages, with the same arguments")
    func bothLanguages() throws {
        let argument = try Regex("\\{[0-9]+\\}")
        var seen: Set<String> = []
        for entry in Catalogue.entries {
            #expect(seen.insert(entry.key).inserted, "\(entry.key) is there twice")
            #expect(!entry.english.isEmpty && !entry.chinese.isEmpty, "\(entry.key) lacks a text")
            let english = Set(entry.english.matches(of: argument).map { String(entry.english[$0.range]) })
            let chinese = Set(entry.chinese.matches(of: argument).map { String(entry.chinese[$0.range]) })
            #expect(english == chinese, "\(entry.key) has other arguments in one language")
        }
    }

    @Test("every phrase is there once, and its Chinese has no argument that its English lacks")
    func phrases() throws {
        let argument = try Regex("\\{[0-9]+\\}")
        var seen: Set<String> = []
        for (english, chinese) in Catalogue.phrases {
            #expect(seen.insert(english).inserted, "\(english) is there twice")
            let known = Set(english.matches(of: argument).map { String(english[$0.range]) })
            #expect(known.isSuperset(of: chinese.matches(of: argument).map { String(chinese[$0.range]) }))
            #expect(!chinese.isEmpty && chinese.contains { $0 > "\u{2E7F}" }, "\(english)")
        }
    }

    @Test("a phrase is looked up by its pattern, and phrases inside it too")
    func phrase() {
        let kind: Phrase = "SKU"
        let phrase: Phrase = "is an unknown \(kind)" + "; a whole number is expected"
        #expect(phrase.text(.english) == "is an unknown SKU; a whole number is expected")
        #expect(phrase.text(.chinese) == "是未知的商品，应为整数")
        #expect(phrase.untranslated.isEmpty)
        let other: Phrase = "no such \("{1}") pattern \(2)"
        #expect(other.text(.chinese) == "no such {1} pattern 2" && other.untranslated == ["no such {0} pattern {1}"])
    }

    @Test("a name is guessed only where at most a third of its letters differ")
    func nearest() {
        #expect(nearestName(to: "quantty", in: ["quantity", "date"]) == "quantity")
        #expect(nearestName(to: "SKU", in: ["role", "sku"]) == "sku")
        #expect(nearestName(to: "sku", in: ["role", "skew"]) == nil)
        #expect(nearestName(to: "code", in: ["role", "cost"]) == nil)
        #expect(nearestName(to: "ab", in: ["ac"]) == nil)
        #expect(nearestName(to: "dtae", in: ["date"]) == "date")
    }

    @Test("arguments are put in once: text that looks like an argument stays as it is")
    func arguments() {
        #expect(Catalogue.text("no.such.key", .english) == "no.such.key")
        #expect(Catalogue.text("app.name", .chinese) == "粮仓")
        #expect(Catalogue.text("app.name", .english, "unused") == "Granary")
    }
}
