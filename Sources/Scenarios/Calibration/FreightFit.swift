import Foundation
import Retail
import Simulation

/// A rate card for a lane: first weight, further steps, and how bills spread about it, for light and for heavy parcels.
///
/// The first price is the median bill of parcels within the first weight; the price of a step follows from the heavier
/// ones by least squares. What light parcels are billed differs for other reasons (how far, how large) than what heavy
/// ones are: each has its own law of the ratio of bill to card. Of three first weights the one is taken whose card and
/// laws give the quantiles of the bills they were fitted to best.
struct FreightFit {
    let card: MeasuredLaws.Lane.Card
    let spread: LagLaw
    let heavySpread: LagLaw?

    private static let firstWeights = [500.0, 1_000, 2_000]
    private static let step = 1_000.0
    private static let least = 20

    init?(_ parcels: [OrderRecords.Parcel]) {
        let known = parcels.filter { $0.grams != nil && $0.freight > 0 }
        guard known.count >= Self.least else { return nil }
        var best: (miss: Double, fit: FreightFit)?
        for first in Self.firstWeights {
            guard let fit = FreightFit(known, first: first) else { continue }
            let miss = fit.miss(known)
            if miss < best?.miss ?? .infinity { best = (miss, fit) }
        }
        guard let best else { return nil }
        self = best.fit
    }

    private init?(_ known: [OrderRecords.Parcel], first: Double) {
        let light = known.filter { ($0.grams ?? 0) <= first }
        let heavy = known.filter { ($0.grams ?? 0) > first }
        guard light.count >= Self.least else { return nil }
        let price = max(0.01, WeightedSample(light.map { ($0.freight, $0.weight) }).quantile(0.5))
        var (products, squares) = (0.0, 0.0)
        for parcel in heavy {
            let steps = (((parcel.grams ?? 0) - first) / Self.step).rounded(.up)
            products += parcel.weight * steps * (parcel.freight - price)
            squares += parcel.weight * steps * steps
        }
        let slope = squares > 0 ? max(0, products / squares) : 0
        let card = MeasuredLaws.Lane.Card(
            firstWeight: Int32(first), firstPrice: UnitPrice(units: Int64((price * 10_000).rounded())),
            stepWeight: Int32(Self.step), stepPrice: UnitPrice(units: Int64((slope * 10_000).rounded())))
        func law(_ parcels: [OrderRecords.Parcel]) -> LagLaw {
            WeightedSample(parcels.map { ($0.freight / Self.price(card, $0.grams ?? 0), $0.weight) }).law(atLeast: 1e-4)
        }
        self.card = card
        // Too few heavy parcels for a law of their own spread like all.
        spread = law(heavy.count >= Self.least ? light : known)
        heavySpread = heavy.count >= Self.least ? law(heavy) : nil
    }

    /// What the card says, major units.
    static func price(_ card: MeasuredLaws.Lane.Card, _ grams: Double) -> Double {
        let option = DeliveryOption(
            carrier: Carrier.Index(0), tier: .standard, firstWeight: card.firstWeight, firstPrice: card.firstPrice,
            stepWeight: card.stepWeight, stepPrice: card.stepPrice, transit: 1, transitDeviation: 0)
        return Double(option.price(grams: Int64(min(grams, 1e12)))) / 10_000
    }

    /// A bill at part `p` of those of a weight.
    func bill(_ grams: Double, _ p: Double) -> Double {
        let law = grams > Double(card.firstWeight) ? heavySpread ?? spread : spread
        return Self.price(card, grams) * law.quantile(p)
    }

    /// How far the bills of parcels are from those the fit gives, quantile by quantile, in logarithms.
    private func miss(_ parcels: [OrderRecords.Parcel]) -> Double {
        let observed = WeightedSample(parcels.map { ($0.freight, $0.weight) })
        let given = WeightedSample(
            parcels.flatMap { parcel in
                (0..<20).map { (bill(parcel.grams ?? 0, (Double($0) + 0.5) / 20), parcel.weight) }
            })
        return [0.5, 0.75, 0.9, 0.95, 0.98].reduce(0) { $0 + abs(log(given.quantile($1) / observed.quantile($1))) }
    }
}

extension FreightFit {
    /// The fit of a lane as it was measured.
    init?(_ lane: Calibration.Lane) {
        guard let card = lane.card, let spread = lane.spread else { return nil }
        (self.card, self.spread, heavySpread) = (card, spread, lane.heavySpread)
    }
}
