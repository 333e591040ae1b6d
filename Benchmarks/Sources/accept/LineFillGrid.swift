import Foundation
import NumericCore
import Replenishment
import Retail

/// Order lines served in full as planned, against shelves played line by line that share nothing with the plan but its
/// levels: rates, laws of line sizes, promises, lead times and policies in a grid. Needs no data.
enum LineFillGrid {
    private static let sizes: [[LineSizes.Size]] = [
        [.init(units: 1, share: 1)], [.init(units: 6, share: 1)],
        [.init(units: 1, share: 0.5), .init(units: 12, share: 0.5)],
        [.init(units: 1, share: 0.6), .init(units: 4, share: 0.3), .init(units: 24, share: 0.1)],
        [.init(units: 1, share: 0.95), .init(units: 40, share: 0.05)],
        // Geometric, mean 5, without its last thousandth.
        (1...31).map { .init(units: Int64($0), share: 0.2 * pow(0.8, Double($0 - 1)) / (1 - pow(0.8, 31))) },
    ]
    private static let supplies: [(lead: Double, deviation: Double, review: Int)] = [(4, 0, 1), (6, 1.5, 7)]

    static func check(_ data: URL) async throws -> [Finding] {
        let sku = SKU(
            code: "K", name: "K", listPrice: UnitPrice(units: 50_000), unitCost: UnitPrice(units: 20_000))
        var (cases, far, worst) = (0, 0, 0.0)
        for sizes in sizes {
            for supply in supplies {
                for policy in [PolicyKind.orderUpTo, .minMax] {
                    for rate in [0.05, 0.1, 0.3, 0.5, 1, 3, 8, 20] {
                        let mean = rate * sizes.reduce(0) { $0 + $1.share * Double($1.units) }
                        var demand = NodeDemand(start: Day(number: 15_000), horizon: 28)
                        demand.append(
                            sku: SKU.Index(0), node: Node.Index(0), dailyMean: [mean],
                            dailyDeviation: [(mean * Lumps(sizes).size).squareRoot()])
                        let feed = Feed(
                            source: .supplier(Supplier.Index(0)), leadTime: supply.lead,
                            leadTimeDeviation: supply.deviation, reviewPeriod: supply.review,
                            unitCost: sku.unitCost, policy: policy)
                        for promise in [0.9, 0.95, 0.99] {
                            let plan = try StockPlanner.plan(
                                demand: demand, feeds: [feed], skus: [sku], service: ServicePolicy(.line(promise)),
                                lines: LineSizes(all: sizes))
                            guard let target = plan.targets.first, let planned = target.planned else { continue }
                            let (reached, error) = play(target, sizes: sizes, rate: rate, feed: feed)
                            let gap = abs(reached - planned) - 2 * error
                            cases += 1
                            far += gap > 0.005 ? 1 : 0
                            worst = max(worst, gap)
                        }
                    }
                }
            }
        }
        return [
            Finding(
                name: "lines served in full, cases more than half a point beside the plan",
                found: 100 * Double(far) / Double(max(1, cases)), required: 1, unit: "% of \(cases)"),
            Finding(
                name: "lines served in full, farthest beside the plan", found: 100 * worst, required: 1.5,
                unit: "points beyond two standard errors"),
        ]
    }

    /// Part of 200,000 lines that find all their units, with its standard error by batch means.
    private static func play(_ target: StockTarget, sizes: [LineSizes.Size], rate: Double, feed: Feed) -> (
        Double, Double
    ) {
        var random = RandomStream(
            seed: 11, stream: RandomStreamID.verification.rawValue, entity: 7, replication: 0)
        let (days, batches) = (Int(200_000 / rate), 40)
        var sums: [Double] = []
        for size in sizes { sums.append((sums.last ?? 0) + size.share) }
        let longest = Int(feed.leadTime + 10 * feed.leadTimeDeviation) + 2
        let lead =
            feed.leadTimeDeviation > 0
            ? GammaDistribution(mean: feed.leadTime, variance: feed.leadTimeDeviation * feed.leadTimeDeviation) : nil
        var due = [Int64](repeating: 0, count: longest + 1)
        var (stock, onOrder) = (target.orderUpTo, Int64(0))
        var (asked, whole) = ([Double](repeating: 0, count: batches), [Double](repeating: 0, count: batches))
        let trigger = feed.policy == .orderUpTo ? target.orderUpTo - 1 : target.reorderPoint
        for day in 0..<days {
            let slot = day % due.count
            stock += due[slot]
            onOrder -= due[slot]
            due[slot] = 0
            let position = stock + onOrder
            if day % feed.reviewPeriod == 0, position <= trigger {
                let wait = max(1, min(longest, Int((lead?.quantile(random.uniform()) ?? feed.leadTime).rounded())))
                due[(day + wait) % due.count] += target.orderUpTo - position
                onOrder += target.orderUpTo - position
            }
            let batch = day * batches / days
            for _ in 0..<random.poisson(mean: rate) {
                let place = random.uniform() * (sums.last ?? 1)
                let units = sizes[sums.firstIndex { place < $0 } ?? sizes.count - 1].units
                asked[batch] += 1
                if stock >= units { whole[batch] += 1 }
                stock -= units
            }
        }
        let shares = (1..<batches).filter { asked[$0] > 0 }.map { whole[$0] / asked[$0] }
        let mean = shares.reduce(0, +) / Double(shares.count)
        let spread = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(shares.count - 1)
        return (mean, (spread / Double(shares.count)).squareRoot())
    }
}
