import Foundation
import Testing

@Suite struct SolvePlacementTests {
    private struct Answer: Decodable {
        var objective: Double
        var bound: Double
        var gap: Double
        var proved: Bool
        var sites: [Int]
        var assignment: [Int]
    }

    private func solve(_ arguments: [String]) async throws -> Answer {
        let result = try await Command.run(["solve"] + arguments + ["--format", "json"])
        #expect(result.status == 0, "\(arguments): \(result.err)")
        return try JSONDecoder().decode(Answer.self, from: Data(result.out.utf8))
    }

    /// Two sites with room for 7 at 10 and 12; three clients that want 3, 3 and 4, dear to reach from the other site.
    private let file = "2 3\n7 10\n7 12\n3\n1 9\n3\n2 8\n4\n9 1\n"

    @Test("single sourcing, opened and forbidden sites, and budgets are asked for by option")
    func rules() async throws {
        let files = try Files()
        let path = try files.write("small.txt", file)
        // 10 + 12 + 1 + 2 + 1.
        let single = try await solve(["facility", path, "--single-source"])
        #expect(single.objective == 26 && single.proved && single.sites == [1, 2] && single.assignment == [1, 1, 2])
        let free = try await solve(["facility", path, "--uncapacitated", "--forbid", "2"])
        #expect(free.objective == 22 && free.sites == [1] && free.bound == 22)
        let opened = try await solve(["facility", path, "--uncapacitated", "--open", "2", "--at-most", "1"])
        #expect(opened.objective == 30 && opened.sites == [2])
        let budget = try await solve(["facility", path, "--uncapacitated", "--budget", "11"])
        #expect(budget.sites == [1])
    }

    @Test("what cannot be served says which rule binds, and exits with 2")
    func impossible() async throws {
        let files = try Files()
        let path = try files.write("small.txt", file)
        for (arguments, word) in [
            (["--budget", "15"], "budget"), (["--at-most", "1"], "room for"),
            (["--open", "1", "--forbid", "1"], "both"),
            (["--at-least", "3"], "allowed"), (["--open", "9"], "not among"),
        ] {
            let result = try await Command.run(["solve", "facility", path] + arguments)
            #expect(result.status == 2 && result.err.contains(word), "\(arguments): \(result.err)")
            #expect(result.out.isEmpty)
        }
        // Three fours do not go into two sixes one by one, though they do when one is split.
        let tight = try files.write("tight.txt", "2 3\n6 10\n6 12\n4\n1 9\n4\n2 8\n4\n9 1\n")
        let refused = try await Command.run(["solve", "facility", tight, "--single-source"])
        #expect(refused.status == 2 && refused.err.contains("one site only"))
    }

    /// Five points on a line, one apart but the last, which lies far out.
    private let line = """
        NAME : line
        TYPE : TSP
        DIMENSION : 5
        EDGE_WEIGHT_TYPE : EUC_2D
        NODE_COORD_SECTION
        1 0 0
        2 1 0
        3 2 0
        4 3 0
        5 9 0
        EOF

        """

