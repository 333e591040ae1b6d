/// Cuts 0 ..< count into ranges of `size` (the last may be shorter).
///
/// The bounds depend on the data alone, never on the number of threads, so that a reduction over chunks in index
/// order gives the same bits on any machine. A size below 1 counts as 1, and a count below 1 gives no chunks.
public func chunks(count: Int, of size: Int) -> [Range<Int>] {
    let size = max(1, size)
    return stride(from: 0, to: max(0, count), by: size).map { start in
        start..<(count - start > size ? start + size : count)
    }
}
