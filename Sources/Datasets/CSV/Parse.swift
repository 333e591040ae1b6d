import Retail

/// Bytes of a field to values, exactly and without trapping on any input. Nil means the field is not of that form;
/// `fault` then says in words why.
enum Parse {
    typealias Bytes = UnsafeRawBufferPointer

    /// The field without blanks at its ends.
    @inline(__always)
    static func trimmed(_ bytes: Bytes) -> Bytes {
        var (start, end) = (0, bytes.count)
        while start < end, bytes[start] == 32 || bytes[start] == 9 { start += 1 }
        while end > start, bytes[end - 1] == 32 || bytes[end - 1] == 9 { end -= 1 }
        if start == 0, end == bytes.count { return bytes }
        return Bytes(rebasing: bytes[start..<end])
    }

    /// A whole number: optional sign and digits, within 64 bits.
    static func integer(_ bytes: Bytes) -> Int64? { decimal(bytes, places: 0, roundsBeyond: false) }

    /// A plain decimal as whole units of 10 to the power of -`places`. Digits beyond are rounded once, half away
    /// from zero (`roundsBeyond`), or must be zeros. Exponents are refused.
    static func decimal(_ bytes: Bytes, places: Int, roundsBeyond: Bool = true) -> Int64? {
        var at = 0
        let end = bytes.count
        var negative = false
        if at < end, bytes[at] == 45 || bytes[at] == 43 {
            negative = bytes[at] == 45
            at += 1
        }
        var value: UInt64 = 0
        var digits = 0
        while at < end {
            let digit = bytes[at] &- 48
            guard digit < 10 else { break }
            guard accumulate(&value, digit) else { return nil }
            digits += 1
            at += 1
        }
        var kept = 0
        var roundsUp = false
        if at < end, bytes[at] == 46 {
            at += 1
            var beyond = false
            while at < end {
                let digit = bytes[at] &- 48
                guard digit < 10 else { break }
                if kept < places {
                    guard accumulate(&value, digit) else { return nil }
                    kept += 1
                } else {
                    if !beyond { roundsUp = digit >= 5 }
                    beyond = true
                    if digit != 0, !roundsBeyond { return nil }
                }
                digits += 1
                at += 1
            }
        }
        guard at == end, digits > 0 else { return nil }
        while kept < places {
            guard accumulate(&value, 0) else { return nil }
            kept += 1
        }
        if roundsUp { value += 1 }
        guard value <= UInt64(Int64.max) else { return nil }
        return negative ? -Int64(value) : Int64(value)
    }

    @inline(__always)
    private static func accumulate(_ value: inout UInt64, _ digit: UInt8) -> Bool {
        // Room for one more step and the rounding; 64 signed bits are checked at the end.
        guard value <= 922_337_203_685_477_580 else { return false }
        value = value &* 10 &+ UInt64(digit)
        return true
    }

