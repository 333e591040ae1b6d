import Foundation
import Testing

@Suite("What cannot be run is named with its place and a cure, through the command line, and nothing is half run")
struct ScenarioFaultTests {
    private let head = "granary: 1\ndata: .\nreplications: 1\nclock: {start: 2024-04-30, days: 2}\n"

    private func run(_ files: Files, _ more: String = "", _ arguments: [String] = []) async throws -> Command {
        try files.write("s.yaml", head + more)
        return try await Command.run(
            ["run", files.path + "/s.yaml", "--workspace", files.path + "/w.sqlite", "--quiet"] + arguments)
    }

    @Test("the shop itself runs")
    func sound() async throws {
        let result = try await run(try SmallShop.files())
        #expect(result.status == 0, "\(result.err)")
    }

    @Test(
        "settings that contradict each other or cannot be",
        arguments: [
            (
                "promotions:\n  - {code: c, kind: coupon, begins: 2024-04-30T01:00, ends: 2024-04-30T09:00, "
                    + "threshold: 9 CNY, saving: 1 CNY, stacking: platform}\n", ["s.yaml:6", "stacking", "alone"]
            ),
            (
                "promotions:\n  - {code: c, kind: spend_and_save, begins: 2024-04-30T01:00, ends: 2024-04-30T09:00, "
                    + "threshold: 9 CNY, saving: 1 CNY, stacking: platform, over: shop}\n", ["s.yaml:6", "over"]
            ),
            ("stock: {sharing: quota, shares: {web: 80 %, app: 30 %}}\n", ["stock.shares", "110 %"]),
            ("stock: {channel_lag: -1 s}\n", ["s.yaml:5", "stock.channel_lag"]),
            ("carriers:\n  lanes:\n    - {from: main, to: north}\n", ["s.yaml:7", "north"]),
            ("carriers:\n  lanes:\n    - {from: main, tier: same_day}\n", ["s.yaml:7", "same_day"]),
        ])
    func settings(more: String, words: [String]) async throws {
        let files = try SmallShop.files()
        let result = try await run(files, more)
        #expect(result.status == 2, "\(result.err)")
        for word in words { #expect(result.err.contains(word), "\(result.err)") }
        #expect(result.out.isEmpty)
    }

    @Test(
        "a data set with a carrier without rates, a region nobody goes to, no stations, a negative lag, a calendar gap")
    func data() async throws {
        let open = "date,is_open,event\n2024-03-01,1,\n2024-03-02,1,\n2024-03-05,1,\n"
        let cases: [(String, String, [String])] = [
            (
                "carriers.csv", "code,daily_capacity,cut_off\npost,1000,18:00\nsnail,10,18:00\n",
                ["snail", "rates.csv"]
            ),
            (
                "rates.csv", SmallShop.rates.split(separator: "\n").dropLast().joined(separator: "\n") + "\n",
                ["west", "zone far"]
            ),
            (
                "nodes.csv", "code,kind,latitude,longitude,stations\nmain,central,31.2,121.5,0\n",
                ["nodes.csv:2", "stations", "'0'"]
            ),
            (
                "channels.csv", "code,kind,synchronisation_lag\nweb,own,-30\n",
                ["channels.csv:2", "synchronisation_lag", "-30"]
            ),
            ("calendar.csv", open, ["calendar.csv:4", "2024-03-02"]),
        ]
        for (name, text, words) in cases {
            let result = try await run(try SmallShop.files([name: text]))
            #expect(result.status == 2, "\(name): \(result.err)")
            for word in words { #expect(result.err.contains(word), "\(name): \(result.err)") }
            #expect(result.out.isEmpty)
        }
    }

    @Test("a saved state of another engine, of another run, or with a flipped byte is refused by name")
    func checkpoints() async throws {
        let files = try SmallShop.files()
        let folder = files.path + "/states"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        func resume(_ state: String) async throws -> Command {
            try files.write("states/replication-1.state", state)
            return try await run(files, "", ["--checkpoint", folder])
        }
        let zeros = String(repeating: "0", count: 64)
        let old = try await resume("granary checkpoint 1\nengine 0\nrun \(zeros)\nstate \(zeros)\nstate")
        #expect(old.status == 2 && old.err.contains("engine version 0"), "\(old.err)")
        let version = try #require(old.err.firstMatch(of: #/this is (\d+)/#)?.1)
        let flipped = try await resume("granary checkpoint 1\nengine \(version)\nrun \(zeros)\nstate \(zeros)\nstate")
        #expect(flipped.status == 2 && flipped.err.contains("damaged"), "\(flipped.err)")
        // The digest of the five bytes of "state".
        let digest = "4ba69735ca53765ed6a709edb56c6ea236b7193a3b29a6b390c346f0f4340e4e"
        let other = try await resume("granary checkpoint 1\nengine \(version)\nrun \(zeros)\nstate \(digest)\nstate")
        #expect(other.status == 2 && other.err.contains("another scenario"), "\(other.err)")
        let foreign = try await resume("hello")
        #expect(foreign.status == 2 && foreign.err.contains("not a saved state"), "\(foreign.err)")
        #expect([old, flipped, other, foreign].allSatisfy { $0.out.isEmpty })
    }
}
