import Foundation
import NumericCore
import Retail
import Testing

@testable import Forecasting

@Suite struct SignalTests {
    /// Ten articles; each promotion sells 4 units for each unit in the cart two days before it, times luck; the last of
    /// the promotions lies ahead.
    private func shop(past: Int, lead: Int = 2) -> (Dataset, Forecast, [Double]) {
        var random = RandomStream(seed: 8, stream: RandomStreamID.verification.rawValue, entity: 9, replication: 0)
        let days = 30 * past + 28
        var cells = [[Double]](repeating: [Double](repeating: 10, count: days), count: 10)
        var data = Dataset(name: "x", currency: .gbp, fingerprint: "", demand: dailyPanel(cells))
        data.skus = (0..<10).map {
            SKU(
                code: "\($0)", name: "", categories: ["c\($0 % 2)", "", ""], listPrice: UnitPrice(units: 10_000),
                unitCost: UnitPrice(units: 5_000))
        }
        var truth: [Double] = []
        for number in 0...past {
            let first = number < past ? 30 * number + 20 : days + lead - 1
            data.promotions.append(
                Promotion(
                    code: "p\(number)", name: "", kind: .presale, begins: CivilTime(monday + first),
                    ends: CivilTime(monday + first + 2)))
            for sku in 0..<10 {
                let carts = 20 + (200 * random.uniform()).rounded()
                let sold = 4 * carts * exp(0.2 * (random.uniform() - 0.5))
                if number < past { for day in 0..<2 { cells[sku][first + day] = sold / 2 } } else { truth.append(sold) }
                for (day, part) in [(lead + 3, 0.5), (lead, 0.5), (lead - 1, 0.7)] {
                    data.signals.append(
                        PromotionSignal(
                            day: monday + first - day, sku: SKU.Index(sku), promotion: "p\(number)", kind: .cart,
                            quantity: carts * part))
                }
            }
        }
        data.demand = dailyPanel(cells)
        let keys = data.demand.keys
        let forecast = Forecast(
            axis: TimeAxis(step: .day, origin: monday + days, count: 7), keys: keys, names: data.demand.names,
            mean: [Double](repeating: 100, count: 70), levels: [0.1, 0.5, 0.9],
            quantiles: (0..<70).flatMap { _ in [30.0, 90, 200] },
            choices: keys.map { _ in ModelChoice(model: "x", scores: []) })
        return (data, forecast, truth)
    }

    @Test("Carts two days before a promotion draw its forecast to what they led to in the past")
    func follows() {
        let (data, forecast, truth) = shop(past: 5)
        let (made, outcomes) = forecast.updated(by: data)
        #expect(outcomes.map(\.state) == [.updated] && outcomes[0].lead == 2 && outcomes[0].skus == 10)
        var (before, after) = (0.0, 0.0)
        for sku in 0..<10 {
            before += abs(log(200 / truth[sku]))
            after += abs(log((made.mean(sku, 1) + made.mean(sku, 2)) / truth[sku]))
            // Days of no promotion stay as they were.
            #expect(made.mean(sku, 0) == 100 && made.mean(sku, 3) == 100)
            #expect(made.quantile(sku, 1, level: 0) <= made.quantile(sku, 1, level: 2))
            let width = made.quantile(sku, 1, level: 2) / made.mean(sku, 1)
            #expect(width < 2)
        }
        #expect(after < 0.5 * before, "\(after) of \(before)")
    }

    @Test("Signals after the last day known at that lead are not looked at")
    func lead() {
        // A week before, half of the carts stand: the ratio learnt is that of a week before too.
        let (data, forecast, truth) = shop(past: 5)
        var early = data
        early.demand = data.demand.before(data.demand.axis.count - 1)
        early.signals.removeAll { $0.promotion == "p5" && $0.day > monday + data.demand.axis.count - 2 }
        var moved = forecast
        moved.axis.origin = forecast.axis.origin - 1
        let (made, outcomes) = moved.updated(by: early)
        #expect(outcomes.map(\.lead) == [3])
        let ratio = (0..<10).map { (made.mean($0, 2) + made.mean($0, 3)) / truth[$0] }
        #expect(ratio.allSatisfy { $0 > 0.4 && $0 < 2 }, "\(ratio)")
    }

    @Test("Without a past promotion to learn from nothing changes, and it says so")
    func noPast() {
        let (data, forecast, _) = shop(past: 0)
        let (made, outcomes) = forecast.updated(by: data)
        #expect(outcomes.map(\.state) == [.noPast])
        #expect(made == forecast)
    }
}
