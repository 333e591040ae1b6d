import NumericCore

/// The part of order lines served in full at once: what a customer who asks for several units sees, where the unit fill
/// rate flatters (Silver, Pyke and Thomas, 2017, section 6.3).
public enum OrderLineFill {
    /// Under a base-stock level with lines that come at random, a line of j units is served in full when demand over the
    /// lead time before it leaves j on the shelf: sum over j of P(line = j) P(D <= S - j).
    ///
    /// - Parameters:
    ///   - law: units demanded over the lead time.
    ///   - lines: units of one line, each at least 1.
    public static func rate(level: Int64, law: DemandLaw, lines: ProbabilityTable) -> Double {
        lines.probabilities.enumerated().reduce(0) { sum, line in
            let units = lines.lowest + line.offset
            return units < 1 ? sum : sum + line.element * law.cumulative(Double(level) - Double(units))
        }
    }

    /// The smallest level that serves a part `target` of all lines in full.
    public static func level(_ target: Double, law: DemandLaw, lines: ProbabilityTable) throws(ReplenishmentError)
        -> Int64
    {
        try requireShare("order-line fill", target)
        guard !lines.probabilities.isEmpty, lines.lowest >= 1 || lines.probabilities[0] == 0 || lines.lowest == 0 else {
            throw .shape(what: "line sizes", count: lines.probabilities.count, expected: 1)
        }
        return LevelSearch.lowestWhole(from: law.mean + Double(lines.lowest)) {
            rate(level: Int64($0), law: law, lines: lines) >= target
        }
    }
}
