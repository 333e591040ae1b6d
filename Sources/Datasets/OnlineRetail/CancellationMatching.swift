import Retail

/// Which sale each cancellation cancels.
///
/// A cancellation takes units from earlier sales of the same customer and stock code: first those at the same price,
/// then the others; among these the latest first; never more from a sale than it has left; as many sales as it
/// needs. Cancellations are served in the order of their time. What finds no sale stays unmatched.
struct CancellationMatching {
    struct Line {
        /// Same customer and stock code; cancellations without a customer have no group.
        var group: UInt64?
        var time: CivilTime
        var price: UnitPrice
        /// Positive, for sales and cancellations alike.
        var units: Quantity
    }

    struct Piece: Equatable {
        var cancellation: Int
        var sale: Int
        var units: Quantity
    }

    private(set) var pieces: [Piece] = []
    /// Units of each sale that are left.
    private(set) var left: [Quantity]
    /// Units of each cancellation that found a sale.
    private(set) var matched: [Quantity]

    /// - Parameters: sales and cancellations in the order of the file, which breaks ties of time.
    init(sales: [Line], cancellations: [Line]) {
        left = sales.map(\.units)
        matched = [Quantity](repeating: 0, count: cancellations.count)
        var groups = KeyPool()
        var members: [[Int32]] = []
        for (at, sale) in sales.enumerated() {
            guard let group = sale.group else { continue }
            let number = Int(groups.insert(group))
            if number == members.count { members.append([]) }
            members[number].append(Int32(at))
        }
        for number in members.indices {
            members[number].sort { (sales[Int($0)].time, $0) < (sales[Int($1)].time, $1) }
        }
        let order = cancellations.indices.sorted { (cancellations[$0].time, $0) < (cancellations[$1].time, $1) }
        for at in order {
            let cancellation = cancellations[at]
            guard let group = cancellation.group else { continue }
            let number = Int(groups.insert(group))
            guard number < members.count else {
                members.append([])
                continue
            }
            for samePrice in [true, false] {
                for sale in members[number].reversed() {
                    let sale = Int(sale)
                    let wanted = cancellation.units - matched[at]
                    guard wanted > 0 else { break }
                    guard left[sale] > 0, sales[sale].time <= cancellation.time,
                        (sales[sale].price == cancellation.price) == samePrice
                    else { continue }
                    let taken = min(wanted, left[sale])
                    left[sale] -= taken
                    matched[at] += taken
                    pieces.append(Piece(cancellation: at, sale: sale, units: taken))
                }
            }
        }
    }
}
