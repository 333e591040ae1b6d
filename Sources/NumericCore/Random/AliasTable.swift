/// Why a table of weights cannot be made.
public enum AliasTableError: Error, Equatable, Sendable, CustomStringConvertible {
    case empty
    /// The weight at this index is negative, NaN or infinite.
    case badWeight(index: Int)
    /// All weights are zero.
    case allZero
    /// The number of weights times their sum exceeds 2^62.
    case tooLarge

    public var description: String {
        switch self {
        case .empty: "a table of weights needs at least one weight"
        case .badWeight(let index): "weight \(index) (counted from 0) is negative or not a finite number"
        case .allZero: "all weights are zero; at least one must be positive"
        case .tooLarge: "the weights are too large: their number times their sum must stay below 2^62"
        }
    }
}

/// Draws an index in proportion to fixed real weights, in constant time.
///
/// Source: Walker, "An efficient method for generating discrete random variables with general distributions", ACM
/// TOMS 3, 1977; built in linear time after Vose, IEEE Trans. Software Eng. 17, 1991.
public struct AliasTable: Sendable, Equatable {
    @usableFromInline let threshold: [Double]
    @usableFromInline let alias: [Int32]

    /// - Parameter weights: not negative, finite, at least one positive; their sum need not be one.
    public init(weights: [Double]) throws(AliasTableError) {
        guard !weights.isEmpty else { throw .empty }
        guard weights.count <= Int(Int32.max) else { throw .tooLarge }
        if let bad = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) { throw .badWeight(index: bad) }
        // Scaled by the greatest first, so that no sum of finite weights overflows.
        let greatest = weights.max() ?? 0
        guard greatest > 0 else { throw .allZero }
        let total = compensatedSum(weights.map { $0 / greatest })
        let n = Double(weights.count)
        var height = weights.map { $0 / greatest / total * n }
        var alias = (0..<weights.count).map { Int32($0) }
        var small = height.indices.filter { height[$0] < 1 }
        var large = height.indices.filter { height[$0] >= 1 }
        while let s = small.last, let l = large.last {
            small.removeLast()
            alias[s] = Int32(l)
            height[l] -= 1 - height[s]
            if height[l] < 1 {
                large.removeLast()
                small.append(l)
            }
        }
        // Whatever is left over has height one but for rounding. A weight of zero is never left here: its column
        // is filled while the large ones hold the excess.
        for i in small + large { height[i] = 1 }
        threshold = height
        self.alias = alias
    }

    /// The number of weights.
    @inlinable
    public var count: Int { threshold.count }

    /// The index that belongs to two uniform draws from [0, 1).
    @inlinable
    public func sample(_ u1: Double, _ u2: Double) -> Int {
        let column = min(Int(u1 * Double(threshold.count)), threshold.count - 1)
        return u2 < threshold[column] ? column : Int(alias[column])
    }

    /// An index drawn from a stream; takes exactly two draws.
    @inlinable
    public func sample(_ stream: inout RandomStream) -> Int {
        let u1 = stream.uniform()
        return sample(u1, stream.uniform())
    }
}

/// Draws an index in proportion to whole weights, exactly: no probability is rounded.
///
/// With n weights of sum W there are n W equally likely tickets, of which weight w owns exactly n w.
public struct IntegerAliasTable: Sendable, Equatable {
    @usableFromInline let total: Int
    @usableFromInline let threshold: [Int]
    @usableFromInline let alias: [Int32]

    /// - Parameter weights: not negative, at least one positive.
    public init(weights: [Int]) throws(AliasTableError) {
        guard !weights.isEmpty else { throw .empty }
        guard weights.count <= Int(Int32.max) else { throw .tooLarge }
        if let bad = weights.firstIndex(where: { $0 < 0 }) { throw .badWeight(index: bad) }
        let n = weights.count
        var total = 0
        for weight in weights {
            let (sum, overflow) = total.addingReportingOverflow(weight)
            guard !overflow, sum <= (1 << 62) / n else { throw .tooLarge }
            total = sum
        }
        guard total > 0 else { throw .allZero }
        // Columns of height `total`; weight i fills weights[i] * n.
        var height = weights.map { $0 * n }
        var alias = (0..<n).map { Int32($0) }
        var small = height.indices.filter { height[$0] < total }
        var large = height.indices.filter { height[$0] >= total }
        while let s = small.last, let l = large.last {
            small.removeLast()
            alias[s] = Int32(l)
            height[l] -= total - height[s]
            if height[l] < total {
                large.removeLast()
                small.append(l)
            }
        }
        for i in large { height[i] = total }
        self.total = total
        self.alias = alias
        threshold = height
    }

    /// The number of tickets.
    @inlinable
    public var ticketCount: Int { total * threshold.count }

    /// The index that owns a ticket, 0 ..< `ticketCount`.
    @inlinable
    public func sample(ticket: Int) -> Int {
        let (column, height) = ticket.quotientAndRemainder(dividingBy: total)
        return height < threshold[column] ? column : Int(alias[column])
    }

    /// An index drawn from a stream; takes one draw, rarely more.
    @inlinable
    public func sample(_ stream: inout RandomStream) -> Int { sample(ticket: stream.integer(below: ticketCount)) }
}
