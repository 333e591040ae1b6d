import Datasets
import Forecasting
import Foundation
import Retail

/// Prices of M5: elasticities by department learnt up to d_1829, and whether they tell what later price changes do.
///
/// Held out are the 28 days after it on which an item's price is at least 3 % away from its price on the last day: the
/// same-weekday mean of the four weeks before is scored without and with the effect of the price. That ratio is told, not
/// asked for: these are prices that a chain moves for good, a few hundred cells of small counts.
enum PriceEffects {
    private static let learntDays = 1_829
    private static let stores = ["CA_1", "TX_1"]
    private static let threads = ProcessInfo.processInfo.activeProcessorCount

    static func check(_ data: URL) async throws -> [Finding] {
        _ = try data.file("m5/sell_price_changes.csv.gz")
        let sales = try M5Reader.read(folder: data.appending(path: "m5").path)
        guard let store = sales.attribute("store"), let dept = sales.attribute("dept"), let prices = sales.prices else {
            throw AbsentData(path: "m5")
        }
        let chosen = sales.demand.keys.indices.filter { stores.contains(store.codes[Int(store.of[$0])]) }
        let days = sales.demand.axis.count
        var panel = DemandPanel(axis: TimeAxis(step: .day, origin: sales.demand.axis.origin, count: learntDays))
        var price: [Float] = []
        var (category, market, family): ([Int], [Int], [Int]) = ([], [], [])
        var kept: [Int] = []
        for series in chosen where Int(sales.demand.starts[series]) + 200 < learntDays {
            let start = Int(sales.demand.starts[series])
            panel.append(
                name: sales.demand.names[series], key: SeriesKey(), start: start,
                Array(sales.demand.cells(series).prefix(learntDays - start)))
            let posted = (0..<days).map { prices.price(series, day: $0).map { Double($0) } ?? .nan }
            let past = posted.prefix(learntDays).filter { !$0.isNaN }.sorted()
            let ordinary = past.isEmpty ? 1 : past[past.count / 2]
            price += posted.map { $0.isNaN ? 0 : Float(log($0 / ordinary)) }
            category.append(Int(dept.of[series]))
            market.append(Int(dept.of[series]) * store.codes.count + Int(store.of[series]))
            family.append(Int(store.of[series]))
            kept.append(series)
        }
        let drivers = TradeDrivers(
            days: days, price: price, runs: kept.map { _ in [] }, category: category, market: market, family: family,
            categories: dept.codes)
        guard let effects = await DemandEffects(panel, drivers, threads: threads) else { throw AbsentData(path: "m5") }
        var negative = 0
        for (group, name) in dept.codes.enumerated() {
            guard let estimate = effects.estimate(.price, category: group) else { continue }
            let interval = estimate.interval()
            Accept.complain(
                String(
                    format: "%@: elasticity %.2f (%.2f to %.2f)", name, estimate.mean, interval.lowerBound,
                    interval.upperBound))
            if estimate.mean < 0 { negative += 1 }
        }
        for column in effects.columns where column != .price {
            if let estimate = effects.estimate(column) {
                Accept.complain(String(format: "%@: %.2f +- %.2f", column.name, estimate.mean, estimate.deviation))
            }
        }
        let daily = effects.effects(of: drivers)
        var (without, with, cells) = (0.0, 0.0, 0)
        for (row, series) in kept.enumerated() {
            let demand = sales.demand.cells(series)
            let start = Int(sales.demand.starts[series])
            let factors = daily.series(row).logarithm.map { exp($0) }
            let base = Double(price[row * days + learntDays - 1])
            for day in learntDays..<days where abs(Double(price[row * days + day]) - base) >= 0.03 {
                let ahead = day - learntDays
                let back = (1...4).map { learntDays + ahead % 7 - 7 * $0 }.filter { $0 >= start }
                guard !back.isEmpty else { continue }
                let mean = back.reduce(0) { $0 + demand[$1 - start] } / Double(back.count)
                let cleaned = back.reduce(0) { $0 + demand[$1 - start] / factors[$1] } / Double(back.count)
                let sold = demand[day - start]
                // Squares, since most cells are small counts whose median says little.
                without += (sold - mean) * (sold - mean)
                with += (sold - cleaned * factors[day]) * (sold - cleaned * factors[day])
                cells += 1
            }
        }
        Accept.complain(
            "\(kept.count) item-stores, \(cells) held-out days at a changed price: squared error "
                + String(format: "%.4f of that without the effects", with / without))
        return [
            Finding(
                name: "departments whose demand falls with the price", found: Double(negative),
                required: Double(dept.codes.count), isUpperLimit: false)
        ]
    }
}
