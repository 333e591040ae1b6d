import Foundation
import Retail
import Testing

@testable import Forecasting

@Suite struct AdjustmentTests {
    private let skus = ["tea", "cup", "pot"].enumerated().map { i, code in
        SKU(
            code: code, name: code, categories: [i == 0 ? "Food" : "Home", "", ""], listPrice: UnitPrice(units: 10_000),
            unitCost: UnitPrice(units: 5_000))
    }

    /// Three articles in two channels and a total for each channel; articles sell 1 to 6 a day.
    private func plain() -> Forecast {
        var keys: [SeriesKey] = []
        for channel in 0..<2 {
            for sku in 0..<3 { keys.append(SeriesKey(sku: SKU.Index(sku), channel: Channel.Index(channel))) }
        }
        var mean = (0..<6).flatMap { [Double](repeating: Double($0 + 1), count: 4) }
        mean += [Double](repeating: 6, count: 4) + [Double](repeating: 15, count: 4)
        keys += (0..<2).map { SeriesKey(channel: Channel.Index($0)) }
        return Forecast(
            axis: TimeAxis(step: .day, origin: monday, count: 4), keys: keys, names: keys.indices.map { "s\($0)" },
            mean: mean, levels: [0.1, 0.5, 0.9], quantiles: mean.flatMap { [0.5 * $0, $0, 2 * $0] },
            choices: keys.map { _ in ModelChoice(model: "x", scores: []) })
    }

    private let shares = AdjustmentShares(channel: { _ in 0.25 }, region: { _ in 0.1 })

    private func change(
        _ kind: Adjustment.Kind, _ value: Double, _ scope: PromotionScope = .everything, channel: Int? = nil,
        region: Int? = nil, from: Int = 1, through: Int = 2, expires: Day? = nil
    ) -> Adjustment {
        Adjustment(
            scope: scope, channel: channel.map { Channel.Index($0) }, region: region.map { Region.Index($0) },
            from: monday + from, through: monday + through, kind: kind, value: value, author: "Ann", reason: "",
            expires: expires)
    }

    private func apply(_ changes: [Adjustment], _ forecast: Forecast? = nil) -> AdjustedForecast {
        (forecast ?? plain()).adjusted(by: changes, skus: skus, today: monday - 1, shares: shares)
    }

    @Test("The statistical forecast stays as it was, and days outside are not touched")
    func keptApart() {
        let made = apply([change(.multiply, 2)])
        #expect(made.statistical == plain())
        for series in 0..<6 {
            #expect(made.adjusted.mean(series, 0) == Double(series + 1))
            #expect(made.adjusted.mean(series, 1) == 2 * Double(series + 1))
            #expect(made.adjusted.quantile(series, 2, level: 2) == 4 * Double(series + 1))
        }
    }

    @Test("Sums hold: totals change by what their articles do, and a set value is that of the whole scope")
    func coherent() {
        for changes in [
            [change(.set, 100)], [change(.add, 7, .category(["Home"]))],
            [change(.multiply, 0.3, .skus([SKU.Index(1)]))],
            [change(.set, 9, channel: 1), change(.add, -4, .category(["Home"]), channel: 0)],
        ] {
            let made = apply(changes).adjusted
            for step in 0..<4 {
                for channel in 0..<2 {
                    let sum = (0..<3).reduce(0) { $0 + made.mean(3 * channel + $1, step) }
                    #expect(abs(made.mean(6 + channel, step) - sum) < 1e-9)
                }
            }
        }
        let set = apply([change(.set, 100)])
        #expect(abs((0..<6).reduce(0) { $0 + set.adjusted.mean($1, 1) } - 100) < 1e-9)
        // Spread as the forecast stands.
        #expect(abs(set.adjusted.mean(5, 1) - 600.0 / 21) < 1e-9)
        #expect(set.outcomes[0].before == 42 && abs(set.outcomes[0].after - 200) < 1e-9)
    }

