import Foundation
public import Retail

/// What became of one person's change to the forecast.
public struct AdjustmentOutcome: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable {
        /// It changes the forecast.
        case inForce = "in_force"
        /// Its day of expiry has passed.
        case expired
        /// Its days lie outside those forecast.
        case otherDays = "other_days"
        /// No series of the forecast is in its scope.
        case noSeries = "no_series"
    }

    public var state: State
    /// Series in its scope.
    public var series: Int
    /// Units over its days and scope before and after it.
    public var before: Double
    public var after: Double

    public init(state: State, series: Int = 0, before: Double = 0, after: Double = 0) {
        self.state = state
        self.series = series
        self.before = before
        self.after = after
    }
}

/// A forecast with people's knowledge laid over it, beside what the model said.
public struct AdjustedForecast: Sendable, Equatable {
    /// As the model made it.
    public var statistical: Forecast
    /// As it is used.
    public var adjusted: Forecast
    /// One for each adjustment, in their order.
    public var outcomes: [AdjustmentOutcome]

    /// A line that says how many changes count and what they come to; none where there are no changes.
    public var assumptions: [Assumption] {
        guard !outcomes.isEmpty else { return [] }
        let counting = outcomes.filter { $0.state == .inForce }
        let units = counting.reduce(0) { $0 + $1.after - $1.before }.rounded()
        return [
            Assumption(
                subject: "adjustments",
                text: "\(counting.count) of \(outcomes.count) changes by people are laid over the model's forecast: "
                    + (abs(units) < 1e15 ? "\(Int64(units))" : "\(units)") + " units")
        ]
    }
}

/// What is needed to apply a change to series that are not cut as finely as the change.
public struct AdjustmentShares: Sendable {
    /// Part of a series without channel that belongs to a channel, and of one without region to a region.
    public var channel: @Sendable (Channel.Index) -> Double
    public var region: @Sendable (Region.Index) -> Double

    public init(
        channel: @escaping @Sendable (Channel.Index) -> Double, region: @escaping @Sendable (Region.Index) -> Double
    ) {
        self.channel = channel
        self.region = region
    }

    /// Parts of past units in a data set's orders; without orders all channels and all regions are alike.
    public init(_ dataset: Dataset) {
        let orders = dataset.orders
        var channels = [Double](repeating: 0, count: dataset.channels.count)
        var regions = [Double](repeating: 0, count: dataset.regions.count)
        for order in 0..<orders.count {
            let lines = orders.lineOffsets[order]..<orders.lineOffsets[order + 1]
            let units = orders.lineQuantities[lines].reduce(0.0) { $0 + Double($1) }
            if channels.indices.contains(orders.channels[order].position) {
                channels[orders.channels[order].position] += units
            }
            if regions.indices.contains(orders.regions[order].position) {
                regions[orders.regions[order].position] += units
            }
        }
        func shares(_ units: [Double]) -> [Double] {
            let total = units.reduce(0, +)
            return units.map { total > 0 ? $0 / total : 1 / Double(units.count) }
        }
        let (byChannel, byRegion) = (shares(channels), shares(regions))
        self.init(
            channel: { byChannel.indices.contains($0.position) ? byChannel[$0.position] : 0 },
            region: { byRegion.indices.contains($0.position) ? byRegion[$0.position] : 0 })
    }
}

extension Forecast {
    /// The forecast with people's changes applied one after the other, in their order.
    ///
    /// A factor multiplies every series in scope. A set or added number of units a day is that of the whole scope: it is
    /// spread over the series as the forecast stands, evenly where all of it is zero. Nothing falls below zero, and
    /// closed days stay closed. Quantiles keep their distance in proportion; a series that was forecast to sell nothing
    /// gets those of an exponential. Totals (series without SKU) change by what their members do, so that sums hold.
    ///
    /// - Parameters:
    ///   - skus: the data set's, for categories.
    ///   - today: the last day known: what expired before the day after it no longer counts.
    public func adjusted(
        by adjustments: [Adjustment], skus: [SKU], calendar: BusinessCalendar = BusinessCalendar(), today: Day,
        shares: AdjustmentShares
    ) -> AdjustedForecast {
        var result = AdjustedForecast(statistical: self, adjusted: self, outcomes: [])
        guard axis.step != .bare else {
            result.outcomes = adjustments.map { _ in AdjustmentOutcome(state: .otherDays) }
            return result
        }
        for adjustment in adjustments {
            result.outcomes.append(
                result.adjusted.apply(adjustment, skus: skus, calendar: calendar, today: today, shares: shares))
        }
        if result.outcomes.contains(where: { $0.state == .inForce }) {
            result.adjusted.addUp(from: self)
            result.adjusted.name("people", from: self)
        }
        return result
    }

