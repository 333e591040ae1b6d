import Foundation
import NumericCore
import Retail

/// What moves demand beside prices and promotions: level, weekday, season, trend, drift and events.
struct Nuisance: Sendable {
    /// Days x columns, the first the level; and the deviation believed of each coefficient.
    private let shared: Matrix
    private let sharedDeviations: [Double]
    /// The few that a single series may have of its own, beside the shape of its category.
    private let own: Matrix
    private let ownDeviations: [Double]
    private let days: Int

    /// Days between the knots between which the level drifts.
    private static let knots = 56

    init(_ axis: TimeAxis, days: Int, calendar: BusinessCalendar) {
        self.days = days
        let dates = (0..<days).map { axis.day($0) }
        let level = [Double](repeating: 1, count: days)
        let weekdays: [[Double]] = (1...6).map { weekday in dates.map { $0.weekday == weekday ? 1.0 : 0 } }
        let trend: [Double] = (0..<days).map { (Double($0) - Double(days) / 2) / 365.25 }
        let drift: [[Double]] = (0...max(1, days / Self.knots)).map { (knot: Int) -> [Double] in
            (0..<days).map { (t: Int) -> Double in
                let distance = Double(t) / Double(Self.knots) - Double(knot)
                return max(0, 1 - abs(distance))
            }
        }
        let waves = days >= 270 ? (days >= 500 ? 3 : 2) : 0
        var year: [[Double]] = []
        for k in 0..<waves {
            let angles: [Double] = dates.map { 2 * Double.pi * Double(k + 1) * Double($0.number) / 365.25 }
            year.append(angles.map { sin($0) })
            year.append(angles.map { cos($0) })
        }
        var events: [[Double]] = []
        let listed = Dictionary(grouping: calendar.days.filter { !$0.event.isEmpty }, by: \.event)
        for (_, entries) in listed.sorted(by: { $0.key < $1.key }) {
            let on = Set(entries.map(\.day))
            events.append(dates.map { on.contains($0) ? 1 : 0 })
        }
        for (name, spans) in Dictionary(grouping: calendar.spans, by: \.name).sorted(by: { $0.key < $1.key })
        where listed[name] == nil {
            let pulls = dates.map { day in spans.reduce(CalendarEvent.Pull()) { $0.stronger($1.pull(on: day)) } }
            events += [pulls.map(\.main), pulls.map(\.buildUp), pulls.map(\.dip)]
        }
        events = events.filter { column in column.contains { $0 != 0 } }
        func pack(_ parts: [(columns: [[Double]], deviation: Double)]) -> (Matrix, [Double]) {
            let columns = parts.flatMap(\.columns)
            var elements = [Double](repeating: 0, count: days * columns.count)
            for (j, column) in columns.enumerated() {
                for t in 0..<days { elements[t * columns.count + j] = column[t] }
            }
            let deviations = parts.flatMap { [Double](repeating: $0.deviation, count: $0.columns.count) }
            return (Matrix(rows: days, columns: columns.count, elements), deviations)
        }
        (shared, sharedDeviations) = pack([
            ([level], .infinity), (weekdays, 1), ([trend], 0.5), (drift, 0.3), (year, 0.5), (events, 1),
        ])
        (own, ownDeviations) = pack([
            ([level], .infinity), (weekdays, 0.15), ([trend], 0.5), (drift, 0.3),
            (Array(year.prefix(2)), 0.2),
        ])
    }

    /// The logarithm of a category's demand by day, without level, prices and promotions: the shape its articles share.
    func shape(_ history: EffectHistory, _ design: EffectDesign, members: [Int]) -> [Double] {
        var total = [Double](repeating: .nan, count: days)
        let width = design.columns.count
        var mean = [Double](repeating: 0, count: days * width)
        var weight = 0.0
        for series in members where history.weights[series] > 0 {
            for (day, value) in history.cells(series).enumerated() where !value.isNaN {
                total[day] = (total[day].isNaN ? 0 : total[day]) + value
            }
            let rows = design.rows(series)
            for i in 0..<days * width { mean[i] += history.weights[series] * rows[i] }
            weight += history.weights[series]
        }
        let flat = [Double](repeating: 0, count: days)
        guard weight > 0 else { return flat }
        for i in mean.indices { mean[i] /= weight }
        let outlook = design.columns.map(\.outlook)
        let regression = CountRegression(
            design: Self.beside(shared, mean, width), values: total, offset: flat,
            priorMean: sharedDeviations.map { _ in 0 } + outlook.map(\.mean),
            priorPrecision: Self.precisions(sharedDeviations) + outlook.map { 1 / ($0.deviation * $0.deviation) })
        guard let fit = regression.fit() else { return flat }
        let p = shared.columns
        return (0..<days).map { t in
            (1..<p).reduce(0) { $0 + shared.elements[t * p + $1] * fit.coefficients[$1] }
        }
    }

