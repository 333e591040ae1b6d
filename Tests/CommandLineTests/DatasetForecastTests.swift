import Foundation
import Testing

/// `granary forecast` on a data set folder and on hierarchies, and what it says about odd series.
@Suite struct DatasetForecastTests {
    private func rows(_ text: String) -> [[String]] {
        text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }

    /// Mean by series and day.
    private func means(_ text: String) throws -> [String: [String: Double]] {
        var means: [String: [String: Double]] = [:]
        for row in rows(text).dropFirst() {
            let mean: Double = try #require(Double(row[3]))
            means[row[0], default: [:]][row[1]] = mean
        }
        return means
    }

    private func day(_ t: Int) -> String {
        let date = Date(timeIntervalSince1970: Double(t + 19_000) * 86_400)
        return String(ISO8601DateFormatter().string(from: date).prefix(10))
    }

    private func folder(_ files: Files, soldOut: Bool = false) throws -> String {
        let folder = files.path + "/shop"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var text = "date,sku,channel,quantity" + (soldOut ? ",in_stock" : "") + "\n"
        for t in 0..<120 {
            for (k, sku) in ["a", "b", "c", "d"].enumerated() {
                for channel in ["web", "shop"] {
                    // A fortnight of an empty shelf.
                    let isOut = soldOut && sku == "a" && t >= 90 && t < 118
                    let units = isOut ? 0 : 10 * (k + 1) + (t * 7 + k * 3) % 5 + (t % 7 == 5 ? 12 : 0)
                    text += "\(day(t)),\(sku),\(channel),\(units)" + (soldOut ? ",\(isOut ? 0 : 1)" : "") + "\n"
                }
            }
        }
        try text.write(toFile: folder + "/demand.csv", atomically: true, encoding: .utf8)
        let products = "sku,name,category1\na,A,Tea\nb,B,Tea\nc,C,Nails\nd,D,Nails\n"
        try products.write(toFile: folder + "/products.csv", atomically: true, encoding: .utf8)
        return folder
    }

