import Foundation
import Testing

/// Runs the built `granary` as its user would.
struct Command {
    var status: Int32
    var out: String
    var err: String

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// The executable beside the test bundle that is running.
    static let granary: String = {
        let test = URL(filePath: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "")
        return test.deletingLastPathComponent().appending(path: "granary").path
    }()

    /// - Parameter shell: text before the command in a shell, such as a limit on file sizes.
    static func run(_ arguments: [String], in folder: String = root, shell: String? = nil) async throws -> Command {
        let files = try Files()
        let process = try start(arguments, in: folder, shell: shell, files: files)
        while process.isRunning { try await Task.sleep(for: .milliseconds(20)) }
        return Command(
            status: process.terminationStatus, out: try files.read("out"), err: try files.read("err"))
    }

    static func start(_ arguments: [String], in folder: String = root, shell: String? = nil, files: Files) throws
        -> Process
    {
        let process = Process()
        if let shell {
            process.executableURL = URL(filePath: "/bin/bash")
            process.arguments = ["-c", shell + " \"$0\" \"$@\"", granary] + arguments
        } else {
            process.executableURL = URL(filePath: granary)
            process.arguments = arguments
        }
        process.currentDirectoryURL = URL(filePath: folder)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try files.handle("out")
        process.standardError = try files.handle("err")
        try process.run()
        return process
    }
}

/// A temporary folder that goes away with its owner.
final class Files {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "granary-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func handle(_ name: String) throws -> FileHandle {
        try Data().write(to: URL(filePath: path + "/" + name))
        return try FileHandle(forWritingTo: URL(filePath: path + "/" + name))
    }

    func read(_ name: String) throws -> String { try String(contentsOfFile: path + "/" + name, encoding: .utf8) }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        try text.write(toFile: path + "/" + name, atomically: false, encoding: .utf8)
        return path + "/" + name
    }
}
