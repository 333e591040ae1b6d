import Retail

/// A line while an order is worked on: what is left of it and its money.
struct WorkLine: BitwiseCopyable {
    var sku: Int32
    var quantity: Int32
    /// At list price, minor units (at placement only).
    var list: Int64 = 0
    /// What the merchant gives away as price cut and as discount, minor units (at placement only).
    var cut: Int64 = 0
    var discount: Int64 = 0
    var due: Int64
    var subsidy: Int64
    /// Row that has it all, as far as the plan has one; -1 is none.
    var row: Int32 = -1
    var parcel: UInt8 = 255
    /// As in `LineRow`.
    var sale: Int16 = LineRow.noSale
}

/// The row a line of its own parcel goes from.
struct LineChoice: BitwiseCopyable {
    var rank: Int64
    var node: Int32
    var row: Int32
    var line: Int32
    var tier: Int32

    @inline(__always)
    func precedes(_ other: LineChoice) -> Bool { (rank, node) < (other.rank, other.node) }
}

/// The working memory of Reserve and Route: one order at a time.
struct Scratch: ~Copyable {
    var lines = GrowingColumn<WorkLine>()
    /// The shipment plan: parts of lines with row and parcel; parcel 255 is what no plan can send.
    var parts = GrowingColumn<LineRow>()
    /// Nodes of the plan's parcels, and how many.
    var nodes = SIMD4<Int16>(repeating: -1)
    var parcels = 0
    var tier = 0
    /// Units that no plan within the parcel limit can send.
    var short: Int64 = 0
    var choices = GrowingColumn<LineChoice>()
    /// Lines a node could send whole.
    let coverage: FixedColumn<Int32>
    /// The nodes that could send any, in order of their number.
    private(set) var covering = GrowingColumn<Int32>()
    var weights = GrowingColumn<Int64>()
    /// The lines before savings, or before those of equal SKUs were put together.
    var kept = GrowingColumn<WorkLine>()
    /// The parts of a plan while they are shared out among lines of equal SKUs.
    var joined = GrowingColumn<LineRow>()
    var amounts = GrowingColumn<Int64>()
    private var remainders = GrowingColumn<UInt64>()
    private var order = GrowingColumn<Int32>()

    init(nodes: Int) { coverage = FixedColumn(repeating: 0, count: nodes) }

    /// No node sends anything.
    mutating func clearCoverage() {
        for index in 0..<covering.count { coverage[Int(covering[index])] = 0 }
        covering.removeAll()
    }

    /// A node could send another line whole.
    @inline(__always)
    mutating func cover(_ node: Int32) {
        if coverage[Int(node)] == 0 {
            covering.append(node)
            var place = covering.count - 1
            while place > 0 && covering[place - 1] > node {
                covering[place] = covering[place - 1]
                place -= 1
            }
            covering[place] = node
        }
        coverage[Int(node)] += 1
    }

    /// Shares `total` over `weights` into `amounts` by largest remainder, as `allocateByLargestRemainder` does, but
    /// without allocating. Weights are non-negative and not all zero, unless `total` is zero; `total` is not negative.
    mutating func allocate(_ total: Int64) {
        amounts.removeAll()
        remainders.removeAll()
        order.removeAll()
        if weights.count == 1 {
            amounts.append(weights[0] > 0 ? total : 0)
            return
        }
        var sum: Int64 = 0
        for index in 0..<weights.count { sum += weights[index] }
        if total == 0 || sum <= 0 {
            for _ in 0..<weights.count { amounts.append(0) }
            return
        }
        var left = total
        for index in 0..<weights.count {
            let product = total.magnitude.multipliedFullWidth(by: UInt64(weights[index]))
            let (share, remainder) =
                product.high == 0
                ? (product.low / UInt64(sum), product.low % UInt64(sum)) : UInt64(sum).dividingFullWidth(product)
            amounts.append(Int64(share))
            remainders.append(remainder)
            order.append(Int32(index))
            left -= Int64(share)
        }
        guard left > 0 else { return }
        let remainders = self.remainders.base
        order.sort {
            remainders[Int($0)] != remainders[Int($1)] ? remainders[Int($0)] > remainders[Int($1)] : $0 < $1
        }
        for rank in 0..<Int(left) { amounts[Int(order[rank])] += 1 }
    }
}