    @Test("with --hierarchy every total of a data set is the sum of its parts, by every method")
    func hierarchy() async throws {
        let files = try Files()
        let folder = try folder(files)
        for method in ["wls", "mint", "bottom-up", "top-down", "middle-out"] {
            let run = try await Command.run(
                ["forecast", folder, "--horizon", "3", "--hierarchy", "--reconcile", method, "--format", "csv", "-q"])
            #expect(run.status == 0)
            let means = try means(run.out)
            let days = try #require(means["total"]?.keys.sorted())
            #expect(days.count == 3)
            for day in days {
                func mean(_ name: String) throws -> Double { try #require(means[name]?[day]) }
                let total = try mean("total")
                let (first, second) = (try mean("channel=web"), try mean("channel=shop"))
                let (tea, nails) = (try mean("category1=Tea"), try mean("category1=Nails"))
                let (channels, categories) = (first + second, tea + nails)
                var web = 0.0
                for sku in ["a", "b", "c", "d"] { web += try mean("\(sku)/web") }
                let close = 1e-6 * total
                #expect(abs(total - channels) < close)
                #expect(abs(total - categories) < close)
                let webTotal = try mean("channel=web")
                #expect(abs(web - webTotal) < close)
            }
        }
        let series = try await Command.run(["forecast", folder, "--horizon", "3", "--format", "csv", "-q"])
        #expect(try means(series.out).count == 8)
    }

    @Test("with --long --hierarchy the parts of the names are levels")
    func longHierarchy() async throws {
        let files = try Files()
        var text = "unique_id,ds,y\n"
        for (k, name) in ["a/x", "a/y", "b/x", "b/y"].enumerated() {
            for t in 0..<70 { text += "\(name),\(t + 1),\(10 * (k + 1) + (t * 3 + k) % 4 + (t % 7 == 2 ? 9 : 0))\n" }
        }
        let long = try files.write("long.csv", text)
        let run = try await Command.run(
            [
                "forecast", "--long", long, "--horizon", "2", "--season", "7", "--hierarchy", "--reconcile", "mint",
                "--quantiles", "0.1,0.9", "--format", "csv", "-q",
            ])
        #expect(run.status == 0)
        let means = try means(run.out)
        // Total, two parts of two codes each, four series.
        #expect(means.count == 9)
        for day in try #require(means["total"]?.keys.sorted()) {
            func mean(_ name: String) throws -> Double { try #require(means[name]?[day]) }
            let total = try mean("total")
            let (a, b) = (try mean("part1=a"), try mean("part1=b"))
            #expect(abs(total - a - b) < 1e-6 * total)
            let (y, ay, by) = (try mean("part2=y"), try mean("a/y"), try mean("b/y"))
            #expect(abs(y - ay - by) < 1e-6 * total)
        }
    }

    @Test("an empty shelf is not taken for no demand where the file says so, and is told of where it does not")
    func soldOut() async throws {
        let files = try Files()
        let folder = try folder(files, soldOut: true)
        let arguments = ["forecast", folder, "--horizon", "2", "--model", "window_average", "--format", "csv"]
        let flagged = try await Command.run(arguments)
        #expect(flagged.err.contains("sold out on 56 steps"))
        let text = try String(contentsOfFile: folder + "/demand.csv", encoding: .utf8)
        let plain = text.split(separator: "\n").map { $0.split(separator: ",").prefix(4).joined(separator: ",") }
        try plain.joined(separator: "\n").write(
            toFile: folder + "/demand.csv", atomically: true, encoding: .utf8)
        let silent = try await Command.run(arguments)
        #expect(silent.err.contains("2 series have a stretch of zeros too long for chance"))
        let (with, without) = (try means(flagged.out), try means(silent.out))
        let day = try #require(with["a/web"]?.keys.min())
        let (more, less) = (try #require(with["a/web"]?[day]), try #require(without["a/web"]?[day]))
        #expect(more > 2 * less)
    }

    @Test("every odd series of a long file has a named outcome, never a crash, never a number that is none")
    func oddSeries() async throws {
        let files = try Files()
        func file(_ name: String, _ cells: (Int) -> String) throws -> String {
            let rows = (1...60).map { "x,\($0),\(cells($0))" }.joined(separator: "\n")
            return try files.write(name + ".csv", "unique_id,ds,y\n" + rows + "\n")
        }
        let cases = [
            try file("zero") { _ in "0" }, try file("constant") { _ in "7" },
            try files.write("one.csv", "unique_id,ds,y\nx,1,5\n"), try file("missing") { _ in "" },
            try file("gaps") { $0 % 3 == 0 ? "" : "\($0 % 5)" },
            try file("tiny") { "\(Double($0 % 5 + 1))e-12" }, try file("huge") { "\(Double($0 % 5 + 1) / 5)e12" },
            try file("negative") { "-\($0 % 4)" },
            try files.write(
                "unsorted.csv", "unique_id,ds,y\n" + (1...40).reversed().map { "x,\($0),\($0 % 6)\n" }.joined()),
        ]
        for path in cases {
            for extra in [[], ["--hierarchy"], ["--model", "ets"], ["--model", "arima"]] {
                let run = try await Command.run(
                    [
                        "forecast", "--long", path, "--horizon", "3", "--season", "7", "--quantiles", "0.1,0.9",
                        "--format", "csv", "-q",
                    ] + extra)
                #expect(run.status == 0, "\(path) \(extra): \(run.err)")
                let made = rows(run.out).dropFirst()
                #expect(made.count >= 3)
                for row in made {
                    for value in row[3...] { #expect(Double(value)?.isFinite == true, "\(path) \(row)") }
                }
            }
        }
        let twice = try files.write("twice.csv", "unique_id,ds,y\nx,1,5\nx,2,6\nx,2,7\n")
        let run = try await Command.run(["forecast", "--long", twice, "--horizon", "3"])
        #expect(run.status == 2)
        #expect(run.err.contains("twice.csv:4") && run.err.contains("appears already on line 3"))
    }

    @Test("SIGINT leaves whole series behind, and the same command goes on from them to the same file")
    func interrupted() async throws {
        let files = try Files()
        var text = "unique_id,ds,y\n"
        for s in 0..<12_000 { for t in 0..<30 { text += "s\(s),\(t),\((s + t * 3) % 11)\n" } }
        let long = try files.write("long.csv", text)
        func arguments(_ out: String) -> [String] {
            [
                "forecast", "--long", long, "--horizon", "40", "--season", "7", "--model", "theta", "--out",
                files.path + "/" + out,
            ]
        }
        #expect(try await Command.run(arguments("whole.csv")).status == 0)
        // The shell stops it, later and later until the first series are there: how fast it is depends on the machine.
        var partial: String?
        for seconds in [0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.2, 1.5, 2, 3, 5, 9, 15, 30] where partial == nil {
            let cut = try await Command.run(
                arguments("cut.csv"), shell: "exec timeout --preserve-status -s INT \(seconds)")
            #expect(cut.status == 130 || cut.status == 0, "\(cut.err)")
            try? FileManager.default.removeItem(atPath: files.path + "/cut.csv")
            partial = try FileManager.default.contentsOfDirectory(atPath: files.path).first {
                $0.hasSuffix(".partial")
            }
            if let name = partial, try String(contentsOfFile: files.path + "/" + name, encoding: .utf8).count < 100 {
                // Stopped before the first series.
                try FileManager.default.removeItem(atPath: files.path + "/" + name)
                partial = nil
            }
        }
        let left = try String(contentsOfFile: files.path + "/" + (try #require(partial)), encoding: .utf8)
        let lines = left.split(separator: "\n")
        #expect(left.hasSuffix("\n") && lines.count > 1 && (lines.count - 1) % 40 == 0)
        #expect(!FileManager.default.fileExists(atPath: files.path + "/cut.csv"))
        let again = try await Command.run(arguments("cut.csv"))
        #expect(again.status == 0)
        #expect(again.err.contains("\((lines.count - 1) / 40) series were forecast before"))
        let (whole, other) = (files.path + "/whole.csv", files.path + "/cut.csv")
        #expect(try String(contentsOfFile: whole, encoding: .utf8) == String(contentsOfFile: other, encoding: .utf8))
    }
}
