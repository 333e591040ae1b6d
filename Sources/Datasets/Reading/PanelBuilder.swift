import Retail

/// Puts the rows of a demand file into a panel: series in the order of their keys, every cell at its place.
struct PanelBuilder {
    /// More cells than this are taken for a mistake in the dates (1.6 GB of values).
    static let maximumCells = 400_000_000

    let file: String
    let rows: DemandRows
    let absent: AbsentRows
    let statedStep: TimeStep?
    let calendar: BusinessCalendar
    /// Names of SKUs, channels and regions, by the numbers the rows carry.
    let skus: [String]
    let channels: [String]
    let regions: [String]

    struct Built {
        var panel: DemandPanel
        var prices: [UnitPrice] = []
        var inStock: [Bool] = []
        /// Column by column what a long panel has beside its values, cell by cell; NaN where there is none.
        var extras: [[Float]] = []
        /// Rows with sales on closed days, which are kept.
        var closedRows = 0
        var closedUnits = 0.0
    }

    func build(_ log: IssueLog) -> Built? {
        guard let axis = makeAxis(log) else { return nil }
        guard var layout = makeLayout(axis, log) else { return nil }
        var built = Built(panel: DemandPanel(axis: axis.timeAxis))
        let cells = layout.offsets[layout.offsets.count - 1]
        built.panel.keys = layout.order.map { seriesKey(Int($0)) }
        built.panel.names = layout.order.map { name(Int($0)) }
        built.panel.starts = layout.starts
        built.panel.offsets = layout.offsets
        built.panel.values = [Float](repeating: 0, count: cells)
        if !rows.prices.isEmpty { built.prices = [UnitPrice](repeating: .zero, count: cells) }
        if !rows.inStock.isEmpty { built.inStock = [Bool](repeating: true, count: cells) }
        built.extras = rows.extras.map { _ in [Float](repeating: .nan, count: cells) }
        let closed = closedSteps(axis)
        var missing = emptyCells(layout, closed)
        var seen = BitMask(count: cells)
        var position = -1
        for block in rows.blocks {
            for row in block {
                position += 1
                guard let step = axis.index(of: row.stamp) else { continue }
                let series = Int(layout.rank[Int(row.series)])
                let cell = layout.offsets[series] + step - Int(layout.starts[series])
                if seen[cell] {
                    duplicate(row, log)
                    continue
                }
                seen[cell] = true
                missing[cell] = row.quantity.isNaN
                if !row.quantity.isNaN { built.panel.values[cell] = row.quantity }
                if !rows.prices.isEmpty { built.prices[cell] = rows.prices[position] }
                if !rows.inStock.isEmpty { built.inStock[cell] = rows.inStock[position] }
                for column in rows.extras.indices { built.extras[column][cell] = rows.extras[column][position] }
                if !closed.isEmpty, closed[step], row.quantity > 0 {
                    built.closedRows += 1
                    built.closedUnits += Double(row.quantity)
                }
            }
        }
        built.panel.missing = missing
        layout.rank = []
        return log.isEmpty ? built : nil
    }

    // MARK: Parts

    private struct Layout {
        /// Series numbers of the rows in the order of the panel, and the place of each.
        var order: [Int32]
        var rank: [Int32]
        var offsets: [Int]
        var starts: [Int32]
    }

    private func makeAxis(_ log: IssueLog) -> PanelAxis? {
        var (low, high) = (Int32.max, Int32.min)
        for block in rows.blocks {
            for row in block { (low, high) = (min(low, row.stamp), max(high, row.stamp)) }
        }
        guard low <= high else {
            log.add(DataIssue(file: file, expected: "has no rows", cure: "give at least one row of demand"))
            return nil
        }
        guard Int(high) - Int(low) < 10_000_000 else {
            log.add(
                DataIssue(
                    file: file, expected: "spans more than 10,000,000 steps", cure: "look for a mistyped step number"))
            return nil
        }
        var present = BitMask(count: Int(high) - Int(low) + 1)
        for block in rows.blocks { for row in block { present[Int(row.stamp) - Int(low)] = true } }
        let stamps = (0..<present.count).filter { present[$0] }.map { low + Int32($0) }
        let axis = PanelAxis(stamps: stamps, isBare: rows.isBare, stated: statedStep)
        var stray = Set(stamps.filter { axis.index(of: $0) == nil })
        guard !stray.isEmpty else { return axis }
        for block in rows.blocks {
            for row in block where stray.contains(row.stamp) {
                stray.remove(row.stamp)
                log.add(
                    DataIssue(
                        file: file, line: Int(row.line), field: "date",
                        expected: "does not lie on the grid of \(axis.step.rawValue) steps from \(axis.origin)",
                        cure: "correct the date, or the step in dataset.csv"))
            }
        }
        return nil
    }

