import NumericCore
import Retail

@testable import Simulation

/// Who may take what of the pool: shops by rank, campaigns with stock of their own, quotas shared out again.
extension PlainShop {
    func rank(_ channel: Int) -> Int {
        if case .priority(let rank, _, _) = world.channels[channel].sharing { return rank }
        return 0
    }

    /// Units kept for shops that come before a channel.
    func keptForOthers(_ channel: Int, _ sku: Int) -> Int64 {
        world.channels.indices.filter { rank($0) > 0 && rank($0) < rank(channel) }.reduce(0) {
            $0 + max(0, protected[$1][sku])
        }
    }

    func isInWindow(_ number: Int, _ channel: Int) -> Bool {
        let promotion = world.promotions[number]
        return promotion.begins.microseconds <= clock && clock < promotion.ends.microseconds
            && (promotion.channel == nil || promotion.channel?.position == channel)
    }

    /// Units kept back for campaigns: from everybody until one begins, then from the shops it is not for.
    func keptForCampaigns(_ channel: Int, _ sku: Int) -> Int64 {
        world.promotions.indices.reduce(0) { sum, number in
            let promotion = world.promotions[number]
            let isAhead = clock < promotion.begins.microseconds
            let isForOthers = clock < promotion.ends.microseconds && !isInWindow(number, channel)
            return sum + (isAhead || isForOthers ? max(0, campaigns[number][sku]) : 0)
        }
    }

    /// What a channel takes counts against its rank's part, its campaigns' stock, and for the next sharing out; what
    /// it gives back counts the other way.
    func note(_ channel: Int, _ sku: Int, _ units: Int64) {
        protected[channel][sku] -= units
        recent[channel][sku] += units
        for number in world.promotions.indices
        where world.promotions[number].reserve > .zero && world.promotions[number].scope[sku]
            && isInWindow(number, channel)
        {
            let whole = world.promotions[number].reserve.of(world.stock.opening(SKU.Index(sku)))
            if campaigns[number][sku] > 0 && units > 0 { seen.insert("campaign's own stock") }
            campaigns[number][sku] = min(whole, campaigns[number][sku] - units)
        }
        if keptForOthers(channel, sku) > 0 { seen.insert("kept for a shop of higher rank") }
    }

    /// Exclusive units left go to the shops that sold, in proportion.
    func shareOutAgain() {
        for sku in 0..<world.skus.count where exclusive(sku) > 0 {
            let weights = quotas.indices.map { quotas[$0].isEmpty ? 0 : max(0, recent[$0][sku]) }
            guard weights.contains(where: { $0 > 0 }),
                let parts = try? allocateByLargestRemainder(exclusive(sku), over: weights)
            else { continue }
            for channel in quotas.indices where !quotas[channel].isEmpty && quotas[channel][sku] != parts[channel] {
                seen.insert("quotas shared out again")
                quotas[channel][sku] = parts[channel]
            }
        }
        recent = recent.map { $0.map { _ in 0 } }
    }

    // MARK: Presale goods moved towards their buyers

    /// The row nearest to a buyer: a front warehouse that delivers within the hour for those who ask for it, else a node
    /// that sends the ordinary way.
    func nearestRow(_ sku: Int, _ order: Order) -> Int? {
        let stocked = rows.indices.filter { rows[$0].sku == sku }
        func offers(_ row: Int, _ isHour: Bool) -> Bool {
            options(rows[row].node, order.region).contains { ($0.tier == .oneHour) == isHour }
        }
        let hour = order.arrival.askedTier == 0 ? stocked.filter { offers($0, true) } : []
        let ordinary = stocked.filter {
            sends(rows[$0].node) && world.network.nodes[rows[$0].node].kind != .front && offers($0, false)
        }
        return (hour.isEmpty ? ordinary : hour).min {
            (metres(rows[$0].node, order.region), $0) < (metres(rows[$1].node, order.region), $1)
        }
    }

    func movePresale(_ number: Int, _ now: Int64) {
        guard case .presale(let terms) = world.promotions[number].effect else { return }
        var asked: [Int: Int64] = [:]
        for order in live where order.state == .placed && order.presale == number && order.hasDeposited {
            for part in order.parts {
                if let row = nearestRow(part.sku, order) { asked[row, default: 0] += part.quantity }
            }
        }
        for (row, units) in asked.sorted(by: { $0.key < $1.key }) {
            guard let above = upstreamRow(row) else { continue }
            let expected = Int64((Double(units) * terms.balancePaid.fraction).rounded(.up))
            let missing = expected - max(0, rows[row].free) - rows[row].inTransit
            let quantity = min(missing, max(0, rows[above].free))
            if quantity > 0 {
                seen.insert("presale goods moved")
                transfer(quantity, to: row, from: above, now)
            }
        }
    }
}
