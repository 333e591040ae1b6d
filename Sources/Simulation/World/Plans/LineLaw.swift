/// How many units a line has, whatever the baskets say: a law for each article. The factors of a demand plan then say how
/// often a line comes (`DemandPlan.multipliers`), not how large it is.
public struct LineLaw: Sendable, Equatable {
    /// Sizes of article k are offsets[k] ..< offsets[k + 1].
    private var offsets: [Int32] = [0]
    private var units: [Int32] = []
    /// Part of the article's lines that are of this size or a smaller one.
    private var shares: [Double] = []

    /// - Parameter articles: for each its sizes and their shares, which add up to one; none: always one unit.
    public init(_ articles: [[(units: Int64, share: Double)]]) {
        for sizes in articles {
            var sum = 0.0
            for size in sizes {
                sum += size.share
                units.append(Int32(min(max(1, size.units), 100_000_000)))
                shares.append(sum)
            }
            offsets.append(Int32(units.count))
        }
    }

    /// Units of a line of an article at a place of its law, in 0..<1.
    func units(_ sku: Int, at place: Double) -> Int32 {
        var (low, high) = (Int(offsets[sku]), Int(offsets[sku + 1]) - 1)
        guard low <= high else { return 1 }
        while low < high {
            let middle = (low + high) / 2
            if shares[middle] > place { high = middle } else { low = middle + 1 }
        }
        return units[low]
    }
}
