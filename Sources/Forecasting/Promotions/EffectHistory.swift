import Retail

/// The observed cells laid out by day.
struct EffectHistory: Sendable {
    let days: Range<Int>
    /// Mean sales of each series.
    private(set) var weights: [Double] = []
    private let panel: DemandPanel
    private let inStock: [Bool]

    init(_ panel: DemandPanel, _ drivers: TradeDrivers, inStock: [Bool]) {
        days = 0..<min(panel.axis.count, drivers.days)
        (self.panel, self.inStock) = (panel, inStock)
        weights = panel.keys.indices.map { series in
            let known = cells(series).filter { !$0.isNaN }
            return known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
        }
    }

    /// The demand of a series by day of the axis; NaN where unknown, out of stock, or before its first cell.
    func cells(_ series: Int) -> [Double] {
        var row = [Double](repeating: .nan, count: days.count)
        for cell in panel.offsets[series]..<panel.offsets[series + 1] where !panel.missing[cell] {
            let day = Int(panel.starts[series]) + cell - panel.offsets[series]
            guard days.contains(day), inStock.isEmpty || inStock[cell] else { continue }
            row[day] = max(0, Double(panel.values[cell]))
        }
        return row
    }
}
