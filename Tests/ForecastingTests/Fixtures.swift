import Foundation
import NumericCore
import Retail

@testable import Forecasting

/// 6 January 2020, a Monday.
let monday = Day(number: 18_267)

/// A panel of daily series that start on `monday`; NaN is a missing cell.
func dailyPanel(_ series: [[Double]], days: Int? = nil) -> DemandPanel {
    let length = days ?? series.map(\.count).max() ?? 0
    var panel = DemandPanel(axis: TimeAxis(step: .day, origin: monday, count: length))
    for (s, cells) in series.enumerated() {
        panel.append(name: "s\(s)", key: SeriesKey(sku: SKU.Index(s)), start: 0, cells)
    }
    return panel
}

/// A panel as the demand of a data set that holds nothing else but its SKUs.
func shopData(_ panel: DemandPanel, _ calendar: BusinessCalendar = BusinessCalendar()) -> Dataset {
    var data = Dataset(name: "test", currency: .gbp, fingerprint: "", demand: panel)
    data.calendar = calendar
    let count = (panel.keys.compactMap { $0.sku?.position }.max() ?? -1) + 1
    let price = UnitPrice(units: 100_000)
    data.skus = (0..<count).map { SKU(code: "s\($0)", name: "s\($0)", listPrice: price, unitCost: price) }
    data.channels = (0..<3).map { Channel(code: "c\($0)", name: "c\($0)", kind: .own) }
    return data
}

/// Every day of this ISO weekday closed, over `days` days from `monday`.
func closed(weekday: Int, days: Int) -> BusinessCalendar {
    BusinessCalendar(
        (0..<days).map { monday + $0 }.filter { $0.weekday == weekday }
            .map { CalendarDay(day: $0, isOpen: false, event: "") })
}

/// One series alone, all steps open, as the models see it.
func openSeries(_ cells: [Double], season: Int = 1, horizon: Int = 3) -> (series: OpenSeries, timeline: Timeline) {
    let panel = dailyPanel([cells])
    let timeline = Timeline(axis: panel.axis, calendar: BusinessCalendar(), horizon: horizon, season: season)
    return (OpenSeries(panel, 0, timeline, ending: .zeros), timeline)
}

func uniforms(_ entity: Int, _ count: Int, seed: UInt64 = 20_260) -> [Double] {
    var stream = RandomStream(
        seed: seed, stream: RandomStreamID.verification.rawValue, entity: UInt64(entity), replication: 0)
    return (0..<count).map { _ in stream.uniform() }
}

/// Noise with mean 0 and standard deviation 1.
func normals(_ entity: Int, _ count: Int, seed: UInt64 = 20_260) -> [Double] {
    uniforms(entity, count, seed: seed).map { Normal.quantile($0) }
}

/// Demand like a shop's: closed Saturdays, a weekly shape, over-dispersed counts, a third of the series intermittent.
func shop(series: Int, days: Int) -> (panel: DemandPanel, calendar: BusinessCalendar) {
    let axis = TimeAxis(step: .day, origin: monday, count: days)
    var panel = DemandPanel(axis: axis)
    for s in 0..<series {
        let draws = uniforms(s, 2 * days)
        let start = s % 5 == 0 ? s % 90 % max(1, days / 2) : 0
        let level = 0.2 * Double(1 + s % 60)
        panel.append(
            name: "s\(s)", key: SeriesKey(sku: SKU.Index(s / 3), channel: Channel.Index(s % 3)), start: start,
            (start..<days).map { (day: Int) -> Double in
                if s % 3 == 2 && draws[days + day] > 0.3 { return 0 }
                let shape = 0.6 + 0.2 * Double(axis.day(day).weekday % 5)
                return (-level * shape * log(draws[day])).rounded()
            })
    }
    return (panel, closed(weekday: 6, days: days + 60))
}
