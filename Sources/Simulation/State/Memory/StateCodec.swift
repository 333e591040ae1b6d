/// Writes the changing state of a replication as bytes, or reads it back. One description of the state (`code`)
/// serves both ways, so that what is written is what is read.
///
/// Only what changes while a replication runs is coded; tables that follow from the world are built again. Bytes are
/// those of this processor and engine version: a checkpoint serves to go on, not to be archived.
struct StateCodec {
    let isReading: Bool
    private(set) var bytes: [UInt8]
    private var cursor = 0

    /// A codec that writes.
    init() {
        isReading = false
        bytes = []
    }

    /// A codec that reads.
    init(reading bytes: [UInt8]) {
        isReading = true
        self.bytes = bytes
    }

    /// Whether everything has been read.
    var isAtEnd: Bool { cursor == bytes.count }

    mutating func code<Value: BitwiseCopyable>(_ value: inout Value) throws(CheckpointError) {
        if isReading {
            let size = MemoryLayout<Value>.size
            try require(size)
            let start = cursor
            value = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: start, as: Value.self) }
            cursor += size
        } else {
            withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
        }
    }

    /// A column whose length follows from the world: a checkpoint of another world does not fit.
    mutating func code<Element: BitwiseCopyable>(
        _ column: borrowing FixedColumn<Element>
    ) throws(CheckpointError) {
        try code(count: column.count)
        try code(UnsafeMutableRawBufferPointer(start: column.base, count: column.count * MemoryLayout<Element>.stride))
    }

    /// One field of a column's rows.
    mutating func code<Row: BitwiseCopyable, Element: BitwiseCopyable>(
        _ column: FieldColumn<Row, Element>
    ) throws(CheckpointError) {
        try code(count: column.count)
        for index in 0..<column.count { try code(&column[index]) }
    }

    mutating func code<Element: BitwiseCopyable>(_ column: inout GrowingColumn<Element>) throws(CheckpointError) {
        var count = column.count
        try code(&count)
        if isReading {
            let (size, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
            guard count >= 0, !overflow, size <= bytes.count - cursor else { throw .truncated }
            column.removeAll()
            _ = column.extend(by: count)
        }
        try code(UnsafeMutableRawBufferPointer(start: column.base, count: count * MemoryLayout<Element>.stride))
    }

    /// The size of a table that grows by doubling: as it is when writing, as it was when reading.
    mutating func size(_ current: Int) throws(CheckpointError) -> Int {
        var size = current
        try code(&size)
        guard size >= 256, size & (size - 1) == 0, size <= max(256, bytes.count) else { throw .truncated }
        return size
    }

    private mutating func code(count: Int) throws(CheckpointError) {
        var found = count
        try code(&found)
        if found != count { throw .otherShape(expected: count, found: found) }
    }

    private mutating func code(_ memory: UnsafeMutableRawBufferPointer) throws(CheckpointError) {
        if isReading {
            try require(memory.count)
            let start = cursor
            bytes.withUnsafeBytes { memory.copyBytes(from: $0[start..<start + memory.count]) }
            cursor += memory.count
        } else {
            bytes.append(contentsOf: UnsafeRawBufferPointer(memory))
        }
    }

    private func require(_ size: Int) throws(CheckpointError) {
        if size > bytes.count - cursor { throw .truncated }
    }
}

/// Why a saved state cannot be taken up again.
public enum CheckpointError: Error, Sendable, Equatable, CustomStringConvertible {
    /// It ends before the state does, or goes on after it.
    case truncated
    /// It belongs to a world of another size.
    case otherShape(expected: Int, found: Int)
    /// It belongs to another seed or replication.
    case otherRun(seed: UInt64, replication: UInt32)

    public var description: String {
        switch self {
        case .truncated: "the saved state is not whole"
        case .otherShape(let expected, let found):
            "the saved state has \(found) entries where this world has \(expected): it belongs to another scenario"
        case .otherRun(let seed, let replication):
            "the saved state belongs to replication \(replication) of seed \(seed)"
        }
    }
}
