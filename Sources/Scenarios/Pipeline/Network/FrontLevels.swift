import NumericCore
import Placement
import Replenishment
import Retail
import Simulation

/// The stock levels at which a front warehouse may hold an article: from what lasts until the next delivery up to the
/// cover asked for and three deviations beyond what is sold in between, each with the chance that an order finds what it
/// asks for.
struct FrontLevels {
    /// Part of a day's demand that has gone since the review whose goods arrived last, as orders find it: three points
    /// of equal weight.
    private let gone: [Double]
    /// The most of a day's demand that goes between a review and the arrival of the goods of the next.
    let most: Double
    /// By article the quantities of its order lines, the middles of at most twelve equal parts.
    private let quantities: [[Double]]
    private let days: Int
    private let cover: Double

    struct Choice {
        var units: [Double]
        var levels: [AssortmentProblem.Level]
    }

    init(_ mix: OrderMix, _ dataset: Dataset, _ scenario: Scenario) {
        days = scenario.clock.days
        cover = scenario.network.coverDays
        let minutes = mix.minutesOfDay
        let reviews = scenario.flow.transferReviews.map { Int($0) / 60 }
        let lead = Int((scenario.flow.transfers.front.leadTime * 1_440).rounded())
        var sums = [0.0]
        // Two days, so that stretches over midnight are plain.
        for minute in 0..<2_880 { sums.append(sums[minute] + minutes[minute % 1_440]) }
        let arrivals = reviews.map { ($0, $0 + lead) }
        func lastReview(_ minute: Int) -> Int {
            // The latest review whose goods are here by then, today's or yesterday's.
            (arrivals + arrivals.map { ($0.0 - 1_440, $0.1 - 1_440) }).filter { $0.1 <= minute }.map(\.0).max()
                ?? minute - 1_440
        }
        var points: [(weight: Double, gone: Double)] = []
        for minute in stride(from: 0, to: 1_440, by: 10) {
            let weight = sums[minute + 10] - sums[minute]
            if weight > 0 {
                points.append((weight, sums[minute + 1_440] - sums[lastReview(minute) + 1_440]))
            }
        }
        points.sort { $0.gone < $1.gone }
        var (middles, sum, next) = ([Double](), 0.0, 1.0 / 6)
        for point in points {
            sum += point.weight
            while sum >= next, middles.count < 3 {
                middles.append(point.gone)
                next += 1.0 / 3
            }
        }
        while middles.count < 3 { middles.append(points.last?.gone ?? 1) }
        gone = middles
        most = points.last?.gone ?? 1
        var lines = [[Double]](repeating: [], count: dataset.skus.count)
        for list in mix.baskets {
            for basket in list {
                for line in basket.lines { lines[line.sku.position].append(Double(line.quantity)) }
            }
        }
        quantities = lines.map { all in
            let sorted = all.sorted()
            guard sorted.count > 12 else { return sorted.isEmpty ? [1] : sorted }
            return (0..<12).map { sorted[(2 * $0 + 1) * sorted.count / 24] }
        }
    }

    /// - Parameters:
    ///   - daily: demand of the article at the front warehouse.
    ///   - volume: cubic decimetres of a unit.
    ///   - holding: what holding a unit costs a day, major units.
    func choice(_ sku: Int, _ daily: DailyDemand, volume: Double, holding: Double) -> Choice {
        let moments = (0..<days).map { daily.cumulative(from: $0, span: 1) }
        let busiest = moments.max { $0.mean < $1.mean } ?? Moments(mean: 0, variance: 0)
        let asked = quantities[sku]
        let line = asked[asked.count - 1]
        let (mean, deviation) = (most * busiest.mean, (most * busiest.variance).squareRoot())
        let top = max(cover * busiest.mean, mean + 3 * deviation + line)
        var result = Choice(units: [], levels: [])
        for units in [
            0.5 * mean + asked[0], mean + asked[asked.count / 2], mean + deviation + line,
            mean + 2 * deviation + line, top,
        ] {
            let level = units.rounded(.up)
            let chance = chance(level, asked, moments)
            let last = result.levels.last
            guard level > result.units.last ?? 0, chance > (last?.availability ?? 0) + 1e-9 else { continue }
            result.units.append(level)
            result.levels.append(
                .init(availability: min(1, chance), room: level * volume, cost: level * holding))
        }
        return result
    }

    /// Chance that an order finds the quantity it asks for, over the days, the hours and the quantities.
    private func chance(_ level: Double, _ asked: [Double], _ moments: [Moments]) -> Double {
        var (sum, weight) = (0.0, 0.0)
        for day in moments where day.mean > 0 {
            for part in gone {
                let (mean, deviation) = (part * day.mean, (part * day.variance).squareRoot())
                for quantity in asked {
                    let spare = level - quantity - mean + 0.5
                    sum += day.mean * (deviation > 0 ? Normal.cumulative(spare / deviation) : spare > 0 ? 1 : 0)
                    weight += day.mean
                }
            }
        }
        return weight > 0 ? sum / weight : 1
    }
}

extension OrderMix {
    /// Weight of each minute of a day over all channels.
    var minutesOfDay: [Double] {
        (0..<1_440).map { minute in
            channelShares.indices.reduce(0) { $0 + channelShares[$1] * minutes[$1 * 1_440 + minute] }
        }
    }
}
