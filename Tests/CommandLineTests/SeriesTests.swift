import Foundation
import Testing

/// `granary forecast --long`, `granary backtest --long` and `granary worker`.
@Suite struct SeriesTests {
    private func panel(_ files: Files, series: Int = 3, steps: Int = 60) throws -> String {
        var text = "unique_id,ds,y\n"
        for s in 0..<series {
            for t in 0..<steps { text += "s\(s),\(t + 1),\(20 + 5 * (t % 7) + (s * t * t) % 5)\n" }
        }
        let path = files.path + "/panel.csv"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private func rows(_ path: String) throws -> [[String]] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    @Test("a long panel is forecast into the long format, steps numbered on, alike for any number of threads")
    func forecast() async throws {
        let files = try Files()
        let long = try panel(files)
        let arguments = ["forecast", "--long", long, "--horizon", "4", "--season", "7", "--quantiles", "0.9,0.025"]
        for threads in ["1", "3"] {
            let out = ["--threads", threads, "--out", files.path + "/\(threads).csv"]
            #expect(try await Command.run(arguments + out).status == 0)
        }
        let made = try rows(files.path + "/1.csv")
        #expect(try made == rows(files.path + "/3.csv"))
        #expect(made[0] == ["unique_id", "ds", "model", "mean", "q0.025", "q0.9"])
        #expect(made.count == 13)
        #expect(made[1][0...1] == ["s0", "61"] && made[12][0...1] == ["s2", "64"])
        for row in made.dropFirst() {
            let values = try row[3...].map { try #require(Double($0)) }
            #expect(values[1] <= values[2] && values.allSatisfy { $0 >= 0 && $0.isFinite })
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: files.path).allSatisfy { !$0.hasSuffix("partial") })
    }

    @Test("one model can be forced, and a name that is none is a usage error")
    func model() async throws {
        let files = try Files()
        let long = try panel(files)
        for model in ["ets", "theta", "dot", "ces", "arima", "croston", "seasonal_naive", "negative_binomial"] {
            let out = files.path + "/\(model).csv"
            let run = try await Command.run(
                ["forecast", "--long", long, "--horizon", "2", "--season", "7", "--model", model, "--out", out])
            #expect(run.status == 0)
            #expect(try rows(out)[1][2] == model)
        }
        let wrong = try await Command.run(["forecast", "--long", long, "--model", "oracle"])
        #expect(wrong.status == 64)
        #expect(wrong.err.contains("oracle"))
    }

    @Test("what an interrupted run left is taken up, and what was cut off in the middle of a series made again")
    func resume() async throws {
        let files = try Files()
        let long = try panel(files)
        let out = files.path + "/out.csv"
        let arguments = ["forecast", "--long", long, "--horizon", "4", "--season", "7", "--out", out]
        #expect(try await Command.run(arguments).status == 0)
        let whole = try String(contentsOfFile: out, encoding: .utf8)
        // An interruption leaves the provisional file; its name is told by running into a folder that refuses names.
        try FileManager.default.removeItem(atPath: out)
        try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: false)
        try "x".write(toFile: out + "/x", atomically: true, encoding: .utf8)
        #expect(try await Command.run(arguments).status != 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: files.path)
        let partial = files.path + "/" + (try #require(names.first { $0.hasSuffix(".partial") }))
        #expect(try String(contentsOfFile: partial, encoding: .utf8) == whole)
        try FileManager.default.removeItem(atPath: out)
        // Cut in the middle of the second series.
        let lines = whole.split(separator: "\n", omittingEmptySubsequences: false)
        try (lines.prefix(7).joined(separator: "\n") + "\ns1,6").write(
            toFile: partial, atomically: true, encoding: .utf8)
        let again = try await Command.run(arguments)
        #expect(again.status == 0)
        #expect(again.err.contains("1 series were forecast before"))
        #expect(try String(contentsOfFile: out, encoding: .utf8) == whole)
    }

    @Test("a backtest prints its measures as JSON, by level")
    func backtest() async throws {
        let files = try Files()
        let long = try panel(files)
        let run = try await Command.run(
            ["backtest", "--long", long, "--horizon", "7", "--season", "7", "--origins", "2", "--format", "json"])
        #expect(run.status == 0)
        for name in [
            "smape", "mase", "rmsse", "owa", "wrmsse", "pinball", "wspl", "coverage", "msis", "bias", "value_added",
        ] {
            #expect(run.out.contains("\"\(name)\""))
        }
        #expect(run.out.contains("\"total\"") && run.out.contains("\"naive2\""))
        #expect((try? JSONSerialization.jsonObject(with: Data(run.out.utf8))) != nil)
    }

    @Test("the worker answers line by line, and a line that makes no sense does not stop it")
    func worker() async throws {
        let lines = [
            #"{"unique_id":"a","y":[1,2,3,4,5,6,7,8,9,10],"model":"drift","horizon":2}"#, "b,4,4,4,,4,4", "{broken",
            #"{"unique_id":"c","y":["x"]}"#, #"{"unique_id":"d","y":[1,2],"horizon":0}"#, "e,1,two",
            #"{"unique_id":"f","y":[]}"#,
            #"{"unique_id":"g","y":[8,16,8,8,16,8,8,8,16,8,16,8,8,16,8,8],"x":{"p":[0,1,0,0,1,0,0,0,1,0,1,0,0,1,0,0,1,0,1]}}"#,
            #"{"unique_id":"h","y":[8,16,8,8,16,8,8,8,16,8,16,8,8,16,8,8],"x":{"p":[0,1,0,0,1,0,0,0,1,0,1,0,0,1,0,0,1]}}"#,
            #"{"unique_id":"i","y":[1],"x":[1]}"#,
        ]
        let input = lines.map { "'\($0)'" }.joined(separator: " ")
        let run = try await Command.run(["worker", "--horizon", "3"], shell: "printf '%s\\n' \(input) |")
        #expect(run.status == 0)
        let answers = run.out.split(separator: "\n").map(String.init)
        #expect(answers.count == lines.count)
        #expect(answers[0] == #"{"unique_id":"a","model":"drift","mean":[11.0,12.0]}"#)
        #expect(answers[1].contains(#""mean":[4.0,4.0,4.0]"#))
        #expect(answers[2].contains(#""line":3,"error":"#))
        #expect(answers[3].contains(#""unique_id":"c","line":4,"error":"#))
        #expect(answers[4].contains("the horizon is 0"))
        #expect(answers[5].contains(#""unique_id":"e""#) && answers[5].contains("'two'"))
        #expect(answers[6].contains(#""model":"none","mean":[0.0,0.0,0.0]"#))
        // Regressors known ahead move the forecast; one that ends too soon is left out by name.
        let moved = try #require(
            try JSONSerialization.jsonObject(with: Data(answers[7].utf8)) as? [String: Any])
        let mean = try #require(moved["mean"] as? [Double])
        #expect(mean[0] > 1.5 * mean[1] && mean[2] > 1.5 * mean[1])
        #expect(answers[8].contains("'p' has no value for step 2 ahead"))
        #expect(answers[9].contains("'x' is no object of lists"))
    }
}