    /// What one series says about its effects; nil where it says nothing.
    func evidence(
        _ history: EffectHistory, _ design: EffectDesign, _ series: Int, shape: [Double],
        prior: (mean: [Double], precision: [Double]), start: [Double]?
    ) -> SeriesEvidence? {
        let width = design.columns.count
        let rows = Array(design.rows(series).prefix(days * width))
        let cells = history.cells(series)
        let p = own.columns
        let regression = CountRegression(
            design: Self.beside(own, rows, width), values: cells, offset: shape,
            priorMean: [Double](repeating: 0, count: p) + prior.mean,
            priorPrecision: Self.precisions(ownDeviations) + prior.precision)
        guard let fit = regression.fit(start: start) else { return nil }
        let effects = Array(fit.coefficients[p...])
        let held = (0..<width).map { prior.precision[$0] * (effects[$0] - prior.mean[$0]) / fit.drift }
        guard
            let evidence = EffectEvidence(
                fit.information, nuisance: Self.precisions(ownDeviations), effects: effects, heldBy: held)
        else { return nil }
        var errors = [Float](repeating: .nan, count: days)
        var row = 0
        for day in 0..<days where !cells[day].isNaN {
            errors[day] = Float(fit.errors[row])
            row += 1
        }
        return SeriesEvidence(evidence: evidence, coefficients: fit.coefficients, errors: errors)
    }

    private static func precisions(_ deviations: [Double]) -> [Double] {
        deviations.map { $0.isInfinite ? 0 : 1 / ($0 * $0) }
    }

    /// Columns of a matrix, and further ones beside them.
    private static func beside(_ left: Matrix, _ right: [Double], _ width: Int) -> Matrix {
        let p = left.columns
        var elements: [Double] = []
        elements.reserveCapacity(left.rows * (p + width))
        for t in 0..<left.rows {
            elements += left.elements[t * p..<(t + 1) * p]
            elements += right[t * width..<(t + 1) * width]
        }
        return Matrix(rows: left.rows, columns: p + width, elements)
    }
}

/// What one series says about its effects, and what it leaves unexplained.
struct SeriesEvidence: Sendable {
    var evidence: EffectEvidence
    var coefficients: [Double]
    /// Errors by day over their deviations; NaN where nothing was observed.
    var errors: [Float]
}

extension [SeriesEvidence?] {
    /// The evidence with that on shared columns counted for what it is worth: articles of one market see the same prices
    /// of rivals, and what else moves the market moves them together, so that they are not as many witnesses as they
    /// are articles (Moulton 1990). Prices of the wider category are shared by all of it.
    func discounted(_ columns: [EffectColumn], _ drivers: TradeDrivers) -> [EffectEvidence?] {
        let rivals = columns.firstIndex(of: .rivals)
        let neighbours = columns.firstIndex(of: .neighbours)
        let byMarket = rivals == nil ? [] : witnesses(drivers.market)
        let byFamily = neighbours == nil ? [] : witnesses(drivers.family)
        return enumerated().map { series, own in
            guard let own else { return nil }
            let d = columns.count
            var scale = [Double](repeating: 1, count: d)
            if let rivals { scale[rivals] = 1 / byMarket[drivers.market[series]].squareRoot() }
            if let neighbours { scale[neighbours] = 1 / byFamily[drivers.family[series]].squareRoot() }
            let effects = own.coefficients.suffix(d)
            var evidence = own.evidence
            for i in 0..<d {
                var (before, after) = (0.0, 0.0)
                for (j, value) in effects.enumerated() {
                    before += own.evidence.information[i, j] * value
                    evidence.information[i, j] = own.evidence.information[i, j] * scale[i] * scale[j]
                    after += evidence.information[i, j] * value
                }
                // What the evidence points to stays where it was; only its weight is less.
                evidence.pull[i] = after + (own.evidence.pull[i] - before) * scale[i] * scale[i]
            }
            return evidence
        }
    }

    /// For each group by how much fewer independent series it has than series: one and the correlation of the errors of
    /// its pairs for each further member.
    private func witnesses(_ group: [Int]) -> [Double] {
        let days = compactMap { $0?.errors.count }.max() ?? 0
        let count = (group.max() ?? -1) + 1
        var sums = [[Double]](repeating: [Double](repeating: 0, count: days), count: count)
        var squares = sums
        var members = sums
        var sizes = [Double](repeating: 0, count: count)
        for (series, own) in enumerated() {
            guard let own else { continue }
            sizes[group[series]] += 1
            for day in 0..<days where own.errors[day].isFinite {
                let error = Double(own.errors[day])
                sums[group[series]][day] += error
                squares[group[series]][day] += error * error
                members[group[series]][day] += 1
            }
        }
        return (0..<count).map { g -> Double in
            var (pairs, products, square, cells) = (0.0, 0.0, 0.0, 0.0)
            for day in 0..<days {
                let n = members[g][day]
                products += sums[g][day] * sums[g][day] - squares[g][day]
                pairs += n * (n - 1)
                square += squares[g][day]
                cells += n
            }
            guard pairs > 0, square > 0 else { return 1 }
            let correlation = Swift.min(1, Swift.max(0, products / pairs / (square / cells)))
            return 1 + (sizes[g] - 1) * correlation
        }
    }
}
