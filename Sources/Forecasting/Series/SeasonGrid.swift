import Retail

/// The regular steps that models for single series run over: the cells of the axis less the weekdays that are always
/// closed, so that a shop closed on Saturdays has a season of six days. A day that is closed otherwise stays on the
/// grid, as a missing step.
struct SeasonGrid: Sendable {
    /// Lengths of the seasons in steps of the grid, ascending, each more than 1.
    let seasons: [Int]
    /// Steps of the grid before each axis cell, up to the end of the horizon.
    let before: [Int32]

    init(axis: TimeAxis, calendar: BusinessCalendar, horizon: Int, seasons: [Int]) {
        let cells = axis.count + horizon
        let isDated = axis.step == .day || axis.step == .hour
        let weekday = { (cell: Int) -> Int in axis.day(cell).weekday }
        var everOpen = [Bool](repeating: !isDated, count: 8)
        if isDated {
            for cell in stride(from: 0, to: cells, by: axis.step == .hour ? 24 : 1)
            where calendar.isOpen(axis.day(cell)) { everOpen[weekday(cell)] = true }
        }
        let open = everOpen[1...7].count { $0 }
        let drops = isDated && open > 0 && open < 7 && cells >= (axis.step == .hour ? 168 : 7)
        let week = axis.step == .hour ? 168 : 7
        self.seasons = seasons.filter { $0 > 1 }.map { length in
            drops && length >= week ? max(2, length * open / 7) : length
        }.sorted()
        var before: [Int32] = [0]
        before.reserveCapacity(cells + 1)
        for cell in 0..<cells {
            let isOn = !drops || everOpen[weekday(cell)]
            before.append(before[cell] + (isOn ? 1 : 0))
        }
        self.before = before
    }
}

extension OpenSeries {
    /// What is known of the series before an axis cell, on the steps of a grid; NaN where nothing is.
    func gridded(_ grid: SeasonGrid, _ timeline: Timeline, before cell: Int) -> [Double] {
        guard first < timeline.cells.count else { return [] }
        let start = Int(grid.before[Int(timeline.cells[first])])
        var out = [Double](repeating: .nan, count: max(0, Int(grid.before[cell]) - start))
        for (k, value) in values.enumerated() where weights[k] > 0 {
            let at = Int(timeline.cells[first + k])
            guard at < cell else { break }
            let place = Int(grid.before[at]) - start
            if out.indices.contains(place) { out[place] = value }
        }
        return out
    }
}
