import Foundation
import NumericCore
public import Retail

/// Prices and promotions of a data set around any forecasting model: the model sees demand as it would have been at
/// ordinary prices without promotions, and what is planned is laid over its forecast.
public struct TradeEffects: Sendable {
    public let effects: DemandEffects
    public let drivers: TradeDrivers
    /// Of the data set's series by day, past and planned.
    public let daily: DailyEffects
    private let rows: [String: Int]
    private let origin: Day

    /// Learns from the data set's demand; nil where there is nothing to learn from.
    ///
    /// - Parameter horizon: days beyond the demand for which plans are read.
    public init?(_ dataset: Dataset, horizon: Int, threads: Int = 1) async {
        guard let drivers = TradeDrivers(dataset, horizon: horizon),
            let effects = await DemandEffects(
                dataset.demand, drivers, calendar: dataset.calendar, inStock: dataset.demandInStock, threads: threads)
        else { return nil }
        self.init(effects, drivers, dataset.demand)
    }

    /// Effects already learnt, under other prices and promotions of the same series: what if.
    public init(_ effects: DemandEffects, _ drivers: TradeDrivers, _ panel: DemandPanel) {
        self.effects = effects
        self.drivers = drivers
        daily = effects.effects(of: drivers)
        rows = Dictionary(panel.names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        origin = panel.axis.origin
    }

    /// A panel of some of the series, at ordinary prices and without promotions.
    public func baseline(_ panel: DemandPanel) -> DemandPanel {
        var result = panel
        for series in panel.keys.indices {
            guard let row = rows[panel.names[series]] else { continue }
            let effects = daily.series(row).logarithm
            let shift = panel.axis.origin - origin + Int(panel.starts[series])
            for cell in panel.offsets[series]..<panel.offsets[series + 1] {
                let day = shift + cell - panel.offsets[series]
                guard day >= 0, day < daily.days, !panel.missing[cell] else { continue }
                let effect = effects[day]
                if effect != 0 { result.values[cell] = Float(Double(panel.values[cell]) / exp(effect)) }
            }
        }
        return result
    }

    /// A forecast at ordinary prices with what is planned laid over it: means and quantiles times the effect, the quantiles
    /// spread by what is unsure about it, and the parts named.
    public func applied(to forecast: Forecast) -> Forecast {
        var result = forecast
        let scores = forecast.levels.map { Normal.quantile($0) }
        for series in forecast.keys.indices {
            guard let row = rows[forecast.names[series]] else { continue }
            let daily = daily.series(row)
            var (byPrice, byPromotion, touched) = (0.0, 0.0, false)
            for step in 0..<forecast.horizon {
                let day = forecast.axis.origin - origin + step
                guard daily.logarithm.indices.contains(day) else { continue }
                guard daily.logarithm[day] != 0 || daily.deviation[day] != 0 else { continue }
                touched = true
                let mean = forecast.mean(series, step)
                let factor = exp(daily.logarithm[day])
                let cell = series * forecast.horizon + step
                result.mean[cell] = mean * factor
                byPrice += mean * (exp(daily.byPrice[day]) - 1)
                byPromotion += mean * (factor - exp(daily.byPrice[day]))
                var least = 0.0
                for (k, score) in scores.enumerated() {
                    let distance = forecast.quantile(series, step, level: k) - mean
                    let unsure = score * daily.deviation[day] * mean
                    let spread =
                        distance * unsure >= 0
                        ? (distance + unsure < 0 ? -1 : 1) * (distance * distance + unsure * unsure).squareRoot()
                        : distance + unsure
                    least = max(least, factor * max(0, mean + spread))
                    result.quantiles[cell * scores.count + k] = least
                }
            }
            if touched {
                result.choices[series].parts += [
                    ForecastPart(name: "price", units: byPrice), ForecastPart(name: "promotion", units: byPromotion),
                ]
            }
        }
        return result
    }

    /// The effects as rows: over all, by category, and where asked for by series.
    ///
    /// - Parameter share: what the credible intervals hold.
    public func table(series names: [String] = [], share: Double = 0.9) -> ResultTable {
        var rows: [(level: String, name: String, effect: String, estimate: EffectEstimate, evidence: Int)] = []
        func add(_ level: String, _ name: String, _ find: (EffectColumn) -> EffectEstimate?) {
            for (j, column) in effects.columns.enumerated() {
                guard let estimate = find(column) else { continue }
                rows.append((level, name, column.name, estimate, effects.evidence[j]))
            }
        }
        add("all", "", { effects.estimate($0) })
        for (group, name) in effects.categories.enumerated() {
            add("category", name, { effects.estimate($0, category: group) })
        }
        for name in names {
            guard let series = self.rows[name] else { continue }
            add("series", name, { effects.estimate($0, series: series) })
        }
        func column(_ name: String, _ value: (EffectEstimate) -> Double) -> Column {
            Column(name, .real(rows.map { value($0.estimate) }))
        }
        return ResultTable(
            "effects",
            [
                Column("level", .text(rows.map(\.level))), Column("name", .text(rows.map(\.name))),
                Column("effect", .text(rows.map(\.effect))), column("estimate", \.mean),
                column("low") { $0.interval(share).lowerBound }, column("high") { $0.interval(share).upperBound },
                Column("series", unit: "series", .integer(rows.map { Int64($0.evidence) })),
            ])
    }

    /// What promotions of each kind seen do at some depths, by category: factors on demand with their intervals.
    public func upliftTable(depths: [Double] = [0.1, 0.2, 0.3, 0.5], share: Double = 0.9) -> ResultTable {
        var rows: [(category: String, kind: PromotionKind, depth: Double, estimate: EffectEstimate)] = []
        for kind in PromotionKind.allCases {
            guard let usual = effects.depths[kind] else { continue }
            for (group, name) in effects.categories.enumerated() {
                for depth in usual > 0 ? depths : [0] {
                    rows.append((name, kind, depth, effects.uplift(kind, depth: depth, category: group)))
                }
            }
        }
        return ResultTable(
            "uplift",
            [
                Column("category", .text(rows.map(\.category))), Column("kind", .text(rows.map(\.kind.rawValue))),
                Column("depth", unit: "share", .real(rows.map(\.depth))),
                Column("factor", .real(rows.map(\.estimate.factor))),
                Column("low", .real(rows.map { exp($0.estimate.interval(share).lowerBound) })),
                Column("high", .real(rows.map { exp($0.estimate.interval(share).upperBound) })),
            ])
    }
}