    @Test("covering and centres take bounds, opened and forbidden sites, fixed costs and a budget")
    func reach() async throws {
        let files = try Files()
        let path = try files.write("line.tsp", line)
        let costs = try files.write("costs.txt", "4 9 4\n4 1\n")
        let short = try files.write("short.txt", "1 2")
        let money = ["--fixed-costs", costs]
        // Two inner points reach the first four, or two that leave one between them; the last needs itself.
        let fewest = try await solve(["cover", path, "--radius", "1"])
        #expect(fewest.objective == 3 && fewest.proved)
        // The second point is too dear: the first and the third or fourth do for 8, and the last costs 1.
        let cheapest = try await solve(["cover", path, "--radius", "1"] + money)
        #expect(cheapest.objective == 9 && cheapest.sites.contains(5) && !cheapest.sites.contains(2))
        let opened = try await solve(["cover", path, "--radius", "1", "--open", "2", "--forbid", "3"])
        #expect(opened.objective == 3 && opened.sites == [2, 4, 5])
        // For 5 one inner point and the last: the third reaches three, and itself the last.
        let most = try await solve(["cover", path, "--radius", "1", "--maximal", "--budget", "5"] + money)
        #expect(most.objective == 4 && most.sites == [3, 5])
        let centre = try await solve(["centre", path, "--at-most", "2"])
        #expect(centre.objective == 2 && centre.sites.contains(5))
        #expect(try await solve(["centre", path, "--p", "2", "--forbid", "5"]).objective == 6)
        #expect(try await solve(["centre", path, "--budget", "4"] + money).objective == 6)
        for (arguments, word) in [
            (["cover", path, "--radius", "1", "--at-most", "2"], "at most 2"),
            (["cover", path, "--radius", "1", "--forbid", "5"], "region number 5"),
            (["cover", path, "--radius", "1", "--budget", "8"] + money, "budget of 8"),
            (["centre", path, "--p", "2", "--at-most", "2"], "leave out"),
            (["centre", path, "--at-least", "6"], "allowed"),
            (["centre", path, "--budget", "3", "--open", "1"] + money, "budget of 3"),
            (["centre", path], "--p"),
            (["centre", path, "--p", "1", "--fixed-costs", try files.write("bad.txt", "1 2 x")], "bad.txt"),
            (["centre", path, "--p", "1", "--fixed-costs", short], "2 costs for 5 sites"),
        ] {
            let result = try await Command.run(["solve"] + arguments)
            #expect(result.status != 0 && result.err.contains(word), "\(arguments): \(result.err)")
            #expect(result.out.isEmpty)
        }
    }

    @Test("a generated file of points is solved as the points are")
    func generated() async throws {
        let files = try Files()
        let path = files.path + "/points.tsp"
        let made = try await Command.run(
            ["solve", "generated", "points", "--clients", "60", "--seed", "4", "--write", path])
        #expect(made.status == 0)
        let direct = try await solve(["generated", "points", "--clients", "60", "--seed", "4", "--p", "5"])
        let read = try await solve(["pmedian", path, "--p", "5"])
        #expect(direct.proved && read.proved && abs(direct.objective - read.objective) < 1e-9)
        #expect(direct.sites == read.sites)
    }

    @Test("a location problem of any kind is stated in one file")
    func location() async throws {
        let files = try Files()
        func solve(_ text: String) async throws -> Answer {
            try await self.solve(["location", try files.write("problem.json", text)])
        }
        let sites = #""fixed_costs": [10, 12], "unit_costs": [[1, 9], [8, 1]]"#
        // Both open: 10 + 12 + 3 + 4; the first alone: 10 + 3 + 36; the second: 12 + 24 + 4.
        #expect(try await solve("{\(sites), \"demands\": [3, 4]}").objective == 29)
        let worst = try await solve(
            "{\(sites), \"objective\": \"worst_cost\", \"cases\": [{\"probability\": 0.9, \"demands\": [3, 0]}, "
                + "{\"probability\": 0.1, \"demands\": [0, 4]}]}")
        // The first alone costs 13 or 46, the second 36 or 16, both 25 or 26.
        #expect(worst.proved && abs(worst.objective - 26) < 1e-6)
        let pooled = try await solve(
            "{\(sites), \"demands\": [3, 4], \"stock\": {\"working\": [0, 0], \"safety\": [10, 10], "
                + "\"covariance\": [[1, 0], [0, 1]]}}")
        // Both: 29 + 20; the first 49 + 10 root 2, the second 40 + 10 root 2.
        #expect(pooled.proved && abs(pooled.objective - 49) < 1e-6)
        let tiered = try await solve(
            "{\(sites), \"demands\": [3, 4], \"tiers\": [{\"fixed_costs\": [5, 1], \"unit_costs\": [[0, 0], [1, 1]]}]}")
        #expect(tiered.proved && abs(tiered.objective - 34) < 1e-6)
    }

