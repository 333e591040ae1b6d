import Foundation
import NumericCore
public import Retail

/// What deposits, carts and favourites did to the forecast of one promotion.
public struct SignalOutcome: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable {
        case updated
        /// No promotion of the past has signals as long before it and sales to learn from.
        case noPast = "no_past"
        /// Its days are not forecast.
        case otherDays = "other_days"
    }

    public var promotion: String
    public var state: State
    /// Days from the last day known to the promotion's first.
    public var lead: Int
    public var skus: Int
    /// Units forecast over the promotion for these SKUs, before and after.
    public var before: Double
    public var after: Double

    /// In words.
    public var summary: String {
        func rounded(_ units: Double) -> String { abs(units) < 1e15 ? String(Int64(units.rounded())) : "\(units)" }
        let days = "\(lead) days before \(promotion)"
        switch state {
        case .updated:
            return "signals \(days): \(skus) SKUs, \(rounded(before)) units forecast, now \(rounded(after))"
        case .noPast: return "signals \(days) are not used: no past promotion has signals and sales to learn from"
        case .otherDays: return "signals of \(promotion) are not used: its days are not forecast"
        }
    }
}

extension Forecast {
    /// The forecast with the days of coming promotions renewed by what buyers show already.
    ///
    /// Past promotions tell how many units are sold in the end for each unit of deposits, carts or favourites that stood
    /// so many days before the beginning: a log-normal ratio for each SKU, shrunk toward its category
    /// (`EffectHierarchy`). The units it leads to and those forecast are weighted by their precision, on the logarithm.
    /// Kinds of signal speak of the same buyers: together they count as the surest of them. Run anew each day, the
    /// forecast follows the signals as they come in.
    ///
    /// - Parameter dataset: whose demand ends the day before the forecast begins.
    public func updated(by dataset: Dataset) -> (forecast: Forecast, outcomes: [SignalOutcome]) {
        var result = self
        var outcomes: [SignalOutcome] = []
        let book = SignalBook(dataset)
        for promotion in dataset.promotions where book.signals[promotion.code] != nil {
            let days = promotion.days
            let first = axis.origin
            guard days.upperBound >= first.number else { continue }
            let lead = max(0, Int(days.lowerBound) - Int(first.number) + 1)
            let steps = (0..<horizon).filter { days.contains(axis.day($0).number) }
            var outcome = SignalOutcome(
                promotion: promotion.code, state: .otherDays, lead: lead, skus: 0, before: 0, after: 0)
            defer { outcomes.append(outcome) }
            guard axis.step == .day, !steps.isEmpty else { continue }
            outcome.state = .noPast
            for (sku, estimate) in book.estimates(promotion, lead: lead) {
                let members = keys.indices.filter { series in
                    guard let own = keys[series].sku, own.position == sku else { return false }
                    guard let channel = promotion.channel, let mine = keys[series].channel else { return true }
                    return mine == channel
                }
                let total = members.reduce(0.0) { sum, s in steps.reduce(sum) { $0 + mean(s, $1) } }
                guard total > 0 else { continue }
                let prior = spread(members, steps, total)
                let sum = 1 / prior + 1 / estimate.variance
                let after = (log(total) / prior + estimate.mean / estimate.variance) / sum
                let factor = min(20, max(1.0 / 20, exp(after - log(total))))
                result.scale(members, steps, by: factor, spread: (1 / sum / prior).squareRoot())
                outcome.state = .updated
                outcome.skus += 1
                outcome.before += total
                outcome.after += factor * total
            }
        }
        result.name("signals", from: self)
        return (result, outcomes)
    }

    /// Variance of the logarithm of a total, told by the widest pair of quantiles: days and series err together.
    private func spread(_ series: [Int], _ steps: [Int], _ total: Double) -> Double {
        guard let low = levels.firstIndex(where: { $0 < 0.5 }), let high = levels.lastIndex(where: { $0 > 0.5 }) else {
            return 0.25
        }
        let width = Normal.quantile(levels[high]) - Normal.quantile(levels[low])
        var sum = 0.0
        for s in series {
            for step in steps { sum += quantile(s, step, level: high) - quantile(s, step, level: low) }
        }
        let deviation = sum / width / total
        return max(0.01, log(1 + deviation * deviation))
    }

    private mutating func scale(_ series: [Int], _ steps: [Int], by factor: Double, spread: Double) {
        for s in series {
            for step in steps {
                let cell = s * horizon + step
                let old = mean[cell]
                mean[cell] = factor * old
                for k in levels.indices {
                    let at = cell * levels.count + k
                    quantiles[at] = factor * max(0, old + (quantiles[at] - old) * spread)
                }
            }
        }
    }
}

extension Promotion {
    /// Numbers of the days on which it holds.
    fileprivate var days: ClosedRange<Int32> {
        let last = CivilTime(seconds: max(begins.seconds, ends.seconds - 1)).day.number
        return begins.day.number...max(begins.day.number, last)
    }
}

/// Signals and sales of promotions by SKU.
private struct SignalBook {
    /// By promotion.
    let signals: [String: [PromotionSignal]]
    private let dataset: Dataset

