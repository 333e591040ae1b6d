import Retail

/// The table of orders by minute taken apart: columns by unit, means over buckets, the busiest day, hours.
struct MinuteFlow {
    struct Flow {
        var name: String
        var unit: String
        var values: [Double]
    }

    let minutes: [Double]
    let columns: [Flow]

    init(_ table: ResultTable, _ minutes: [Double]) {
        self.minutes = minutes
        columns = table.columns.compactMap { column in
            guard column.name != "minute", let values = table.numbers(column.name) else { return nil }
            return Flow(name: column.name, unit: column.unit, values: values)
        }
    }

    func values(_ name: String) -> [Double]? { columns.first { $0.name == name }?.values }

    /// Rows of the day in which the most orders were placed.
    var busiestDay: Range<Int>? {
        guard let flow = (columns.first { $0.name == "placed" } ?? columns.first)?.values else { return nil }
        var best: (total: Double, rows: Range<Int>)?
        var start = 0
        while start < minutes.count {
            let day = (minutes[start] / 1_440).rounded(.down)
            var end = start
            var total = 0.0
            while end < minutes.count, (minutes[end] / 1_440).rounded(.down) == day {
                total += flow[end].isFinite ? flow[end] : 0
                end += 1
            }
            // An unordered or broken table must not stop the walk.
            end = max(end, start + 1)
            if best.map({ total > $0.total }) ?? true { best = (total, start..<end) }
            start = end
        }
        return best?.rows
    }

    /// One panel for each unit, since orders and lines do not share an axis. The hour-long buckets of a long period
    /// and the minutes of a short one are both means, so that the axis always reads "per minute".
    func panels(
        rows: Range<Int>, points: Int, prefix: String, title: String?, _ context: ReportContext
    ) -> [ChartPanel] {
        let width = [1, 2, 5, 10, 15, 30, 60, 120, 240, 720].first { rows.count / $0 <= points } ?? 1_440
        let starts = stride(from: rows.lowerBound, to: rows.upperBound, by: width).map { $0 }
        func means(_ values: [Double]) -> [Double] {
            starts.map { start in
                let bucket = values[start..<min(start + width, rows.upperBound)]
                return bucket.reduce(0, +) / Double(bucket.count)
            }
        }
        let labels = starts.map { context.clock(Int(minutes[$0])) }
        return groups.enumerated().map { i, group in
            let unit = group[0].unit
            var plain: [ChartSpec.Role] = [.first, .second, .third]
            let series = group.map { column -> ChartSpec.Series in
                let isCapacity = column.name.contains("capacity")
                let role: ChartSpec.Role = isCapacity || plain.isEmpty ? .capacity : plain.removeFirst()
                return ChartSpec.Series(
                    name: words("column", column.name, context.language), role: role, values: means(column.values))
            }
            let names = series.map(\.name).joined(separator: ", ")
            let unitText = unit.isEmpty ? "" : context.text("per_minute", context.numbers.unit(perMinuteBase(unit)))
            let spec = ChartSpec(
                kind: .line, labels: labels, axis: axis(starts, width: width, context), series: series,
                format: "number",
                unit: unitText)
            let heading = [title, context.text("mean_over", names, context.numbers.minutes(Double(width)))]
                .compactMap { $0 }.joined(separator: " · ")
            return ChartPanel(
                chartID: "\(prefix)-\(i)", panelTitle: heading, description: context.text("peak_chart", names),
                json: spec.json, size: "270", isWide: title == nil)
        }
    }

    /// What shares a panel: columns of one unit, and of many those that show demand against capacity first.
    private var groups: [[Flow]] {
        var units: [String] = []
        for column in columns where !units.contains(column.unit) { units.append(column.unit) }
        return units.flatMap { unit -> [[Flow]] in
            let same = columns.filter { $0.unit == unit }
            guard same.count > 3 else { return [same] }
            let main = same.filter { ["placed", "picked", "pick_capacity"].contains($0.name) }
            let rest = same.filter { column in !main.contains { $0.name == column.name } }
            return [main, rest].filter { !$0.isEmpty }
        }
    }

    /// `orders/min` is counted in `orders`.
    private func perMinuteBase(_ unit: String) -> String {
        for ending in ["/min", "/minute", " per minute", "_per_minute"] where unit.hasSuffix(ending) {
            return String(unit.dropLast(ending.count))
        }
        return unit
    }

    /// Labels where a reader looks for them: midnights over several days, every three hours within one.
    private func axis(_ starts: [Int], width: Int, _ context: ReportContext) -> [String?] {
        guard let first = starts.first, let last = starts.last else { return [] }
        let span = minutes[last] - minutes[first]
        let step = span > 1_500 ? max(1, Int(span / 1_440 / 8)) * 1_440 : (span > 400 ? 180 : 30)
        return starts.map { row in
            let minute = Int(minutes[row])
            // A bucket carries the mark when it holds the round time.
            guard minute % step < width || step <= width else { return nil }
            if step >= 1_440, let day = context.input.firstDay { return context.numbers.day(day + minute / 1_440) }
            return context.clock(minute, withDay: context.input.firstDay == nil && step >= 1_440)
        }
    }

    /// A row for each hour: the mean of each flow, and the greatest minute of the first.
    func hourly(_ context: ReportContext) -> ResultTable {
        var starts: [Int] = []
        for row in minutes.indices where row == 0 || Int(minutes[row]) / 60 != Int(minutes[row - 1]) / 60 {
            starts.append(row)
        }
        func hours(_ reduce: (Range<Int>) -> Double) -> [Double] {
            starts.indices.map { reduce(starts[$0]..<($0 + 1 < starts.count ? starts[$0 + 1] : minutes.count)) }
        }
        var result = [
            Column("hour", .text(starts.map { context.clock(Int(minutes[$0])) }))
        ]
        for (i, column) in columns.enumerated() {
            let unit = column.unit
            let mean = hours { rows in column.values[rows].reduce(0, +) / Double(rows.count) }
            result.append(Column(column.name, unit: unit, .real(mean)))
            if i == 0 {
                let greatest = hours { column.values[$0].max() ?? 0 }
                result.append(Column("greatest_minute", unit: unit, .real(greatest)))
            }
        }
        return ResultTable("hours", result)
    }
}
