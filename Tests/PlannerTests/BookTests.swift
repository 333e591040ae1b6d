import Foundation
import Retail
import Store
import Testing

@testable import Planner

@Suite("Books of suggestions on the web")
struct BookTests {
    let bench: Bench
    let id: BookID

    init() throws {
        bench = try Bench()
        let exceptions = ResultTable(
            "exceptions", [Column("exception", .text(["too_late"])), Column("at_stake", unit: "GBP", .real([12.5]))])
        id = try bench.engine.workspace.storeBook(
            OrderBook(
                dataset: "shop", source: "folder", today: Day(number: 15_300), currency: "GBP",
                lines: Stored.outcome.suggestions, tables: [exceptions]))
    }

    @Test("are listed, opened in both languages, with the tables beside them")
    func pages() async throws {
        #expect(try await bench.get("/orders").text.contains("/orders/\(id)"))
        #expect(try await bench.get("/orders/\(id)?lang=zh").text.contains("待审"))
        #expect(try await bench.get("/orders/\(id)/tables/exceptions").text.contains("12.5"))
        for missing in ["/orders/99", "/orders/x", "/orders/\(id)/99", "/orders/\(id)/tables/none"] {
            #expect(try await bench.get(missing).status == 404, "\(missing)")
        }
    }

    @Test("take decisions with name, reason and quantity, show their history, and refuse what cannot follow")
    func decisions() async throws {
        let form = "state=approved&quantity=77&by=%E6%9D%8E%E5%A8%9C&reason=fair"
        #expect(try await bench.post("/orders/\(id)/1", form: form).status == 303)
        let page = try await bench.get("/orders/\(id)/1").text
        #expect(page.contains("李娜") && page.contains("fair") && page.contains("77"))
        #expect(try await bench.get("/orders/\(id)?state=approved").text.contains("/orders/\(id)/1"))
        #expect(try await bench.get("/orders/\(id)?state=approved").text.contains("/orders/\(id)/0\"") == false)
        #expect(try await bench.post("/orders/\(id)/1", form: "state=closed&by=x").status == 409)
        for bad in [
            "state=approved&quantity=-1", "state=approved&quantity=x", "state=approved&until=soon",
            "state=snoozed&until=1999-01-01",
            "state=",
        ] {
            #expect(try await bench.post("/orders/\(id)/1", form: bad).status == 400, "\(bad)")
        }
        #expect(try bench.engine.workspace.decisions(dataset: "shop").count == 1)
    }

    @Test("read an uploaded sheet's parts byte for byte, and refuse what is not well-formed")
    func upload() throws {
        let body =
            Array("--b\r\nContent-Disposition: form-data; name=\"by\"\r\n\r\nLi\r\n--b\r\n".utf8)
            + Array("Content-Disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\n\r\n".utf8) + [
                0, 13, 10, 45, 45, 255,
            ]
            + Array("\r\n--b--\r\n".utf8)
        let upload = try #require(Upload(body: body, boundary: "b"))
        #expect(
            upload.form["by"] == "Li" && upload.file?.name == "a.xlsx"
                && upload.file?.bytes == [0, 13, 10, 45, 45, 255])
        for length in 0..<body.count - 4 { _ = Upload(body: Array(body.prefix(length)), boundary: "b") }
        #expect(Upload(body: Array("nothing".utf8), boundary: "b") == nil)
    }
}