    init(_ dataset: Dataset) {
        self.dataset = dataset
        signals = Dictionary(grouping: dataset.signals, by: \.promotion)
    }

    /// The logarithm of the units each SKU will sell in a promotion, told by its signals alone.
    func estimates(_ promotion: Promotion, lead: Int) -> [(sku: Int, estimate: (mean: Double, variance: Double))] {
        var found: [Int: [(mean: Double, variance: Double)]] = [:]
        for kind in PromotionSignal.Kind.allCases {
            let standing = standing(promotion, kind, lead: lead)
            guard !standing.isEmpty, let ratios = ratios(kind, lead: lead, except: promotion.code) else { continue }
            for (sku, units) in standing.sorted(by: { $0.key < $1.key }) {
                let ratio = ratios(sku)
                found[sku, default: []].append(
                    (log(units + 0.5) + ratio.mean, ratio.variance + 1 / (units + 0.5)))
            }
        }
        return found.sorted { $0.key < $1.key }.map { sku, estimates in
            let weight = estimates.reduce(0) { $0 + 1 / $1.variance }
            let mean = estimates.reduce(0) { $0 + $1.mean / $1.variance } / weight
            return (sku, (mean, estimates.map(\.variance).min() ?? 1))
        }
    }

    /// Units of a kind of signal by SKU, as they stood so many days before the beginning.
    private func standing(_ promotion: Promotion, _ kind: PromotionSignal.Kind, lead: Int) -> [Int: Double] {
        var units: [Int: Double] = [:]
        for signal in signals[promotion.code] ?? [] where signal.kind == kind {
            guard promotion.begins.day - signal.day >= lead, signal.quantity > 0 else { continue }
            units[signal.sku.position, default: 0] += signal.quantity
        }
        return units
    }

    /// Learns the logarithm of units sold over units of signal from past promotions; nil where there are none.
    private func ratios(
        _ kind: PromotionSignal.Kind, lead: Int, except code: String
    ) -> ((Int) -> (mean: Double, variance: Double))? {
        let end = dataset.demand.axis.day(dataset.demand.axis.count - 1)
        var seen: [(sku: Int, ratio: Double, noise: Double)] = []
        for past in dataset.promotions where past.code != code && Day(number: past.days.upperBound) <= end {
            let standing = standing(past, kind, lead: lead)
            guard !standing.isEmpty else { continue }
            let sold = sold(past)
            for (sku, units) in standing.sorted(by: { $0.key < $1.key }) {
                let sales = sold[sku] ?? 0
                seen.append((sku, log((sales + 0.5) / (units + 0.5)), 1 / (sales + 0.5) + 1 / (units + 0.5)))
            }
        }
        guard !seen.isEmpty else { return nil }
        // Scatter from promotion to promotion: what is left within a SKU, or within all where each was seen once.
        let mean = seen.reduce(0) { $0 + $1.ratio } / Double(seen.count)
        let bySKU = Dictionary(grouping: seen, by: \.sku)
        var (squares, free) = (0.0, 0.0)
        for (_, own) in bySKU.sorted(by: { $0.key < $1.key }) where own.count > 1 {
            let centre = own.reduce(0) { $0 + $1.ratio } / Double(own.count)
            squares += own.reduce(0) { $0 + ($1.ratio - centre) * ($1.ratio - centre) - $1.noise }
            free += Double(own.count - 1)
        }
        // Two cases' worth of belief in a scatter of a half, so that two alike promotions do not make it certain.
        let scatter = max(0.01, (2 * 0.25 + max(0, squares)) / (2 + free))
        let categories = dataset.skus.map { $0.categories.joined(separator: "\u{1F}") }
        let names = Array(Set(categories)).sorted()
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        let evidence = dataset.skus.indices.map { sku -> EffectEvidence in
            var (information, pull) = (0.0, 0.0)
            for case let one in bySKU[sku] ?? [] {
                let precision = 1 / (scatter + one.noise)
                information += precision
                pull += precision * one.ratio
            }
            return EffectEvidence(information: Matrix(rows: 1, columns: 1, [information]), pull: [pull])
        }
        guard
            let tree = try? EffectHierarchy(
                evidence, group: categories.map { places[$0] ?? 0 }, groups: names.count,
                outlook: [(mean: mean, deviation: 3)], scatter: [0.5])
        else { return nil }
        return { sku in (tree.units[sku].mean[0], tree.units[sku].covariance[0, 0] + scatter) }
    }

    /// Units sold by SKU over a promotion, in its channel.
    private func sold(_ promotion: Promotion) -> [Int: Double] {
        let panel = dataset.demand
        var units: [Int: Double] = [:]
        for (series, key) in panel.keys.enumerated() {
            guard let sku = key.sku else { continue }
            if let channel = promotion.channel, let own = key.channel, own != channel { continue }
            for number in promotion.days {
                let cell = panel.axis.index(of: Day(number: number)) - Int(panel.starts[series])
                guard cell >= 0, cell < panel.offsets[series + 1] - panel.offsets[series] else { continue }
                let at = panel.offsets[series] + cell
                if !panel.missing[at] { units[sku.position, default: 0] += Double(panel.values[at]) }
            }
        }
        return units
    }
}
