import Retail

/// The orders of the hour minute by minute: which come while a front warehouse is open, find a rider, are released
/// before it closes, and are at the door within the hour.
struct HourFlow {
    private let model: HourModel
    private let fills: BasketFill
    private let world: World
    private let minutes: Int
    private let delays: ReleaseDelays
    private let fulfilment: FulfilmentTimes

    init(_ model: HourModel, _ fills: BasketFill) {
        (self.model, self.fills) = (model, fills)
        world = model.world
        minutes = model.days * DemandPlan.minutesPerDay
        delays = ReleaseDelays(model)
        fulfilment = FulfilmentTimes(model, fills)
    }

    func add(to result: inout HourPromise) {
        let channels = model.prepared.channelCount
        // Orders promised for the hour, by front warehouse, channels x minutes.
        var promised = [[Double]](repeating: [], count: model.prepared.nodeCount)
        for front in Set(model.groups.flatMap(\.fronts)) {
            promised[front] = [Double](repeating: 0, count: channels * minutes)
        }
        for group in model.groups.indices {
            for channel in 0..<channels {
                for day in 0..<model.days { take(group, channel, day, &promised, &result) }
            }
        }
        for front in promised.indices where !promised[front].isEmpty {
            follow(front, &promised[front], &result)
        }
    }

    /// The orders of a group, channel and day up to the promise.
    private func take(
        _ group: Int, _ channel: Int, _ day: Int, _ promised: inout [[Double]], _ result: inout HourPromise
    ) {
        let fronts = model.groups[group].fronts
        let orders = model.asked(group, channel: channel, day: day)
        result.asked += orders
        let length = DemandPlan.minutesPerDay / HourModel.stretches
        for minute in 0..<DemandPlan.minutesPerDay {
            let asked = orders * model.shape(channel: channel, day: day, minute: minute)
            if asked == 0 { continue }
            let stretch = minute / length
            let cell = fills.place(group, channel, day, stretch)
            guard fronts.contains(where: { model.isOpen($0, minute: minute) }) else {
                // What the shop has sold out of is not to be had at any hour.
                result.outOfStock += asked * fills.gone[cell]
                result.closed += asked * (1 - fills.gone[cell])
                continue
            }
            result.notHeld += asked * (1 - fills.held[cell])
            result.outOfStock += asked * max(0, fills.held[cell] - fills.whole[cell])
            for (rank, front) in fronts.enumerated() {
                promised[front][channel * minutes + day * DemandPlan.minutesPerDay + minute] +=
                    asked * fills.part(group, channel, day, stretch, rank: rank, of: fronts.count)
            }
        }
    }

    /// The promised orders of a front warehouse on to the door.
    private func follow(_ front: Int, _ promised: inout [Double], _ result: inout HourPromise) {
        let channels = model.prepared.channelCount
        let riderWaits = ride(front, &promised, &result)
        let waits = fulfilment.waits(front, promised)
        let lags = (0..<channels).map { delays.lags($0) }
        let fixed = delays.fixed
        for channel in 0..<channels {
            let done = model.paidShare(channel) * (1 - delays.caught)
            let meanLag = lags[channel].reduce(0, +) / Double(max(1, lags[channel].count))
            for minute in 0..<minutes {
                let orders = promised[channel * minutes + minute]
                guard orders > 0 else { continue }
                result.notCompleted += orders * (1 - done)
                let day = minute / DemandPlan.minutesPerDay
                let wait = waits[minute] + riderWaits[minute]
                let left = untilClose(front, minute)
                let (shareOf, branches) = (orders * done, delays.branches(at: minute))
                for branch in branches {
                    var moved = 0.0
                    for lag in lags[channel] where lag + fixed + branch.delay > left { moved += 1 }
                    moved /= Double(max(1, lags[channel].count))
                    result.moved += shareOf * branch.part * moved
                    let kept = shareOf * branch.part * (1 - moved)
                    let late = 1 - fulfilment.chance(front, day, within: 60 - fixed - branch.delay - wait)
                    let road = fulfilment.lateOnTheRoad(front, day, after: fixed + branch.delay + wait)
                    if branch.isReviewed {
                        result.lateByReview += kept * late
                    } else {
                        result.lateOnTheRoad += kept * min(late, road)
                        result.lateByPicking += kept * max(0, late - road)
                    }
                    let within = fixed + branch.delay + wait + fulfilment.meanTime(front, day)
                    result.hours += kept * (meanLag + min(within, 1e5)) / 60
                }
            }
        }
    }

    /// Takes off what finds no rider; returns the minutes waited for one.
    private func ride(_ front: Int, _ promised: inout [Double], _ result: inout HourPromise) -> [Double] {
        var waits = [Double](repeating: 0, count: minutes)
        guard let riders = world.shipping.riders else { return waits }
        let rate = Double(riders) / max(1e-9, 2 * fulfilment.meanRoad(front))
        let longest = Double(world.shipping.riderWait.microseconds) / 60e6
        let channels = model.prepared.channelCount
        var backlog = 0.0
        for minute in 0..<minutes {
            let orders = (0..<channels).reduce(0.0) { $0 + promised[$1 * minutes + minute] }
            waits[minute] = backlog / rate
            let room = max(0, longest * rate + rate - backlog)
            let part = orders > room ? room / orders : 1
            for channel in 0..<channels {
                let cell = channel * minutes + minute
                result.noRider += promised[cell] * (1 - part)
                promised[cell] *= part
            }
            backlog = max(0, backlog + orders * part - rate)
        }
        return waits
    }

    /// Minutes until the shift ends; without end where it does not.
    private func untilClose(_ front: Int, _ minute: Int) -> Double {
        let (opens, closes) = (world.network.nodes[front].opens, model.prepared.shiftEnds[front])
        if opens == closes { return .infinity }
        return Double(closes) / 60 - Double(minute % DemandPlan.minutesPerDay)
    }
}
