import CZlib
import Retail

/// Whole buffers in gzip form (RFC 1952).
enum Gzip {
    /// Compresses `bytes`, at the highest level unless said otherwise, with time 0 and no name in the header, so that the same bytes in
    /// give the same bytes out.
    static func compress(_ bytes: [UInt8], level: Int32 = Z_BEST_COMPRESSION) throws(FileError) -> [UInt8] {
        let failure = FileError(
            path: "", action: .compress, reason: "zlib could not compress the data", cure: "free some memory")
        // zlib counts a buffer in 32 bits.
        guard bytes.count < 1 << 31 else { throw failure }
        var stream = z_stream()
        // 15 window bits, plus 16 for the gzip wrapper; the default header has time 0.
        let started = deflateInit2_(
            &stream, level, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard started == Z_OK else { throw failure }
        defer { deflateEnd(&stream) }
        let bound = Int(deflateBound(&stream, UInt(bytes.count))) + 64
        var input = bytes
        var status = Z_OK
        let output = [UInt8](unsafeUninitializedCapacity: bound) { target, count in
            input.withUnsafeMutableBufferPointer { source in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(min(bound, Int(UInt32.max)))
                status = deflate(&stream, Z_FINISH)
                count = Int(stream.total_out)
            }
        }
        guard status == Z_STREAM_END else { throw failure }
        return output
    }
}
