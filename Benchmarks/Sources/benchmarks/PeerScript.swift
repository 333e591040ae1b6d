import Foundation

/// Another program measured in the same run, from a script in `Benchmarks/peers`.
enum PeerScript {
    /// What the script prints; nil, with a note, where its packages cannot be installed.
    static func output(of script: String, packages: String, _ arguments: String...) -> String? {
        output(of: script, packages: packages, arguments)
    }

    static func output(of script: String, packages: String, _ arguments: [String]) -> String? {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = [repository + "/Benchmarks/peers/run", script, packages] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        guard (try? process.run()) != nil else { return nil }
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            FileHandle.standardError.write(
                Data("\(script): left out, its packages (\(packages)) cannot be installed here\n".utf8))
            return nil
        }
        return String(decoding: data, as: UTF8.self)
    }
}
