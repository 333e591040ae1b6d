import Foundation
import Retail

/// Reads what people and their spreadsheets make of numbers and days.
enum TypedText {
    /// A number with or without its thousands apart, in digits of either width; infinite where it is too large to say.
    ///
    /// Commas count only where they part thousands: 1,200 is twelve hundred, while 1,20 and 12,5 might be anything and
    /// are no number.
    static func number(_ text: String) -> Double? {
        let plain = narrow(text)
        let parts = plain.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        var whole = parts[0]
        let sign = whole.first == "-" || whole.first == "+" ? String(whole.removeFirst()) : ""
        if whole.contains(",") {
            let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
            guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }) else {
                return nil
            }
        }
        let digits = sign + whole.filter { $0 != "," } + (parts.count > 1 ? "." + parts[1] : "")
        // Hexadecimal numbers and words such as `inf` are none of a buyer's.
        guard digits.allSatisfy({ "0123456789.+-eE".contains($0) }), whole.first?.isNumber ?? (parts.count > 1) else {
            return nil
        }
        return Double(digits)
    }

    /// A day as spreadsheets show it: 2011-12-09, 2011/12/9, 2011.12.9 or 2011年12月9日. Where the year stands last,
    /// day and month cannot be told apart: both readings are given.
    static func days(_ text: String) -> [Day] {
        let numbers = narrow(text).split { !$0.isNumber }.prefix(4).map(String.init)
        guard numbers.count >= 3, numbers.prefix(3).allSatisfy({ $0.count <= 4 }) else { return [] }
        func day(_ year: String, _ month: String, _ day: String) -> Day? {
            func padded(_ text: String) -> String { text.count == 1 ? "0" + text : text }
            return Day(iso: "\(year)-\(padded(month))-\(padded(day))")
        }
        if numbers[0].count == 4 { return [day(numbers[0], numbers[1], numbers[2])].compactMap(\.self) }
        let year = numbers[2].count == 2 ? "20" + numbers[2] : numbers[2]
        return [day(year, numbers[1], numbers[0]), day(year, numbers[0], numbers[1])].compactMap(\.self)
    }

    /// Without blanks, and with the full-width forms that Chinese keyboards type as plain ones.
    private static func narrow(_ text: String) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: if let narrow = Unicode.Scalar(scalar.value - 0xFEE0) { plain.append(narrow) }
            case 0x2212: plain.append("-")
            default: if !scalar.properties.isWhitespace { plain.append(scalar) }
            }
        }
        return String(plain)
    }
}
