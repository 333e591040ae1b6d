import NumericCore
import Retail

/// What the source does not hold: channels' terms, suppliers, carriers, stock. All of it plausible, none of it
/// measured, and named in the assumptions.
struct AssumedTrade {
    let options: UCIOnlineRetail.Options
    let history: RetailHistory

    /// Days of recent demand on hand when the simulated days begin, before the spread by SKU.
    static let coverDays = 21.0
    static let recentDays = 42

    init(_ options: UCIOnlineRetail.Options, _ history: RetailHistory) {
        self.options = options
        self.history = history
    }

    func complete(_ dataset: inout Dataset) {
        dataset.regions = BritishPlaces().regions
        dataset.nodes = BritishPlaces.nodes
        dataset.candidates = BritishPlaces.candidates
        dataset.channels = Self.channels
        dataset.segments = segments()
        dataset.suppliers = Self.suppliers
        dataset.supply = dataset.skus.indices.map { supply(dataset.skus[$0], SKU.Index($0)) }
        dataset.carriers = Self.carriers
        dataset.rates = Self.rates
        let daily = recentDemand(dataset)
        dataset.stock = stock(dataset, daily)
        dataset.openOrders = openOrders(dataset, daily)
        dataset.assumptions = FolderText.assumptions(options)
    }

    private static let channels: [Channel] = [
        Channel(
            code: "trade", name: "Trade", kind: .wholesale, paymentFee: Rate(partsPerMillion: 8_000),
            settlementDays: 30, synchronisationLag: 60, paidShare: Rate(partsPerMillion: 980_000)),
        Channel(
            code: "web", name: "Own web shop", kind: .own, paymentFee: Rate(partsPerMillion: 24_000),
            settlementDays: 3, synchronisationLag: 5, paidShare: Rate(partsPerMillion: 930_000)),
        Channel(
            code: "marketplace", name: "Marketplace", kind: .marketplace, commission: Rate(partsPerMillion: 120_000),
            paymentFee: Rate(partsPerMillion: 10_000), settlementDays: 14, synchronisationLag: 45,
            paidShare: Rate(partsPerMillion: 950_000)),
    ]

    private func segments() -> [Segment] {
        let names = ["New customers", "Active customers", "Members", "Dormant customers"]
        var shares = history.segmentShares.map { Int64(($0 * 1e6).rounded()) }
        // Rounded shares add up to 1 exactly; the largest takes the difference.
        if let largest = shares.indices.max(by: { shares[$0] < shares[$1] }) {
            shares[largest] += 1_000_000 - shares.reduce(0, +)
        }
        return names.indices.map { segment in
            Segment(
                code: RetailHistory.segments[segment], name: names[segment],
                share: Rate(partsPerMillion: shares[segment]),
                returnRate: Rate(partsPerMillion: Int64((history.segmentReturns[segment] * 1e6).rounded())))
        }
    }

    private static let suppliers: [Supplier] = [
        Supplier(
            code: "pearl_river", name: "Pearl River Giftware", tier: .manufacturer, leadTime: 42,
            leadTimeDeviation: 9, reviewPeriod: 14, minimumOrderValue: Amount(minor: 5_000_00), paymentDays: 60),
        Supplier(
            code: "jaipur", name: "Jaipur Craft Exports", tier: .agent, leadTime: 30, leadTimeDeviation: 7,
            reviewPeriod: 14, minimumOrderValue: Amount(minor: 3_000_00), paymentDays: 45),
        Supplier(
            code: "lowlands", name: "Lowlands Seasonal", tier: .wholesaler, leadTime: 9, leadTimeDeviation: 2.5,
            reviewPeriod: 7, minimumOrderValue: Amount(minor: 1_500_00), paymentDays: 30),
        Supplier(
            code: "midland", name: "Midland Gift Wholesale", tier: .wholesaler, leadTime: 3, leadTimeDeviation: 1,
            reviewPeriod: 1, minimumOrderValue: Amount(minor: 400_00), paymentDays: 30, acceptsReturns: true),
    ]

    /// A quarter of the SKUs, by a hash of the code, come from the wholesaler nearby; the others by category.
    private static func supplier(_ sku: SKU) -> Int {
        if entityHash("supplier/" + sku.code) % 4 == 0 { return 3 }
        switch sku.categories.first ?? "" {
        case "Season", "Party", "Paper": return 2
        case "Bags", "Accessories", "Garden": return 1
        default: return 0
        }
    }

    /// Lines of whole cases, at least two; 4 % off from 10 cases and 8 % off from 40.
    private func supply(_ sku: SKU, _ index: SKU.Index) -> SupplyTerms {
        let pack = sku.casePack
        return SupplyTerms(
            sku: index, supplier: Supplier.Index(Self.supplier(sku)), minimumQuantity: 2 * pack, orderMultiple: pack,
            breaks: [
                PriceBreak(from: 1, unitCost: sku.unitCost),
                PriceBreak(from: 10 * pack, unitCost: sku.unitCost.scaled(by: Rate(partsPerMillion: 960_000))),
                PriceBreak(from: 40 * pack, unitCost: sku.unitCost.scaled(by: Rate(partsPerMillion: 920_000))),
            ])
    }

