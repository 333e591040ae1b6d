import NumericCore
import Retail

/// One stock row with the tables its days are drawn from.
struct ReplayShelf {
    struct Outcome {
        var asked = 0.0
        var served = 0.0
        var cycles = 0
        var wholeCycles = 0
        var lines = 0.0
        var wholeLines = 0.0
    }

    let policy: PolicyParameters
    let review: Int
    let byReview: Bool
    let demand: ReplayDemand
    /// Equally likely lead times in days.
    let leads: [Int16]

    static let leadSteps = 256

    init(daily: DailyDemand, feed: Feed, target: StockTarget, lines: [LineSizes.Size]) {
        policy = PolicyParameters(target, feed: feed)
        review = max(1, feed.reviewPeriod)
        byReview = feed.policy == .orderUpTo
        demand = ReplayDemand(daily, span: feed.leadTime + Double(review), lines: lines)
        leads = feed.leadTimeLaw.draws(Self.leadSteps).map { Int16(min(max(0, $0.rounded()), 3_650)) }
    }

    func play(days: Int, warmUp: Int, seed: UInt64, entity: UInt64, replication: Int) -> Outcome {
        var demandStream = RandomStream(
            seed: seed, stream: RandomStreamID.planDemand.rawValue, entity: entity, replication: UInt32(replication))
        var leadStream = RandomStream(
            seed: seed, stream: RandomStreamID.leadTime.rawValue, entity: entity, replication: UInt32(replication))
        var lineStream = RandomStream(
            seed: seed, stream: RandomStreamID.planLines.rawValue, entity: entity, replication: UInt32(replication))
        let longest = Int(leads.max() ?? 0)
        let first = warmUp + 2 * longest
        // Arrivals by day, in a ring.
        var ring = [Int64](repeating: 0, count: longest + 1)
        var stock = policy.orderUpTo
        var onOrder: Int64 = 0
        var outcome = Outcome()
        var isShort = false
        var hasCycle = false
        func endCycle(_ day: Int) {
            if day >= first, hasCycle {
                outcome.cycles += 1
                outcome.wholeCycles += isShort ? 0 : 1
            }
            hasCycle = day >= first
            isShort = false
        }
        var state = ReplayDemand.State()
        for day in 0..<first + days {
            let slot = day % ring.count
            if ring[slot] > 0 {
                // Under (R, s, S) a cycle ends when goods arrive; under (R, S) each review period is one, whether
                // anything was missing to S or not.
                if !byReview { endCycle(day) }
                stock += ring[slot]
                onOrder -= ring[slot]
                ring[slot] = 0
            }
            if day % review == 0 {
                if byReview { endCycle(day) }
                let quantity = policy.order(position: stock + onOrder)
                if quantity > 0 {
                    let lead = Int(leads[leadStream.integer(below: leads.count)])
                    if lead == 0 {
                        stock += quantity
                    } else {
                        ring[(day + lead) % ring.count] += quantity
                        onOrder += quantity
                    }
                }
            }
            demand.day(&state, &demandStream, &lineStream) { wanted in
                let served = min(max(0, stock), wanted)
                if served < wanted { isShort = true }
                stock -= wanted
                guard day >= first else { return }
                outcome.asked += Double(wanted)
                outcome.served += Double(served)
                guard demand.hasLines else {
                    // Lines of one unit each.
                    (outcome.lines, outcome.wholeLines) = (outcome.asked, outcome.served)
                    return
                }
                outcome.lines += 1
                if served == wanted { outcome.wholeLines += 1 }
            }
        }
        return outcome
    }
}
