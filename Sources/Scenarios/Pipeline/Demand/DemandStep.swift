import Forecasting
import Placement
import Retail
import Simulation

/// From the forecast and past orders to what buyers will ask for in the simulated days.
///
/// Baskets are past baskets, so that what is bought together stays together. Their weights are tilted until the
/// expected units of every article meet the forecast (multiplicative updates as in Richardson 1972 and Lucy 1974,
/// which keep weights positive and the total of units); what a few rounds leave over is a factor on quantities.
struct DemandStep {
    private(set) var plan: DemandPlan
    let expectation: DemandExpectation
    /// Factor on the forecast of each article by the promotions, row-major channels x days x SKUs.
    let promotionFactors: [Double]
    /// Expected orders a day by channel and region at the volume, over the open days, row-major channels x regions.
    let ordersPerDay: [Double]
    let assumptions: [Assumption]

    static let rounds = 12
    /// Quantities of past baskets are changed by at most this factor either way.
    static let largestFactor = 4.0

    /// - Parameter trade: what prices and promotions do beyond what the promotions state.
    init(
        _ scenario: Scenario, _ dataset: Dataset, _ forecast: Forecast, mix: OrderMix, resolution: ScenarioResolution,
        trade: TradeStep
    ) {
        let promotions = resolution.promotions
        let (channels, regions) = (dataset.channels.count, dataset.regions.count)
        let (days, skus) = (scenario.clock.days, dataset.skus.count)
        let volume = scenario.demand.volume
        let shape = DayShape(
            ordinary: mix.minutes, channels: channels, start: scenario.clock.start, days: days, promotions: promotions,
            extras: DayShape.Extras(scenario, resolution))
        let book = BasketBook(mix.baskets.map { $0.map(\.lines) })
        let units = ForecastUnits(forecast, dataset, scenario, mix)

        var orders = [Double](repeating: 0, count: channels * regions * days)
        var weights = [Double](repeating: 0, count: days * book.count)
        var multipliers = [Float](repeating: 1, count: channels * days * skus)
        var unreached = 0.0
        var total = 0.0
        for channel in 0..<channels {
            for day in 0..<days {
                let wanted = units.ordinary(channel, day)
                let tilt = BasketTilt(book, channel: channel, wanted: wanted)
                for (i, template) in book.templates(channel).enumerated() {
                    weights[day * book.count + template] = tilt.weights[i]
                }
                let cell = (channel * days + day) * skus
                for sku in 0..<skus where wanted[sku] > 0 {
                    total += wanted[sku]
                    if tilt.units[sku] > 0 {
                        let factor = wanted[sku] / tilt.units[sku]
                        let kept = min(Self.largestFactor, max(1 / Self.largestFactor, factor))
                        multipliers[cell + sku] = Float(kept)
                        unreached += max(0, wanted[sku] - kept * tilt.units[sku])
                    } else {
                        unreached += wanted[sku]
                    }
                }
                let placed = tilt.orders * volume * shape.traffic[channel * days + day]
                for region in 0..<regions {
                    orders[(channel * regions + region) * days + day] =
                        placed * mix.regionShares[channel * regions + region]
                }
            }
        }
        for cell in trade.residual.indices { multipliers[cell] *= Float(trade.residual[cell]) }
        plan = DemandPlan(
            orders: orders, shape: shape.weights, baskets: book, basketWeights: weights, multipliers: multipliers,
            shows: zip(scenario.demand.live, resolution.showChannels).map { show, channel in
                LiveShow(
                    code: show.code, channel: channel, begins: show.begins.instant(from: scenario.clock.start),
                    ends: show.ends.instant(from: scenario.clock.start), factor: show.factor,
                    returnRate: show.returnRate)
            }, attach: Self.attach(scenario, dataset, mix))
        if scenario.demand.isSampled { plan.luck = DemandDraws(forecast, dataset, scenario, mix).luck }
        var factors = Self.promotionFactors(shape, mix, dataset, scenario, promotions)
        for cell in trade.residual.indices { factors[cell] *= trade.residual[cell] }
        promotionFactors = factors
        expectation = units.expectation(factors: factors)
        let open = max(1, (0..<days).count { dataset.calendar.isOpen(scenario.clock.start + $0) })
        ordersPerDay = (0..<channels * regions).map { cell in
            (0..<days).reduce(0) { $0 + orders[cell * days + $1] } / Double(open)
        }
        var notes = Self.notes(scenario, promotions, ordersPerDay.reduce(0, +), isMeasured: trade.effects != nil)
        notes += trade.assumptions
        if total > 0, unreached / total > 0.001 {
            let share = (unreached / total * 1_000).rounded() / 10
            notes.append(
                Assumption(
                    subject: "baskets",
                    text: "\(share) % of forecast units are in no recent basket and are not simulated"))
        }
        assumptions = notes
    }