    private static let carriers: [Carrier] = [
        Carrier(code: "parcelnet", name: "Parcelnet national", dailyCapacity: 45_000, cutOff: 21 * 3_600),
        Carrier(code: "econopost", name: "Econopost", dailyCapacity: 60_000, cutOff: 19 * 3_600),
        Carrier(code: "city_rider", name: "City Rider", dailyCapacity: 12_000, cutOff: 22 * 3_600),
    ]

    private static let rates: [RateCard] = [
        card(0, "mainland", .nextDay, first: 4_60, step: 45, hours: 18, deviation: 3),
        card(0, "mainland", .standard, first: 3_20, step: 35, hours: 42, deviation: 8),
        card(0, "remote", .nextDay, first: 9_80, step: 90, hours: 30, deviation: 6),
        card(0, "remote", .standard, first: 5_60, step: 70, hours: 66, deviation: 12),
        card(1, "mainland", .standard, first: 2_60, step: 30, hours: 60, deviation: 14),
        card(1, "remote", .standard, first: 4_40, step: 60, hours: 96, deviation: 20),
        card(1, "export", .standard, first: 8_50, step: 1_90, hours: 120, deviation: 30),
        card(2, "mainland", .oneHour, first: 5_90, step: 60, hours: 0.6, deviation: 0.15, within: 25),
        card(2, "mainland", .sameDay, first: 4_90, step: 50, hours: 4, deviation: 1, within: 60),
    ]

    /// Prices in pence; the first kilogram, then each further one begun.
    private static func card(
        _ carrier: Int, _ zone: String, _ tier: ServiceTier, first: Int64, step: Int64, hours: Double,
        deviation: Double, within kilometres: Double = 0
    ) -> RateCard {
        RateCard(
            carrier: Carrier.Index(carrier), zone: zone, tier: tier, firstWeight: 1_000,
            firstPrice: UnitPrice(units: first * 100), stepWeight: 1_000, stepPrice: UnitPrice(units: step * 100),
            transit: hours, transitDeviation: deviation, maximumDistance: kilometres)
    }

    /// Mean units a day over the open days of the six weeks before the opening day.
    private func recentDemand(_ dataset: Dataset) -> [Double] {
        let panel = dataset.demand
        let end = panel.axis.index(of: options.openingDay)
        var sums = [Double](repeating: 0, count: dataset.skus.count)
        var openDays = 0
        for step in 0..<panel.axis.count
        where step < end && step >= end - Self.recentDays && dataset.calendar.isOpen(panel.axis.day(step)) {
            openDays += 1
        }
        for series in panel.keys.indices {
            guard let sku = panel.keys[series].sku else { continue }
            let (first, start) = (panel.offsets[series], Int(panel.starts[series]))
            for cell in first..<panel.offsets[series + 1] where !panel.missing[cell] {
                let step = start + cell - first
                if step < end, step >= end - Self.recentDays { sums[sku.position] += Double(panel.values[cell]) }
            }
        }
        return sums.map { $0 / Double(max(1, openDays)) }
    }

    /// 21 days of recent demand, spread between 40 % and 160 % of that by a hash of the code, so that some SKUs run
    /// short; 60 % of it central, 20 % in each regional warehouse; at least one case.
    private func stock(_ dataset: Dataset, _ daily: [Double]) -> [StockRecord] {
        let split: [Int64] = [60, 20, 20]
        return dataset.skus.indices.flatMap { sku in
            let spread = 0.4 + 1.2 * Double(entityHash("stock/" + dataset.skus[sku].code) >> 11) / 9_007_199_254_740_992
            let total = max(Int64((daily[sku] * Self.coverDays * spread).rounded()), Int64(dataset.skus[sku].casePack))
            let parts = (try? allocateByLargestRemainder(total, over: split)) ?? [total, 0, 0]
            return parts.enumerated().map { node, units in
                StockRecord(
                    sku: SKU.Index(sku), node: Node.Index(node), onHand: Quantity(clamping: units))
            }
        }
    }

    /// One SKU in twelve, by a hash of the code, has two weeks of recent demand in whole cases on the way to the
    /// central warehouse, due within the week after the opening day.
    private func openOrders(_ dataset: Dataset, _ daily: [Double]) -> [OpenOrder] {
        var orders: [OpenOrder] = []
        for (sku, terms) in dataset.supply.enumerated() {
            let hash = entityHash("open/" + dataset.skus[sku].code)
            guard hash % 12 == 0, daily[sku] > 0 else { continue }
            let pack = Double(terms.orderMultiple)
            let cases = max(2, (daily[sku] * 14 / pack).rounded(.up))
            let supplier = dataset.suppliers[terms.supplier.position].code
            orders.append(
                OpenOrder(
                    code: "PO-\(supplier)-\(1_000 + orders.count)", sku: SKU.Index(sku), supplier: terms.supplier,
                    node: Node.Index(0), quantity: Quantity(clamping: Int64(cases * pack)),
                    due: options.openingDay + Int(hash / 12 % 7)))
        }
        return orders
    }
}
