import Retail

/// 预售下沉: before balances fall due, presale goods are moved to where their buyers are.
extension Replication {
    /// Puts the moves of every presale on the wheel, so long before its balance window; of one whose moment lies before
    /// the first day, at the beginning.
    mutating func schedulePresaleMoves() {
        guard let ahead = prepared.world.replenishment.presaleMoves else { return }
        for (number, promotion) in prepared.world.promotions.enumerated() {
            guard case .presale(let terms) = promotion.effect else { continue }
            let time = max(0, terms.balanceBegins.microseconds - ahead.microseconds)
            wheel.add(Event(time: time, id: UInt64(number), slot: Int32(number), kind: .review, part: 2))
        }
    }

    /// Counts what deposits ask for near each node, and has the node upstream send what is missing there, as far as it
    /// has it free. Balances that will not be paid are not moved.
    mutating func movePresale(_ promotion: Int, at now: Int64) {
        var asked = [Int64](repeating: 0, count: stock.rows.count)
        for slot in 0..<pool.orders.count {
            let order = pool.orders[slot]
            guard !order.isFree, order.state == .placed, order.presale >= 0, order.lineBase >= 0 else { continue }
            let presale = pool.presales[Int(order.presale)]
            guard Int(presale.promotion) == promotion, presale.paidAt > 0 else { continue }
            for place in Int(order.lineBase)..<Int(order.lineBase + order.lineCount) {
                let line = pool.lines[place]
                let row = nearestRow(sku: Int(line.sku), region: Int(order.region), asked: Int(order.askedTier))
                if row >= 0 { asked[row] += Int64(line.quantity) }
            }
        }
        for row in asked.indices where asked[row] > 0 {
            let upstream = Int(terms.upstreamRows[row])
            guard upstream >= 0 else { continue }
            let expected = Int64((Double(asked[row]) * prepared.balances[promotion].paid).rounded(.up))
            let missing = expected - Int64(max(0, stock.rows[row].free)) - Int64(stock.rows[row].inTransit)
            let quantity = Int32(truncatingIfNeeded: min(missing, Int64(max(0, stock.rows[upstream].free))))
            if quantity > 0 {
                let policy = prepared.world.stock.rows[row]
                dispatch(quantity, policy, to: row, from: upstream, at: now)
                flow.presaleUnits += Int64(quantity)
                presales[promotion].unitsMoved += Int64(quantity)
            }
        }
    }

    /// The row from which a buyer would be served best if it had enough: the hour's front warehouse for those who ask
    /// for it, else the nearest node that sends to the region and stocks the SKU; -1 is none.
    private mutating func nearestRow(sku: Int, region: Int, asked: Int) -> Int {
        if asked == 0 {
            let row = nearestRow(sku: sku, region: region, isHour: true)
            if row >= 0 { return row }
        }
        return nearestRow(sku: sku, region: region, isHour: false)
    }

    private mutating func nearestRow(sku: Int, region: Int, isHour: Bool) -> Int {
        var (best, nearest): (Int, Int64) = (-1, .max)
        for row in Int(stock.offsets[sku])..<Int(stock.offsets[sku + 1]) {
            let node = Int(stock.rows[row].node)
            if !isHour && (!routing.sends[node] || prepared.world.network.nodes[node].kind == .front) { continue }
            guard terms.routes(node, region).contains(where: { (terms.routes[$0].tier == 0) == isHour }) else {
                continue
            }
            let metres = routing.metres(node, region)
            if metres < nearest { (best, nearest) = (row, metres) }
        }
        return best
    }
}
