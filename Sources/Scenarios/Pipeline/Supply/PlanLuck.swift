import NumericCore
import Replenishment
import Retail
import Simulation

/// The demand a stock plan was made on, in whole baskets: an article's lines come independently, as often as a factor of
/// the day has it, which all its buyers share and which goes together from day to day as forecast errors do.
///
/// The factor's variance is what the forecast's spread has beyond independent lines (`NodeDemand.common`), so that days
/// have the plan's mean and variance at every node. A line of the largest counts as the largest of the others, as it
/// does there (`LineSizes.giants`).
struct PlanLuck: Sendable {
    private struct Article {
        /// Variance of the factor of each day.
        var variance: [Double]
        var correlation: Double
    }

    private let articles: [Article?]
    private let entities: [UInt64]
    private let channels: Int
    private let days: Int

    /// Beyond this a factor's days are all or nothing.
    private static let mostVariance = 9.0

    init(_ prepared: PreparedScenario) {
        let demand = prepared.demand
        days = prepared.scenario.clock.days
        channels = prepared.dataset.channels.count
        entities = prepared.dataset.skus.map { entityHash($0.code) }
        let first = prepared.scenario.clock.start - demand.start
        // Of each article the row that most of it goes through.
        var rows = [Int?](repeating: nil, count: prepared.dataset.skus.count)
        func units(_ row: Int) -> Double {
            demand.mean[row * demand.horizon..<(row + 1) * demand.horizon].reduce(0, +)
        }
        for row in 0..<demand.rowCount {
            let sku = demand.skus[row].position
            if rows[sku].map({ units($0) < units(row) }) ?? true { rows[sku] = row }
        }
        let days = days
        articles = rows.map { row in
            guard let row, row < demand.common.count, demand.common[row] > 0 else { return nil }
            let daily = demand.daily(row)
            let variance = (0..<days).map { day -> Double in
                let (mean, spread) = (daily.mean(day: first + day), daily.variance(day: first + day))
                return mean > 0 ? min(Self.mostVariance, demand.common[row] * spread / (mean * mean)) : 0
            }
            // Independent lines go together with nothing: what days have in common is all the factor's.
            let correlation = row < demand.correlation.count ? demand.correlation[row] / demand.common[row] : 0
            return Article(variance: variance, correlation: min(0.98, correlation))
        }
    }

    /// The factors of one replication.
    var draw: @Sendable (UInt64, UInt32) -> DemandLuck {
        { [self] seed, replication in
            let skus = articles.count
            var luck = DemandLuck(
                orders: [Double](repeating: 1, count: channels * days),
                units: [Float](repeating: 1, count: channels * days * skus))
            for (sku, article) in articles.enumerated() {
                guard let article else { continue }
                var stream = RandomStream(
                    seed: seed, stream: RandomStreamID.planDemand.rawValue, entity: entities[sku],
                    replication: replication)
                let fresh = (1 - article.correlation * article.correlation).squareRoot()
                var score = Normal.quantile(stream.uniform())
                for day in 0..<days {
                    if day > 0 { score = article.correlation * score + fresh * Normal.quantile(stream.uniform()) }
                    let variance = article.variance[day]
                    guard variance > 1e-9 else { continue }
                    let place = min(max(Normal.cumulative(score), 1e-12), 1 - 1e-12)
                    let factor = Float(GammaDistribution(mean: 1, variance: variance).quantile(place))
                    for channel in 0..<channels { luck.units[(channel * days + day) * skus + sku] = factor }
                }
            }
            return luck
        }
    }

    /// Demand of the plan's lines: as large as the plan reckons with, each as often as the expected units ask for, and
    /// of each article as much through each channel as the shop's. There are `spare` times as many orders, whose lines
    /// come with a chance: an article in need of more lines than its baskets hold gets them without several at once.
    func lines(_ demand: DemandPlan, _ prepared: PreparedScenario) -> DemandPlan {
        var plan = demand
        let (skus, regions, book) = (articles.count, prepared.network.regions.count, demand.baskets)
        let sizes = (0..<skus).map { Lumps.capped(prepared.supplyStep.lines[SKU.Index($0)]) }
        let perLine = sizes.map { $0.isEmpty ? 1 : $0.reduce(0) { $0 + $1.share * Double($1.units) } }
        plan.lineLaw = LineLaw(sizes.map { $0.map { ($0.units, $0.share) } })
        let wanted = Self.wanted(prepared, days: days)
        // Of a day, channels x SKUs: the shop's units, and the lines they come in.
        var units = [Double](repeating: 0, count: channels * skus)
        var lines = units
        var seen = [Int](repeating: -1, count: skus)
        for day in 0..<days {
            for cell in units.indices { (units[cell], lines[cell]) = (0, 0) }
            for sku in 0..<skus { seen[sku] = -1 }
            for channel in 0..<channels {
                let orders = (0..<regions).reduce(0) { $0 + demand.orders[(channel * regions + $1) * days + day] }
                let baskets = book.channelOffsets[channel]..<book.channelOffsets[channel + 1]
                let weights = baskets.reduce(0) { $0 + demand.basketWeights[day * book.count + $1] }
                guard orders > 0, weights > 0 else { continue }
                for basket in baskets {
                    let share = orders * demand.basketWeights[day * book.count + basket] / weights
                    guard share > 0 else { continue }
                    for at in Int(book.lineOffsets[basket])..<Int(book.lineOffsets[basket + 1]) {
                        let sku = book.skus[at].position
                        units[channel * skus + sku] += share * Double(book.quantities[at])
                        // Lines of one article in a basket are one.
                        if seen[sku] != basket { lines[channel * skus + sku] += share }
                        seen[sku] = basket
                    }
                }
                let factors = (channel * days + day) * skus
                for sku in 0..<skus { units[channel * skus + sku] *= Double(demand.multipliers[factors + sku]) }
            }
            for sku in 0..<skus {
                let all = (0..<channels).reduce(0) { $0 + units[$1 * skus + sku] }
                guard all > 0 else { continue }
                for channel in 0..<channels where lines[channel * skus + sku] > 0 {
                    let asked = wanted[day * skus + sku] * units[channel * skus + sku] / all
                    plan.multipliers[(channel * days + day) * skus + sku] = Float(
                        asked / (lines[channel * skus + sku] * perLine[sku] * Self.spare))
                }
            }
        }
        plan.orders = demand.orders.map { $0 * Self.spare }
        return plan
    }

    private static let spare = 4.0

    /// Units expected of each article on each day by the plan, days x SKUs.
    private static func wanted(_ prepared: PreparedScenario, days: Int) -> [Double] {
        let (demand, skus) = (prepared.demand, prepared.dataset.skus.count)
        let first = prepared.scenario.clock.start - demand.start
        var units = [Double](repeating: 0, count: days * skus)
        for row in 0..<demand.rowCount where prepared.network.upstream[demand.nodes[row].position] == nil {
            let daily = demand.daily(row)
            for day in 0..<days { units[day * skus + demand.skus[row].position] += daily.mean(day: first + day) }
        }
        return units
    }
}
