import Testing

@Suite("Orders noted as received or closed") struct DecideTests {
    /// The warehouse of the shop, which has moved since the first order.
    private static func warehouse(_ code: String) -> String {
        "code,kind,latitude,longitude,picks_per_hour,stations\n\(code),central,31.2,121.5,600,10\n"
    }

    private func order(_ order: String, at node: String, in shop: Files) async throws {
        try shop.write("nodes.csv", Self.warehouse(node))
        try shop.write("stock.csv", "sku,node,on_hand\nA,\(node),0\nB,\(node),0\n")
        let suggested = try await Command.run(["suggest", ".", "--workspace", "w.sqlite"], in: shop.path)
        // With exceptions: the lead time is assumed.
        #expect(suggested.status == 3, "\(suggested.err)")
        for state in ["approved", "ordered"] {
            let decided = try await decide(["--state", state, "--order", order], in: shop)
            #expect(decided.status == 0, "\(decided.err)")
        }
    }

    private func decide(_ arguments: [String], in shop: Files) async throws -> Command {
        try await Command.run(
            ["decide", "A", "--by", "Li Na", "--workspace", "w.sqlite"] + arguments, in: shop.path)
    }

    @Test("one of several open orders is asked for in words of the language, and no order at all is said")
    func words() async throws {
        let shop = try SmallShop.files()
        try await order("P1", at: "main", in: shop)
        try await order("P2", at: "yard", in: shop)
        let english = try await decide(["--state", "received"], in: shop)
        #expect(english.status == 2)
        #expect(english.err.contains("error: A was ordered for several lines; name one of: --node main --supplier"))
        #expect(english.err.contains("; --node yard --supplier"))
        let chinese = try await decide(["--state", "received", "--lang", "zh"], in: shop)
        #expect(chinese.err.contains("错误：A 向多个节点或供应商下过单，请选择其一：--node main"), "\(chinese.err)")
        let missing = try await decide(["--state", "received", "--order", "P9", "--lang", "zh"], in: shop)
        #expect(missing.status == 2 && missing.err.contains("错误：A 没有未到的订单（订单号：P9）"), "\(missing.err)")
        for text in [english.err, chinese.err, missing.err] { #expect(!text.contains("cli.")) }
    }

    @Test("what came elsewhere long ago leaves no doubt which order comes in, or is closed before it does")
    func openElsewhere() async throws {
        let shop = try SmallShop.files()
        try await order("P1", at: "main", in: shop)
        #expect(try await decide(["--state", "received"], in: shop).status == 0)
        for (order, state) in [("P2", "received"), ("P3", "closed")] {
            try await self.order(order, at: "yard", in: shop)
            let came = try await decide(["--state", state, "--format", "csv"], in: shop)
            #expect(came.status == 0 && came.out.contains(order), "\(came.err)")
        }
        let open = try await Command.run(
            ["decide", "--outstanding", "--format", "csv", "--workspace", "w.sqlite"], in: shop.path)
        #expect(open.status == 0 && !open.out.contains("P"), "\(open.out)")
        // Nothing is open: which of those that came is to be closed must be said.
        #expect(try await decide(["--state", "closed"], in: shop).status == 2)
        #expect(try await decide(["--state", "closed", "--node", "main"], in: shop).status == 0)
    }
}
