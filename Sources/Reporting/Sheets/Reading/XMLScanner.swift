/// Walks over the elements of an XML part of a workbook. It knows what spreadsheets write and refuses the rest:
/// document types (and with them entities of one's own) and anything not well-formed. Nothing is expanded or fetched.
struct XMLScanner {
    enum Event: Equatable {
        case start(name: String, attributes: [(name: String, value: String)])
        case end(name: String)
        case text(String)

        static func == (a: Self, b: Self) -> Bool {
            switch (a, b) {
            case (.start(let n, let x), .start(let m, let y)): n == m && x.elementsEqual(y, by: ==)
            case (.end(let n), .end(let m)), (.text(let n), .text(let m)): n == m
            default: false
            }
        }
    }

    /// Why a part cannot be read.
    enum Fault: Error, Equatable { case malformed, documentType, encoding, tooDeep, tooMany }

    static let deepest = 64

    private let bytes: [UInt8]
    private var at = 0
    private var open: [String] = []
    /// The end of an element that was opened and closed in one tag.
    private var pendingEnd: String?

    init(_ bytes: [UInt8]) throws(Fault) {
        var start = 0
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
        // UTF-16 would show as zeros among the first bytes; every spreadsheet writes UTF-8.
        guard !bytes.prefix(4).contains(0), String(validating: bytes, as: UTF8.self) != nil else { throw .encoding }
        self.bytes = bytes
        at = start
    }

    /// The next event; nil at the end of a well-formed document. Names come without their prefix.
    mutating func next() throws(Fault) -> Event? {
        if let name = pendingEnd {
            pendingEnd = nil
            return .end(name: name)
        }
        while at < bytes.count {
            if bytes[at] != UInt8(ascii: "<") { return .text(try text()) }
            guard at + 1 < bytes.count else { throw .malformed }
            switch bytes[at + 1] {
            case UInt8(ascii: "?"): try skip(past: "?>")
            case UInt8(ascii: "!"):
                if starts(with: "<!--") {
                    try skip(past: "-->")
                } else if starts(with: "<![CDATA[") {
                    at += 9
                    let from = at
                    try skip(past: "]]>")
                    return .text(String(decoding: bytes[from..<at - 3], as: UTF8.self))
                } else {
                    throw .documentType
                }
            case UInt8(ascii: "/"): return try endTag()
            default: return try startTag()
            }
        }
        guard open.isEmpty else { throw .malformed }
        return nil
    }

    private func starts(with text: StaticString) -> Bool {
        text.withUTF8Buffer { bytes[at...].starts(with: $0) }
    }

    private mutating func skip(past text: StaticString) throws(Fault) {
        let found = text.withUTF8Buffer { mark -> Int? in
            var place = at
            while place + mark.count <= bytes.count {
                if bytes[place] == mark[0], bytes[place..<place + mark.count].elementsEqual(mark) { return place }
                place += 1
            }
            return nil
        }
        guard let found else { throw .malformed }
        at = found + text.utf8CodeUnitCount
    }

    private mutating func text() throws(Fault) -> String {
        let from = at
        while at < bytes.count, bytes[at] != UInt8(ascii: "<") { at += 1 }
        return try unescaped(bytes[from..<at])
    }

    private mutating func endTag() throws(Fault) -> Event {
        at += 2
        let name = try self.name()
        skipBlanks()
        guard at < bytes.count, bytes[at] == UInt8(ascii: ">"), open.last == name else { throw .malformed }
        at += 1
        open.removeLast()
        return .end(name: local(name))
    }

    private mutating func startTag() throws(Fault) -> Event {
        at += 1
        let name = try self.name()
        var attributes: [(name: String, value: String)] = []
        while true {
            skipBlanks()
            guard at < bytes.count else { throw .malformed }
            if bytes[at] == UInt8(ascii: ">") {
                at += 1
                guard open.count < Self.deepest else { throw .tooDeep }
                open.append(name)
                return .start(name: local(name), attributes: attributes)
            }
            if bytes[at] == UInt8(ascii: "/") {
                guard at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: ">") else { throw .malformed }
                at += 2
                pendingEnd = local(name)
                return .start(name: local(name), attributes: attributes)
            }
            let attribute = try self.name()
            skipBlanks()
            guard at < bytes.count, bytes[at] == UInt8(ascii: "=") else { throw .malformed }
            at += 1
            skipBlanks()
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") else {
                throw .malformed
            }
            let quote = bytes[at]
            at += 1
            let from = at
            while at < bytes.count, bytes[at] != quote { at += 1 }
            guard at < bytes.count, attributes.count < 256 else { throw .malformed }
            attributes.append((local(attribute), try unescaped(bytes[from..<at])))
            at += 1
        }
    }

    private mutating func name() throws(Fault) -> String {
        let from = at
        while at < bytes.count, !Self.endsName(bytes[at]) { at += 1 }
        guard at > from, at - from < 256 else { throw .malformed }
        return String(decoding: bytes[from..<at], as: UTF8.self)
    }

    private static func endsName(_ byte: UInt8) -> Bool {
        switch byte {
        case 9, 10, 13, 32, UInt8(ascii: ">"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "<"): true
        default: false
        }
    }

    private func local(_ name: String) -> String {
        name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
    }

    private mutating func skipBlanks() {
        while at < bytes.count, [9, 10, 13, 32].contains(bytes[at]) { at += 1 }
    }

    /// The five entities of XML and numbered characters; others do not exist without a document type.
    private func unescaped(_ raw: ArraySlice<UInt8>) throws(Fault) -> String {
        guard raw.contains(UInt8(ascii: "&")) else { return String(decoding: raw, as: UTF8.self) }
        var result: [UInt8] = []
        var place = raw.startIndex
        while place < raw.endIndex {
            guard raw[place] == UInt8(ascii: "&") else {
                result.append(raw[place])
                place += 1
                continue
            }
            guard let end = raw[place...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else { throw .malformed }
            let name = String(decoding: raw[place + 1..<end], as: UTF8.self)
            switch name {
            case "amp": result.append(UInt8(ascii: "&"))
            case "lt": result.append(UInt8(ascii: "<"))
            case "gt": result.append(UInt8(ascii: ">"))
            case "quot": result.append(UInt8(ascii: "\""))
            case "apos": result.append(UInt8(ascii: "'"))
            default:
                let isHex = name.hasPrefix("#x") || name.hasPrefix("#X")
                guard name.hasPrefix("#"), let code = UInt32(name.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10),
                    let scalar = Unicode.Scalar(code)
                else { throw .malformed }
                result += Array(String(Character(scalar)).utf8)
            }
            place = end + 1
        }
        return String(decoding: result, as: UTF8.self)
    }
}
