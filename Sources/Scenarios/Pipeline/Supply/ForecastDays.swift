import Replenishment
import Retail

/// Demand of any step as demand by day: longer steps are spread evenly over their days, hours are added up. What has no
/// dates counts each step as a day.
enum ForecastDays {
    /// Steps of an axis that hold `days` days from its end on, at least one.
    static func steps(_ axis: TimeAxis, days: Int) -> Int {
        switch axis.step {
        case .hour: days * 24
        case .day, .bare: days
        default:
            (1...max(1, days)).first { axis.day(axis.count + $0) - axis.day(axis.count) >= days } ?? max(1, days)
        }
    }

    static func byDay(_ demand: NodeDemand, _ axis: TimeAxis) -> NodeDemand {
        switch axis.step {
        case .day, .bare: return demand
        case .hour: return added(demand)
        default: break
        }
        let lengths = (0..<demand.horizon).map { max(1, axis.day($0 + 1) - axis.day($0)) }
        var result = NodeDemand(start: demand.start, horizon: lengths.reduce(0, +))
        for row in 0..<demand.rowCount {
            var (mean, deviation): ([Double], [Double]) = ([], [])
            for (step, length) in lengths.enumerated() {
                let cell = row * demand.horizon + step
                // Independent days: their variances add up to the step's.
                let part = Double(length)
                mean += repeatElement(demand.mean[cell] / part, count: length)
                deviation += repeatElement(demand.deviation[cell] / part.squareRoot(), count: length)
            }
            result.append(
                sku: demand.skus[row], node: demand.nodes[row], dailyMean: mean, dailyDeviation: deviation)
            // A step is a sum of its days: each of them is more skewed than it.
            result.takeForm(
                of: row, in: demand, row: row, skew: (Double(lengths.reduce(0, +)) / Double(lengths.count)).squareRoot()
            )
        }
        return result
    }

    private static func added(_ demand: NodeDemand) -> NodeDemand {
        let days = max(1, demand.horizon / 24)
        var result = NodeDemand(start: demand.start, horizon: days)
        for row in 0..<demand.rowCount {
            var (mean, variance) = ([Double](repeating: 0, count: days), [Double](repeating: 0, count: days))
            for hour in 0..<min(demand.horizon, days * 24) {
                let cell = row * demand.horizon + hour
                mean[hour / 24] += demand.mean[cell]
                variance[hour / 24] += demand.deviation[cell] * demand.deviation[cell]
            }
            result.append(
                sku: demand.skus[row], node: demand.nodes[row], dailyMean: mean,
                dailyDeviation: variance.map { $0.squareRoot() })
            result.takeForm(of: row, in: demand, row: row, skew: 1 / 24.0.squareRoot())
        }
        return result
    }
}

/// The data set's promotions that run in the days planned, and what they do to demand.
struct PlannedPromotions {
    private let promotions: [Promotion]
    private let dataset: Dataset

    init(_ dataset: Dataset, from today: Day) {
        self.dataset = dataset
        promotions = dataset.promotions.filter { $0.ends > CivilTime(today) }
    }

    /// What a promotion multiplies the units of a SKU by while it runs.
    static func lift(_ promotion: Promotion) -> Double {
        // What brings visits rather than moving a price states its uplift.
        let quantity = Uplift.quantity(promotion)
        return promotion.kind == .priceCut ? quantity : quantity * promotion.uplift
    }

    /// Multiplies mean and deviation of each day by the promotions on it, a part of a day by its part. A promotion of
    /// one channel counts by the channels' number, since demand by node is over all of them.
    func apply(to demand: inout NodeDemand) -> [Assumption] {
        var touched = 0
        for promotion in promotions {
            let lift = Self.lift(promotion)
            guard lift != 1, lift.isFinite, lift >= 0 else { continue }
            let share = promotion.channel == nil ? 1 : 1 / Double(max(1, dataset.channels.count))
            let factors = (0..<demand.horizon).map { day -> Double in
                let midnight = CivilTime(demand.start + day).seconds
                let overlap =
                    min(promotion.ends.seconds, midnight + 86_400) - max(promotion.begins.seconds, midnight)
                return 1 + (lift - 1) * share * Double(max(0, overlap)) / 86_400
            }
            guard factors.contains(where: { $0 != 1 }) else { continue }
            touched += 1
            for row in 0..<demand.rowCount
            where Uplift.covers(promotion.scope, demand.skus[row].position, dataset.skus) {
                for day in 0..<demand.horizon {
                    demand.mean[row * demand.horizon + day] *= factors[day]
                    demand.deviation[row * demand.horizon + day] *= factors[day]
                }
            }
        }
        guard touched > 0 else { return [] }
        return [
            Assumption(subject: "promotions.csv", text: "\(touched) planned promotions raise the demand of their days")
        ]
    }
}
