import Retail

/// The words of a benchmark instance file, one after the other with their lines; blanks and line ends part words.
struct InstanceScanner {
    /// Larger files are refused: no published instance comes near it.
    static let maximumBytes = 1 << 30

    let file: String
    private let bytes: [UInt8]
    private var at = 0
    private(set) var line = 1

    /// Reads the whole file, plain or `.gz`.
    init(path: String) throws {
        file = path
        var source = try ByteSource(path: path)
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = try chunk.withUnsafeMutableBytes { try source.read(into: $0) }
            if count == 0 { break }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= Self.maximumBytes else {
                throw DataIssue(
                    file: path, expected: "the file is larger than 1 GiB",
                    cure: "give an instance file, not its archive")
            }
        }
        self.bytes = bytes
    }

    /// The next word; nil at the end of the file.
    mutating func word() -> ArraySlice<UInt8>? {
        while at < bytes.count, bytes[at] <= 32 {
            if bytes[at] == 10 { line += 1 }
            at += 1
        }
        guard at < bytes.count else { return nil }
        let start = at
        while at < bytes.count, bytes[at] > 32 { at += 1 }
        return bytes[start..<at]
    }

    /// What is left of the line, without blanks at its ends.
    mutating func restOfLine() -> String {
        let start = at
        while at < bytes.count, bytes[at] != 10 { at += 1 }
        return String(decoding: bytes[start..<at], as: UTF8.self).trimmingBlanks()
    }

    /// Goes to the beginning of the next line; false at the end of the file.
    mutating func nextLine() -> Bool {
        while at < bytes.count, bytes[at] != 10 { at += 1 }
        guard at < bytes.count else { return false }
        at += 1
        line += 1
        return at < bytes.count
    }

    /// A finite number within the range.
    mutating func number(_ what: Phrase, in range: ClosedRange<Double>) throws(DataIssue) -> Double {
        guard let word = word() else { throw ending(what) }
        return try number(word, what, in: range)
    }

    func number(_ word: ArraySlice<UInt8>, _ what: Phrase, in range: ClosedRange<Double>) throws(DataIssue) -> Double {
        guard let value = word.withUnsafeBytes({ Parse.real($0) }) else {
            throw issue(word, "\(what): a number is expected", "correct it")
        }
        guard range.contains(value) else {
            throw issue(word, "\(what) is outside \(range.lowerBound) to \(range.upperBound)", "correct it")
        }
        return value
    }

    mutating func count(_ what: Phrase, in range: ClosedRange<Int>) throws(DataIssue) -> Int {
        guard let word = word() else { throw ending(what) }
        guard let value = word.withUnsafeBytes({ Parse.integer($0) }), range.contains(Int(value)) else {
            throw issue(
                word, "\(what): a whole number from \(range.lowerBound) to \(range.upperBound) is expected",
                "correct it")
        }
        return Int(value)
    }

    /// Complains about anything but blanks at the end.
    mutating func expectEnd() throws(DataIssue) {
        guard let word = word() else { return }
        throw issue(word, "there is more than the header announces", "check the counts in the header")
    }

    func issue(_ word: ArraySlice<UInt8>? = nil, _ expected: Phrase, _ cure: Phrase) -> DataIssue {
        DataIssue(
            file: file, line: line, value: word.map { String(decoding: $0.prefix(60), as: UTF8.self) },
            expected: expected, cure: cure)
    }

    private func ending(_ what: Phrase) -> DataIssue {
        issue(nil, "the file ends where \(what) is expected", "fetch the file again: it is cut off")
    }
}

extension String {
    fileprivate func trimmingBlanks() -> String {
        String(
            drop { $0 == " " || $0 == "\t" || $0 == "\r" }.reversed().drop { $0 == " " || $0 == "\t" || $0 == "\r" }
                .reversed())
    }
}
