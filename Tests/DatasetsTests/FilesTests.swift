import Datasets
import Foundation
import Retail
import Testing

@Suite struct FilesTests {
    @Test("SHA-256 gives the published digests of FIPS 180-4")
    func publishedDigests() {
        #expect(
            Fingerprint.sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            Fingerprint.sha256([UInt8]()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(
            Fingerprint.sha256([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test("a digest does not depend on how the bytes arrive")
    func streamedDigest() {
        let bytes = (0..<1_000).map { UInt8($0 & 255) }
        var fingerprint = Fingerprint()
        for start in stride(from: 0, to: 1_000, by: 77) {
            fingerprint.update(Array(bytes[start..<min(1_000, start + 77)]))
        }
        #expect(fingerprint.hexadecimal() == Fingerprint.sha256(bytes))
    }

    @Test("an atomic write replaces the file whole and leaves nothing beside it")
    func atomicWrite() throws {
        try withFolder { folder in
            try AtomicFile.write("first", to: folder + "/a.txt")
            try AtomicFile.write("second, longer", to: folder + "/a.txt")
            #expect(try String(contentsOfFile: folder + "/a.txt", encoding: .utf8) == "second, longer")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.txt"])
        }
    }

    @Test("a write that cannot succeed names the cause and leaves nothing")
    func failedWrite() throws {
        try withFolder { folder in
            #expect(throws: FileError.self) { try AtomicFile.write("x", to: folder + "/none/a.txt") }
            try FileManager.default.createDirectory(atPath: folder + "/taken", withIntermediateDirectories: false)
            do throws(FileError) {
                try AtomicFile.write("x", to: folder + "/taken")
                Issue.record("writing over a folder succeeded")
            } catch {
                #expect(error.path == folder + "/taken")
                #expect(error.action == .rename)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["taken"])
        }
    }

    @Test("a result table becomes CSV that quotes only what must be quoted")
    func resultTable() {
        let table = ResultTable(
            "t",
            [
                Column("code", .text(["plain", "a,b", "say \"hi\"", "two\nlines"])),
                Column("n", unit: "units", .integer([0, -7, .max, .min])),
                Column("x", unit: "share", .real([0.1, 3, .nan, -1e-7])),
            ])
        #expect(
            String(decoding: csv(table), as: UTF8.self) == #"""
                code,n,x
                plain,0,0.1
                "a,b",-7,3
                "say ""hi""",9223372036854775807,
                "two
                lines",-9223372036854775808,-1e-07

                """#)
    }
}
