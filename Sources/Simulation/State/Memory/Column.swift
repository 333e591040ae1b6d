import CPrefetch
import Dispatch

#if canImport(Glibc)
    import Glibc
#endif

/// Where columns live: on cache-line borders, so that a row of 32, 64 or 128 bytes lies in as few lines as it can;
/// large columns in large pages, where the system has them, so that a random access needs no walk through page tables.
private enum Memory {
    /// Addresses kept for a large column: 64 GiB.
    static let reserved = 1 << 36
    private static let line = 64
    private static let largePage = 1 << 21

    static func allocate<Element>(_ count: Int) -> UnsafeMutablePointer<Element> {
        let bytes = max(1, count) * MemoryLayout<Element>.stride
        let isLarge = bytes >= largePage
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: isLarge ? largePage : line)
        #if canImport(Glibc)
            // A hint: memory without it is slower, not wrong.
            if isLarge { _ = madvise(memory, bytes, MADV_HUGEPAGE) }
        #endif
        return memory.bindMemory(to: Element.self, capacity: max(1, count))
    }

    /// A range of addresses of which only what is written takes memory: a large column grows in its place, without a
    /// second copy of itself. Nil where the system gives none.
    static func reserve<Element>(_: Element.Type) -> UnsafeMutablePointer<Element>? {
        #if canImport(Glibc)
            let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
            guard let memory = mmap(nil, reserved, PROT_READ | PROT_WRITE, flags, -1, 0), memory != MAP_FAILED else {
                return nil
            }
            _ = madvise(memory, reserved, MADV_HUGEPAGE)
            return memory.bindMemory(to: Element.self, capacity: reserved / MemoryLayout<Element>.stride)
        #else
            return nil
        #endif
    }

    static func giveBack(_ memory: UnsafeMutableRawPointer, isReserved: Bool) {
        #if canImport(Glibc)
            if isReserved {
                munmap(memory, reserved)
                return
            }
        #endif
        memory.deallocate()
    }

    static func isLarge(_ bytes: Int) -> Bool { bytes >= largePage }

    /// Where pages are made ready: beside those who will write to them.
    static let maker = DispatchQueue(label: "fresh memory", qos: .userInitiated)

    /// Makes the pages of a range that is about to be written to. Nothing in them changes; should the range be given
    /// back meanwhile, nothing happens.
    static func makeReady(_ begin: UnsafeMutableRawPointer, _ bytes: Int) {
        #if canImport(Glibc)
            let address = UInt(bitPattern: begin)
            // MADV_POPULATE_WRITE of Linux 5.14; where it is unknown, pages are made as they are written to.
            maker.async { _ = madvise(UnsafeMutableRawPointer(bitPattern: address), bytes, 23) }
        #endif
    }
}

/// A column of fixed length owned by one replication: contiguous, zero cost to index, freed with its owner.
///
/// This file is the one place of the simulator with raw memory. Elements are plain bits; an index outside the column stops a
/// debug build. Writing through a column does not need exclusive access to its owner, so that a stage may work on
/// several columns at once.
struct FixedColumn<Element: BitwiseCopyable>: ~Copyable {
    let base: UnsafeMutablePointer<Element>
    let count: Int

    init(repeating element: Element, count: Int) {
        self.count = count
        base = Memory.allocate(count)
        base.initialize(repeating: element, count: count)
    }

    init(_ elements: [Element]) {
        count = elements.count
        base = Memory.allocate(elements.count)
        for (index, element) in elements.enumerated() { (base + index).initialize(to: element) }
    }

    deinit { base.deallocate() }

    @inline(__always)
    subscript(index: Int) -> Element {
        get {
            assert(index >= 0 && index < count, "index within the column")
            return base[index]
        }
        nonmutating _modify {
            assert(index >= 0 && index < count, "index within the column")
            yield &base[index]
        }
    }

    /// Asks for the cache line of an element before it is needed.
    @inline(__always)
    func prefetch(_ index: Int) { granary_prefetch(base + index) }

    func fill(with element: Element) { base.update(repeating: element, count: count) }
    var array: [Element] { Array(UnsafeBufferPointer(start: base, count: count)) }
}

/// A column that grows at its end.
struct GrowingColumn<Element: BitwiseCopyable>: ~Copyable {
    private(set) var base: UnsafeMutablePointer<Element>
    private(set) var capacity: Int
    private(set) var count = 0
    /// Grows in the addresses kept for it.
    private var isReserved = false
    /// Bytes of those addresses that have memory, or are about to have.
    private var ready = 0

    init(capacity: Int = 256) {
        self.capacity = max(1, capacity)
        base = Memory.allocate(self.capacity)
    }

    deinit { Memory.giveBack(base, isReserved: isReserved) }

    @inline(__always)
    subscript(index: Int) -> Element {
        get {
            assert(index >= 0 && index < count, "index within the column")
            return base[index]
        }
        nonmutating _modify {
            assert(index >= 0 && index < count, "index within the column")
            yield &base[index]
        }
    }

    /// Asks for the cache line of an element before it is needed.
    @inline(__always)
    func prefetch(_ index: Int) { granary_prefetch(base + index) }

