import Datasets
public import Retail

/// The fingerprint of a run's results: SHA-256, in hexadecimal, of the canonical result tables and figures.
///
/// Two runs with the same stored inputs, seed and build have the same digest for any number of threads.
/// The canonical bytes hold neither times, nor host, nor thread count. They are:
///
///     "GRRD" | version u16 = 1 | tables u32 | each table in its stored form, ordered by name
///     | figures u32 | each figure, ordered by key: key | unit | mean | half-width | replications u64 | values
///
/// Texts are a byte count (u32) and UTF-8; integers are little-endian; reals are IEEE 754 bits with one NaN.
public func resultDigest(tables: [ResultTable], figures: [Figure]) -> String {
    var writer = ByteWriter()
    writer.append(tag: "GRRD")
    writer.append(UInt16(1))
    writer.append(UInt32(tables.count))
    for table in tables.sorted(by: { utf8Precedes($0.name, $1.name) }) { TableCoding.append(table, to: &writer) }
    writer.append(UInt32(figures.count))
    for figure in figures.sorted(by: { utf8Precedes($0.key, $1.key) }) {
        writer.append(figure.key)
        writer.append(figure.unit)
        writer.append(figure.mean)
        writer.append(figure.halfWidth)
        writer.append(UInt64(figure.replications.count))
        writer.append(figure.replications)
    }
    return Fingerprint.sha256(writer.bytes)
}

/// Order by bytes, the same on every platform and Unicode version.
private func utf8Precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
