import Datasets
import Forecasting
import Foundation
import Retail

/// The Walmart row: weekly sales of 45 stores by department, the last 26 weeks by rolling origins (every second week, four
/// weeks ahead), mean absolute error with weight 5 on holiday weeks as in the Kaggle competition of 2014.
enum WalmartAccuracy {
    private static let horizon = 4
    private static let scored = 26
    private static let threads = ProcessInfo.processInfo.activeProcessorCount

    static func check(_ data: URL) async throws -> [Finding] {
        let sales = try WalmartSales(try data.file("walmart/walmart_recruiting_train.csv.gz"))
        var errors = (engine: 0.0, naive: 0.0, smoothing: 0.0)
        for origin in stride(from: sales.weeks - scored, through: sales.weeks - horizon, by: 2) {
            let past = sales.panel.before(origin)
            let made = try await forecastHierarchy(
                past, horizon: horizon,
                options: GlobalOptions(levels: [[], ["store"], ["dept"]], parents: ["dept"], kin: ["dept"]),
                threads: threads)
            let bottom = made.hierarchy.offsets[made.hierarchy.levels.count - 1]
            errors.engine += sales.error(from: origin, horizon) { s, h in
                Double(made.mean[(bottom + s) * horizon + h])
            }
            errors.naive += sales.error(from: origin, horizon) { s, h in sales.value(s, origin + h - 52) }
            let known = sales.panel.demand.before(origin)
            let smoothed = try await forecast(
                series: 0..<known.seriesCount, of: known,
                UnivariateOptions(horizon: horizon, seasons: [52], model: .ets), threads: threads)
            let place = Dictionary(uniqueKeysWithValues: known.names.enumerated().map { ($1, $0) })
            errors.smoothing += sales.error(from: origin, horizon) { s, h in
                place[sales.panel.demand.names[s]].map { max(0, smoothed[$0].mean[h]) } ?? 0
            }
        }
        return [
            Finding(
                name: "weighted MAE against the seasonal naive forecast", found: errors.engine / errors.naive,
                required: 0.9, unit: "x"),
            Finding(
                name: "weighted MAE against AutoETS", found: errors.engine / errors.smoothing,
                required: 0.9, unit: "x"),
        ]
    }
}

/// The competition's training file as a weekly panel.
private struct WalmartSales {
    private(set) var panel: SalesPanel
    private var actual: [[Double]] = []
    private var isHoliday: [Bool] = []
    var weeks: Int { isHoliday.count }

    init(_ file: URL) throws {
        var rows: [String: [(day: Day, sold: Double)]] = [:]
        var holidays: Set<Day> = []
        var keys: [String: (store: String, dept: String)] = [:]
        for line in try gzipLines(file).dropFirst() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            guard fields.count == 5, let day = Day(iso: fields[2]), let sold = Double(fields[3]) else { continue }
            let name = "\(fields[0])_\(fields[1])"
            rows[name, default: []].append((day, sold))
            keys[name] = (String(fields[0]), String(fields[1]))
            if fields[4].hasPrefix("T") { holidays.insert(day) }
        }
        let days = rows.values.joined().map(\.day)
        guard let first = days.min(), let last = days.max() else { throw AbsentData(path: file.path) }
        let weeks = (last - first) / 7 + 1
        var demand = DemandPanel(axis: TimeAxis(step: .week, origin: first, count: weeks))
        let names = rows.keys.sorted()
        for name in names {
            var cells = [Double](repeating: 0, count: weeks)
            for (day, sold) in rows[name] ?? [] { cells[(day - first) / 7] = sold }
            actual.append(cells)
            // Weeks in which more came back than was sold count as nothing sold.
            let start = cells.firstIndex { $0 > 0 } ?? weeks
            demand.append(name: name, key: SeriesKey(), start: start, cells.dropFirst(start).map { max(0, $0) })
        }
        isHoliday = (0..<weeks).map { holidays.contains(first + 7 * $0) }
        func attribute(_ label: String, _ code: (String) -> String?) -> SeriesAttribute {
            let codes = Array(Set(names.compactMap(code))).sorted()
            let of = names.map { Int32(code($0).flatMap { codes.firstIndex(of: $0) } ?? 0) }
            return SeriesAttribute(name: label, codes: codes, of: of)
        }
        // The four holidays of the competition by their month.
        let events = [2: "Super Bowl", 9: "Labor Day", 11: "Thanksgiving", 12: "Christmas"].sorted { $0.key < $1.key }
            .map { month, name in
                DayEvents(
                    name: name,
                    days: holidays.sorted().filter { $0.components.month == month }.map { ($0 - first) / 7 })
            }
        panel = SalesPanel(
            demand: demand,
            attributes: [attribute("store") { keys[$0]?.store }, attribute("dept") { keys[$0]?.dept }], events: events)
    }

    func value(_ series: Int, _ week: Int) -> Double { actual[series][week] }

    /// The sum of weighted absolute errors of all series over some weeks.
    func error(from origin: Int, _ horizon: Int, _ forecast: (Int, Int) -> Double) -> Double {
        var sum = 0.0
        for s in actual.indices {
            for h in 0..<horizon where origin + h < weeks {
                sum += (isHoliday[origin + h] ? 5 : 1) * abs(forecast(s, h) - actual[s][origin + h])
            }
        }
        return sum
    }
}
