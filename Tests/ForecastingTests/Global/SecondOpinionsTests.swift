import Foundation
import Retail
import Testing

@testable import Forecasting

@Suite("Second opinions from last year") struct SecondOpinionsTests {
    private let steps = 150
    private let horizon = 4

    /// Weekly series of two kins that repeat each year but for a growth of a tenth.
    private func panel() -> SalesPanel {
        var demand = DemandPanel(axis: TimeAxis(step: .week, origin: monday, count: steps))
        for s in 0..<8 {
            demand.append(
                name: "S\(s)", key: SeriesKey(), start: 0,
                (0..<steps).map { t in
                    let wave = 1 + 0.5 * sin(2 * .pi * Double(t % 52) / 52 + Double(s % 2))
                    return Double(10 + s) * wave * (t % 52 == 40 ? 3 : 1) * pow(1.1, Double(t / 52))
                })
        }
        return SalesPanel(
            demand: demand, attributes: [SeriesAttribute(name: "dept", codes: ["A", "B"], of: (0..<8).map { $0 % 2 })],
            knownDays: steps + horizon)
    }

    private func opinions(_ panel: SalesPanel) -> SecondOpinions {
        SecondOpinions(
            panel, cadence: Cadence(.week), horizon: horizon, kin: ["dept"])
    }

    private func actual(_ panel: SalesPanel, _ origin: Int) -> [Float] {
        (0..<8).flatMap { s in (0..<horizon).map { panel.demand.values[panel.demand.offsets[s] + origin + $0] } }
    }

    @Test func `where the year repeats they are heard, and the mix is nearly right`() async {
        let panel = panel()
        let origins = [142, 138, 134, 130, 126]
        let flat = origins.map { _ in [Float](repeating: 12, count: 8 * horizon) }
        let mixed = await opinions(panel).mixed(flat, origins: origins, threads: 2)
        for (origin, forecast) in zip(origins, mixed) {
            let errors = zip(forecast, actual(panel, origin)).map { abs($0 - $1) }
            #expect(errors.reduce(0, +) / Float(errors.count) < 1)
        }
    }

    @Test func `an engine that is right keeps all the weight`() async {
        let panel = panel()
        let origins = [142, 138, 134, 130, 126]
        let made = origins.map { actual(panel, $0) }
        let mixed = await opinions(panel).mixed(made, origins: origins, threads: 1)
        for (a, b) in zip(made.joined(), mixed.joined()) { #expect(abs(a - b) < 0.02 * a) }
    }

    @Test func `with less than a year, or one judge, the engine's word stands`() async {
        let panel = panel()
        for origins in [[40, 30, 20], [142, 150]] {
            let made = origins.map { _ in [Float](repeating: 12, count: 8 * horizon) }
            let mixed = await opinions(panel).mixed(made, origins: origins, threads: 1)
            #expect(mixed == made)
        }
        #expect(!SecondOpinions.apply(to: Cadence(.day)))
    }
}
