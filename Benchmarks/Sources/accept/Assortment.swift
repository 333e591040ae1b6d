import Datasets
import Foundation
import Placement
import Retail

/// Whole orders filled by a front warehouse on the weeks that were held out, against the best sellers by units and by
/// orders, on the full range of the UCI data. How the past is read is chosen on the past alone.
func checkAssortment(_ data: URL) async throws -> [Finding] {
    var options = UCIOnlineRetail.Options()
    options.top = nil
    let path = try data.file("retail/uci_online_retail.csv.gz").path
    let dataset = try UCIOnlineRetail.importFile(path, options: options).dataset
    let history = dataset.orders
    let orders = (0..<history.count).map { order in history.lines(order).map { history.lineSKUs[$0].position } }
    let days = history.placed.map { Int($0.day.number) }
    let items = dataset.skus.count
    guard let last = days.max() else { return [] }
    let sizes = [1_000, 2_000, 3_000]

    var findings: [Finding] = []
    for weeks in [4, 8, 12] {
        let cut = last - 7 * weeks
        let past = orders.indices.filter { days[$0] <= cut }
        let reading = AssortmentReading.fitted(
            past.map { orders[$0] }, days: past.map { days[$0] }, itemCount: items, sizes: sizes)
        let baskets = reading.baskets(orders, days: days, through: cut, itemCount: items)
        let ranking = try AssortmentProblem.items(baskets, closeness: reading.closeness).ranking()

        var later = Baskets(itemCount: items)
        for order in orders.indices where days[order] > cut { later.append(orders[order]) }
        var units = [Double](repeating: 0, count: items)
        var popularity = units
        for order in past {
            for line in history.lines(order) {
                units[history.lineSKUs[line].position] += Double(history.lineQuantities[line])
            }
            for item in Set(orders[order]) { popularity[item] += 1 }
        }
        func best(_ sellers: [Double], _ size: Int) -> Double {
            let order = (0..<items).sorted { (sellers[$0], $1) < (sellers[$1], $0) }
            return later.fill(AssortmentReading.held(order, size, items))
        }
        var margins: [Double] = []
        for size in sizes {
            let own = later.fill(AssortmentReading.held(ranking, size, items))
            let margin = 100 * (own - max(best(units, size), best(popularity, size)))
            margins.append(margin)
            findings.append(
                Finding(
                    name: String(
                        format: "last %d weeks, %d SKUs: %.1f %% of orders whole; above both lists of best sellers by",
                        weeks, size, 100 * own),
                    found: margin, required: 0, isUpperLimit: false, unit: "points"))
        }
        findings.append(
            Finding(
                name: "last \(weeks) weeks, the best of these margins", found: margins.max() ?? 0, required: 2,
                isUpperLimit: false, unit: "points"))
    }
    return findings
}
