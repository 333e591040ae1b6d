import Crypto

/// SHA-256 (FIPS 180-4): how data sets, forecasts, plans and results are named by their content.
public struct Fingerprint {
    private var hasher = SHA256()

    public init() {}

    /// The hexadecimal SHA-256 of some bytes, 64 small letters and digits.
    public static func sha256(_ bytes: [UInt8]) -> String {
        var fingerprint = Fingerprint()
        bytes.withUnsafeBytes { fingerprint.update($0) }
        return fingerprint.hexadecimal()
    }

    /// The hexadecimal SHA-256 of a text's UTF-8 bytes.
    public static func sha256(_ text: String) -> String { sha256(Array(text.utf8)) }

    /// Takes in the next bytes of a stream.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) { hasher.update(bufferPointer: bytes) }

    /// Takes in the next bytes of a stream.
    public mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) } }

    /// The digest of everything taken in so far.
    public func hexadecimal() -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in hasher.finalize() {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
