/// Appends little-endian fields to a byte buffer: the one way stored blobs and digests are written.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func append(tag: StaticString) {
        tag.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func append<Value: FixedWidthInteger>(_ value: Value) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// IEEE 754 bits; every NaN becomes the one quiet NaN, so that equal results have equal bytes.
    mutating func append(_ value: Double) {
        append(value.isNaN ? Double.nan.bitPattern : value.bitPattern)
    }

    /// UTF-8 bytes after their count.
    mutating func append(_ text: String) {
        append(UInt32(truncatingIfNeeded: text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    mutating func append(_ values: [Int64]) {
        bytes.reserveCapacity(bytes.count + values.count * 8)
        for value in values { append(value) }
    }

    mutating func append(_ values: [Double]) {
        bytes.reserveCapacity(bytes.count + values.count * 8)
        for value in values { append(value) }
    }
}