    private func makeLayout(_ axis: PanelAxis, _ log: IssueLog) -> Layout? {
        let keys = rows.series.keys
        let order = (0..<Int32(keys.count)).sorted { keys[Int($0)] < keys[Int($1)] }
        var rank = [Int32](repeating: 0, count: keys.count)
        for (place, series) in order.enumerated() { rank[Int(series)] = Int32(place) }
        var first = [Int32](repeating: .max, count: keys.count)
        var last = [Int32](repeating: .min, count: keys.count)
        for block in rows.blocks {
            for row in block {
                let place = Int(rank[Int(row.series)])
                first[place] = min(first[place], row.stamp)
                last[place] = max(last[place], row.stamp)
            }
        }
        var layout = Layout(order: order, rank: rank, offsets: [0], starts: [])
        var cells = 0
        for place in order.indices {
            let start = axis.index(of: first[place]) ?? 0
            let end = absent == .zero ? axis.count : (axis.index(of: last[place]) ?? 0) + 1
            cells += end - start
            layout.starts.append(Int32(start))
            layout.offsets.append(cells)
        }
        guard cells <= Self.maximumCells else {
            log.add(
                DataIssue(
                    file: file, expected: "would make \(cells) cells, more than \(Self.maximumCells)",
                    cure: "look for a mistyped date; or split the data by region or by year"))
            return nil
        }
        return layout
    }

    /// Closed steps of the axis; empty when there is none, or the step is longer than a day.
    private func closedSteps(_ axis: PanelAxis) -> [Bool] {
        guard axis.step == .day || axis.step == .hour else { return [] }
        let time = axis.timeAxis
        var closed = [Bool](repeating: false, count: axis.count)
        var any = false
        var (lastDay, isClosed) = (Day(number: .min), false)
        for step in closed.indices {
            let day = time.day(step)
            if day != lastDay { (lastDay, isClosed) = (day, !calendar.isOpen(day)) }
            closed[step] = isClosed
            any = any || isClosed
        }
        return any ? closed : []
    }

    /// The missing mask before any row is seen.
    private func emptyCells(_ layout: Layout, _ closed: [Bool]) -> BitMask {
        var missing = BitMask(count: layout.offsets[layout.offsets.count - 1])
        if absent == .missing {
            for cell in 0..<missing.count { missing[cell] = true }
            return missing
        }
        let closedSteps = closed.indices.filter { closed[$0] }
        for series in layout.starts.indices {
            let start = Int(layout.starts[series])
            for step in closedSteps where step >= start { missing[layout.offsets[series] + step - start] = true }
        }
        return missing
    }

    private func duplicate(_ row: DemandRows.Row, _ log: IssueLog) {
        var earlier: UInt32?
        if log.issues.count < DatasetError.listed {
            search: for block in rows.blocks {
                for other in block where other.series == row.series && other.stamp == row.stamp {
                    earlier = other.line
                    break search
                }
            }
        }
        log.add(
            DataIssue(
                file: file, line: Int(row.line), field: "date, sku, channel, region", value: name(Int(row.series)),
                expected: "appears already on line \(earlier.map(String.init) ?? "before")",
                cure: "add the quantities up into one row, or drop one"))
    }

    private func seriesKey(_ series: Int) -> SeriesKey {
        let (sku, channel, region) = DemandRows.unpack(rows.series.keys[series])
        return SeriesKey(
            sku: SKU.Index(raw: sku), channel: channel < 0 ? nil : Channel.Index(raw: channel),
            region: region < 0 ? nil : Region.Index(raw: region))
    }

    private func name(_ series: Int) -> String {
        let (sku, channel, region) = DemandRows.unpack(rows.series.keys[series])
        var parts = [skus[Int(sku)]]
        if channel >= 0 { parts.append(channels[Int(channel)]) }
        if region >= 0 { parts.append(regions[Int(region)]) }
        return parts.joined(separator: "/")
    }
}
