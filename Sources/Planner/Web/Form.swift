import Hummingbird

/// The fields of a submitted form (`application/x-www-form-urlencoded`).
struct Form: Sendable, Equatable {
    /// Longest body that is read, bytes.
    static let limit = 64 * 1_024
    static let maximumFields = 200

    private(set) var fields: [(name: String, value: String)] = []

    static func == (a: Form, b: Form) -> Bool { a.fields.elementsEqual(b.fields, by: ==) }

    init(_ fields: [(name: String, value: String)] = []) { self.fields = fields }

    /// Parses a body or query; nil when it is not well-formed UTF-8 in percent-encoding, or has too many fields.
    init?(encoded text: some StringProtocol) {
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(parts[0]), fields.count < Self.maximumFields else { return nil }
            guard let value = Self.decoded(parts.count > 1 ? parts[1] : "") else { return nil }
            fields.append((name, value))
        }
    }

    /// Reads the form of a request.
    init(reading request: Request) async throws {
        let body: ByteBuffer
        do { body = try await request.body.collect(upTo: Self.limit) } catch { throw PlannerFailure.tooLarge }
        guard let form = Form(encoded: String(buffer: body)) else { throw PlannerFailure.badForm }
        self = form
    }

    /// The last value given for a field, trimmed; empty when there is none.
    subscript(name: String) -> String {
        let value = fields.last { $0.name == name }?.value ?? ""
        return String(value.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }

    func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    private static func decoded(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(32)
            case UInt8(ascii: "%"):
                guard let high = hexadecimal(rest.next()), let low = hexadecimal(rest.next()) else { return nil }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexadecimal(_ digit: UInt8?) -> UInt8? {
        switch digit {
        case .some(let d) where d >= 48 && d <= 57: d - 48
        case .some(let d) where d >= 65 && d <= 70: d - 55
        case .some(let d) where d >= 97 && d <= 102: d - 87
        default: nil
        }
    }
}

/// Writes a text so that it may stand in a query.
func queryEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in text.utf8 {
        switch byte {
        case 48...57, 65...90, 97...122, 45, 46, 95, 126: result.append(byte)
        default: result += [37, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: result, as: UTF8.self)
}
