import Foundation
import Retail

/// The minutes of the simulated days with the promotions' pull on visits laid over the ordinary day.
struct DayShape {
    static let minutes = 1_440
    /// Weights of the minutes, row-major channels x days x 1,440, not normalised: an ordinary day adds up to one.
    private(set) var weights: [Double]
    /// Orders of the day as a factor on an ordinary day's, row-major channels x days.
    private(set) var traffic: [Double]
    let days: Int

    /// What lies over the ordinary day beside the promotions.
    struct Extras {
        var evening = 0.0
        /// Middle and breadth of the evening hump, minutes.
        var eveningMiddle = 1_260.0
        var eveningBreadth = 75.0
        var spikes: [(spike: ScenarioSpike, channel: Channel.Index?)] = []
        var shows: [(show: ScenarioShow, channel: Channel.Index)] = []

        init() {}

        init(_ scenario: Scenario, _ resolution: ScenarioResolution) {
            evening = scenario.demand.evening
            eveningMiddle = scenario.flow.eveningAt.seconds / 60
            eveningBreadth = scenario.flow.eveningBreadth.seconds / 60
            spikes = zip(scenario.demand.spikes, resolution.spikeChannels).map { ($0, $1) }
            shows = zip(scenario.demand.live, resolution.showChannels).map { ($0, $1) }
        }

        /// Adds the hump and the waves, then lets live shows multiply.
        func lay(over minutes: inout [Double], channel: Int, midnight: Int64) {
            let mean = minutes.reduce(0, +) / Double(DayShape.minutes)
            if evening > 0 {
                for minute in minutes.indices {
                    let distance = (Double(minute) + 0.5 - eveningMiddle) / eveningBreadth
                    minutes[minute] += evening * mean * exp(-distance * distance / 2)
                }
            }
            for (spike, owner) in spikes where owner.map({ $0.position == channel }) ?? true {
                for minute in minutes.indices {
                    let age = Double(midnight + Int64(minute) * 60 - spike.at.seconds) / 60
                    // A spike ends where the next ordinary day is under way.
                    guard age > -1, age < Double(DayShape.minutes) else { continue }
                    let fast = spike.fast * Self.wave(age, spike.fastDecay.seconds / 60)
                    let slow = spike.slow * Self.wave(age, spike.slowDecay.seconds / 60)
                    minutes[minute] += mean * (fast + slow)
                }
            }
            for (show, owner) in shows where owner.position == channel {
                for minute in minutes.indices {
                    let at = midnight + Int64(minute) * 60
                    if at >= show.begins.seconds && at < show.ends.seconds { minutes[minute] *= show.factor }
                }
            }
        }

        /// The mean of exp(-t / decay) over a minute that begins at `age`; before 0 there is nothing.
        private static func wave(_ age: Double, _ decay: Double) -> Double {
            let (from, through) = (max(0, age), age + 1)
            return decay * (exp(-from / decay) - exp(-through / decay))
        }
    }

    init(
        ordinary: [Double], channels: Int, start: Day, days: Int, promotions: [Promotion], extras: Extras = Extras()
    ) {
        self.days = days
        weights = []
        traffic = []
        for channel in 0..<channels {
            for day in 0..<days {
                let midnight = CivilTime(start + day).seconds
                var minutes = Array(ordinary[channel * Self.minutes..<(channel + 1) * Self.minutes])
                for promotion in promotions where promotion.channel.map({ $0.position == channel }) ?? true {
                    for minute in minutes.indices {
                        minutes[minute] *= Self.pull(promotion, at: midnight + Int64(minute) * 60)
                    }
                }
                extras.lay(over: &minutes, channel: channel, midnight: midnight)
                traffic.append(minutes.reduce(0, +))
                weights += minutes
            }
        }
    }

    /// Factor on visits at a moment. A price cut moves quantities, not visits; see `Uplift`.
    private static func pull(_ promotion: Promotion, at seconds: Int64) -> Double {
        guard seconds >= promotion.begins.seconds, seconds < promotion.ends.seconds else { return 1 }
        switch promotion.kind {
        case .flashSale:
            let minutes = Double(seconds - promotion.begins.seconds) / 60
            return 1 + (promotion.uplift - 1) * exp(-minutes / (promotion.ebb.seconds / 60))
        case .spendAndSave, .coupon, .gift, .presale: return promotion.uplift
        case .priceCut: return 1
        }
    }

    /// Part of an ordinary day's orders that falls within a promotion, on a day.
    func overlap(_ promotion: Promotion, channel: Int, day: Int, start: Day, ordinary: [Double]) -> Double {
        let midnight = CivilTime(start + day).seconds
        var part = 0.0
        for minute in 0..<Self.minutes {
            let at = midnight + Int64(minute) * 60
            if at >= promotion.begins.seconds && at < promotion.ends.seconds {
                part += ordinary[channel * Self.minutes + minute]
            }
        }
        return part
    }
}

/// What a promotion does to the quantity of a line in its scope.
enum Uplift {
    /// Constant elasticity: demand goes with price to the power of the elasticity; times what is stated on top.
    static func quantity(_ promotion: Promotion) -> Double {
        switch promotion.kind {
        case .priceCut: pow(1 - promotion.depth.fraction, promotion.elasticity) * promotion.uplift
        // Its stated uplift is visits, not quantities.
        case .flashSale: pow(1 - promotion.depth.fraction, promotion.elasticity)
        case .spendAndSave, .coupon, .gift, .presale: 1
        }
    }

    static func covers(_ scope: PromotionScope, _ sku: Int, _ skus: [SKU]) -> Bool {
        scope.covers(SKU.Index(sku), skus)
    }
}
