/// Service costs, row-major sites x clients, in single precision where that is enough: half the memory of a large matrix,
/// and half of what a pass over it reads.
///
/// A cost is what it is: single-precision numbers are exact doubles, so that costs and bounds, which are summed in double
/// precision, are those of the problem as given. Doubles that single precision cannot hold exactly are kept as they are.
public struct CostMatrix: Sendable, Equatable {
    private let single: [Float]
    private let double: [Double]

    /// Kept in single precision when it holds every cost exactly, as it does whole numbers up to 2^24.
    public init(_ costs: [Double]) {
        let isExact = costs.allSatisfy { Double(Float($0)) == $0 }
        single = isExact ? costs.map { Float($0) } : []
        double = isExact ? [] : costs
    }

    public init(_ costs: [Float]) {
        single = costs
        double = []
    }

    public var count: Int { single.count + double.count }
    public var isSingle: Bool { double.isEmpty }

    public var indices: Range<Int> { 0..<count }

    @inline(__always)
    public subscript(cell: Int) -> Double { double.isEmpty ? Double(single[cell]) : double[cell] }
}
