import Forecasting
import Foundation
import Retail

/// What prices and promotions do to the forecast beyond what the promotions state: measured on the data's past, or by the
/// stated elasticity where a scenario changes prices.
struct TradeStep {
    /// The data set with the scenario's prices.
    let dataset: Dataset
    /// The promotions as the simulator is told of them.
    let promotions: [Promotion]
    /// Factor on ordinary units beside the promotions' own, row-major channels x days x SKUs; empty where all are 1.
    let residual: [Double]
    /// The effects learnt; nil where they are stated.
    let effects: TradeEffects?
    let assumptions: [Assumption]

    init(_ scenario: Scenario, _ data: Dataset, _ resolution: ScenarioResolution, threads: Int) async {
        let changed = resolution.prices.isEmpty ? data : PriceBook.applying(resolution.prices, to: data)
        dataset = changed
        guard scenario.demand.effects == .measured else {
            (promotions, effects) = (resolution.promotions, nil)
            residual = Self.statedPrices(scenario, data, changed, resolution.prices)
            assumptions =
                residual.isEmpty
                ? []
                : [
                    Assumption(
                        subject: "prices",
                        text: "changed prices move demand by the stated elasticity \(scenario.demand.elasticity), "
                            + "whoever else sells; not measured")
                ]
            return
        }
        // What is planned beside what was: the scenario's promotions take the place of the data's within the clock.
        var planned = changed.before(changed.demand.axis.index(of: scenario.demand.historyThrough) + 1)
        let stated = Set(scenario.promotions.map(\.code))
        let isStated = resolution.promotions.map { Self.isStated($0, scenario) }
        let measured = zip(resolution.promotions, isStated).filter { !$1 }.map(\.0)
        let codes = Set(resolution.promotions.map(\.code))
        planned.promotions =
            changed.promotions.filter { !stated.contains($0.code) && !codes.contains($0.code) } + measured
        let kept = planned.demand.offsets[planned.demand.seriesCount]
        let horizon = scenario.clock.end - (scenario.demand.historyThrough + 1)
        guard kept > 0, let made = await TradeEffects(planned, horizon: max(1, horizon), threads: threads) else {
            (promotions, effects) = (resolution.promotions, nil)
            residual = Self.statedPrices(scenario, data, changed, resolution.prices)
            assumptions = [
                Assumption(
                    subject: "demand.effects",
                    text: "the past holds neither prices that move nor promotions: effects are as stated, not measured")
            ]
            return
        }
        effects = made
        let factors = Self.factors(made, planned, scenario)
        // A promotion's mean effect is told to the simulator, which knows its hours; what articles differ by is left over.
        var told: [Promotion] = []
        var scalars: [Double] = []
        for (promotion, isStated) in zip(resolution.promotions, isStated) {
            let (changed, scalar) = isStated ? (promotion, 1) : Self.told(promotion, made, planned)
            told.append(changed)
            scalars.append(scalar)
        }
        promotions = told
        residual = Self.left(factors, told, scalars, scenario, changed)
        assumptions = [
            Assumption(
                subject: "demand.effects",
                text: "prices and promotions act as measured on the past of the data, shrunk toward their category: "
                    + Self.summary(made.effects))
        ]
    }

    /// A data set whose promotions say what they did in the past, where they do not state it; and the effects to take out
    /// of past demand. Nil where all is stated or there is nothing to learn from; without effects where these did harm in
    /// the past.
    static func measured(_ dataset: Dataset, horizon: Int, threads: Int) async -> (Dataset, TradeEffects?, Assumption)?
    {
        func isSilent(_ promotion: Promotion) -> Bool { promotion.elasticity == 0 && promotion.uplift == 1 }
        var silent = dataset
        silent.promotions = dataset.promotions.filter(isSilent)
        guard !silent.promotions.isEmpty else { return nil }
        let (proven, ratio) = await TradeEffects.proven(silent, horizon: horizon, threads: threads)
        guard let made = proven else {
            return ratio.map { ratio in
                (
                    dataset, nil,
                    Assumption(
                        subject: "promotions.csv",
                        text:
                            "promotions that state no effect have none: with the effects measured the squared error of "
                            + "past forecasts was \(((1000 * (ratio - 1)).rounded() / 10)) % higher")
                )
            }
        }
        var told = dataset
        told.promotions = dataset.promotions.map { isSilent($0) ? Self.told($0, made, silent).0 : $0 }
        return (
            told, made,
            Assumption(
                subject: "promotions.csv",
                text: "promotions that state no effect act as measured on the past: \(summary(made.effects))")
        )
    }

    /// Whether a promotion says itself what it does.
    private static func isStated(_ promotion: Promotion, _ scenario: Scenario) -> Bool {
        if let number = scenario.promotions.firstIndex(where: { $0.code == promotion.code }) {
            return ["elasticity", "uplift"].contains { scenario.places["promotions[\(number)].\($0)"] != nil }
        }
        return promotion.elasticity != 0 || promotion.uplift != 1
    }

