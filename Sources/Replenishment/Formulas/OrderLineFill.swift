import NumericCore

/// The part of order lines served in full at once: what a customer who asks for several units sees, where the unit fill
/// rate flatters (Silver, Pyke and Thomas, 2017, section 6.3).
public enum OrderLineFill {
    /// The law of units over the lead time where they come in lines: `law` where it spreads as far as independent lines
    /// make it, else that of independent lines with the same mean (compound Poisson), to the unit where they are few.
    public static func law(_ law: DemandLaw, lines: ProbabilityTable) throws(ReplenishmentError) -> DemandLaw {
        let sizes = lines.probabilities.enumerated().compactMap { line in
            line.element > 0 && lines.lowest + line.offset > 0
                ? LineSizes.Size(units: Int64(lines.lowest + line.offset), share: line.element) : nil
        }
        let (first, second) = sizes.reduce((0.0, 0.0)) {
            let units = Double($1.units)
            return ($0.0 + $1.share * units, $0.1 + $1.share * units * units)
        }
        guard law.mean > 0, first > 0, law.variance < law.mean * second / first else { return law }
        let moments = Moments(mean: law.mean, variance: law.mean * second / first)
        return CompoundLaw.law(moments, lines: sizes, giants: true) ?? moments.law
    }

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
