public import Retail

extension Forecast {
    /// The forecast as bytes of one fixed layout, all numbers little-endian: what its digest is taken over.
    ///
    /// Dense indices are left out: they belong to a process, the names of the series do not.
    public var canonicalBytes: [UInt8] {
        var bytes = CanonicalBytes()
        bytes.append("granary forecast 1")
        bytes.append(axis.step.rawValue)
        bytes.append(Int64(axis.origin.number))
        bytes.append(Int64(axis.count))
        bytes.append(levels)
        bytes.append(Int64(names.count))
        for (name, choice) in zip(names, choices) {
            bytes.append(name)
            bytes.append(choice.model)
            bytes.append(choice.note)
        }
        bytes.append(mean)
        bytes.append(quantiles)
        return bytes.bytes
    }
}

private struct CanonicalBytes {
    var bytes: [UInt8] = []

    mutating func append(_ value: Int64) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ text: String) {
        append(Int64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    mutating func append(_ values: [Double]) {
        append(Int64(values.count))
        bytes.reserveCapacity(bytes.count + 8 * values.count)
        for value in values { withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) } }
    }
}
