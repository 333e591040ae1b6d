import Testing

@Suite struct UsageTests {
    static let commands = [
        "import", "validate", "forecast", "backtest", "plan", "suggest", "place", "run", "compare", "runs", "report",
        "export", "serve", "schema", "worker",
    ]

    @Test("every command explains itself with examples", arguments: commands)
    func help(command: String) async throws {
        let path = command == "import" ? ["import", "uci-online-retail"] : [command]
        let result = try await Command.run(path + ["--help"])
        #expect(result.status == 0)
        #expect(result.out.contains("EXAMPLES"))
        #expect(result.out.contains("granary \(path.joined(separator: " "))"))
    }

    @Test("a mistake in usage exits with 64 and says what was expected")
    func usage() async throws {
        let unknown = try await Command.run(["fly"])
        #expect(unknown.status == 64)
        #expect(unknown.out.isEmpty)
        let threads = try await Command.run(["run", "scenarios/flagship.yaml", "--threads", "0"])
        #expect(threads.status == 64)
        #expect(threads.err.contains("--threads takes a number from 1 to 1024"))
        #expect(try await Command.run(["compare", "scenarios/flagship.yaml"]).status == 64)
        #expect(try await Command.run(["forecast"]).status == 64)
    }

    @Test("completion scripts come for bash, zsh and fish", arguments: ["bash", "zsh", "fish"])
    func completion(shell: String) async throws {
        let result = try await Command.run(["--generate-completion-script", shell])
        #expect(result.status == 0)
        #expect(result.out.contains("granary"))
    }
}
