import NumericCore

/// Shares what a node has among the nodes below so that the expected cost of shortage is least: each unit goes where
/// it is most likely to be wanted (Marklund and Rosling, 2012; for equal costs the places end with equal risk).
public enum Allocation {
    public struct Claim: Sendable {
        /// Demand until the next allocation can arrive.
        public var law: DemandLaw
        /// On hand and on the way there, less what customers wait for.
        public var position: Int64
        /// What a unit short costs.
        public var shortage: Double
        /// Most units the place can take; nil where nothing binds it.
        public var room: Int64?
        public init(law: DemandLaw, position: Int64, shortage: Double = 1, room: Int64? = nil) {
            (self.law, self.position, self.shortage, self.room) = (law, position, shortage, room)
        }
    }

    /// Units for each claim, at most `available` in all; what nobody is likely to want (a value of a unit of at most
    /// `floor`) stays. Ties go to the earlier claim.
    public static func share(_ available: Int64, among claims: [Claim], floor: Double = 0) -> [Int64] {
        var given = [Int64](repeating: 0, count: claims.count)
        guard available > 0, !claims.isEmpty else { return given }
        /// Units a claim takes whose value is above the price.
        func wanted(_ claim: Claim, _ price: Double) -> Int64 {
            guard claim.shortage > 0, price < claim.shortage else { return 0 }
            // The unit that lifts the position to y + 1 is worth shortage x P(D > y).
            let top = claim.law.quantile(1 - max(price / claim.shortage, 1e-12))
            var level = Int64(clampedUp: top)
            while level > 0, claim.law.upperTail(Double(level - 1)) * claim.shortage <= price { level -= 1 }
            return max(0, min(level - claim.position, claim.room ?? .max))
        }
        func all(_ price: Double) -> Int64 {
            claims.reduce(Int64(0)) { sum, claim in
                let (next, overflow) = sum.addingReportingOverflow(wanted(claim, price))
                return overflow ? .max : next
            }
        }
        let least = max(0, floor)
        if all(least) <= available {
            return claims.map { wanted($0, least) }
        }
        var (low, high) = (least, claims.reduce(0) { max($0, $1.shortage) })
        for _ in 0..<100 where high - low > 1e-15 * high {
            let middle = low + 0.5 * (high - low)
            if all(middle) <= available { high = middle } else { low = middle }
        }
        given = claims.map { wanted($0, high) }
        var left = available - given.reduce(0, +)
        // At the price where demand jumps over supply the units that remain go in order of worth, then of claims.
        while left > 0 {
            var best: (worth: Double, claim: Int)?
            for (place, claim) in claims.enumerated() where given[place] < claim.room ?? .max {
                let worth = claim.shortage * claim.law.upperTail(Double(claim.position + given[place]))
                if worth > least, worth > best?.worth ?? 0 { best = (worth, place) }
            }
            guard let best else { break }
            given[best.claim] += 1
            left -= 1
        }
        return given
    }
}
