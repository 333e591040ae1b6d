import Retail

/// The calendar file of the M5 set: which date, week, events and food-stamp days each day column stands for.
struct M5Calendar {
    private(set) var days: [Day] = []
    /// The row of each `d_` number.
    private(set) var rowOfNumber: [Int: Int] = [:]
    /// The first row of each week number.
    private(set) var rowOfWeek: [Int64: Int] = [:]
    private var eventRows: [String: [Int]] = [:]
    private var flagNames: [String] = []
    private var flagValues: [[Bool]] = []

    /// `d_17` is 17; nil for anything else.
    static func dayNumber(_ text: String) -> Int? {
        guard text.hasPrefix("d_"), text.utf8.count <= 8, let number = Int(text.dropFirst(2)), number >= 1 else {
            return nil
        }
        return number
    }

    /// Nil, with issues in the log, when the file cannot be used at all.
    init?(path: String, log: IssueLog) {
        guard var table = M5Table(path: path, needs: ["date", "wm_yr_wk", "d"], log: log) else { return nil }
        guard let date = table.column("date"), let week = table.column("wm_yr_wk"), let number = table.column("d")
        else { return nil }
        let events = table.columns.indices.filter { table.columns[$0].hasPrefix("event_name") }
        let flags = table.columns.indices.filter { table.columns[$0].hasPrefix("snap_") }
        flagNames = flags.map { table.columns[$0] }
        flagValues = flags.map { _ in [] }
        while table.next() {
            let row = days.count
            guard let day = Parse.day(table.bytes(date)) else {
                table.complain(date, "a date such as 2011-01-29 is expected", "correct it")
                continue
            }
            if let last = days.last, day - last != 1 {
                table.complain(date, "the day after \(last) is expected", "list every day once, in order")
                return nil
            }
            guard let d = M5Calendar.dayNumber(table.text(number)) else {
                table.complain(number, "a day such as d_1 is expected", "correct it")
                continue
            }
            guard let weekNumber = Parse.integer(table.bytes(week)) else {
                table.complain(week, "a week number such as 11101 is expected", "correct it")
                continue
            }
            if rowOfNumber[d] != nil {
                table.complain(number, "the day is listed twice", "keep one row for each day")
                continue
            }
            days.append(day)
            rowOfNumber[d] = row
            if rowOfWeek[weekNumber] == nil { rowOfWeek[weekNumber] = row }
            for column in events {
                let name = table.text(column)
                if !name.isEmpty, eventRows[name]?.last != row { eventRows[name, default: []].append(row) }
            }
            for (k, column) in flags.enumerated() {
                guard let flag = Parse.flag(table.bytes(column)) else {
                    table.complain(column, "0 or 1 is expected", "correct it")
                    flagValues[k].append(false)
                    continue
                }
                flagValues[k].append(flag)
            }
        }
        guard !days.isEmpty else {
            log.add(DataIssue(file: table.file, expected: "the calendar has no days", cure: "fetch it again"))
            return nil
        }
    }

    /// The events as steps of an axis that begins at calendar row `first`.
    func events(from first: Int) -> [DayEvents] {
        eventRows.keys.sorted().map { name in
            DayEvents(name: name, days: (eventRows[name] ?? []).map { $0 - first })
        }
    }

    func flags(from first: Int) -> [DayFlag] {
        zip(flagNames, flagValues).map { DayFlag(name: $0, isSet: Array($1.dropFirst(first))) }
    }
}
