import Forecasting
import Retail

/// Says what was done about sold-out steps.
func noteCensored(_ report: CensoredDemand) {
    guard report.steps > 0 else { return }
    note(
        "sold out on \(report.steps) steps of a series: \(report.raised) raised by \(Int(report.units.rounded())) units in all, "
            + "\(report.unknown) without sales left out"
            + (report.neverInStock > 0 ? "; \(report.neverInStock) series were never in stock" : ""))
}

/// Tells of stretches of zeros that look like stock-outs.
func noteZeros(_ runs: [ZeroRun], _ panel: DemandPanel) {
    guard let worst = runs.min(by: { ($0.chance, $0.series) < ($1.chance, $1.series) }) else { return }
    func label(_ cell: Int) -> String {
        panel.axis.step == .bare ? "\(Int(panel.axis.origin.number) + cell)" : panel.axis.day(cell).description
    }
    note(
        "\(runs.count) series have a stretch of zeros too long for chance, such as \(panel.names[worst.series]) from "
            + "\(label(worst.steps.lowerBound)) to \(label(worst.steps.upperBound - 1)); they count as demand: "
            + "where articles were sold out, give the column in_stock or stock")
}
