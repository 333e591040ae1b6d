import Foundation
import Testing

/// The rooms from the lowest up: a target imports only what stands before it in this list.
private let order = [
    "NumericCore", "Retail", "Forecasting", "Replenishment", "Placement", "Simulation", "Datasets", "Store",
    "Scenarios", "Reporting", "Planner", "granary",
]
/// System libraries and the rooms that may touch them.
private let systemLibraries = [
    "COpenBLAS": ["NumericCore"], "CPrefetch": ["Simulation"],
    "CZlib": ["Datasets"], "CXLSXWriter": ["Reporting"], "CZip": ["Reporting"],
]
/// Modules that reach a disk, a database or a socket, kept out of everything below `Datasets`.
private let edges = ["GRDB", "NIOCore", "NIOPosix", "Hummingbird", "Logging", "Yams", "Mustache", "Crypto", "CZlib"]

@Suite struct ImportDirectionTests {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func sources(of target: String) throws -> [URL] {
        let folder = root.appending(path: "Sources/\(target)")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        return files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    }

    private func imports(in file: URL) throws -> [String] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ").filter { !["public", "internal", "@preconcurrency"].contains($0) }
            guard words.first == "import", words.count > 1 else { return nil }
            return String(words[words.count > 2 ? 2 : 1].split(separator: ".")[0])
        }
    }

    @Test("a target imports only rooms that stand below it", arguments: order)
    func directions(target: String) throws {
        let rank = try #require(order.firstIndex(of: target))
        let files = try sources(of: target)
        #expect(!files.isEmpty)
        for file in files {
            for module in try imports(in: file) {
                if let other = order.firstIndex(of: module) {
                    #expect(other < rank, "\(file.lastPathComponent) imports \(module), which stands above \(target)")
                }
                if let users = systemLibraries[module] {
                    #expect(users.contains(target), "\(file.lastPathComponent) imports \(module)")
                }
            }
        }
    }

    @Test("no disk, database or socket below Datasets", arguments: order.prefix(6))
    func noEdgesBelow(target: String) throws {
        let reaching = try Regex("FileManager|FileHandle|fopen\\(|contentsOfFile|contentsOf: *URL|URLSession|socket\\(")
        for file in try sources(of: target) {
            #expect(Set(try imports(in: file)).isDisjoint(with: edges), "\(file.lastPathComponent)")
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.firstMatch(of: reaching) == nil, "\(file.lastPathComponent) reaches for a file or socket")
        }
    }

    @Test("every room has tests of its own, and Sources holds nothing but rooms")
    func everyRoomHasTests() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Sources").path)
        #expect(Set(folders).subtracting([".DS_Store"]) == Set(order).union(systemLibraries.keys))
        for room in order where room != "granary" {
            let tests = root.appending(path: "Tests/\(room)Tests")
            #expect(FileManager.default.fileExists(atPath: tests.path), "\(room) has no tests")
        }
    }

    @Test("the manifest declares no dependency against the direction")
    func manifest() throws {
        let text = try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
        let rooms = try #require(text.split(separator: "let rooms: [Room] = [").last?.split(separator: "\n]").first)
        let blocks = String(rooms).components(separatedBy: "Room(").dropFirst()
        #expect(blocks.count == order.count - 1)
        for block in blocks {
            let names = block.prefix(while: { $0 != "#" }).matches(of: /"(\w+)"/).map { String($0.1) }
            guard let room = names.first, let rank = order.firstIndex(of: room) else { continue }
            let body = block.components(separatedBy: "settings:").first ?? block
            for name in body.matches(of: /"(\w+)"/).map({ String($0.1) }).dropFirst() {
                if let other = order.firstIndex(of: name) { #expect(other < rank, "\(room) depends on \(name)") }
            }
        }
    }
}
