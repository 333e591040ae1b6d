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
}
