import Retail

/// What the nodes below have room for: a transfer that would not fit when it arrives is cut, and where several articles
/// want the same room, each litre goes to the unit that is worth most (margin times the chance that it is wanted).
struct TransferRoom {
    /// Litres free by node; infinity, or beyond the end, without limit.
    private var litres: [Double]
    private let skus: [SKU]

    init(_ litres: [Double], skus: [SKU]) { (self.litres, self.skus) = (litres, skus) }

    private func volume(_ sku: SKU.Index) -> Double {
        sku.position < skus.count ? Double(skus[sku.position].volume) / 1_000 : 0
    }

    private func free(_ node: Node.Index) -> Double { node.position < litres.count ? litres[node.position] : .infinity }

    /// The most units of a SKU that still fit into a node.
    func units(_ sku: SKU.Index, _ node: Node.Index) -> Int64 {
        let (room, each) = (free(node), volume(sku))
        return each > 0 && room < .infinity ? Int64(min(9e15, max(0, room) / each * (1 + 1e-12))) : .max
    }

    mutating func take(_ quantity: Int64, of sku: SKU.Index, into node: Node.Index) {
        guard node.position < litres.count else { return }
        litres[node.position] = max(0, litres[node.position] - Double(quantity) * volume(sku))
    }

    /// Cuts moves to what fits; each has a claim with the demand it must cover, and no unit beyond its quantity.
    mutating func fit(_ requests: inout [(move: TransferSuggestion, claim: Allocation.Claim)]) {
        for (node, places) in Dictionary(grouping: requests.indices, by: { requests[$0].move.to }) {
            let room = free(node)
            let asked = places.reduce(0.0) { $0 + Double(requests[$1].move.quantity) * volume(requests[$1].move.sku) }
            if asked > room {
                let taken = cut(places.map { requests[$0] }, to: room)
                for (place, quantity) in zip(places, taken) {
                    requests[place].move.isShortOfRoom = quantity < requests[place].move.quantity
                    requests[place].move.quantity = quantity
                }
            }
            for place in places { take(requests[place].move.quantity, of: requests[place].move.sku, into: node) }
        }
    }

    /// Units of each move within a room, at one price of a litre: a move takes the units that are worth more.
    private func cut(_ requests: [(move: TransferSuggestion, claim: Allocation.Claim)], to room: Double) -> [Int64] {
        let margins = requests.map { request -> Double in
            let product = skus[request.move.sku.position]
            return max(product.listPrice.major - product.unitCost.major, 0.01 * product.unitCost.major, 1e-6)
        }
        func wanted(_ at: Int, _ price: Double) -> Int64 {
            let (move, claim) = requests[at]
            let worth = price * volume(move.sku) / margins[at]
            guard worth < 1 else { return worth > 0 ? 0 : move.quantity }
            // The unit that lifts the position to y + 1 is wanted with P(D > y).
            return max(0, min(move.quantity, Int64(clampedUp: claim.law.quantile(1 - worth)) - claim.position))
        }
        func litres(_ price: Double) -> Double {
            requests.indices.reduce(0) { $0 + Double(wanted($1, price)) * volume(requests[$1].move.sku) }
        }
        var (low, high) = (0.0, 1.0)
        while litres(high) > room, high < 1e15 { high *= 4 }
        for _ in 0..<80 where high - low > 1e-12 * high {
            let middle = low + 0.5 * (high - low)
            if litres(middle) > room { low = middle } else { high = middle }
        }
        var quantities = requests.indices.map { wanted($0, high) }
        // What is left of the room goes to the units worth next, in the moves' order.
        var left = room - litres(high)
        for at in requests.indices {
            let each = volume(requests[at].move.sku)
            let fits = each > 0 ? Int64(max(0, left) / each * (1 + 1e-12)) : .max
            let more = min(wanted(at, low) - quantities[at], fits)
            guard more > 0 else { continue }
            quantities[at] += more
            left -= Double(more) * each
        }
        return quantities
    }
}
