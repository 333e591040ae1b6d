import Foundation
import Testing

@Suite("granary solve") struct SolveTests {
    private func solve(_ arguments: String) async throws -> [String: Any] {
        let result = try await Command.run(["solve"] + arguments.split(separator: " ").map(String.init))
        #expect(result.status == 0, "\(arguments): \(result.err)")
        let object = try JSONSerialization.jsonObject(with: Data(result.out.utf8))
        return try #require(object as? [String: Any])
    }

    @Test(
        "stock problems from the command line give the published answers",
        arguments: [
            ("newsvendor --demand poisson:6 --holding 1 --shortage 4", "cost", 3.57010694577094216),
            ("loss --demand normal:0,1 --level 2", "loss", 0.00849070261682963755),
            ("rq --demand normal:100,25 --quantity 200 --fill-rate 0.98", "reorder_point", 115.806271740344402),
            (
                "rq --demand poisson:2 --lead-time 5 --holding 1 --shortage 9 --order-cost 50", "cost",
                15.8349292221062
            ),
            ("ss --demand poisson:10 --holding 1 --shortage 9 --order-cost 64 --lead-time 0", "cost", 35.0215552723204),
            ("base-stock --demand poisson:2 --lead-time 5 --level 14", "fill_rate", 0.864464422619311),
            ("base-stock --demand poisson:2 --lead-time 5 --level 12 --lost-sales", "fill_rate", 0.880260811555175),
            (
                "safety-stock --demand normal:20,6 --lead-time 9 --lead-time-sd 2 --service 0.95", "safety_stock",
                72.1489127130795896
            ),
            ("lot-size --demand 90,120,80,70 --holding 2 --order-cost 500", "cost", 1380),
            ("eoq --demand 1300 --holding 0.225 --order-cost 8", "quantity", 304.046780026437),
            ("bullwhip --lead-time 4 --window 5", "ratio", 3.88),
            ("pooling --demand normal:100,30 --places 4", "factor", 2),
            // Single units at every review, a place that the warehouse never keeps waiting, and a season without a second
            // part are the newsvendor again; lines of one unit are Palm's.
            ("rsnq --demand poisson:6 --lot 1 --holding 1 --shortage 4", "cost", 3.57010694577094216),
            ("two-level --place 3,2,1,4 --lead-time 0 --holding 0", "cost", 3.57010694577094216),
            (
                "season --first poisson:6 --second empirical:0 --price 5 --cost 1", "profit_single_order",
                20.42989305422905784
            ),
            (
                "line-fill --demand poisson:2 --lead-time 5 --lines empirical:1 --level 12", "line_fill",
                0.696776146303107
            ),
        ] as [(String, String, Double)])
    func published(command: String, figure: String, value: Double) async throws {
        let answer = try await solve(command + " --format json")
        let found = try #require(answer[figure] as? Double)
        #expect(abs(found - value) <= 1e-12 * abs(value) + 1e-15, "\(command): \(found)")
    }

    @Test("goods that last one period are a newsvendor's, and a fast supplier that costs nothing more gets every order")
    func simulated() async throws {
        let goods = try await solve(
            "perishable --demand poisson:6 --shelf-life 1 --holding 0 --waste 1 --shortage 4 --format json")
        let cost = try #require(goods["cost"] as? Double)
        let width = try #require(goods["cost_plus_minus"] as? Double)
        #expect(goods["level"] as? Int == 8 && abs(cost - 3.57010694577094216) < 2 * width)
        let two = try await solve(
            "dual-sourcing --demand poisson:6 --fast-lead-time 0 --slow-lead-time 3 --premium 0 --holding 1 --shortage 4 --format json"
        )
        let both = try #require(two["cost"] as? Double)
        let fast = try #require(two["cost_fast_only"] as? Double)
        #expect(abs(fast - 3.57010694577094216) < 1e-9 && abs(both / fast - 1) < 0.02)
    }

    @Test("chains are read from files, and faults name file and line")
    func chains() async throws {
        let files = try Files()
        let path = files.path + "/chain.csv"
        try Data(
            """
            stage_id,lead_time,echelon_holding_cost,shortage_cost,demand_mean,demand_std,up_stages
            1,1,3,37.12,5,1,2
            2,1,2,,,,3
            3,2,2,,,,
            """.utf8
        ).write(to: URL(filePath: path))
        let serial = try await solve("serial \(path) --resolution 10 --format json")
        let cost = try #require(serial["cost"] as? Double)
        #expect(cost > 47.6 && cost < 47.7)
        try Data(
            """
            stage_id,lead_time,max_s_time,cost_rate,risk_pool,ext_demand_mean,ext_demand_std,ext_demand_thres,up_stages
            Case,5,,660,2,,,
            Case&Frame,6,5,450,,5,3,1.645,Case,1,Frame_Assembly,1
            Frame_Assembly,9,,181.5,2,,,,
            """.utf8
        ).write(to: URL(filePath: path))
        let chain = try await solve("gsm \(path) --holding-rate 0.3 --max-service-time Case&Frame=0 --format json")
        #expect(chain["proved"] as? Bool == true)
        #expect((chain["stages"] as? [Any])?.count == 3)
        try Data("stage_id,lead_time,cost_rate\nA,5,1\nB,x,2\n".utf8).write(to: URL(filePath: path))
        let bad = try await Command.run(["solve", "gsm", path, "--holding-rate", "0.3"])
        #expect(bad.status == 2 && bad.err.contains("chain.csv") && bad.err.contains("3"))
    }

    @Test("a law that is none is refused with what a law looks like")
    func badLaw() async throws {
        let result = try await Command.run(["solve", "loss", "--demand", "poison:3", "--level", "1"])
        #expect(result.status == 2 && result.out.isEmpty)
        #expect(result.err.contains("poisson:10"))
    }
}
