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
    let leads: [Float]

    static let leadSteps = 256

    /// What is on its way, the next to come first.
    private struct Coming {
        private var orders: [(time: Double, quantity: Int64)] = []
        private var head = 0

        var next: (time: Double, quantity: Int64)? { head < orders.count ? orders[head] : nil }

        mutating func removeNext() {
            head += 1
            if head >= 64 {
                orders.removeFirst(head)
                head = 0
            }
        }

        mutating func add(_ quantity: Int64, at time: Double) {
            var place = orders.count
            while place > head, orders[place - 1].time > time { place -= 1 }
            orders.insert((time, quantity), at: place)
        }
    }

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
        leads = feed.leadTimeLaw.draws(Self.leadSteps).map { Float(min(max(0, $0), 3_650)) }
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
        let longest = Int((leads.max() ?? 0).rounded(.up))
        let first = course?.warmUp ?? warmUp + 2 * longest
        var coming = Coming()
        var stock = policy.orderUpTo
        if let course { stock = course.policies[0].opening(&leadStream) }
        var onOrder: Int64 = 0
        var outcome = Outcome()
        // A cycle ends when an order arrives, and is whole if nobody waits then.
        func receive(_ quantity: Int64, _ day: Int) {
            if day >= first {
                outcome.cycles += 1
                outcome.wholeCycles += stock < 0 ? 0 : 1
            }
            stock += quantity
        }
        func receive(until time: Double, _ day: Int) {
            while let next = coming.next, next.time <= time {
                receive(next.quantity, day)
                onOrder -= next.quantity
                coming.removeNext()
            }
        }
        func serve(_ wanted: Int64, _ day: Int) {
            let served = min(max(0, stock), wanted)
            stock -= wanted
            guard day >= first, wanted > 0 else { return }
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
        var state = ReplayDemand.State()
        for day in 0..<(course?.policies.count ?? first + days) {
            let start = Double(day)
            receive(until: start, day)
            if day % review == 0 {
                let quantity = (course?.policies[day] ?? policy).order(position: stock + onOrder)
                // Under (R, S) each review is a cycle, whether anything was missing to S or not.
                if quantity > 0 || byReview {
                    let lead = Double(leads[leadStream.integer(below: leads.count)])
                    if lead == 0 {
                        receive(quantity, day)
                    } else {
                        coming.add(quantity, at: start + lead)
                        onOrder += quantity
                    }
                }
            }
            demand.day(&state, &demandStream, &lineStream, pace: course?.paces[day] ?? 1) { wanted, place in
                guard !demand.hasLines else {
                    receive(until: start + place, day)
                    return serve(wanted, day)
                }
                // A day's demand comes evenly over the day.
                var done: Int64 = 0
                while let next = coming.next, next.time < start + 1 {
                    let before = Int64(Double(wanted) * (next.time - start))
                    serve(before - done, day)
                    done = before
                    receive(until: next.time, day)
                }
                serve(wanted - done, day)
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
