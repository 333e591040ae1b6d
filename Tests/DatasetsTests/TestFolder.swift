import Foundation
import Retail
import Testing

@testable import Datasets

/// Runs `body` with a new empty folder that is removed afterwards.
func withFolder<T>(_ body: (String) throws -> T) throws -> T {
    let folder = FileManager.default.temporaryDirectory.path + "/granary-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
}

/// Reads a folder with these files (name and text).
func read(_ files: [String: String]) throws -> Dataset {
    try read(files.mapValues { Array($0.utf8) })
}

func read(_ files: [String: [UInt8]]) throws -> Dataset {
    try withFolder { folder in
        for (name, bytes) in files { try AtomicFile.write(bytes, to: folder + "/" + name) }
        do {
            return try DatasetReader.read(folder: folder)
        } catch let error as DatasetError {
            let english = error.issues.flatMap(\.untranslated)
            #expect(english.isEmpty, "said in English only")
            throw error
        }
    }
}

/// The issues of reading these files; none when the reading succeeds.
func issues(_ files: [String: String]) throws -> [DataIssue] {
    try issues(files.mapValues { Array($0.utf8) })
}

func issues(_ files: [String: [UInt8]]) throws -> [DataIssue] {
    do {
        _ = try read(files)
        return []
    } catch let error as DatasetError {
        return error.issues
    }
}

/// The folder of the package these tests belong to.
let packageFolder: String = {
    let file = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    return file.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
}()

/// A small generator for tests: SplitMix64 (Steele, Lea and Flood, 2014).
struct TestRandom: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
