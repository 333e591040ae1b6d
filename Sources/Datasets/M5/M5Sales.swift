import Retail

/// The sales file of the M5 set as a panel: each series begins with its first sale, an empty field is missing.
struct M5Sales {
    /// The attributes of a series and the columns that hold them.
    static let attributeColumns = [
        ("item", "item_id"), ("dept", "dept_id"), ("cat", "cat_id"), ("store", "store_id"), ("state", "state_id"),
    ]
    /// More units than this on one day are taken for a damaged file.
    private static let largest = 1e9

    private(set) var panel: DemandPanel
    private(set) var attributes: [SeriesAttribute]
    /// The calendar row of the first day column.
    private(set) var firstRow: Int
    var items: CodePool { pools[0] }
    var stores: CodePool { pools[3] }
    private var pools: [CodePool]
    /// The series of an item (high half) and a store (low half).
    private(set) var seriesOf: [UInt64: Int32] = [:]

    static func key(item: Int32, store: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: item)) << 32 | UInt64(UInt32(bitPattern: store))
    }

    init?(path: String, calendar: M5Calendar, log: IssueLog) {
        guard var table = M5Table(path: path, needs: Self.attributeColumns.map(\.1), log: log) else { return nil }
        let keyColumns = Self.attributeColumns.compactMap { table.column($0.1) }
        let dayColumns = table.columns.indices.filter { M5Calendar.dayNumber(table.columns[$0]) != nil }
        let rows = dayColumns.map { M5Calendar.dayNumber(table.columns[$0]).flatMap { calendar.rowOfNumber[$0] } }
        guard let first = dayColumns.first, let firstRow = rows.first ?? nil else {
            log.add(
                DataIssue(
                    file: table.file, line: 1, expected: "no day column d_1, d_2, ... that the calendar knows",
                    cure: "use the calendar of the same set"))
            return nil
        }
        for (k, row) in rows.enumerated() where row != firstRow + k || dayColumns[k] != first + k {
            log.add(
                DataIssue(
                    file: table.file, line: 1, column: dayColumns[k] + 1, field: table.columns[dayColumns[k]],
                    expected: "the day columns must follow the calendar day by day",
                    cure: "put them in order without gaps, none beyond the calendar"))
            return nil
        }
        self.firstRow = firstRow
        pools = keyColumns.map { _ in CodePool() }
        var of = keyColumns.map { _ in [Int32]() }
        panel = DemandPanel(
            axis: TimeAxis(step: .day, origin: calendar.days[firstRow], count: dayColumns.count))
        attributes = []
        var absent: [Int] = []
        while table.next() {
            var codes: [Int32] = []
            for (k, column) in keyColumns.enumerated() {
                let bytes = table.bytes(column)
                if bytes.isEmpty { table.complain(column, "a code is expected", "give every series its codes") }
                let code = pools[k].insert(bytes).position
                codes.append(code)
                of[k].append(code)
            }
            let series = Int32(panel.names.count)
            if seriesOf.updateValue(series, forKey: Self.key(item: codes[0], store: codes[3])) != nil {
                table.complain(keyColumns[0], "the item and store are listed twice", "keep one row for each series")
            }
            panel.names.append(table.text(keyColumns[0]) + "_" + table.text(keyColumns[3]))
            panel.keys.append(
                SeriesKey(sku: SKU.Index(Int(codes[0])), channel: nil, region: Region.Index(Int(codes[3]))))
            var begun = false
            panel.starts.append(Int32(dayColumns.count))
            for (k, column) in dayColumns.enumerated() {
                let bytes = table.scanner.bytes(column)
                var value = 0.0
                if bytes.count == 1, bytes[0] &- 48 < 10 {
                    value = Double(bytes[0] - 48)
                } else if Parse.trimmed(bytes).isEmpty {
                    if begun {
                        absent.append(panel.values.count)
                        panel.values.append(0)
                    }
                    continue
                } else if let number = Parse.real(Parse.trimmed(bytes)), number >= 0, number <= Self.largest {
                    value = number
                } else {
                    table.complain(column, "units sold are expected, from 0 to 1e9", "correct it, or leave it empty")
                    if log.isFull { return }
                }
                if !begun {
                    if value == 0 { continue }
                    begun = true
                    panel.starts[panel.starts.count - 1] = Int32(k)
                }
                panel.values.append(Float(value))
            }
            panel.offsets.append(panel.values.count)
        }
        guard panel.seriesCount > 0 else {
            log.add(DataIssue(file: table.file, expected: "there are no series", cure: "fetch the file again"))
            return nil
        }
        panel.missing = BitMask(count: panel.values.count)
        for cell in absent { panel.missing[cell] = true }
        attributes = zip(Self.attributeColumns, zip(pools, of)).map {
            SeriesAttribute(name: $0.0, codes: $1.0.texts, of: $1.1)
        }
    }
}
