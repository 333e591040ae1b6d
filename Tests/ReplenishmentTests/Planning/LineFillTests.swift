import NumericCore
import Replenishment
import Retail
import Testing

/// Part of lines served in full, promised and played line by line by a shelf that shares nothing with the plan but its
/// levels: Poisson lines, sizes drawn one by one, gamma lead times in whole days.
@Suite("A promise of whole lines against a shelf played by itself") struct LineFillTests {
    struct Shelf: Sendable, CustomTestStringConvertible {
        var sizes: [(units: Int64, share: Double)]
        var linesPerDay: Double
        var lead: (mean: Double, deviation: Double)
        var review: Int
        var policy: PolicyKind
        var target: Double

        var testDescription: String {
            let parts = sizes.map { "\($0.units) x \($0.share)" }.joined(separator: ", ")
            return "\(policy.rawValue), \(linesPerDay) lines a day of \(parts), lead time \(lead.mean), \(target)"
        }

        /// What is reached, with its standard error by batch means.
        func play(_ target: StockTarget, lines: Double) -> (reached: Double, error: Double) {
            var random = draws("line fill \(testDescription)", 1)
            let (days, batches) = (Int(lines / linesPerDay), 30)
            let longest = Int(lead.mean + 10 * lead.deviation) + 2
            let law =
                lead.deviation > 0 ? GammaDistribution(mean: lead.mean, variance: lead.deviation * lead.deviation) : nil
            var due = [Int64](repeating: 0, count: longest + 1)
            var (stock, onOrder) = (target.orderUpTo, Int64(0))
            var (asked, whole) = ([Double](repeating: 0, count: batches), [Double](repeating: 0, count: batches))
            for day in 0..<days {
                let slot = day % due.count
                stock += due[slot]
                onOrder -= due[slot]
                due[slot] = 0
                let position = stock + onOrder
                let trigger = policy == .orderUpTo ? target.orderUpTo - 1 : target.reorderPoint
                if day % review == 0, position <= trigger {
                    let wait = min(longest, Int((law?.quantile(random.uniform()) ?? lead.mean).rounded()))
                    due[(day + wait) % due.count] += target.orderUpTo - position
                    onOrder += target.orderUpTo - position
                    if wait == 0 {
                        stock += due[slot]
                        onOrder -= due[slot]
                        due[slot] = 0
                    }
                }
                let batch = day * batches / days
                for _ in 0..<random.poisson(mean: linesPerDay) {
                    var place = random.uniform()
                    let size = sizes.first { size in
                        place -= size.share
                        return place < 0
                    }
                    let units = size?.units ?? sizes[sizes.count - 1].units
                    asked[batch] += 1
                    if stock >= units { whole[batch] += 1 }
                    stock -= units
                }
            }
            // The first batch warms up.
            let shares = (1..<batches).filter { asked[$0] > 0 }.map { whole[$0] / asked[$0] }
            let mean = shares.reduce(0, +) / Double(shares.count)
            let spread = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(shares.count - 1)
            return (mean, (spread / Double(shares.count)).squareRoot())
        }
    }

    private static let single: [(units: Int64, share: Double)] = [(1, 1)]
    private static let packs: [(units: Int64, share: Double)] = [(6, 1)]
    private static let twelves: [(units: Int64, share: Double)] = [(1, 0.5), (12, 0.5)]
    private static let lumps: [(units: Int64, share: Double)] = [(1, 0.6), (4, 0.3), (24, 0.1)]
    private static let rare: [(units: Int64, share: Double)] = [(1, 0.95), (40, 0.05)]

    static let shelves: [Shelf] = {
        func shelf(
            _ sizes: [(units: Int64, share: Double)], _ rate: Double, _ policy: PolicyKind, _ target: Double,
            weekly: Bool = false
        ) -> Shelf {
            Shelf(
                sizes: sizes, linesPerDay: rate, lead: weekly ? (6, 1.5) : (4, 0), review: weekly ? 7 : 1,
                policy: policy,
                target: target)
        }
        return [
            shelf(twelves, 0.05, .orderUpTo, 0.95), shelf(rare, 0.1, .orderUpTo, 0.9, weekly: true),
            shelf(lumps, 0.5, .orderUpTo, 0.9), shelf(lumps, 0.5, .orderUpTo, 0.99, weekly: true),
            shelf(packs, 1, .orderUpTo, 0.9, weekly: true), shelf(packs, 3, .orderUpTo, 0.95),
            // Few lines under (R, s, S), where neither demand nor what lies below s has a law by name.
            shelf(packs, 0.05, .minMax, 0.9), shelf(packs, 0.3, .minMax, 0.9), shelf(twelves, 0.05, .minMax, 0.95),
            shelf(lumps, 0.5, .minMax, 0.95, weekly: true), shelf(rare, 0.1, .minMax, 0.9),
            shelf(rare, 0.1, .minMax, 0.95, weekly: true),
            // Many lines: orders keep a rhythm of weeks.
            shelf(single, 20, .minMax, 0.9, weekly: true), shelf(packs, 20, .minMax, 0.9, weekly: true),
        ]
    }()

    @Test(
        "half a line a day or twenty, single units or dozens, daily or weekly: what is planned is reached",
        arguments: shelves)
    func reached(shelf: Shelf) throws {
        let mean = shelf.linesPerDay * shelf.sizes.reduce(0) { $0 + Double($1.units) * $1.share }
        let square = shelf.linesPerDay * shelf.sizes.reduce(0) { $0 + Double($1.units * $1.units) * $1.share }
        let world = SmallWorld()
        let demand = world.demand([(sku: 0, node: 0, mean: mean, deviation: square.squareRoot())])
        let feed = Feed(
            source: .supplier(Supplier.Index(0)), leadTime: shelf.lead.mean, leadTimeDeviation: shelf.lead.deviation,
            reviewPeriod: shelf.review, unitCost: UnitPrice(units: 20_000), policy: shelf.policy)
        let plan = try StockPlanner.plan(
            demand: demand, feeds: [feed], skus: world.skus, service: ServicePolicy(.line(shelf.target)),
            lines: LineSizes(all: shelf.sizes.map { LineSizes.Size(units: $0.units, share: $0.share) }))
        let target = try #require(plan.targets.first)
        let planned = try #require(target.planned)
        #expect(planned >= shelf.target - 1e-9)
        let (reached, error) = shelf.play(target, lines: 40_000)
        // Half a point beyond what luck explains: lead times are rounded to days, many lines have a smooth law.
        #expect(abs(reached - planned) < 0.005 + 3.5 * error, "planned \(planned), reached \(reached) +- \(error)")
    }
}
