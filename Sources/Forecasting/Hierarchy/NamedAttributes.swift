public import Retail

extension DemandPanel {
    /// Attributes of series whose names are codes joined by a separator, such as `85123A/web`: `part1`, `part2` and so
    /// on. Nil unless all names have the same number of parts, at least two.
    public func nameAttributes(separator: Character = "/") -> [SeriesAttribute]? {
        let parts = names.map { $0.split(separator: separator, omittingEmptySubsequences: false) }
        guard let width = parts.first?.count, width > 1, parts.allSatisfy({ $0.count == width }) else { return nil }
        return (0..<width).map { place in
            var numbers: [Substring: Int32] = [:]
            var codes: [String] = []
            let of = parts.map { row -> Int32 in
                if let known = numbers[row[place]] { return known }
                numbers[row[place]] = Int32(codes.count)
                codes.append(String(row[place]))
                return Int32(codes.count - 1)
            }
            return SeriesAttribute(name: "part\(place + 1)", codes: codes, of: of)
        }
    }

    /// The panel with every series carried on to the end of the axis, as missing cells.
    public func carriedOn() -> DemandPanel {
        var result = DemandPanel(axis: axis)
        for s in keys.indices {
            let cells = cells(s)
            let short = max(0, axis.count - Int(starts[s]) - cells.count)
            result.append(
                name: names[s], key: keys[s], start: Int(starts[s]), cells + [Double](repeating: .nan, count: short))
        }
        return result
    }
}
