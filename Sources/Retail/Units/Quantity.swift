/// A count of goods in the SKU's declared base unit (piece or gram); totals are `Int64`.
public typealias Quantity = Int32

/// The base unit a SKU is counted in.
public enum BaseUnit: String, Sendable, CaseIterable, Codable { case piece, gram }

/// What can go wrong when goods or money are counted in whole numbers.
public enum QuantityError: Error, Equatable, CustomStringConvertible {
    /// The sum or product named left its integer range.
    case overflow(String)
    /// Shares were negative, or all zero while there was something to share out.
    case noShares

    public var description: String {
        switch self {
        case .overflow(let what): "\(what) is too large to be counted in 64 bits; check the quantities and prices"
        case .noShares: "cannot share out an amount over weights that are negative or all zero"
        }
    }
}

/// Shares `total` out over `weights` in whole units so that the parts add up to `total` exactly
/// (largest remainder, Hamilton 1792; ties go to the earlier line). Signs of `total` are kept.
///
/// - Parameter weights: non-negative, at least one positive unless `total` is zero.
public func allocateByLargestRemainder(_ total: Int64, over weights: [Int64]) throws(QuantityError) -> [Int64] {
    var parts = [Int64](repeating: 0, count: weights.count)
    if total == 0 { return parts }
    var sum: Int64 = 0
    for weight in weights {
        let (next, overflow) = sum.addingReportingOverflow(weight)
        if weight < 0 { throw .noShares }
        if overflow { throw .overflow("the sum of the weights") }
        sum = next
    }
    guard sum > 0 else { throw .noShares }
    let magnitude = total.magnitude
    var left = magnitude
    var remainders = [UInt64](repeating: 0, count: weights.count)
    for (line, weight) in weights.enumerated() {
        let product = magnitude.multipliedFullWidth(by: UInt64(weight))
        let (share, remainder) = UInt64(sum).dividingFullWidth(product)
        parts[line] = Int64(share)
        remainders[line] = remainder
        left -= share
    }
    if left > 0 {
        let order = remainders.indices.sorted { (remainders[$0], $1) > (remainders[$1], $0) }
        for line in order.prefix(Int(left)) { parts[line] += 1 }
    }
    if total < 0 { for line in parts.indices { parts[line] = -parts[line] } }
    return parts
}
