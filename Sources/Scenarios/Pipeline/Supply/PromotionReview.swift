public import Replenishment
import Retail

extension SupplyReview {
    /// What to buy ahead of a promotion, dearest first.
    ///
    /// - Parameter name: code or name of a promotion of the data set or the scenario; its end must lie ahead.
    /// - Returns: nil where there is no such promotion.
    public func promotionBuys(
        _ name: String, options: PromotionBuyOptions = PromotionBuyOptions()
    ) throws(ReplenishmentError) -> [PromotionBuy]? {
        guard let promotion = promotions.first(where: { $0.code == name || $0.name == name }) else {
            return nil
        }
        let window = Self.window(promotion, channels: dataset.channels.count)
        // Demand without this promotion: its own lift is taken out where it lies within the days planned.
        let base = Self.ordinary(demand, promotion, window, dataset)
        let positions = StockPositions(situation, demand: demand)
        var buys: [PromotionBuy] = []
        for row in demand.orderedRows {
            let (sku, node) = (demand.skus[row], demand.nodes[row])
            guard Uplift.covers(promotion.scope, sku.position, dataset.skus), case .supplier? = feeds[row]?.source
            else {
                continue
            }
            // The cheapest supplier that is in time, else the one that is there first.
            var best: PromotionBuy?
            for offer in choice.offers(of: sku) {
                let buy = try PromotionBuy.plan(
                    sku: dataset.skus[sku.position], at: sku, node: node, daily: base.daily(row),
                    position: positions[row], window: window, offer: offer,
                    supplier: suppliers[offer.terms.supplier.position], calendar: calendar, today: today,
                    currency: dataset.currency, options: options)
                guard let buy else { continue }
                if best.map({ buy.arrival < $0.arrival }) ?? true { best = buy }
                if buy.timing == .inTime {
                    best = buy
                    break
                }
            }
            if let best { buys.append(best) }
        }
        // By money, those that come too late for it last.
        func isMissed(_ buy: PromotionBuy) -> Int { buy.timing == .missed ? 1 : 0 }
        return buys.sorted {
            (isMissed($0), $1.value, $0.sku, $0.node) < (isMissed($1), $0.value, $1.sku, $1.node)
        }
    }

    private static func window(_ promotion: Promotion, channels: Int) -> PromotionWindow {
        let first = promotion.begins.day
        let last = CivilTime(seconds: promotion.ends.seconds - 1).day
        let lift = PlannedPromotions.lift(promotion)
        let share = promotion.channel == nil ? 1 : 1 / Double(max(1, channels))
        let days = max(1, last - first + 1)
        let factors = (0..<days).map { day -> Double in
            let midnight = CivilTime(first + day).seconds
            let overlap = min(promotion.ends.seconds, midnight + 86_400) - max(promotion.begins.seconds, midnight)
            return 1 + (lift - 1) * share * Double(max(0, overlap)) / 86_400
        }
        return PromotionWindow(
            first: first, end: first + days, lift: factors,
            priceRate: 1 - promotion.depth.fraction * promotion.merchantShare.fraction)
    }

    private static func ordinary(
        _ demand: NodeDemand, _ promotion: Promotion, _ window: PromotionWindow, _ dataset: Dataset
    ) -> NodeDemand {
        var base = demand
        let start = window.first - demand.start
        for (day, factor) in window.lift.enumerated() where factor > 0 && (0..<demand.horizon).contains(start + day) {
            for row in 0..<demand.rowCount
            where Uplift.covers(promotion.scope, demand.skus[row].position, dataset.skus) {
                base.mean[row * demand.horizon + start + day] /= factor
                base.deviation[row * demand.horizon + start + day] /= factor
            }
        }
        return base
    }

    /// How healthy the stock is, and what the plan would change.
    public var health: StockHealth {
        StockHealth(
            demand: demand, situation: situation, plan: plan, skus: dataset.skus, purchases: dataset.purchases,
            weeks: Self.weeks(dataset))
    }

    /// Units by SKU of the last 52 weeks, oldest first; steps longer than a week stand for themselves.
    private static func weeks(_ dataset: Dataset) -> [[Double]] {
        let panel = dataset.demand
        let length: Int
        switch panel.axis.step {
        case .hour: length = 168
        case .day, .bare: length = 7
        default: length = 1
        }
        let count = min(52, max(1, panel.axis.count / length))
        var weeks = [[Double]](repeating: [Double](repeating: 0, count: count), count: dataset.skus.count)
        for series in panel.keys.indices {
            guard let sku = panel.keys[series].sku else { continue }
            for cell in panel.offsets[series]..<panel.offsets[series + 1] where !panel.missing[cell] {
                let step = Int(panel.starts[series]) + cell - panel.offsets[series]
                let back = (panel.axis.count - 1 - step) / length
                if back >= 0, back < count { weeks[sku.position][count - 1 - back] += Double(panel.values[cell]) }
            }
        }
        return weeks
    }
}
