import Foundation
import Retail
import Testing

@testable import Datasets

@Suite struct BadInputTests {
    let products = "sku,list_price\nA,2.50\nB,3\n"

    private func one(_ files: [String: String]) throws -> DataIssue {
        let found = try issues(files)
        try #require(found.count == 1, "\(found)")
        return found[0]
    }

    @Test("a missing demand file is named, and so is a missing folder")
    func missingFile() throws {
        let issue = try one(["products.csv": products])
        #expect(issue.file == "demand.csv")
        #expect(throws: DatasetError.self) { try DatasetReader.read(folder: "/nonexistent/folder") }
    }

    @Test("an empty file, and one with a header only, are errors")
    func emptyFile() throws {
        #expect(try one(["demand.csv": ""]).expected.contains("empty"))
        #expect(try one(["demand.csv": "date,sku,quantity\n"]).expected.contains("no rows"))
        #expect(try one(["demand.csv": "\u{FEFF}"]).expected.contains("empty"))
    }

    @Test("a misspelt column is one fault, with the nearest known one; another that is missing is a second")
    func wrongHeader() throws {
        let found = try issues(["demand.csv": "date,quantty\n2011-01-01,1\n"])
        #expect(found.count == 2)
        #expect(found[0].value == "quantty" && found[0].column == 2 && found[0].line == 1)
        #expect(found[0].cure.contains("did you mean quantity?"))
        #expect(found[1].field == "sku" && found[1].expected.contains("missing"))
        #expect(try one(["demand.csv": "date,sku,quantity,sku\n"]).expected.contains("twice"))
    }