    /// A finite real: sign, digits, point, exponent. Correctly rounded.
    static func real(_ bytes: Bytes) -> Double? {
        var at = 0
        let end = bytes.count
        var negative = false
        if at < end, bytes[at] == 45 || bytes[at] == 43 {
            negative = bytes[at] == 45
            at += 1
        }
        var mantissa: UInt64 = 0
        var digits = 0
        var scale = 0
        var exact = true
        while at < end {
            let digit = bytes[at] &- 48
            guard digit < 10 else { break }
            exact = exact && accumulate(&mantissa, digit)
            digits += 1
            at += 1
        }
        if at < end, bytes[at] == 46 {
            at += 1
            while at < end {
                let digit = bytes[at] &- 48
                guard digit < 10 else { break }
                exact = exact && accumulate(&mantissa, digit)
                scale += 1
                digits += 1
                at += 1
            }
        }
        guard digits > 0 else { return nil }
        if at < end {
            guard bytes[at] == 101 || bytes[at] == 69 else { return nil }
            exact = false
            at += 1
            if at < end, bytes[at] == 45 || bytes[at] == 43 { at += 1 }
            let first = at
            while at < end, bytes[at] &- 48 < 10 { at += 1 }
            guard at == end, at > first else { return nil }
        }
        // A mantissa below 2^53 divided by a power of ten up to 10^22: both exact, so one rounding (Clinger, 1990).
        if exact, mantissa < 1 << 53, scale <= 22 {
            let value = scale == 0 ? Double(mantissa) : Double(mantissa) / powersOfTen[scale]
            return negative ? -value : value
        }
        guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else { return nil }
        return value
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// `2011-11-28`, between 1900 and 2199.
    @inline(__always)
    static func day(_ bytes: Bytes) -> Day? {
        guard bytes.count == 10, bytes[4] == 45, bytes[7] == 45 else { return nil }
        guard let century = pair(bytes, 0), let year = pair(bytes, 2), let month = pair(bytes, 5),
            let day = pair(bytes, 8), century >= 19, century <= 21
        else { return nil }
        return Day(year: century * 100 + year, month: month, day: day)
    }

    /// `2011-11-28`, `2011-11-28T09:30` or `2011-11-28 09:30:15`.
    static func time(_ bytes: Bytes) -> CivilTime? {
        if bytes.count == 10 { return day(bytes).map { CivilTime($0) } }
        guard bytes.count == 16 || bytes.count == 19, bytes[10] == 84 || bytes[10] == 32,
            let day = day(Bytes(rebasing: bytes[0..<10])), let hour = pair(bytes, 11), bytes[13] == 58,
            let minute = pair(bytes, 14), hour < 24, minute < 60
        else { return nil }
        guard bytes.count == 19 else { return CivilTime(day, hour: hour, minute: minute) }
        guard bytes[16] == 58, let second = pair(bytes, 17), second < 60 else { return nil }
        return CivilTime(day, hour: hour, minute: minute, second: second)
    }

    /// `18:00` or `18:00:30` as seconds after midnight; `24:00` is the end of the day.
    static func clock(_ bytes: Bytes) -> Int32? {
        guard bytes.count == 5 || bytes.count == 8, let hour = pair(bytes, 0), bytes[2] == 58,
            let minute = pair(bytes, 3)
        else { return nil }
        var second = 0
        if bytes.count == 8 {
            guard bytes[5] == 58, let last = pair(bytes, 6) else { return nil }
            second = last
        }
        guard minute < 60, second < 60, hour < 24 || hour == 24 && minute + second == 0 else { return nil }
        return Int32(hour * 3_600 + minute * 60 + second)
    }

    @inline(__always)
    private static func pair(_ bytes: Bytes, _ at: Int) -> Int? {
        let (tens, ones) = (bytes[at] &- 48, bytes[at + 1] &- 48)
        guard tens < 10, ones < 10 else { return nil }
        return Int(tens) * 10 + Int(ones)
    }

    static func flag(_ bytes: Bytes) -> Bool? {
        switch bytes.count {
        case 1: return bytes[0] == 49 ? true : bytes[0] == 48 ? false : nil
        case 4: return bytes.elementsEqual("true".utf8) ? true : nil
        case 5: return bytes.elementsEqual("false".utf8) ? false : nil
        default: return nil
        }
    }

    /// Why a field that should hold a number holds none, and what to do: the number itself where it can be told.
    static func numberFault(_ bytes: Bytes, cure: Phrase) -> (expected: Phrase, cure: Phrase) {
        let text = String(decoding: bytes.prefix(64), as: UTF8.self)
        if let slip = Slips.number(text) { return (slip.fault, "write \(slip.plain)") }
        return (numberFault(bytes), cure)
    }

    /// Why a field that should hold a number holds none.
    private static func numberFault(_ bytes: Bytes) -> Phrase {
        let text = String(decoding: bytes.prefix(64), as: UTF8.self)
        let bare = text.lowercased().drop { $0 == "-" || $0 == "+" }
        if bare == "nan" { return "is not a number (NaN)" }
        if bare == "inf" || bare == "infinity" { return "is infinite" }
        guard let value = Double(text) else { return "is not a number" }
        if !value.isFinite || abs(value) >= 9.2e14 { return "overflows: it is too large to be counted in 64 bits" }
        return bare.contains("e") ? "has an exponent" : "is not of this form"
    }

    /// Whether the bytes beyond ASCII come in the pairs of GBK.
    static func looksChinese(_ bytes: Bytes) -> Bool {
        var (at, pairs) = (0, 0)
        while at < bytes.count {
            if bytes[at] < 0x80 {
                at += 1
                continue
            }
            guard (0x81...0xFE).contains(bytes[at]), at + 1 < bytes.count, (0x40...0xFE).contains(bytes[at + 1]),
                bytes[at + 1] != 0x7F
            else { return false }
            if bytes[at] >= 0xA1, bytes[at + 1] >= 0xA1 { pairs += 1 }
            at += 2
        }
        return pairs > 0
    }

    /// The offset of the first byte that is not valid UTF-8, or is NUL, which no text has; nil when there is none.
    static func invalidByte(_ bytes: Bytes) -> Int? {
        var at = 0
        let end = bytes.count
        while at < end {
            let lead = bytes[at]
            if lead == 0 { return at }
            if lead < 0x80 {
                at += 1
                continue
            }
            let (length, low, high): (Int, UInt8, UInt8)
            switch lead {
            case 0xC2...0xDF: (length, low, high) = (2, 0x80, 0xBF)
            case 0xE0: (length, low, high) = (3, 0xA0, 0xBF)
            case 0xE1...0xEC, 0xEE...0xEF: (length, low, high) = (3, 0x80, 0xBF)
            case 0xED: (length, low, high) = (3, 0x80, 0x9F)
            case 0xF0: (length, low, high) = (4, 0x90, 0xBF)
            case 0xF1...0xF3: (length, low, high) = (4, 0x80, 0xBF)
            case 0xF4: (length, low, high) = (4, 0x80, 0x8F)
            default: return at
            }
            guard at + length <= end, bytes[at + 1] >= low, bytes[at + 1] <= high else { return at }
            for next in 2..<max(2, length) where bytes[at + next] & 0xC0 != 0x80 { return at }
            at += length
        }
        return nil
    }
}
