public import Retail

/// Which supplier a SKU is bought from: the lowest cost of a unit when everything that comes with it is counted.
///
/// Counted are: the first price without tax; payment days, which are credit; the safety stock that lead time and its
/// spread ask for, carried for a year and spread over the year's units; and faulty goods, which are paid for and not
/// sold. Offers within half a percent of each other go by the place in the trade (the maker first), then the shorter
/// lead time, then the earlier supplier.
public struct SupplierChoice: Sendable {
    /// One supplier's offer for a SKU.
    public struct Offer: Sendable, Equatable {
        public var terms: SupplyTerms
        /// Cost of a unit with all that comes with it, major units.
        public var cost: Double
        public var leadTime: Double
        public var leadTimeDeviation: Double
        public var leadTimeSource: LeadTimeSource
        /// Lead times of past orders, ascending; empty where they are not measured.
        public var leadTimes: [Int] = []
    }

    /// What money and stock cost, for the comparison.
    public struct Rates: Sendable, Equatable {
        /// Part of a unit's cost that holding it for a year costs, interest included.
        public var holding: Double
        /// Interest a year.
        public var interest: Double
        /// Standard deviations of lead-time demand that are held in safety.
        public var safetyFactor: Double

        public init(holding: Double = 0.25, interest: Double = 0.06, safetyFactor: Double = 1.645) {
            self.holding = holding
            self.interest = interest
            self.safetyFactor = safetyFactor
        }
    }

    /// By SKU, best first.
    private var offers: [[Offer]]
    private var hasEnded: [Bool]

    /// - Parameters:
    ///   - today: offers whose contract does not hold on this day are left out; nil: contracts are not looked at.
    ///   - scorecards: by supplier, as `Scorecard.measure` makes them; empty: stated terms only.
    ///   - demand: how much is sold; nil: offers are compared without the stock they ask for.
    public init(
        skus: [SKU], suppliers: [Supplier], supply: [SupplyTerms], today: Day? = nil, scorecards: [Scorecard] = [],
        demand: NodeDemand? = nil, rates: Rates = Rates()
    ) {
        let flow = Flow(skus: skus.count, demand)
        offers = [[Offer]](repeating: [], count: skus.count)
        hasEnded = [Bool](repeating: false, count: skus.count)
        for terms in supply where terms.sku.position < skus.count && terms.supplier.position < suppliers.count {
            let at = terms.sku.position
            if let today, !terms.holds(on: today) {
                hasEnded[at] = true
                continue
            }
            let supplier = suppliers[terms.supplier.position]
            let card = terms.supplier.position < scorecards.count ? scorecards[terms.supplier.position] : nil
            offers[at].append(
                Self.offer(terms, supplier, card, fallback: skus[at].unitCost, flow: flow[at], rates: rates))
        }
        for at in offers.indices where offers[at].count > 1 {
            let best = offers[at].map(\.cost).min() ?? 0
            func rank(_ offer: Offer) -> (Double, Int, Double, Int32) {
                let isClose = offer.cost <= best * 1.005
                let supplier = suppliers[offer.terms.supplier.position]
                return (
                    isClose ? best : offer.cost, SupplierTier.allCases.firstIndex(of: supplier.tier) ?? 0,
                    offer.leadTime, offer.terms.supplier.raw
                )
            }
            offers[at].sort { rank($0) < rank($1) }
        }
    }

    /// All offers for a SKU, best first.
    public func offers(of sku: SKU.Index) -> [Offer] { sku.position < offers.count ? offers[sku.position] : [] }

    /// The terms to buy a SKU on; nil when nobody supplies it.
    public func terms(of sku: SKU.Index) -> SupplyTerms? { offers(of: sku).first?.terms }

    /// Whether somebody supplied the SKU on terms that do not hold today.
    public func hasEnded(_ sku: SKU.Index) -> Bool { sku.position < hasEnded.count && hasEnded[sku.position] }

    private static func offer(
        _ terms: SupplyTerms, _ supplier: Supplier, _ card: Scorecard?, fallback: UnitPrice,
        flow: (mean: Double, variance: Double), rates: Rates
    ) -> Offer {
        var (leadTime, deviation) = (terms.leadTime ?? supplier.leadTime, supplier.leadTimeDeviation)
        var leadTimes: [Int] = []
        var source = supplier.statesLeadTime || terms.leadTime != nil ? LeadTimeSource.terms : .assumed
        if let card, card.isMeasured, let mean = card.leadTime, let spread = card.leadTimeDeviation {
            (leadTime, deviation, source) = (mean, spread, .measured(orders: card.received))
            leadTimes = card.leadTimes
        }
        let price = supplier.net(terms.breaks.first?.unitCost ?? fallback).major
        var cost = price * (1 - rates.interest * Double(supplier.paymentDays) / 365)
        if flow.mean > 0 {
            let span = leadTime + Double(max(1, supplier.reviewPeriod))
            let spread = (span * flow.variance + flow.mean * flow.mean * deviation * deviation).squareRoot()
            // Consigned goods are the supplier's until they are sold: their stock costs space, not interest.
            let holding = supplier.isConsignment ? max(0, rates.holding - rates.interest) : rates.holding
            cost += price * holding * rates.safetyFactor * spread / (365 * flow.mean)
        }
        if let faulty = card?.faulty, faulty < 1 { cost /= 1 - faulty }
        return Offer(
            terms: terms, cost: cost, leadTime: leadTime, leadTimeDeviation: deviation, leadTimeSource: source,
            leadTimes: leadTimes)
    }

    /// Mean and variance of a day's demand by SKU, over all nodes that are not fed by another.
    private struct Flow {
        private var mean: [Double]
        private var variance: [Double]

        init(skus: Int, _ demand: NodeDemand?) {
            mean = [Double](repeating: 0, count: skus)
            variance = mean
            guard let demand else { return }
            let days = Double(demand.horizon)
            for row in 0..<demand.rowCount where demand.skus[row].position < skus {
                let at = demand.skus[row].position
                for cell in row * demand.horizon..<(row + 1) * demand.horizon {
                    mean[at] += demand.mean[cell] / days
                    variance[at] += demand.deviation[cell] * demand.deviation[cell] / days
                }
            }
        }

        subscript(sku: Int) -> (mean: Double, variance: Double) { (mean[sku], variance[sku]) }
    }
}
