import Foundation
import Retail
import Store
import Testing

@testable import Reporting

@Suite struct HTMLReportTests {
    static let library = "/* </script> <!-- */ var Chart = 1;\n//# sourceMappingURL=chart.min.js.map"

    static func html(_ language: Language, library: String? = library, change: (inout ReportInput) -> Void = { _ in })
        -> String
    {
        var input = SampleRun.input(language)
        change(&input)
        return HTMLReport.render(input, chartLibrary: library)
    }

    private func count(_ part: String, in text: String) -> Int { text.components(separatedBy: part).count - 1 }

    @Test("every word is in the catalogue, in both languages", arguments: Language.allCases)
    func noMissingKeys(language: Language) throws {
        let text = Self.html(language)
        let key = try Regex("\\b(report|column|unit|code|figure|table)\\.[a-z_]+[.a-z_0-9]*")
        let missing = text.matches(of: key).map { String(text[$0.range]) }
        #expect(missing.isEmpty, "\(missing)")
        #expect(try !text.contains(Regex("\\{[0-9]\\}")))
    }

    @Test(
        "presales, lots, riders and work at nodes are told where there are any, in words", arguments: Language.allCases)
    func goods(language: Language) throws {
        let text = Self.html(language) { input in
            input.tables += [
                ResultTable(
                    "presales",
                    [
                        Column("promotion", .text(["advent"])), Column("deposits", unit: "orders", .real([1_234])),
                        Column("balances_paid", unit: "orders", .real([900])),
                        Column("forfeited", unit: "orders", .real([100])),
                        Column("units_moved", unit: "units", .real([0])),
                    ]),
                ResultTable(
                    "lot_ages",
                    [
                        Column("node", .text(["n", "n", "n"])),
                        Column("expires", .text(["within_7_days", "never", "later"])),
                        Column("units", unit: "units", .real([25, 75, 0])),
                        Column("stock_value", unit: input.currency.code, .real([250, 750, 0])),
                    ]),
                ResultTable(
                    "expired_goods",
                    [
                        Column("node", .text(["n"])), Column("expired", unit: "units", .real([7])),
                        Column("expired_share", unit: "share", .real([0.01])),
                    ]),
                ResultTable(
                    "riders",
                    [
                        Column("node", .text(["f"])), Column("parcels", unit: "parcels", .real([50])),
                        Column("waits", unit: "parcels", .real([5])),
                        Column("utilisation", unit: "share", .real([0.4])),
                    ]),
            ]
        }
        for anchor in ["presales", "ageing", "riders"] { #expect(text.contains("id=\"\(anchor)\""), "\(anchor)") }
        #expect(text.contains("90.0") && text.contains("25.0"))
        // What is nothing everywhere is not shown.
        #expect(!text.contains(Catalogue.text("column.units_moved", language)))
        let key = try Regex("\\b(report|column|unit|code|figure|table)\\.[a-z_]+[.a-z_0-9]*")
        #expect(text.matches(of: key).isEmpty, "\(text.matches(of: key).map { String(text[$0.range]) })")
    }

    @Test("a run without them has no such sections")
    func noGoods() {
        let text = Self.html(.english)
        for anchor in ["presales", "ageing", "riders"] { #expect(!text.contains("id=\"\(anchor)\"")) }
    }

    @Test("the Chinese report has no English sentence left in headings and leads")
    func chinese() throws {
        let text = Self.html(.chinese)
        for heading in text.matches(of: try Regex("<h2[^>]*>([^<]*)</h2>")) {
            #expect(text[heading.range].unicodeScalars.contains { $0.value >= 0x4E00 && $0.value < 0xA000 })
        }
        #expect(text.contains("<html lang=\"zh-Hans\">"))
    }

    @Test("markup in names and scenario text is shown, never obeyed")
    func escaping() {
        let attack = "\"><script>alert(1)</script><img src=x onerror='alert(2)'>"
        let combining = "\"\u{301} onmouseover=\"alert(3)"
        let plain = Self.html(.english)
        let hostile = Self.html(.english) { input in
            input.name = attack
            input.scenarioText = attack
            input.dataset = combining
            input.skuNames["85123A"] = attack
            input.placeNames["website"] = attack + combining
            input.assumptions.append(Assumption(subject: attack, text: combining))
            input.suggestions[0].skuName = attack
            input.suggestions[0].reasonEnglish = attack
            input.suggestions[0].line.value = Amount(minor: 900_000_000)
            input.commands = [attack]
            input.placement?.sites[0].name = attack
            input.placement?.regions[0].name = combining
            input.comparison?.names[0] = attack
            input.audit[0].detail = attack
        }
        #expect(count("<script", in: hostile) == count("<script", in: plain))
        #expect(count("</script", in: hostile) == count("</script", in: plain))
        #expect(count("<img", in: hostile) == 0)
        #expect(count("\"\u{301}", in: hostile) == 0)
        #expect(hostile.contains("&lt;script&gt;alert(1)"))
    }

    @Test("every kind of text is escaped by scalar, whatever marks follow")
    func scalarEscaping() {
        #expect(escapeHTML("<\u{301}a b=\"\u{308}'&\u{0}") == "&lt;\u{301}a b=&quot;\u{308}&#39;&amp;\u{FFFD}")
    }

    @Test("the file loads nothing: no address, no import, no font")
    func offline() throws {
        let text = Self.html(.english)
        let links = text.matches(of: try Regex("(src|href|action|data)=\"([^\"]*)\""))
        for link in links { #expect(text[link.range].hasPrefix("href=\"#")) }
        #expect(!text.contains("@import") && !text.contains("@font-face") && !text.contains("<link"))
        #expect(text.contains("default-src 'none'"))
        #expect(try !text.contains(Regex("url\\(")))
    }

    @Test("the inlined library cannot end its element or ask for a source map")
    func library() {
        let text = HTMLReport.embeddable(Self.library)
        #expect(!text.contains("</script") && !text.contains("<!--") && !text.contains("sourceMappingURL"))
    }

    @Test("without the chart library every table stands open and no canvas is left")
    func withoutCharts() {
        let text = Self.html(.english, library: nil)
        #expect(!text.contains("<canvas") && !text.contains("<script"))
        #expect(count("<details class=\"numbers\" open>", in: text) >= 4)
    }

    @Test("the numbers of every chart stand in a table")
    func numbersInTables() throws {
        let text = Self.html(.english)
        let numbers = NumberText(language: .english, currency: .gbp)
        for table in [SampleRun.demand, SampleRun.ladder, SampleRun.nodes] {
            for column in table.columns {
                let format = ColumnFormat(column, numbers)
                for row in 0..<table.rowCount where format.isNumeric {
                    #expect(text.contains(">" + format.text(row) + "<"), "\(table.name).\(column.name) row \(row)")
                }
            }
        }
        for figure in SampleRun.figures {
            #expect(
                text.contains(numbers.interval(mean: figure.mean, halfWidth: figure.halfWidth, unit: figure.unit).mean))
        }
        // The busiest minute of each hour is the greatest of its sixty.
        let placed = try #require(SampleRun.minutes.numbers("placed"))
        #expect(text.contains(">" + numbers.decimal(placed[1_200..<1_260].max() ?? 0, 1) + "<"))
    }

    @Test("every canvas has a description, every table a caption, every id is unique")
    func accessible() throws {
        let text = Self.html(.english)
        let canvases = text.matches(of: try Regex("<canvas[^>]*>")).map { text[$0.range] }
        #expect(canvases.count >= 8)
        for canvas in canvases { #expect(canvas.contains("role=\"img\"") && !canvas.contains("aria-label=\"\"")) }
        #expect(count("<table>", in: text) == count("<caption>", in: text))
        let ids = text.matches(of: try Regex(" id=\"([^\"]*)\"")).map { String(text[$0.range]) }
        #expect(Set(ids).count == ids.count)
        for anchor in text.matches(of: try Regex("href=\"#([^\"]*)\"")) {
            let target = text[anchor.range].dropFirst(7).dropLast()
            #expect(text.contains("id=\"\(target)\""))
        }
    }

    @Test("elements are closed in the order they were opened", arguments: Language.allCases)
    func balanced(language: Language) throws {
        let text = Self.html(language, library: nil)
        let void: Set<String> = ["meta", "!DOCTYPE"]
        var open: [String] = []
        for tag in text.matches(of: try Regex("<(/?)([A-Za-z!][A-Za-z0-9]*)([^>]*)>")) {
            let body = text[tag.range].dropFirst().dropLast()
            if body.hasSuffix("/") { continue }
            if body.hasPrefix("/") {
                let name = String(body.dropFirst())
                #expect(open.last == name, "</\(name)> closes <\(open.last ?? "nothing")>")
                if open.last != name { return }
                open.removeLast()
            } else {
                let name = String(body.prefix { !$0.isWhitespace })
                if !void.contains(name) { open.append(name) }
            }
        }
        #expect(open.isEmpty)
    }

    @Test("an input with nothing but its origin still makes a page")
    func bare() {
        let input = ReportInput(
            name: "", language: .english, currency: .cny, dataset: "",
            origin: RunOrigin(seed: 1, replications: 1, engineVersion: "0", dataFingerprint: ""))
        let text = HTMLReport.render(input, chartLibrary: nil)
        #expect(text.contains("id=\"repeat\"") && !text.contains("id=\"demand\""))
    }

    @Test("missing values and odd coordinates are shown as unknown, not as a crash")
    func broken() {
        let text = Self.html(.english) { input in
            input.tables = input.tables.map { table in
                ResultTable(
                    table.name,
                    table.columns.map { column in
                        guard case .real(let values) = column.values else { return column }
                        return Column(column.name, unit: column.unit, .real(values.map { _ in .nan }))
                    })
            }
            input.placement?.sites[0].location = Coordinate(latitude: .nan, longitude: 400)
            input.placement?.regions[1].location = Coordinate(latitude: .infinity, longitude: 0)
            input.placement?.regions[2].share = .nan
        }
        #expect(text.contains("–"))
        #expect(!text.contains(">nan") && !text.contains("NaN"))
    }

    @Test("the same input gives the same text")
    func deterministic() { #expect(Self.html(.chinese) == Self.html(.chinese)) }
}