    @Test("Changes apply in their order, and nothing falls below zero")
    func order() {
        let one = apply([change(.multiply, 2), change(.add, 6)]).adjusted
        let other = apply([change(.add, 6), change(.multiply, 2)]).adjusted
        #expect(abs((0..<6).reduce(0) { $0 + one.mean($1, 1) } - 48) < 1e-9)
        #expect(abs((0..<6).reduce(0) { $0 + other.mean($1, 1) } - 54) < 1e-9)
        let gone = apply([change(.add, -1_000)]).adjusted
        #expect((0..<8).allSatisfy { gone.mean($0, 1) == 0 && gone.quantile($0, 1, level: 2) == 0 })
    }

    @Test("What expired does not count, and what speaks of other days or goods says so")
    func outcomes() {
        let made = apply([
            change(.multiply, 2, expires: monday - 1), change(.multiply, 2, expires: monday),
            change(.multiply, 2, from: 30, through: 31), change(.multiply, 2, .category(["Toys"])),
        ])
        #expect(made.outcomes.map(\.state) == [.expired, .inForce, .otherDays, .noSeries])
        #expect(made.adjusted.mean(0, 1) == 2)
    }

    @Test("A region or channel that the series do not tell apart gets its part")
    func parts() {
        let region = apply([change(.multiply, 3, region: 0)]).adjusted
        #expect(abs(region.mean(0, 1) - (0.9 + 0.3)) < 1e-12)
        var whole = plain()
        whole.keys = whole.keys.map { SeriesKey(sku: $0.sku) }
        let channel = apply([change(.set, 0, channel: 1)], whole).adjusted
        #expect(abs(channel.mean(2, 1) - 0.75 * 3) < 1e-12)
    }

    @Test("Where nothing was expected a set value is spread evenly, with a wide distribution")
    func fromNothing() {
        var empty = plain()
        empty.mean = empty.mean.map { _ in 0 }
        empty.quantiles = empty.quantiles.map { _ in 0 }
        let made = apply([change(.set, 12)], empty).adjusted
        #expect(made.mean(3, 1) == 2)
        #expect(made.quantile(3, 1, level: 0) < 0.5 && made.quantile(3, 1, level: 2) > 4)
        #expect(abs(made.mean(6, 1) - 6) < 1e-12)
    }

    @Test("Weeks are changed by the part of their days, closed days not at all")
    func weeks() {
        var weekly = plain()
        weekly.axis = TimeAxis(step: .week, origin: monday, count: 4)
        let made = weekly.adjusted(
            by: [change(.multiply, 2, from: 7, through: 8)], skus: skus, today: monday - 1, shares: shares)
        #expect(abs(made.adjusted.mean(0, 1) - (1 + 2.0 / 7)) < 1e-12)
        #expect(made.adjusted.mean(0, 0) == 1)
        let shut = plain().adjusted(
            by: [change(.set, 50)], skus: skus, calendar: closed(weekday: 2, days: 10), today: monday - 1,
            shares: shares)
        #expect(shut.adjusted.mean(0, 1) == 1 && shut.adjusted.mean(0, 2) != 1)
    }

    @Test("A person who knows of a fair adds value, one who guesses takes it away")
    func valueAdded() async throws {
        // 20 a day, 60 on three days of a fair in week 9 and 20 in the week after it.
        let days = 84
        let cells = (0..<days).map { (63...65).contains($0) ? 60.0 : 20 + Double($0 % 3) }
        var data = Dataset(name: "x", currency: .gbp, fingerprint: "", demand: dailyPanel([cells]))
        data.skus = skus
        data.channels = [Channel(code: "web", name: "", kind: .own)]
        data.regions = []
        var knows = change(.multiply, 3, from: 63, through: 65)
        knows.author = "Ann"
        var guesses = change(.multiply, 3, from: 70, through: 72)
        guesses.author = "Bob"
        data.adjustments = [guesses, knows]
        let scores = try await scoreAdjustments(data) { (panel, horizon) throws(ForecastError) in
            try await forecast(panel, calendar: BusinessCalendar(), horizon: horizon, threads: 1)
        }
        #expect(scores.map(\.author) == ["Ann", "Bob", ""])
        #expect(scores[0].valueAdded > 0.8 && scores[0].improved == 1 && scores[0].days == 3)
        #expect(scores[1].valueAdded < 0 && scores[1].improved == 0 && scores[1].adjustedBias > 0)
        #expect(scores[2].changes == 2 && scores[2].actual == scores[0].actual + scores[1].actual)
        #expect(scores.table().rowCount == 3)
    }
}
