import Foundation
import NumericCore
import Retail

@testable import Forecasting

/// Two stores in two states that sell a few items of two departments, with a weekly shape, a yearly wave, one event
/// a year and prices that change once.
func salesPanel(items: Int = 6, days: Int = 900, ahead: Int = 28) -> SalesPanel {
    let axis = TimeAxis(step: .day, origin: monday, count: days)
    var panel = DemandPanel(axis: axis)
    var (item, dept, cat, store, state): ([Int32], [Int32], [Int32], [Int32], [Int32]) = ([], [], [], [], [])
    var prices = PriceHistory(offsets: [0], days: [], prices: [])
    let fair = stride(from: 100, to: days + ahead, by: 365).map { $0 }
    for s in 0..<2 {
        for i in 0..<items {
            let entity = s * items + i
            let start = i == 0 ? min(200, days / 2) : 0
            let draws = uniforms(entity, days, seed: 5)
            panel.append(
                name: "I\(i)_S\(s)", key: SeriesKey(sku: SKU.Index(i), region: Region.Index(s)), start: start,
                (start..<days).map { day in
                    let weekly = axis.day(day).weekday >= 6 ? 1.5 : 0.9
                    let event = fair.contains(day) ? 2.0 : 1
                    let mean = 0.4 * Double(1 + i * i) * weekly * event
                    return (-mean * log(draws[day])).rounded()
                })
            item.append(Int32(i))
            dept.append(Int32(i % 2))
            cat.append(0)
            store.append(Int32(s))
            state.append(Int32(s))
            prices.days += [Int32(start), Int32(start + 300)]
            prices.prices += [2, 2.5]
            prices.offsets.append(prices.days.count)
        }
    }
    return SalesPanel(
        demand: panel,
        attributes: [
            SeriesAttribute(name: "item", codes: (0..<items).map { "I\($0)" }, of: item),
            SeriesAttribute(name: "dept", codes: ["D0", "D1"], of: dept),
            SeriesAttribute(name: "cat", codes: ["C"], of: cat),
            SeriesAttribute(name: "store", codes: ["S0", "S1"], of: store),
            SeriesAttribute(name: "state", codes: ["A", "B"], of: state),
        ],
        events: [DayEvents(name: "fair", days: fair)],
        flags: [DayFlag(name: "snap_A", isSet: (0..<days + ahead).map { $0 % 30 < 10 })],
        prices: prices, knownDays: days + ahead)
}
