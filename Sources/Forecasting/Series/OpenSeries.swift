import Retail

/// One series over open steps: what the models see.
struct OpenSeries: Sendable {
    /// Its place in the panel.
    let number: Int
    /// The open step of the first observed cell.
    let first: Int
    /// The axis cell the forecast starts at.
    let endCell: Int
    /// Units per open step, 0 where missing.
    let values: [Double]
    /// 1 where observed and 0 where missing, so that the recursions need no branch.
    let weights: [Double]
    let observed: Int

    var count: Int { values.count }
    /// One past the last open step.
    var end: Int { first + values.count }
    var isComplete: Bool { observed == count }

    /// Cells on closed steps are left out; a cell that is missing or not finite has weight 0.
    init(_ panel: DemandPanel, _ series: Int, _ timeline: Timeline, ending: SeriesEnding) {
        number = series
        let offset = panel.offsets[series]
        let start = Int(panel.starts[series])
        let length = panel.offsets[series + 1] - offset
        let end = ending == .own ? min(start + length, timeline.historyCells) : timeline.historyCells
        let from = Int(timeline.before[min(max(start, 0), max(end, 0))])
        let to = Int(timeline.before[max(end, 0)])
        var values: [Double] = []
        var weights: [Double] = []
        values.reserveCapacity(to - from)
        weights.reserveCapacity(to - from)
        var first = from
        var observed = 0
        for step in from..<max(from, to) {
            let place = Int(timeline.cells[step]) - start
            var value = 0.0
            var weight = 1.0
            if place < length {
                value = Double(panel.values[offset + place])
                if panel.missing[offset + place] || !value.isFinite { (value, weight) = (0, 0) }
            }
            if observed == 0 && weight == 0 {
                first = step + 1
                continue
            }
            observed += Int(weight)
            values.append(value)
            weights.append(weight)
        }
        self.first = first
        endCell = max(end, 0)
        self.values = values
        self.weights = weights
        self.observed = observed
    }
}