    @inline(__always)
    mutating func append(_ element: Element) {
        if count == capacity { grow(to: count + 1) }
        (base + count).initialize(to: element)
        count += 1
    }

    /// Adds `number` elements whose bits are not set yet; the caller writes them before reading.
    mutating func extend(by number: Int) -> Int {
        if count + number > capacity { grow(to: count + number) }
        defer { count += number }
        return count
    }

    var array: [Element] { Array(UnsafeBufferPointer(start: base, count: count)) }

    @inline(__always) mutating func removeAll() { count = 0 }
    @inline(__always) mutating func removeLast() -> Element {
        count -= 1
        return base[count]
    }

    /// Drops the first `number` elements, keeping the order of the others.
    mutating func removeFirst(_ number: Int) {
        (base).update(from: base + number, count: count - number)
        count -= number
    }

    /// Drops elements, keeping the order of the others.
    mutating func removeAll(where isMeant: (Element) -> Bool) {
        var kept = 0
        for index in 0..<count where !isMeant(base[index]) {
            base[kept] = base[index]
            kept += 1
        }
        count = kept
    }

    /// Has the memory of elements to come made ready by another thread, a part of what there is at a time.
    mutating func growAhead() {
        let used = count * MemoryLayout<Element>.stride
        let part = max(1 << 21, min(1 << 24, used / 4 & ~(1 << 21 - 1)))
        guard isReserved, used + part > ready, ready + part <= Memory.reserved else { return }
        ready = max(ready, used & ~(1 << 21 - 1))
        Memory.makeReady(UnsafeMutableRawPointer(base) + ready, part)
        ready += part
    }

    /// The same memory as cells of another kind, of the same size. Which kind a cell is, its owner knows.
    @inline(__always)
    func seen<Other: BitwiseCopyable>(as _: Other.Type) -> ColumnView<Other> {
        ColumnView(UnsafeMutableRawPointer(base).assumingMemoryBound(to: Other.self), count: count)
    }

    /// Sorts the elements from place `first` on.
    @inline(__always)
    func sort(from first: Int = 0, by precedes: (Element, Element) -> Bool) {
        sort(first..<count, by: precedes)
    }

    /// Sorts the elements at some places among themselves.
    @inline(__always)
    func sort(_ places: Range<Int>, by precedes: (Element, Element) -> Bool) {
        var elements = UnsafeMutableBufferPointer(start: base + places.lowerBound, count: places.count)
        elements.sort(by: precedes)
    }

    private mutating func grow(to needed: Int) {
        var larger = max(needed, capacity * 2)
        var next: UnsafeMutablePointer<Element>?
        let most = Memory.reserved / MemoryLayout<Element>.stride
        if !isReserved && Memory.isLarge(larger * MemoryLayout<Element>.stride) && needed <= most {
            next = Memory.reserve(Element.self)
        }
        let isPlaced = next != nil
        if isPlaced { larger = most }
        let memory = next ?? Memory.allocate(larger)
        memory.moveInitialize(from: base, count: count)
        Memory.giveBack(base, isReserved: isReserved)
        (base, capacity, isReserved, ready) = (memory, larger, isPlaced, 0)
    }
}

/// A column that belongs to another owner. It must not outlive it.
struct ColumnView<Element: BitwiseCopyable> {
    private let base: UnsafeMutablePointer<Element>
    let count: Int

    init(_ column: borrowing FixedColumn<Element>) { self.init(column.base, count: column.count) }

    init(_ base: UnsafeMutablePointer<Element>, count: Int) {
        self.base = base
        self.count = count
    }

    /// Asks for the cache line of an element before it is needed.
    @inline(__always)
    func prefetch(_ index: Int) { granary_prefetch(base + index) }

    @inline(__always)
    subscript(index: Int) -> Element {
        get {
            assert(index >= 0 && index < count, "index within the column")
            return base[index]
        }
        nonmutating _modify {
            assert(index >= 0 && index < count, "index within the column")
            yield &base[index]
        }
    }
}

/// One field of the rows of a column, seen as a column of its own: what is used together lies together. It does not
/// own its memory and must not outlive the rows.
struct FieldColumn<Row: BitwiseCopyable, Element: BitwiseCopyable> {
    private let base: UnsafeMutableRawPointer
    let count: Int

    init(_ rows: borrowing FixedColumn<Row>, _ field: KeyPath<Row, Element>) {
        // Rows are plain structs, whose stored fields have an offset.
        let offset = MemoryLayout<Row>.offset(of: field) ?? 0
        base = UnsafeMutableRawPointer(rows.base) + offset
        count = rows.count
    }

    @inline(__always)
    subscript(index: Int) -> Element {
        get {
            assert(index >= 0 && index < count, "index within the column")
            return (base + index * MemoryLayout<Row>.stride).assumingMemoryBound(to: Element.self).pointee
        }
        nonmutating _modify {
            assert(index >= 0 && index < count, "index within the column")
            yield &(base + index * MemoryLayout<Row>.stride).assumingMemoryBound(to: Element.self).pointee
        }
    }

    var array: [Element] { (0..<count).map { self[$0] } }
}
