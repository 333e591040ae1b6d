import Testing

@testable import Planner

@Suite("The ZIP archive of an export")
struct ZipTests {
    @Test("the checksum is the published one of CRC-32: 123456789 gives CBF43926")
    func checkValue() {
        #expect(StoredZip.crc32(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(StoredZip.crc32([]) == 0)
    }

    @Test("an archive of nothing is the 22 bytes of an end record")
    func empty() {
        #expect(StoredZip.bytes([]) == [0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 18))
    }
}
