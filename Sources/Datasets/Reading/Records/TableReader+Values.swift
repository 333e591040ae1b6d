import Retail

/// The values of a record, one after the other in the order of the schema's columns.
extension TableReader {
    mutating func text() -> String {
        guard let bytes = take(trims: false) else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads over a value that is not taken.
    mutating func skipped() -> Float {
        _ = take()
        return .nan
    }

    mutating func code() -> String {
        guard let bytes = take() else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The position of a code in a pool. With `growing` a new code is added, otherwise it is an issue.
    @inline(__always)
    mutating func index(in pool: inout CodePool, growing: Bool = false, kind: CodeKind) -> Int32 {
        guard let bytes = take() else { return 0 }
        if growing { return pool.insert(bytes).position }
        if let found = pool.find(bytes) { return found }
        unknown(bytes, in: &pool, kind: kind)
        return 0
    }

    /// As `index`, with -1 for an empty field.
    @inline(__always)
    mutating func optionalIndex(in pool: inout CodePool, growing: Bool = false, kind: CodeKind) -> Int32 {
        guard let bytes = take(), bytes.count > 0 else { return -1 }
        if growing { return pool.insert(bytes).position }
        if let found = pool.find(bytes) { return found }
        unknown(bytes, in: &pool, kind: kind)
        return -1
    }

    mutating func choice<T: RawRepresentable & CaseIterable>(_ type: T.Type = T.self, else standIn: T) -> T
    where T.RawValue == String {
        guard let bytes = take() else { return standIn }
        return choice(of: bytes) ?? standIn
    }

    /// Nil for an empty field.
    mutating func optionalChoice<T: RawRepresentable & CaseIterable>(_ type: T.Type = T.self) -> T?
    where T.RawValue == String {
        guard let bytes = take(), bytes.count > 0 else { return nil }
        return choice(of: bytes)
    }

    private mutating func choice<T: RawRepresentable & CaseIterable>(of bytes: UnsafeRawBufferPointer) -> T?
    where T.RawValue == String {
        let word = String(decoding: bytes, as: UTF8.self)
        if let value = T(rawValue: word) { return value }
        let words = T.allCases.map(\.rawValue)
        let near = nearestName(to: word, in: words)
        fault(
            bytes, "is not one of \(words.joined(separator: ", "))",
            near.map { "did you mean \($0)?" } ?? "use one of these words")
        return nil
    }

    mutating func integer<T: FixedWidthInteger>(_ type: T.Type = T.self) -> T { optionalInteger(type) ?? 0 }

    mutating func optionalInteger<T: FixedWidthInteger>(_ type: T.Type = T.self) -> T? {
        guard let bytes = take(), bytes.count > 0 else { return nil }
        guard let value = Parse.integer(bytes) else {
            let (expected, cure) = Parse.numberFault(bytes, cure: "write digits only")
            fault(bytes, expected + "; a whole number is expected", cure)
            return nil
        }
        guard inRange(Double(value), bytes) else { return nil }
        guard let fitting = T(exactly: value) else {
            fault(bytes, "overflows the \(T.bitWidth) bits it is counted in", "check the number")
            return nil
        }
        return fitting
    }

    mutating func price() -> UnitPrice { UnitPrice(units: decimal(places: 4) ?? 0) }
    mutating func optionalPrice() -> UnitPrice? { decimal(places: 4).map { UnitPrice(units: $0) } }
    mutating func amount() -> Amount { Amount(minor: decimal(places: currency.minorDigits) ?? 0) }
    mutating func rate() -> Rate { optionalRate() ?? .zero }
    mutating func optionalRate() -> Rate? { decimal(places: 6).map { Rate(partsPerMillion: $0) } }

    @inline(__always)
    mutating func real() -> Double {
        let value = optionalReal()
        return value.isNaN ? 0 : value
    }

    /// NaN for an empty field.
    @inline(__always)
    mutating func optionalReal() -> Double {
        guard let bytes = take(), bytes.count > 0 else { return .nan }
        guard let value = Parse.real(bytes) else {
            let (expected, cure) = Parse.numberFault(bytes, cure: "write digits and a decimal point, such as 12.5")
            fault(bytes, expected + "; a finite number is expected", cure)
            return .nan
        }
        let bound = bounds[cursor - 1]
        if value < bound.0 || value > bound.1 {
            _ = inRange(value, bytes)
            return .nan
        }
        return value
    }

    mutating func date() -> Day { optionalDate() ?? Day(number: 0) }

    mutating func optionalDate() -> Day? {
        guard let bytes = take(), bytes.count > 0 else { return nil }
        if let day = Parse.day(bytes) { return day }
        notDate(bytes)
        return nil
    }

    mutating func time() -> CivilTime { optionalTime() ?? CivilTime(seconds: 0) }

    mutating func optionalTime() -> CivilTime? {
        guard let bytes = take(), bytes.count > 0 else { return nil }
        if let time = Parse.time(bytes) { return time }
        let slip = Slips.date(String(decoding: bytes.prefix(64), as: UTF8.self), keepsTime: true)
        fault(
            bytes, "is not a date and time between 1900 and 2199",
            slip.map { "write \($0)" } ?? "write it as 2011-11-28T09:30:00, and check that it exists")
        return nil
    }

    private mutating func notDate(_ bytes: UnsafeRawBufferPointer) {
        let slip = Slips.date(String(decoding: bytes.prefix(64), as: UTF8.self), keepsTime: false)
        fault(
            bytes, "is not a date between 1900 and 2199",
            slip.map { "write \($0)" } ?? "write it as 2011-11-28, and check that it exists")
    }

    mutating func clock() -> Int32 {
        guard let bytes = take(), bytes.count > 0 else { return 0 }
        if let clock = Parse.clock(bytes) { return clock }
        fault(bytes, "is not a time of day", "write it as 18:00")
        return 0
    }

    mutating func flag() -> Bool { optionalFlag() ?? false }

    mutating func optionalFlag() -> Bool? {
        guard let bytes = take(), bytes.count > 0 else { return nil }
        if let flag = Parse.flag(bytes) { return flag }
        fault(bytes, "is neither 0 nor 1", "write 1 for yes and 0 for no")
        return nil
    }

    /// A step of a panel as hours since 1970, or as a bare number.
    @inline(__always)
    mutating func step() -> (value: Int32, isBare: Bool)? {
        guard let bytes = take() else { return nil }
        if let day = Parse.day(bytes) { return (day.number * 24, false) }
        if bytes.count > 10, let time = Parse.time(bytes) {
            guard time.seconds % 3_600 == 0 else {
                fault(bytes, "is not on the hour", "sum demand up to hours")
                return nil
            }
            return (Int32(truncatingIfNeeded: time.seconds / 3_600), false)
        }
        let number = Parse.integer(bytes)
        // A number of eight digits that is a date is no step: a panel of twenty million steps is none.
        if let number, abs(number) < 1 << 30, !(19_000_101...21_991_231).contains(number) {
            return (Int32(number), true)
        }
        let slip = Slips.date(String(decoding: bytes.prefix(64), as: UTF8.self), keepsTime: true)
        if slip == nil, let number, abs(number) < 1 << 30 { return (Int32(number), true) }
        fault(
            bytes, "is not a date between 1900 and 2199, nor a step number",
            slip.map { "write \($0)" } ?? "write it as 2011-11-28, and check that it exists")
        return nil
    }

    /// `all`, `category:A|B` or `skus:X|Y`.
    mutating func scope(_ skus: CodePool) -> PromotionScope {
        guard let bytes = take() else { return .everything }
        let text = String(decoding: bytes, as: UTF8.self)
        if text == "all" { return .everything }
        if text.hasPrefix("category:") {
            let levels = text.dropFirst(9).split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            if levels.count <= 3, !levels.contains("") { return .category(levels) }
        }
        if text.hasPrefix("skus:") {
            var indices: [SKU.Index] = []
            for code in text.dropFirst(5).split(separator: "|", omittingEmptySubsequences: false) {
                if let found = skus.find(String(code)) {
                    indices.append(SKU.Index(raw: found))
                } else if !skus.isPartial {
                    fault(
                        bytes, "names the unknown SKU '\(code.prefix(40))'", "add it to products.csv, or correct it")
                }
            }
            return .skus(indices)
        }
        fault(bytes, "is not a scope", "write all, category:LEVEL1|LEVEL2, or skus:CODE|CODE")
        return .everything
    }

    // MARK: Parts

    private mutating func decimal(places: Int) -> Int64? {
        guard let bytes = take(), bytes.count > 0 else { return nil }
        guard let value = Parse.decimal(bytes, places: places) else {
            let (expected, cure) = Parse.numberFault(
                bytes, cure: "write digits and a decimal point, without currency or thousands signs")
            fault(bytes, expected + "; a plain decimal is expected", cure)
            return nil
        }
        return inRange(Double(value), bytes) ? value : nil
    }

    private mutating func inRange(_ value: Double, _ bytes: UnsafeRawBufferPointer) -> Bool {
        let (low, high) = bounds[cursor - 1]
        if value >= low, value <= high { return true }
        let column = schema.columns[cursor - 1]
        if value < low, low == 0 {
            let isSales = column.name == "quantity" || column.name == "y"
            fault(
                bytes, "is negative",
                isSales ? "give a value from 0; returns belong in returns.csv" : "give a value from 0")
        } else {
            let range = "\(Self.plain(column.minimum)) to \(Self.plain(column.maximum))"
            fault(bytes, "is outside \(range)", "correct the number")
        }
        return false
    }

    /// A bound as one would write it: whole numbers without a fraction.
    private static func plain(_ bound: Double) -> String {
        bound == bound.rounded() && abs(bound) < 1e15 ? "\(Int64(bound))" : "\(bound)"
    }
}