    @Test("what only follows from a fault in a file that lists codes is not reported")
    func followUps() throws {
        let demand = "date,sku,quantity\n2011-01-01,A,1\n2011-01-01,B,1\n2011-01-02,B,x\n"
        let header = try issues(["products.csv": "bezeichnung,list_price\nA,1\n", "demand.csv": demand])
        #expect(header.map(\.file) == ["products.csv", "products.csv", "demand.csv"])
        #expect(header.map(\.value) == ["bezeichnung", nil, "x"] && header[1].field == "sku")
        #expect(!header[0].cure.contains("did you mean"))
        let row = try issues(["products.csv": "sku,name\nA,a,surplus\n", "demand.csv": demand])
        #expect(row.map(\.line) == [2, 4])
        let promotions = try issues([
            "demand.csv": "date,sku,quantity\n2011-01-01,A,1\n", "promotions.csv": "kode,x\nP,1\n",
            "signals.csv": "date,sku,promotion,kind,quantity\n2011-01-01,A,P,cart,1\n",
        ])
        #expect(Set(promotions.map(\.file)) == ["promotions.csv"])
        #expect(
            try one(["products.csv": "sku,name\n", "demand.csv": "date,sku,quantity\n2011-01-01,A,1\n2011-01-01,B,1\n"])
                .expected.contains("none"))
    }

    @Test("what a folder with demand alone rests on is said in Chinese too")
    func chineseDefaults() throws {
        let data = try read(["demand.csv": "date,sku,quantity\n2011-01-01,A,1\n", "products.csv": "sku\nA\n"])
        #expect(data.assumptions.count > 5)
        for assumption in data.assumptions {
            let said = Phrase.said(assumption.text, in: .chinese)
            // The default itself too, not only that it is one.
            let rest = said.hasPrefix("未给出，采用默认：") ? said.dropFirst(9) : said[...]
            #expect(rest.contains { $0 > "\u{2E7F}" }, "\(assumption)")
        }
    }

    @Test("a column under the name other programs give it is one fault with ours")
    func usualNames() throws {
        let found = try issues(["demand.csv": "日期,商品编码,qty\n2011-01-01,A,1\n"])
        #expect(found.map(\.column) == [1, 2, 3])
        for (issue, name) in zip(found, ["date", "sku", "quantity"]) { #expect(issue.cure.contains("mean \(name)?")) }
    }

    @Test("a node that is not there is told once, where it is named, and a circle by its members alone")
    func upstreamOnce() throws {
        let header = "code,kind,latitude,longitude,replenished_from\n"
        let chain = "a,central,0,0,x\nb,regional,0,0,a\nc,city,0,0,b\nd,front,0,0,x\n"
        let demand = "date,sku,quantity\n2011-01-01,A,1\n"
        #expect(try issues(["demand.csv": demand, "nodes.csv": header + chain]).map(\.line) == [2])
        let circle = "a,central,0,0,b\nb,regional,0,0,a\nc,city,0,0,b\n"
        #expect(try issues(["demand.csv": demand, "nodes.csv": header + circle]).map(\.line) == [2, 3])
    }

    @Test("an unknown code is told once for each column, whatever the number of its rows")
    func repeatedCode() throws {
        let text = "date,sku,quantity\n" + (1...9).map { "2011-01-0\($0),AA,1\n2011-01-0\($0),BB,1\n" }.joined()
        #expect(try issues(["products.csv": "sku\nCCC\n", "demand.csv": text]).map(\.line) == [2, 3])
    }

    @Test(
        "a file that is no CSV with a header is one fault that says so",
        arguments: [
            ("date;sku;quantity\n2011-01-01;A;1\n", "separated by ';'"),
            ("date\tsku\tquantity\n2011-01-01\tA\t1\n", "separated by 'TAB'"),
            ("2011-01-01,A,1\n2011-01-02,A,1\n", "no header"),
            ("date,sku,quantity\r2011-01-01,A,1\r", "carriage return"),
        ])
    func noTable(text: String, words: String) throws {
        let issue = try one(["demand.csv": text])
        #expect(issue.line == 1 && issue.expected.contains(words), "\(issue)")
    }

    @Test("texts in GBK and NUL bytes are told once, with what to do")
    func otherBytes() throws {
        let row = Array("\nA,".utf8) + [0xC2, 0xEC, 0xB2, 0xDD]
        let demand = Array("date,sku,quantity\n2011-01-01,A,1\n".utf8)
        let found = try issues(["products.csv": Array("sku,name".utf8) + row + row + row, "demand.csv": demand])
        #expect(found.count == 1 && found[0].line == 2 && found[0].cure.contains("gb18030"))
        let header = try issues(["demand.csv": [0xC8, 0xD5, 0xC6, 0xDA] + Array(",sku,quantity\n".utf8)])
        #expect(header.count == 1 && header[0].line == 1 && header[0].column == 1)
        let zero = try issues(["demand.csv": demand + Array("2011-01-02,A\0,1\n".utf8)])
        #expect(zero.count == 1 && zero[0].line == 3 && zero[0].column == 2 && zero[0].expected.contains("0x0"))
        let wide = try issues(["demand.csv": Array("date,sku,quantity\n".utf8).flatMap { [$0, 0] }])
        #expect(wide.count == 1 && wide[0].cure.contains("UTF-16"))
    }

    @Test(
        "a number or date that is one to a reader is told with how to write it",
        arguments: [
            ("quantity", "\"1,234\"", "write 1234"), ("quantity", "\"1,234,567.5\"", "write 1234567.5"),
            ("quantity", "１２", "write 12"), ("quantity", "\"3,5\"", "write 3.5"), ("quantity", "1 234", "write 1234"),
            ("price", "¥12.50", "write 12.50"), ("price", "$1", "write 1"), ("date", "2011/1/5", "write 2011-01-05"),
            ("date", "20110105", "write 2011-01-05"), ("date", "2011年1月5日", "write 2011-01-05"),
            ("date", "25.12.2011", "write 2011-12-25"), ("date", "２０１１-01-05", "write 2011-01-05"),
            ("date", "03/04/2011", "write it as 2011-11-28"), ("quantity", "1,2x", "12.5"),
        ])
    func slips(field: String, text: String, cure: String) throws {
        let row = ["date": "2011-01-01", "quantity": "1", "price": "2"].merging([field: text]) { $1 }
        let texts = ["date", "quantity", "price"].map { name in
            let text = row[name] ?? ""
            return text.contains(",") && !text.hasPrefix("\"") ? "\"\(text)\"" : text
        }
        let issue = try one(["demand.csv": "sku,date,quantity,price\nA," + texts.joined(separator: ",") + "\n"])
        #expect(issue.field == field && issue.line == 2 && issue.cure.contains(cure), "\(issue)")
        #expect(issue.untranslated.isEmpty)
    }

    @Test("byte order mark, CRLF and columns in another order change nothing")
    func harmlessForms() throws {
        let plain = try read(["demand.csv": "date,sku,quantity\n2011-01-01,A,1\n2011-01-03,A,2\n"])
        let other = try read([
            "demand.csv": "\u{FEFF}quantity,date,sku\r\n2,2011-01-03,A\r\n\r\n1.0, 2011-01-01 ,\"A\"\r\n"
        ])
        #expect(plain.demand == other.demand)
        #expect(plain.demand.cells(0) == [1, 0, 2])
        let unended = try read(["demand.csv": "date,sku,quantity\n2011-01-01,A,1\n2011-01-03,A,2"])
        #expect(unended.demand == plain.demand)
    }

    @Test("Latin-1 bytes are an error that names byte and line")
    func latin1() throws {
        let bytes = Array("sku,name\nA,plain\nB,caf".utf8) + [0xE9] + Array("\n".utf8)
        let demand = Array("date,sku,quantity\n2011-01-01,A,1\n".utf8)
        let found = try issues(["products.csv": bytes, "demand.csv": demand])
        #expect(found.count == 1)
        #expect(found[0].line == 3 && found[0].column == 2)
        #expect(found[0].expected.contains("byte 4") && found[0].expected.contains("0xE9"))
    }

    @Test("UTF-16 is recognised")
    func utf16() throws {
        let found = try issues(["demand.csv": [0xFF, 0xFE, 0x64, 0x00, 0x61, 0x00]])
        #expect(found.map(\.expected) == ["the file is UTF-16"])
    }

    @Test("a line end inside quotes belongs to the text, and later lines keep their numbers")
    func embeddedNewline() throws {
        let data = try read([
            "products.csv": "sku,name\nA,\"two\nlines, and a \"\"quote\"\"\"\nB,plain\n",
            "demand.csv": "date,sku,quantity\n2011-01-01,A,1\n",
        ])
        #expect(data.skus[0].name == "two\nlines, and a \"quote\"")
        let issue = try one([
            "products.csv": "sku,name,weight\nA,\"two\nlines\",5\nB,plain,x\n",
            "demand.csv": "date,sku,quantity\n2011-01-01,A,1\n",
        ])
        #expect(issue.line == 4 && issue.field == "weight")
    }

    @Test("quotes that are not closed, or followed by text, are errors where they stand")
    func brokenQuotes() throws {
        let open = try one(["demand.csv": "date,sku,quantity\n2011-01-01,\"A,1\n"])
        #expect(open.line == 2 && open.column == 2 && open.expected.contains("never closed"))
        let after = try one(["demand.csv": "date,sku,quantity\n2011-01-01,\"A\"b,1\n"])
        #expect(after.line == 2 && after.expected.contains("follows"))
    }

    @Test("a line of 50 MB is an error, with one field or with many")
    func longLine() throws {
        let start = Array("date,sku,quantity\n2011-01-01,".utf8)
        let one = start + [UInt8](repeating: 65, count: 50_000_000)
        #expect(try issues(["demand.csv": one]).map(\.expected) == ["the field is longer than 1 MiB"])
        let many = start + [UInt8](repeating: 44, count: 50_000_000)
        #expect(try issues(["demand.csv": many]).map(\.expected) == ["the line is longer than 4 MiB"])
        let quoted = start + [34] + [UInt8](repeating: 10, count: 2_000_000)
        #expect(try issues(["demand.csv": quoted]).map(\.expected) == ["the field is longer than 1 MiB"])
    }

    @Test(
        "quantities that are negative, not finite or no numbers are errors with their place",
        arguments: [
            ("-3", "negative"), ("NaN", "NaN"), ("inf", "infinite"), ("1e999", "overflows"), ("six", "not a number"),
            ("1e13", "outside"),
        ])
    func badQuantities(text: String, words: String) throws {
        let issue = try one(["demand.csv": "date,sku,quantity\n2011-01-01,A,1\n2011-01-02,A,\(text)\n"])
        #expect(issue.line == 3 && issue.column == 3 && issue.field == "quantity" && issue.value == text)
        #expect(issue.expected.contains(words), "\(issue)")
        #expect(!issue.cure.isEmpty)
    }

    @Test("dates that do not exist are errors", arguments: ["2011-02-29", "2011-13-01", "2011-1-1", "1899-12-31", "x"])
    func badDates(text: String) throws {
        let issue = try one(["demand.csv": "date,sku,quantity\n\(text),A,1\n"])
        #expect(issue.field == "date" && issue.value == text)
    }

    @Test("duplicate keys name both lines, in demand and elsewhere")
    func duplicates() throws {
        let demand = try one([
            "demand.csv": "date,sku,quantity\n2011-01-01,A,1\n2011-01-02,A,1\n2011-01-01,B,1\n2011-01-01,A,5\n"
        ])
        #expect(demand.line == 5 && demand.expected.contains("line 2"))
        let product = try one([
            "products.csv": "sku\nA\nB\n A\n", "demand.csv": "date,sku,quantity\n2011-01-01,A,1\n",
        ])
        #expect(product.file == "products.csv" && product.line == 4 && product.expected.contains("line 2"))
    }

    @Test("an unknown SKU is an error with the nearest known one")
    func unknownSKU() throws {
        let issue = try one([
            "products.csv": "sku\n85123A\n22423\n", "demand.csv": "date,sku,quantity\n2011-01-01,85123B,1\n",
        ])
        #expect(issue.value == "85123B" && issue.expected.contains("unknown SKU"))
        #expect(issue.cure.contains("did you mean 85123A?"))
    }

    @Test("a misspelt file and a file that is there twice are errors")
    func misspeltFile() throws {
        let demand = "date,sku,quantity\n2011-01-01,A,1\n"
        #expect(try one(["prodcts.csv": "sku\nA\n", "demand.csv": demand]).cure.contains("products.csv"))
        #expect(try one(["demand.csv": demand, "demand.csv.gz": demand]).expected.contains("twice"))
        #expect(try issues(["demand.csv": demand, "README.md": "x"]).isEmpty)
    }

    @Test("overlapping periods name both lines; periods that touch are fine")
    func overlaps() throws {
        let demand = "date,sku,channel,quantity\n2011-01-01,A,web,1\n"
        let base = ["products.csv": products, "channels.csv": "code\nweb\n", "demand.csv": demand]
        func with(_ name: String, _ text: String) throws -> [DataIssue] {
            try issues(base.merging([name: text]) { $1 })
        }
        let overlap = try with(
            "prices.csv",
            "sku,channel,from,through,price\nA,web,2011-01-10,2011-01-20,2\nA,web,2011-01-01,2011-01-10,1\nA,,2011-01-01,2011-02-01,1\n"
        )
        #expect(overlap.count == 1 && overlap[0].line == 2 && overlap[0].expected.contains("line 3"))
        #expect(
            try with(
                "listings.csv", "sku,channel,from,through\nA,web,2011-01-01,2011-01-09\nA,web,2011-01-10,2011-01-20\n"
            ).isEmpty)
        #expect(try with("listings.csv", "sku,channel,from\nA,web,2011-01-01\nA,web,2012-01-10\n").count == 1)
        let promotions = "code,kind,begins,ends,scope\nP,price_cut,2011-01-01,2011-01-03,skus:A\n"
        #expect(try with("promotions.csv", promotions + "Q,price_cut,2011-01-03,2011-01-04,skus:A\n").isEmpty)
        #expect(try with("promotions.csv", promotions + "Q,price_cut,2011-01-02,2011-01-04,skus:A\n").count == 1)
        #expect(try with("promotions.csv", promotions + "Q,coupon,2011-01-02,2011-01-04,skus:A\n").isEmpty)
        #expect(try with("promotions.csv", "code,kind,begins,ends\nP,coupon,2011-01-03,2011-01-03\n").count == 1)
    }

    @Test("all errors of a file come at once, at most 50 listed and the others counted")
    func manyErrors() throws {
        var text = "date,sku,quantity\n"
        for line in 0..<120 { text += "2011-01-01,A\(line),\(line % 2 == 0 ? "x" : "1")\n" }
        do {
            _ = try read(["demand.csv": text])
            Issue.record("bad data were read")
        } catch let error as DatasetError {
            #expect(error.issues.count == 50 && error.further == 10)
            #expect(error.issues.map(\.line) == (0..<50).map { 2 + 2 * $0 })
            #expect(error.description.hasSuffix("and 10 more"))
        }
    }

    @Test("a row with too few fields is an error of its own, and the rows after it are still checked")
    func fieldCounts() throws {
        let found = try issues(["demand.csv": "date,sku,quantity\n2011-01-01,A\n2011-01-02,A,x\n"])
        #expect(found.map(\.line) == [2, 3])
    }

    @Test("numbers too large for their columns are named overflows")
    func overflow() throws {
        let found = try issues([
            "products.csv":
                "sku,weight,list_price\nA,99999999999999999999,1\nB,3000000000,1\nC,1,99999999999999999999\n",
            "demand.csv": "date,sku,quantity\n2011-01-01,A,1\n",
        ])
        #expect(found.map(\.line) == [2, 3, 4])
        #expect(found[0].expected.contains("overflows") && found[2].expected.contains("overflows"))
    }

    @Test("damaged, cut and exploding gzip files are errors")
    func badGzip() throws {
        let text = Array("date,sku,quantity\n2011-01-01,A,1\n".utf8)
        let good = try Gzip.compress(text)
        #expect(try read(["demand.csv.gz": good]).demand.values == [1])
        #expect(try read(["demand.csv": good]).demand.values == [1])
        let cut = try issues(["demand.csv.gz": Array(good.dropLast(12))])
        #expect(cut.count == 1 && cut[0].expected.contains("ends too early"))
        var damaged = good
        damaged[good.count - 6] ^= 0xFF
        #expect(try issues(["demand.csv.gz": damaged]).count == 1)
        let second = try Gzip.compress(Array("2011-01-02,A,4\n".utf8))
        #expect(try read(["demand.csv.gz": good + second]).demand.values == [1, 4])
    }

    @Test("a small file that grows without end is refused before it fills the memory")
    func bomb() throws {
        let bomb = try Gzip.compress([UInt8](repeating: 10, count: 100 << 20))
        #expect(bomb.count < 200_000)
        try withFolder { folder in
            try AtomicFile.write(bomb, to: folder + "/bomb.csv.gz")
            var source = try ByteSource(path: folder + "/bomb.csv.gz")
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
            defer { buffer.deallocate() }
            var produced = 0
            do throws(FileError) {
                while true {
                    let count = try source.read(into: buffer)
                    if count == 0 { break }
                    produced += count
                }
                Issue.record("the whole bomb was read")
            } catch {
                #expect(error.action == .decompress && error.reason.contains("times its size"))
            }
            #expect(produced >= 64 << 20 && produced < 66 << 20)
        }
    }

    @Test("a mistyped date cannot make a panel larger than memory")
    func absurdSpan() throws {
        let found = try issues(["demand.csv": "unique_id,ds,y\na,1,1\na,900000000,1\n"])
        #expect(found.count == 1 && found[0].expected.contains("10,000,000"))
    }

    @Test("a node replenished in a circle or from nowhere is an error")
    func upstream() throws {
        let demand = "date,sku,quantity\n2011-01-01,A,1\n"
        let header = "code,kind,latitude,longitude,replenished_from\n"
        #expect(
            try issues([
                "demand.csv": demand, "nodes.csv": header + "a,central,0,0,b\nb,regional,0,0,a\n",
            ]).count == 2)
        #expect(try one(["demand.csv": demand, "nodes.csv": header + "a,central,0,0,c\n"]).value == "c")
        #expect(try one(["demand.csv": demand, "nodes.csv": header + "a,central,91,0,\n"]).field == "latitude")
    }
}
