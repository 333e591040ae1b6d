/// A dense number for an entity in memory: positions in columns, never written to a file.
/// Names are resolved to indices once, at the edge; the type keeps a node from indexing SKUs.
@frozen public struct DenseIndex<Entity>: Hashable, Comparable, Sendable {
    public var raw: Int32
    @inlinable public init(_ position: Int) { raw = Int32(truncatingIfNeeded: position) }
    @inlinable public init(raw: Int32) { self.raw = raw }
    @inlinable public var position: Int { Int(raw) }
    @inlinable public static func < (a: Self, b: Self) -> Bool { a.raw < b.raw }
}

/// The codes of one kind of entity with their dense numbers: the edge where names are resolved.
public struct CodeTable<Entity>: Sendable {
    public private(set) var codes: [String] = []
    private var positions: [String: Int32] = [:]

    public init() {}
    public init(_ codes: some Sequence<String>) { for code in codes { _ = insert(code) } }

    public var count: Int { codes.count }
    public subscript(code: String) -> DenseIndex<Entity>? { positions[code].map { DenseIndex(raw: $0) } }
    public subscript(index: DenseIndex<Entity>) -> String { codes[index.position] }

    /// The index of a code, adding it when new.
    @discardableResult
    public mutating func insert(_ code: String) -> DenseIndex<Entity> {
        if let known = positions[code] { return DenseIndex(raw: known) }
        let index = DenseIndex<Entity>(codes.count)
        positions[code] = index.raw
        codes.append(code)
        return index
    }
}
