/// Finds the codes again that a spreadsheet took for numbers.
///
/// It drops the zeros a code begins with, and may part thousands or add decimals; it never adds a zero in front. So a code
/// is what is written wherever there is such a code, and else one of those of which that number is left.
struct WrittenCodes {
    private var known: Set<String>
    private var byNumber: [String: [String]] = [:]

    /// - Parameter others: codes that are known and not asked for.
    init(_ codes: some Collection<String>, besides others: [String] = []) {
        known = Set(codes).union(others)
        for code in codes where code.first == "0" && code.utf8.allSatisfy({ (48...57).contains($0) }) {
            let rest = code.drop { $0 == "0" }
            byNumber[rest.isEmpty ? "0" : String(rest), default: []].append(code)
        }
    }

    /// The codes that a cell may mean.
    func meant(by text: String) -> [String] {
        if known.contains(text) { return [text] }
        guard let number = Self.number(text) else { return [] }
        return known.contains(number) ? [number] : byNumber[number] ?? []
    }

    /// A whole number as a spreadsheet writes it, plainly. Letters, as in `1E5`, and zeros in front are those of a code
    /// that it left alone.
    private static func number(_ text: String) -> String? {
        guard !text.contains(where: { $0.isLetter || $0 == "+" || $0 == "-" }), let number = TypedText.number(text),
            number == number.rounded(), number >= 0, number < 1e15
        else { return nil }
        let plain = String(Int64(number))
        // Of `0123` in digits of any width.
        return text.prefix { $0.wholeNumberValue == 0 }.isEmpty || plain == "0" && text.count == 1 ? plain : nil
    }
}
