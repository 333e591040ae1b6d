import Forecasting
import Retail

/// Says what was done about sold-out steps.
func noteCensored(_ report: CensoredDemand, in language: Language) {
    guard report.steps > 0 else { return }
    let units = Int(report.units.rounded())
    var words: Phrase = """
        sold out on \(report.steps) steps of a series: \(report.raised) raised by \(units) units in all, \
        \(report.unknown) without sales left out
        """
    if report.neverInStock > 0 { words = words + "; \(report.neverInStock) series were never in stock" }
    note(words.text(language))
}

/// Tells of stretches of zeros that look like stock-outs.
func noteZeros(_ runs: [ZeroRun], _ panel: DemandPanel, in language: Language) {
    guard let worst = runs.min(by: { ($0.chance, $0.series) < ($1.chance, $1.series) }) else { return }
    func label(_ cell: Int) -> String {
        panel.axis.step == .bare ? "\(Int(panel.axis.origin.number) + cell)" : panel.axis.day(cell).description
    }
    let (from, through) = (label(worst.steps.lowerBound), label(worst.steps.upperBound - 1))
    let words: Phrase = """
        \(runs.count) series have a stretch of zeros too long for chance, such as \(panel.names[worst.series]) from \(from) \
        to \(through); they count as demand: where articles were sold out, give the column in_stock or stock
        """
    note(words.text(language))
}

/// Up to five names that may be meant: those that begin alike, else the nearest, else the first there are.
func seriesLike(_ name: String, _ known: [String]) -> String {
    let alike = known.filter { $0.hasPrefix(name) }
    if !alike.isEmpty { return alike.prefix(5).joined(separator: ", ") }
    return nearestName(to: name, in: known) ?? known.prefix(5).joined(separator: ", ")
}
