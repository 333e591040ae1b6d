public import Retail

extension Forecast {
    /// The long format: `unique_id`, `ds`, `model`, `mean`, then one column per level, named `q0.05` and so on; series
    /// by series, step by step. `ds` is the day (with the hour on hourly axes); on axes of bare steps the number of
    /// steps ahead, from 1.
    public func table(name: String = "forecast") -> ResultTable {
        var (ids, dates, models): ([String], [String], [String]) = ([], [], [])
        let labels = (0..<horizon).map(label)
        for s in keys.indices {
            for label in labels {
                ids.append(names[s])
                dates.append(label)
                models.append(choices[s].model)
            }
        }
        var columns = [
            Column("unique_id", .text(ids)), Column("ds", .text(dates)), Column("model", .text(models)),
            Column("mean", unit: "units", .real(mean)),
        ]
        for (k, level) in levels.enumerated() {
            let values = (0..<keys.count * horizon).map { quantiles[$0 * levels.count + k] }
            columns.append(Column("q\(level)", unit: "units", .real(values)))
        }
        return ResultTable(name, columns)
    }

    private func label(_ step: Int) -> String {
        switch axis.step {
        case .bare: String(step + 1)
        case .hour: CivilTime(axis.day(step), hour: step % 24).description
        default: axis.day(step).description
        }
    }

    /// How often each model was chosen, most often first.
    public func modelCounts() -> [(model: String, series: Int)] {
        var counts: [String: Int] = [:]
        for choice in choices { counts[choice.model, default: 0] += 1 }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { (model: $0.key, series: $0.value) }
    }
}
