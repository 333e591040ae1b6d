/// What is wrong with stored bytes that cannot be read back.
enum BlobDefect: Error, Equatable, CustomStringConvertible {
    case truncated
    case wrongTag(String)
    case unknownVersion(UInt16)
    case badText
    case badValue(String)
    case trailingBytes(Int)
    case checksum

    var description: String {
        switch self {
        case .truncated: "the bytes end too early"
        case .wrongTag(let tag): "the bytes do not begin with \(tag)"
        case .unknownVersion(let version): "format version \(version) is not known to this build"
        case .badText: "a text is not UTF-8"
        case .badValue(let field): "the field \(field) holds an impossible value"
        case .trailingBytes(let count): "\(count) bytes follow the end"
        case .checksum: "the checksum differs"
        }
    }
}

/// Takes little-endian fields off a byte buffer; never reads or allocates beyond what is there.
struct ByteReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var remaining: Int { bytes.count - position }

    mutating func expect(tag: StaticString) throws(BlobDefect) {
        let wanted = tag.withUTF8Buffer { Array($0) }
        guard try take(wanted.count).elementsEqual(wanted) else { throw .wrongTag(tag.description) }
    }

    mutating func integer<Value: FixedWidthInteger>(_: Value.Type = Value.self) throws(BlobDefect) -> Value {
        let slice = try take(MemoryLayout<Value>.size)
        var value: Value = 0
        withUnsafeMutableBytes(of: &value) { $0.copyBytes(from: slice) }
        return Value(littleEndian: value)
    }

    mutating func real() throws(BlobDefect) -> Double { Double(bitPattern: try integer()) }

    mutating func text() throws(BlobDefect) -> String {
        let count: UInt32 = try integer()
        guard let text = String(validating: try take(Int(count)), as: UTF8.self) else { throw .badText }
        return text
    }

    mutating func integers(_ count: Int) throws(BlobDefect) -> [Int64] {
        try checkRoom(count, each: 8)
        var values: [Int64] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try integer()) }
        return values
    }

    mutating func reals(_ count: Int) throws(BlobDefect) -> [Double] {
        try checkRoom(count, each: 8)
        var values: [Double] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try real()) }
        return values
    }

    mutating func texts(_ count: Int) throws(BlobDefect) -> [String] {
        try checkRoom(count, each: 4)
        var values: [String] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try text()) }
        return values
    }

    /// A count of things that take at least `each` bytes; refused when they could not be there.
    mutating func count(each: Int) throws(BlobDefect) -> Int {
        let count: UInt64 = try integer()
        guard let count = Int(exactly: count) else { throw .truncated }
        try checkRoom(count, each: each)
        return count
    }

    func finish() throws(BlobDefect) {
        guard remaining == 0 else { throw .trailingBytes(remaining) }
    }

    private func checkRoom(_ count: Int, each: Int) throws(BlobDefect) {
        guard count >= 0, count <= remaining / max(1, each) else { throw .truncated }
    }

    private mutating func take(_ count: Int) throws(BlobDefect) -> ArraySlice<UInt8> {
        guard count >= 0, count <= remaining else { throw .truncated }
        defer { position += count }
        return bytes[position..<position + count]
    }
}
