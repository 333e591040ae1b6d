/// Files in one ZIP archive, stored without compression: the same files give the same bytes.
///
/// PKWARE APPNOTE 6.3, the parts every reader knows: local headers, central directory, end record; names in UTF-8,
/// the time fixed at the format's first, 1980-01-01.
enum StoredZip {
    static func bytes(_ files: [(name: String, content: [UInt8])]) -> [UInt8] {
        var archive: [UInt8] = []
        var directory: [UInt8] = []
        for file in files {
            let offset = UInt32(truncatingIfNeeded: archive.count)
            let name = Array(file.name.utf8)
            var header: [UInt8] = []
            // Version 2.0, UTF-8 names, stored, 00:00 on 1 January 1980.
            for field: UInt16 in [20, 0x0800, 0, 0, 0x0021] { append(field, to: &header) }
            append(crc32(file.content), to: &header)
            append(UInt32(truncatingIfNeeded: file.content.count), to: &header)
            append(UInt32(truncatingIfNeeded: file.content.count), to: &header)
            append(UInt16(truncatingIfNeeded: name.count), to: &header)
            append(UInt16(0), to: &header)

            append(UInt32(0x0403_4B50), to: &archive)
            archive += header + name + file.content

            append(UInt32(0x0201_4B50), to: &directory)
            append(UInt16(20), to: &directory)
            directory += header
            for field: UInt16 in [0, 0, 0] { append(field, to: &directory) }
            append(UInt32(0), to: &directory)
            append(offset, to: &directory)
            directory += name
        }
        let start = UInt32(truncatingIfNeeded: archive.count)
        archive += directory
        append(UInt32(0x0605_4B50), to: &archive)
        let count = UInt16(truncatingIfNeeded: files.count)
        for field: UInt16 in [0, 0, count, count] { append(field, to: &archive) }
        append(UInt32(truncatingIfNeeded: directory.count), to: &archive)
        append(start, to: &archive)
        append(UInt16(0), to: &archive)
        return archive
    }

    private static func append<Value: FixedWidthInteger>(_ value: Value, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// CRC-32 as in ISO 3309: reflected polynomial 0xEDB88320.
    static func crc32(_ bytes: [UInt8]) -> UInt32 {
        var crc = ~UInt32(0)
        for byte in bytes { crc = table[Int(UInt8(truncatingIfNeeded: crc) ^ byte)] ^ (crc >> 8) }
        return ~crc
    }

    private static let table: [UInt32] = (0..<256).map { start in
        (0..<8).reduce(UInt32(start)) { crc, _ in crc & 1 == 1 ? 0xEDB8_8320 ^ (crc >> 1) : crc >> 1 }
    }
}
