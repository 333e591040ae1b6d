public import NumericCore
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

    /// Days that are not alike.
    struct Course {
        /// The policy of each day.
        var policies: [PolicyParameters]
        /// Demand of each day beside that of a usual one.
        var paces: [Double]
        /// Days that are not counted.
        var warmUp: Int
    }

    init(daily: DailyDemand, span: Double, feed: Feed, policy: PolicyParameters, lines: [LineSizes.Size]) {
        self.policy = policy
        review = max(1, feed.reviewPeriod)
        byReview = feed.policy == .orderUpTo
        demand = ReplayDemand(daily, span: span, lines: lines)
        leads = feed.leadTimeLaw.draws(Self.leadSteps).map { Int16(min(max(0, $0.rounded()), 3_650)) }
    }

    /// Days that are all alike.
    init(daily: DailyDemand, feed: Feed, target: StockTarget, lines: [LineSizes.Size]) {
        self.init(
            daily: daily, span: feed.leadTime + Double(max(1, feed.reviewPeriod)), feed: feed,
            policy: PolicyParameters(target, feed: feed), lines: lines)
    }

    /// - Parameter course: in place of days that are all alike; `days` are those of it.
    func play(
        days: Int, warmUp: Int, seed: UInt64, entity: UInt64, replication: Int, course: Course? = nil
    ) -> Outcome {
        var demandStream = RandomStream(
            seed: seed, stream: RandomStreamID.planDemand.rawValue, entity: entity, replication: UInt32(replication))
        var leadStream = RandomStream(
            seed: seed, stream: RandomStreamID.leadTime.rawValue, entity: entity, replication: UInt32(replication))
        var lineStream = RandomStream(
            seed: seed, stream: RandomStreamID.planLines.rawValue, entity: entity, replication: UInt32(replication))
        let longest = Int(leads.max() ?? 0)
        let first = course?.warmUp ?? warmUp + 2 * longest
        // Arrivals by day, in a ring.
        var ring = [Int64](repeating: 0, count: longest + 1)
        var stock = policy.orderUpTo
        if let course { stock = course.policies[0].opening(&leadStream) }
        var onOrder: Int64 = 0
        var outcome = Outcome()
        // Cycles that end with what comes on a day, in the ring.
        var ends = [Int](repeating: 0, count: longest + 1)
        func endCycles(_ count: Int, _ day: Int) {
            guard day >= first, count > 0 else { return }
            outcome.cycles += count
            outcome.wholeCycles += stock < 0 ? 0 : count
        }
        var state = ReplayDemand.State()
        for day in 0..<(course?.policies.count ?? first + days) {
            let slot = day % ring.count
            endCycles(ends[slot], day)
            stock += ring[slot]
            onOrder -= ring[slot]
            (ring[slot], ends[slot]) = (0, 0)
            if day % review == 0 {
                let quantity = (course?.policies[day] ?? policy).order(position: stock + onOrder)
                // A cycle ends when an order arrives, and is whole if nobody waits then; under (R, S) each review is one,
                // whether anything was missing to S or not.
                if quantity > 0 || byReview {
                    let lead = Int(leads[leadStream.integer(below: leads.count)])
                    if lead == 0 {
                        endCycles(1, day)
                        stock += quantity
                    } else {
                        ring[(day + lead) % ring.count] += quantity
                        ends[(day + lead) % ring.count] += 1
                        onOrder += quantity
                    }
                }
            }
            demand.day(&state, &demandStream, &lineStream, pace: course?.paces[day] ?? 1) { wanted in
                let served = min(max(0, stock), wanted)
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

extension PolicyParameters {
    /// A position between the two levels, each as likely as the others; under lots anywhere up to one above the reorder
    /// point.
    public func opening(_ draws: inout RandomStream) -> Int64 {
        let lot = max(orderUpTo - max(0, reorderPoint), orderMultiple)
        let top = max(0, reorderPoint) + lot
        return top - (lot > 1 ? Int64(draws.integer(below: Int(min(lot, 1 << 40)))) : 0)
    }
}
