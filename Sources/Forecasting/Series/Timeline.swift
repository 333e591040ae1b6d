import Retail

/// The steps of a panel's axis on which demand can occur, past and future, numbered without gaps.
///
/// Models run over these open steps only. Their place in the season comes from the axis, not from counting, so
/// that Monday stays Monday when Saturdays are closed.
struct Timeline: Sendable {
    /// Length of the season in axis steps; 1 is none.
    let season: Int
    /// Cells of the panel's axis; the horizon lies beyond.
    let historyCells: Int
    let horizon: Int
    /// The axis cell of each open step.
    let cells: [Int32]
    /// The place in the season of each open step, 0 ..< season.
    let phases: [Int32]
    /// before[c] is the number of open steps before axis cell c, up to the end of the horizon.
    let before: [Int32]

    init(axis: TimeAxis, calendar: BusinessCalendar, horizon: Int, season: Int) {
        self.season = season
        self.horizon = horizon
        historyCells = axis.count
        let hasDays = axis.step == .day || axis.step == .hour
        var cells: [Int32] = []
        var phases: [Int32] = []
        var before: [Int32] = [0]
        for cell in 0..<axis.count + horizon {
            if !hasDays || calendar.isOpen(axis.day(cell)) {
                cells.append(Int32(cell))
                phases.append(Int32(cell % season))
            }
            before.append(Int32(cells.count))
        }
        self.cells = cells
        self.phases = phases
        self.before = before
    }

    /// The open steps among axis cells `from` ..< `from + horizon`.
    func steps(from cell: Int) -> Range<Int> {
        Int(before[cell])..<Int(before[min(cell + horizon, before.count - 1)])
    }
}
