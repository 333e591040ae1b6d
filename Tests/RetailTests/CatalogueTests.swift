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

    @Test("arguments are put in once: text that looks like an argument stays as it is")
    func arguments() {
        #expect(Catalogue.text("no.such.key", .english) == "no.such.key")
        #expect(Catalogue.text("app.name", .chinese) == "粮仓")
        #expect(Catalogue.text("app.name", .english, "unused") == "Granary")
    }
}
