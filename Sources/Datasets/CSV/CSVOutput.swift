public import Retail

/// A result table as CSV (RFC 4180 with LF line ends, UTF-8): a header of column names, then the rows.
/// Reals are the shortest decimal that reads back to the same number; a real that is not finite is empty.
public func csv(_ table: ResultTable) -> [UInt8] {
    var output = CSVOutput()
    for column in table.columns { output.text(column.name) }
    output.endRow()
    for row in 0..<table.rowCount {
        for column in table.columns {
            switch column.values {
            case .integer(let values): output.integer(values[row])
            case .real(let values): output.real(values[row])
            case .text(let values): output.text(values[row])
            }
        }
        output.endRow()
    }
    return output.bytes
}

/// CSV being written: fields appended one after the other, quoted only where they must be.
struct CSVOutput {
    private(set) var bytes: [UInt8] = []
    /// Fields in the row begun.
    private(set) var fields = 0

    mutating func text(_ value: String) {
        separate()
        var value = value
        value.withUTF8 { utf8 in
            var quote = false
            for byte in utf8 where byte == 34 || byte == 44 || byte == 10 || byte == 13 { quote = true }
            // Blanks at the ends survive only inside quotes with most readers.
            if utf8.first == 32 || utf8.last == 32 { quote = true }
            guard quote else {
                bytes.append(contentsOf: utf8)
                return
            }
            bytes.append(34)
            for byte in utf8 {
                if byte == 34 { bytes.append(34) }
                bytes.append(byte)
            }
            bytes.append(34)
        }
    }

    mutating func integer(_ value: Int64) {
        separate()
        appendDigits(of: value)
    }

    mutating func integer(_ value: some BinaryInteger) { integer(Int64(value)) }

    /// The shortest decimal that reads back to the same number, without `.0`; empty when not finite.
    mutating func real(_ value: Double) {
        separate()
        guard value.isFinite else { return }
        if value == value.rounded(), abs(value) < 1e15 {
            appendDigits(of: Int64(value))
        } else {
            bytes.append(contentsOf: value.description.utf8)
        }
    }

    /// `value` units of 10 to the power of -`places` as a plain decimal, without trailing zeros: 25500 at 4 is `2.55`.
    mutating func decimal(_ value: Int64, places: Int) {
        separate()
        if value < 0 { bytes.append(45) }
        var scale: UInt64 = 1
        for _ in 0..<places { scale *= 10 }
        let (whole, fraction) = value.magnitude.quotientAndRemainder(dividingBy: scale)
        bytes.append(contentsOf: String(whole).utf8)
        guard fraction > 0 else { return }
        bytes.append(46)
        var rest = fraction
        while rest > 0 {
            scale /= 10
            bytes.append(48 + UInt8(rest / scale))
            rest %= scale
        }
    }

    mutating func empty() { separate() }

    mutating func endRow() {
        bytes.append(10)
        fields = 0
    }

    private mutating func separate() {
        if fields > 0 { bytes.append(44) }
        fields += 1
    }

    private mutating func appendDigits(of value: Int64) {
        if value < 0 { bytes.append(45) }
        var rest = value.magnitude
        let first = bytes.count
        repeat {
            bytes.append(48 + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        bytes[first...].reverse()
    }
}