    /// Recommendations by what past baskets hold together; nil when none are made.
    private static func attach(_ scenario: Scenario, _ dataset: Dataset, _ mix: OrderMix) -> AttachPlan? {
        guard scenario.demand.attach > .zero else { return nil }
        let columns = SKUColumns(dataset.skus)
        let baskets = mix.baskets.joined().map { $0.lines.map { columns.categories[$0.sku.position] } }
        return AttachPlan(
            rate: scenario.demand.attach,
            affinities: AttachPlan.affinities(baskets, categories: columns.categoryNames.count),
            popularity: mix.assortmentBaskets(skus: dataset.skus.count).popularity)
    }

    /// How the promotions change the units of each article on each day: visits and quantities together.
    private static func promotionFactors(
        _ shape: DayShape, _ mix: OrderMix, _ dataset: Dataset, _ scenario: Scenario, _ promotions: [Promotion]
    ) -> [Double] {
        let (channels, days, skus) = (dataset.channels.count, scenario.clock.days, dataset.skus.count)
        var factors = [Double](repeating: 1, count: channels * days * skus)
        for channel in 0..<channels {
            for day in 0..<days {
                let cell = (channel * days + day) * skus
                for sku in 0..<skus { factors[cell + sku] = shape.traffic[channel * days + day] }
                for promotion in promotions where promotion.channel.map({ $0.position == channel }) ?? true {
                    let uplift = Uplift.quantity(promotion)
                    guard uplift != 1 else { continue }
                    let part = shape.overlap(
                        promotion, channel: channel, day: day, start: scenario.clock.start, ordinary: mix.minutes)
                    guard part > 0 else { continue }
                    for sku in 0..<skus where Uplift.covers(promotion.scope, sku, dataset.skus) {
                        factors[cell + sku] *= 1 + (uplift - 1) * part
                    }
                }
            }
        }
        return factors
    }

    private static func notes(
        _ scenario: Scenario, _ promotions: [Promotion], _ orders: Double, isMeasured: Bool
    ) -> [Assumption] {
        var notes = [
            Assumption(
                subject: "demand.volume",
                text: "orders and goods are \(plain(scenario.demand.volume)) times those of the data, "
                    + "about \(Int(orders.rounded())) orders a day; orders are taken as independent, "
                    + "so that their variance grows like the volume")
        ]
        if scenario.demand.isSampled {
            notes.append(
                Assumption(
                    subject: "demand.uncertainty",
                    text:
                        "each replication draws its demand from the forecast's joint distribution; articles and channels "
                        + "move together as they did in the last weeks"))
        }
        if scenario.demand.attach > .zero {
            notes.append(
                Assumption(
                    subject: "demand.attach",
                    text: "recommended articles come on top of the forecast, one for "
                        + "\(plain(scenario.demand.attach.fraction * 100)) % of orders, by what past baskets hold together"
                ))
        }
        for promotion in promotions {
            let quantity = Uplift.quantity(promotion)
            var parts: [String] = []
            if quantity != 1 {
                parts.append(
                    "sells \(plain(quantity)) times the units (price elasticity \(plain(promotion.elasticity)))")
            }
            if promotion.uplift != 1 {
                parts.append(
                    promotion.kind == .priceCut
                        ? "of which \(plain(promotion.uplift)) times is a stated uplift"
                        : "brings \(plain(promotion.uplift)) times the visits")
            }
            if parts.isEmpty { parts.append("changes neither visits nor quantities") }
            notes.append(
                Assumption(
                    subject: "promotion \(promotion.code)",
                    text: parts.joined(separator: ", ") + (isMeasured ? "" : "; not measured")))
        }
        return notes
    }

    private static func plain(_ value: Double) -> String {
        let rounded = (value * 1_000).rounded() / 1_000
        return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
    }
}

/// Weights of one channel's baskets that meet the units wanted of each article.
struct BasketTilt {
    /// Expected orders of each basket, in the order of the channel's templates.
    private(set) var weights: [Double]
    /// Expected units of each SKU under these weights.
    private(set) var units: [Double]

    var orders: Double { weights.reduce(0, +) }

    init(_ book: BasketBook, channel: Int, wanted: [Double]) {
        let templates = book.templates(channel)
        let sizes = templates.map { t in book.lines(t).reduce(0.0) { $0 + Double(book.quantities[$1]) } }
        let sum = sizes.reduce(0, +)
        let target = wanted.reduce(0, +)
        weights = [Double](repeating: sum > 0 ? target / sum : 0, count: templates.count)
        units = [Double](repeating: 0, count: wanted.count)
        guard target > 0, sum > 0 else { return }
        var ratios = [Double](repeating: 1, count: wanted.count)
        for round in 0...DemandStep.rounds {
            for sku in units.indices { units[sku] = 0 }
            for (i, template) in templates.enumerated() where weights[i] > 0 {
                for line in book.lines(template) {
                    units[book.skus[line].position] += weights[i] * Double(book.quantities[line])
                }
            }
            if round == DemandStep.rounds { break }
            for sku in units.indices where units[sku] > 0 { ratios[sku] = wanted[sku] / units[sku] }
            for (i, template) in templates.enumerated() where weights[i] > 0 {
                var met = 0.0
                for line in book.lines(template) {
                    met += Double(book.quantities[line]) * ratios[book.skus[line].position]
                }
                weights[i] *= met / sizes[i]
            }
        }
    }
}