    /// Factor of each article by channel and day of the clock, row-major channels x days x SKUs.
    private static func factors(_ made: TradeEffects, _ planned: Dataset, _ scenario: Scenario) -> [Double] {
        let (channels, days, skus) = (planned.channels.count, scenario.clock.days, planned.skus.count)
        let offset = scenario.clock.start - planned.demand.axis.origin
        var factors = [Double](repeating: 1, count: channels * days * skus)
        for (series, key) in planned.demand.keys.enumerated() {
            guard let sku = key.sku else { continue }
            let effects = made.daily.series(series).logarithm
            for channel in 0..<channels where key.channel.map({ $0.position == channel }) ?? true {
                for day in 0..<days where effects.indices.contains(offset + day) {
                    factors[(channel * days + day) * skus + sku.position] = exp(effects[offset + day])
                }
            }
        }
        return factors
    }

    /// A promotion that tells the simulator its mean effect, and that factor.
    private static func told(
        _ promotion: Promotion, _ made: TradeEffects, _ planned: Dataset
    ) -> (Promotion, Double) {
        var (sum, weight, all) = (0.0, 0.0, 0.0)
        let depth =
            promotion.kind == .spendAndSave || promotion.kind == .coupon
            ? min(0.95, Double(promotion.saving.minor) / Double(max(1, promotion.threshold.minor)))
            : promotion.depth.fraction
        for (series, key) in planned.demand.keys.enumerated() {
            guard let sku = key.sku else { continue }
            if let channel = promotion.channel, let own = key.channel, own != channel { continue }
            let sales = made.effects.weight(series)
            all += sales
            guard promotion.scope.covers(sku, planned.skus) else { continue }
            sum += sales * made.effects.uplift(promotion.kind, depth: depth, series: series).mean
            weight += sales
        }
        let factor = weight > 0 ? exp(sum / weight) : 1
        var told = promotion
        told.elasticity = 0
        switch promotion.kind {
        case .priceCut: told.uplift = factor
        case .flashSale:
            told.uplift = 1
            let cut = log(1 - min(0.95, depth))
            told.elasticity = cut < 0 ? log(factor) / cut : 0
        case .spendAndSave, .coupon, .gift, .presale:
            // It brings visits, which ask for all articles alike: by as much as its own articles are of all.
            told.uplift = 1 + (factor - 1) * (all > 0 ? weight / all : 1)
        }
        let isVisit = [PromotionKind.spendAndSave, .coupon, .gift, .presale].contains(promotion.kind)
        return (told, isVisit ? told.uplift : factor)
    }

    /// What is left of the measured factors beside what the promotions tell.
    private static func left(
        _ factors: [Double], _ told: [Promotion], _ scalars: [Double], _ scenario: Scenario, _ dataset: Dataset
    ) -> [Double] {
        let (channels, days, skus) = (dataset.channels.count, scenario.clock.days, dataset.skus.count)
        var residual = factors
        for (promotion, scalar) in zip(told, scalars) where scalar != 1 {
            let isVisit = [PromotionKind.spendAndSave, .coupon, .gift, .presale].contains(promotion.kind)
            for day in 0..<days {
                let midnight = CivilTime(scenario.clock.start + day).seconds
                let overlap =
                    min(promotion.ends.seconds, midnight + 86_400) - max(promotion.begins.seconds, midnight)
                guard overlap > 0 else { continue }
                let told = 1 + (scalar - 1) * Double(overlap) / 86_400
                for channel in 0..<channels where promotion.channel.map({ $0.position == channel }) ?? true {
                    for sku in 0..<skus where isVisit || Uplift.covers(promotion.scope, sku, dataset.skus) {
                        residual[(channel * days + day) * skus + sku] /= told
                    }
                }
            }
        }
        return residual
    }

    /// Factors of changed prices by the stated elasticity; empty where no price changes.
    private static func statedPrices(
        _ scenario: Scenario, _ before: Dataset, _ after: Dataset, _ changes: [PriceChange]
    ) -> [Double] {
        guard !changes.isEmpty else { return [] }
        let (channels, days, skus) = (before.channels.count, scenario.clock.days, before.skus.count)
        let (old, new) = (PriceBook(before), PriceBook(after))
        var residual = [Double](repeating: 1, count: channels * days * skus)
        for sku in 0..<skus where changes.contains(where: { $0.scope.covers(SKU.Index(sku), before.skus) }) {
            for channel in 0..<channels {
                for day in 0..<days {
                    let date = scenario.clock.start + day
                    let was = old.price(SKU.Index(sku), Channel.Index(channel), date).units
                    let now = new.price(SKU.Index(sku), Channel.Index(channel), date).units
                    guard was > 0, now > 0, was != now else { continue }
                    residual[(channel * days + day) * skus + sku] = pow(
                        Double(now) / Double(was), scenario.demand.elasticity)
                }
            }
        }
        return residual
    }

    private static func summary(_ effects: DemandEffects) -> String {
        effects.columns.compactMap { column in
            effects.estimate(column).map { estimate in
                let interval = estimate.interval()
                func plain(_ value: Double) -> String { String((value * 100).rounded() / 100) }
                return "\(column.name) \(plain(estimate.mean)) (\(plain(interval.lowerBound)) to "
                    + "\(plain(interval.upperBound)))"
            }
        }.joined(separator: ", ")
    }
}