    /// Names what changed a forecast that was another before as a part of its own.
    mutating func name(_ part: String, from before: Forecast) {
        for s in keys.indices {
            let change = (0..<horizon).reduce(0) { $0 + mean(s, $1) - before.mean(s, $1) }
            if change != 0 { choices[s].parts.append(ForecastPart(name: part, units: change)) }
        }
    }

    private mutating func apply(
        _ adjustment: Adjustment, skus: [SKU], calendar: BusinessCalendar, today: Day, shares: AdjustmentShares
    ) -> AdjustmentOutcome {
        if let expires = adjustment.expires, expires <= today { return AdjustmentOutcome(state: .expired) }
        var members: [(series: Int, part: Double)] = []
        for (series, key) in keys.enumerated() {
            guard let sku = key.sku, adjustment.scope.covers(sku, skus) else { continue }
            var part = 1.0
            if let channel = adjustment.channel {
                if let own = key.channel { if own != channel { continue } } else { part *= shares.channel(channel) }
            }
            if let region = adjustment.region {
                if let own = key.region { if own != region { continue } } else { part *= shares.region(region) }
            }
            if part > 0 { members.append((series, part)) }
        }
        guard !members.isEmpty else { return AdjustmentOutcome(state: .noSeries) }
        var outcome = AdjustmentOutcome(state: .otherDays, series: members.count)
        for step in 0..<horizon {
            let (within, length) = overlap(step, adjustment, calendar)
            guard within > 0 else { continue }
            outcome.state = .inForce
            // The part of the step's demand that the change speaks of, series by series.
            let covered = within / length
            let touched = members.map { $0.part * covered * mean($0.series, step) }
            let total = touched.reduce(0, +)
            let changed: [Double]
            switch adjustment.kind {
            case .multiply: changed = touched.map { $0 * max(0, adjustment.value) }
            case .add, .set:
                let wanted = max(0, adjustment.value * within + (adjustment.kind == .add ? total : 0))
                let parts = members.reduce(0) { $0 + $1.part }
                changed = zip(members, touched).map { total > 0 ? wanted * $1 / total : wanted * $0.part / parts }
            }
            outcome.before += total
            outcome.after += changed.reduce(0, +)
            for (i, member) in members.enumerated() {
                move(member.series, step, to: max(0, mean(member.series, step) - touched[i] + changed[i]))
            }
        }
        return outcome
    }

    /// Open days of a step that a change covers, and open days of the step; hours count as parts of a day.
    private func overlap(
        _ step: Int, _ adjustment: Adjustment, _ calendar: BusinessCalendar
    ) -> (within: Double, length: Double) {
        let first = axis.day(step)
        if axis.step == .hour || axis.step == .day {
            let isIn = adjustment.from <= first && first <= adjustment.through && calendar.isOpen(first)
            let length = axis.step == .hour ? 1.0 / 24 : 1
            return (isIn ? length : 0, length)
        }
        let days = (0..<max(1, axis.day(step + 1) - first)).map { first + $0 }.filter { calendar.isOpen($0) }
        let within = days.count { adjustment.from <= $0 && $0 <= adjustment.through }
        return (Double(within), Double(max(1, days.count)))
    }

    /// Gives a cell a new mean; its quantiles go with it.
    private mutating func move(_ series: Int, _ step: Int, to value: Double) {
        let cell = series * horizon + step
        let old = mean[cell]
        guard value != old, value.isFinite else { return }
        mean[cell] = value
        for (k, level) in levels.enumerated() {
            let at = cell * levels.count + k
            quantiles[at] = old > 0 ? quantiles[at] * (value / old) : -log1p(-level) * value
        }
    }

    /// Totals change by what their members did.
    private mutating func addUp(from before: Forecast) {
        for (total, key) in keys.enumerated() where key.sku == nil {
            var change = [Double](repeating: 0, count: horizon)
            for (series, member) in keys.enumerated() where member.sku != nil {
                if let channel = key.channel, member.channel != channel { continue }
                if let region = key.region, member.region != region { continue }
                for step in 0..<horizon { change[step] += mean(series, step) - before.mean(series, step) }
            }
            for step in 0..<horizon where change[step] != 0 {
                move(total, step, to: max(0, before.mean(total, step) + change[step]))
            }
        }
    }
}
