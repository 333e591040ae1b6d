import CZip
import Datasets
import Foundation
import Retail

/// Reads a finished workbook back: every part must match its checksum and end with the element it began with.
enum WorkbookCheck {
    static func verify(_ file: String, named path: String) throws(FileError) {
        guard let parts = Self.parts(of: file) else { throw truncated(path) }
        for part in parts where !isComplete(part.bytes) { throw truncated(path) }
    }

    /// The parts of a zip archive in their order; nil when it is not one, or a part fails its checksum.
    static func parts(of file: String, limit: UInt64 = 1 << 30) -> [(name: String, bytes: [UInt8])]? {
        var code: Int32 = 0
        guard let archive = zip_open(file, ZIP_RDONLY | ZIP_CHECKCONS, &code) else { return nil }
        defer { zip_discard(archive) }
        var parts: [(name: String, bytes: [UInt8])] = []
        for index in 0..<UInt64(max(0, zip_get_num_entries(archive, 0))) {
            var status = zip_stat_t()
            guard zip_stat_index(archive, index, 0, &status) == 0, let name = status.name, status.size <= limit,
                let entry = zip_fopen_index(archive, index, 0)
            else { return nil }
            defer { zip_fclose(entry) }
            var bytes = [UInt8](repeating: 0, count: Int(status.size))
            // One byte more than there is: the library checks the sum when it meets the end.
            let read = bytes.withUnsafeMutableBytes { zip_fread(entry, $0.baseAddress, UInt64($0.count)) }
            var rest: UInt8 = 0
            guard read == Int64(status.size), zip_fread(entry, &rest, 1) == 0 else { return nil }
            parts.append((String(cString: name), bytes))
        }
        return parts
    }

    /// `<?xml ...?>` then `<root ...>` ... `</root>`, or one empty element.
    static func isComplete(_ xml: [UInt8]) -> Bool {
        let text = xml.prefix(4_096)
        guard let start = text.indices.first(where: { text[$0] == 60 && $0 + 1 < text.endIndex && text[$0 + 1] != 63 })
        else { return false }
        let name = text[(start + 1)...].prefix { $0 != 32 && $0 != 62 && $0 != 47 && $0 != 10 }
        var end = xml.count
        while end > 0, xml[end - 1] == 10 || xml[end - 1] == 13 || xml[end - 1] == 32 { end -= 1 }
        let closing = [60, 47] + Array(name) + [62]
        return xml[..<end].suffix(closing.count).elementsEqual(closing)
            || (xml[..<end].suffix(2).elementsEqual([47, 62]) && xml[(start + 1)..<end].allSatisfy { $0 != 60 })
    }

    private static func truncated(_ path: String) -> FileError {
        FileError(
            path: path, action: .write, reason: "the workbook came out incomplete, most likely for want of space",
            cure: "free some space on the disk; nothing was left behind")
    }
}