    @Test("faults in a location problem are named, and exit with 2")
    func locationFaults() async throws {
        let files = try Files()
        for (text, word) in [
            ("{", "not a JSON"), ("{}", "fixed_costs"), (#"{"fixed_costs": ["a"], "unit_costs": []}"#, "another kind"),
            (#"{"fixed_costs": [1], "unit_costs": [[1]], "demands": [0]}"#, "demand"),
            (#"{"fixed_costs": [1], "unit_costs": [[-1]], "demands": [1]}"#, "unit cost"),
            (#"{"fixed_costs": [1], "unit_costs": [[null]], "demands": [1]}"#, "out of reach"),
            (#"{"fixed_costs": [1], "unit_costs": [[1, 2]], "demands": [1]}"#, "a row of"),
            (
                #"{"fixed_costs": [1], "unit_costs": [[1]], "demands": [1], "open": [-9223372036854775808]}"#,
                "not among"
            ),
            (#"{"fixed_costs": [1], "unit_costs": [[1]], "demands": [1], "at_least": 2}"#, "allowed"),
            (#"{"fixed_costs": [1], "unit_costs": [[1]], "demands": [1], "objective": "best"}"#, "no objective"),
            (
                #"{"fixed_costs": [1], "unit_costs": [[1, 1]], "demands": [1, 1], "stock": "#
                    + #"{"working": [1], "safety": [1], "covariance": [[1, 0.5], [0, 1]]}}"#, "other way"
            ),
        ] {
            let result = try await Command.run(["solve", "location", try files.write("bad.json", text)])
            #expect(result.status == 2 && result.err.contains(word), "\(text): \(result.err)")
        }
    }
}

@Suite("What cannot be right about a placement's places, said at the command line")
struct PlaceInputTests {
    private let header = "code,latitude,longitude,fixed_cost_per_day\n"

    private func place(_ files: Files, _ arguments: [String]) async throws -> Command {
        let scenario = try files.write(
            "s.yaml",
            "granary: 1\ndata: .\nclock: {start: 2024-04-30, days: 2}\nnetwork: {front_warehouses: placed}\n")
        return try await Command.run(
            ["place", scenario, "--workspace", files.path + "/w.sqlite", "--quiet"] + arguments)
    }

    @Test("candidates out of range, swapped or listed twice, and ways that are negative or not the same both ways")
    func files() async throws {
        let (files, beside) = (try SmallShop.files(), try Files())
        for (name, row, word) in [
            ("range", "a,95,121.4,10", "latitude"), ("swapped", "a,121.4,31.3,10", "swapped"),
            ("spot", "a,31.3,121.4,10\nb,31.3,121.4,10", "same spot"),
            ("twice", "a,31.3,121.4,10\na,31.4,121.4,10", "a"),
            ("negative", "a,31.3,121.4,-10", "fixed_cost_per_day"), ("node", "main,31.3,121.4,10", "node already"),
        ] {
            let path = try beside.write(name + ".csv", header + row + "\n")
            let result = try await place(files, ["--candidates", path])
            #expect(result.status == 2 && result.err.contains(word), "\(name): \(result.err)")
            #expect(result.out.isEmpty)
        }
        for (name, rows, word) in [
            ("negative", "hill,east,-3,", "kilometres"),
            ("asymmetric", "hill,east,3,\neast,hill,4,", "way back"),
            ("unknown", "hill,atlantis,3,", "atlantis"),
            ("double", "hill,east,3,\nhill,east,3,", "appears already"),
            ("empty", "hill,east,,", "neither"),
        ] {
            let path = try beside.write(name + ".csv", "from,to,kilometres,minutes\n" + rows + "\n")
            let result = try await place(files, ["--set", "network.travel=\"\(path)\""])
            #expect(result.status == 2 && result.err.contains(word), "\(name): \(result.err)")
        }
    }

    @Test("too few sites, and wishes that do not go together")
    func wishes() async throws {
        let files = try SmallShop.files()
        for (settings, word) in [
            (["network.minimum_sites=30", "network.maximum_sites=40"], "allowed"),
            (["network.required_sites=[hill]", "network.forbidden_sites=[hill]"], "both required and forbidden"),
            (["network.fixed_cost_budget=10 CNY", "network.minimum_sites=2"], "budget"),
            (
                [
                    "network.objective=worst_cost",
                    "network.cases=[{code: a, probability: 50 %}, {code: b, probability: 50 %, factor: 2}]",
                    "network.capacity=picks",
                ], "cannot be asked for together"
            ),
        ] {
            let result = try await place(files, settings.flatMap { ["--set", $0] })
            #expect(result.status == 2 && result.err.contains(word), "\(settings): \(result.err)")
        }
    }
}
