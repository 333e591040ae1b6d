import Foundation
import NumericCore
import Retail

/// Minutes from order to payment and from payment to release, as parts of equal or stated weight.
struct ReleaseDelays {
    /// A way through review: the part of orders that take it, and the minutes it takes.
    struct Branch {
        var part: Double
        var delay: Double
        var isReviewed: Bool
    }

    /// Capture, merging and waves: every order waits for them.
    let fixed: Double
    /// Part of orders rejected as fraud.
    let caught: Double
    private let model: HourModel
    private let reviewed: Double
    private let held: Double
    private let clerkWaits: [Double]
    private static let quantiles = [0.0625, 0.1875, 0.3125, 0.4375, 0.5625, 0.6875, 0.8125, 0.9375]

    init(_ model: HourModel) {
        self.model = model
        let (world, plan) = (model.world, model.world.handling)
        let seconds = Double(plan.captureInterval.microseconds) / 2e6
        let merging = Double(plan.mergeWindow?.microseconds ?? 0) / 1e6
        let wave = Double(world.fulfilment.waveInterval.microseconds) / 2e6
        fixed = (seconds + merging + wave) / 60
        caught = plan.fraud.share.fraction * plan.fraud.detection.fraction
        let alarms = caught + (1 - plan.fraud.share.fraction) * plan.fraud.falseAlarms.fraction
        held = plan.addressFaults.fraction
        let passed = plan.automaticShare.fraction * (1 - held) * (1 - plan.remarks.fraction) * (1 - alarms)
        reviewed = 1 - passed
        let (days, perDay) = (model.days, DemandPlan.minutesPerDay)
        let perOrder = reviewed * Double(plan.reviewTime.microseconds) / 1e6
        var work = [Double](repeating: 0, count: days * perDay)
        for channel in 0..<model.prepared.channelCount {
            let paid = model.paidShare(channel) * perOrder
            for day in 0..<days {
                let orders = (0..<model.prepared.regionCount).reduce(0.0) {
                    $0 + model.orders[(channel * model.prepared.regionCount + $1) * days + day]
                }
                for minute in 0..<perDay {
                    work[day * perDay + minute] +=
                        paid * orders * model.shape(channel: channel, day: day, minute: minute)
                }
            }
        }
        clerkWaits = FluidQueue.waits(
            work: work,
            capacity: (0..<(days + 1) * perDay).map { minute in
                let second = Int32(minute % perDay * 60)
                let isOn = plan.opens == plan.closes || (second >= plan.opens && second < plan.closes)
                return isOn ? 60 * Double(plan.clerks) : 0
            })
    }

    func branches(at minute: Int) -> [Branch] {
        let plan = model.world.handling
        var result = [Branch(part: 1 - reviewed, delay: 0, isReviewed: false)]
        let (review, answer) = (
            Double(plan.reviewTime.microseconds) / 60e6, Double(plan.answerTime.microseconds) / 60e6
        )
        let share = 1 / Double(Self.quantiles.count)
        for quantile in Self.quantiles where reviewed > 0 {
            let time = -log1p(-quantile)
            let wait = clerkWaits[minute]
            result.append(Branch(part: (reviewed - held) * share, delay: wait + review * time, isReviewed: true))
            if held > 0 {
                result.append(Branch(part: held * share, delay: wait + review + answer * time, isReviewed: true))
            }
        }
        return result
    }

    /// Minutes from order to payment of those who pay in time, twenty equal parts.
    func lags(_ channel: Int) -> [Double] {
        let limit = Double(model.world.channels[channel].timeOut.microseconds) / 1e6
        let known = HourModel.points.map { model.world.payment.lag.quantile($0) }.filter { $0 < limit }
        let size = max(1, known.count / 20)
        return stride(from: 0, to: known.count, by: size).map { first in
            let part = known[first..<min(known.count, first + size)]
            return part.reduce(0, +) / Double(part.count) / 60
        }
    }
}
