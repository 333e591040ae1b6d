import NumericCore
import Replenishment
import Retail
import Simulation

/// Puts the world together: everything resolved, nothing left to look up.
struct WorldStep {
    let world: World
    let assumptions: [Assumption]

    init(
        _ scenario: Scenario, _ dataset: Dataset, _ resolution: ScenarioResolution, step: DemandStep,
        network: Network, stock: StockStep
    ) {
        let segments = Self.segments(scenario, dataset)
        let returnLag = AfterSalesPlan()
        let costs = scenario.costs
        var handling = HandlingPlan()
        handling.automaticShare = scenario.handling.automaticShare
        handling.clerks = scenario.handling.clerks
        handling.reviewTime = scenario.handling.reviewTime
        handling.addressFaults = scenario.handling.addressFaults
        handling.answerTime = scenario.handling.answerTime
        handling.remarks = scenario.handling.remarks
        handling.priceAnomaly = scenario.handling.priceAnomaly
        handling.releaseBacklog = scenario.handling.releaseBacklog
        handling.fraud = FraudPlan(
            share: scenario.handling.fraud, detection: scenario.handling.fraudDetection,
            falseAlarms: scenario.handling.fraudFalseAlarms)
        handling.mergeWindow = scenario.handling.mergeWindow
        var network = network
        if let lag = scenario.stock.nodeLag {
            for node in network.nodes.indices { network.nodes[node].synchronisationLag = Int32(lag.seconds.rounded()) }
        }
        let book = LotStep(stock.situation.lots, rows: stock.rows, start: scenario.clock.start)
        let work = scenario.fulfilment
        var afterSales = returnLag
        afterSales.cancellationRate = scenario.afterSales.cancellationRate
        afterSales.returnLaw = scenario.measured.returnTime
        afterSales.inspection = scenario.afterSales.inspectionTime
        afterSales.secondShare = scenario.afterSales.secondChoice
        if scenario.afterSales.outletPrice > .zero {
            afterSales.outlet = OutletPlan(
                price: scenario.afterSales.outletPrice, interval: scenario.afterSales.outletEvery)
        }
        afterSales.restockShare = Rate(
            partsPerMillion: Rate.one.partsPerMillion - scenario.afterSales.writeDown.partsPerMillion)
        let (faults, closed) = Self.faults(resolution.faults, dataset, network)
        let lanes = LaneTimes(dataset)
        var delivery = DeliveryTable(network: network, rates: dataset.rates)
        lanes.apply(to: &delivery, network: network)
        delivery = scenario.measured.delivery(delivery, network, dataset)
        var world = World(
            name: scenario.name, currency: dataset.currency,
            clock: SimulationClock(start: scenario.clock.start, days: scenario.clock.days),
            skus: SKUColumns(Self.priced(dataset, on: scenario.clock.start)), segments: segments,
            channels: Self.channels(scenario, dataset, resolution, step: step, rows: stock.rows), network: network,
            carriers: dataset.carriers.map { carrier in
                var carrier = carrier
                let capacity = Double(carrier.dailyCapacity) * scenario.fulfilment.carrierCapacity
                carrier.dailyCapacity = Int64(min(capacity.rounded(), 9e15))
                return carrier
            },
            delivery: delivery,
            stock: book.rows, demand: step.plan,
            promotions: resolution.promotions.compactMap { Self.promotion($0, scenario, dataset) },
            prices: Self.prices(scenario, dataset),
            customers: CustomerPlan(
                count: scenario.demand.customers, chase: scenario.demand.chase, chaseGap: scenario.demand.chaseGap,
                chaseReturn: scenario.demand.chaseReturn),
            owners: book.owners, stockTakes: Self.stockTakes(scenario.stock), rebalancing: scenario.stock.rebalancing,
            pickup: PickupPlan(
                radius: scenario.pickup.radius, delay: scenario.pickup.delay, keep: scenario.pickup.keep,
                forgotten: scenario.pickup.forgotten),
            payment: PaymentPlan(
                lag: scenario.measured.paymentLag ?? .tmall2020, withdrawn: scenario.payment.withdrawn),
            handling: handling,
            routing: RoutingPlan(
                maximumParcels: scenario.routing.maximumParcels,
                costPerKilometre: scenario.routing.costPerKilometre.price,
                costPerBacklogHour: scenario.routing.costPerBacklogHour.price),
            fulfilment: FulfilmentPlan(
                waveInterval: work.waveInterval, batchSize: work.batchSize, zones: work.zones,
                zoneWalk: work.zoneWalk, packTime: work.packTime),
            shipping: ShippingPlan(
                shipWithin: work.shipWithin,
                lateShippingCompensation: costs.lateShippingCompensation.amount(in: dataset.currency),
                failedAttempts: work.failedAttempts, retryDelay: work.retryDelay,
                maximumAttempts: work.maximumAttempts),
            afterSales: afterSales,
            costs: CostPlan(
                vat: costs.vat, packagingPerParcel: costs.packaging.price,
                lateCompensation: costs.lateCompensation.amount(in: dataset.currency),
                oversoldCompensation: costs.oversoldCompensation.amount(in: dataset.currency)),
            faults: faults, expectation: step.expectation)
        FlowStep(scenario: scenario, dataset: dataset).apply(to: &world)
        if world.replenishment.rollingWeight > 0 {
            world.replenishment.rolling = stock.rolling(scenario, rows: world.stock)
        }
        self.world = world
        assumptions = Self.notes(scenario, dataset) + closed + Self.laneNotes(lanes)
    }

    /// SKUs with the price of the first day: a row of `prices.csv` for every channel goes before the list price.
    private static func priced(_ dataset: Dataset, on day: Day) -> [SKU] {
        var skus = dataset.skus
        for row in dataset.prices
        where row.channel == nil && row.segment == nil && row.minimumQuantity <= 1 && row.from <= day
            && day <= row.through
        {
            skus[row.sku.position].listPrice = row.price
        }
        return skus
    }

    /// Prices of the run beside the list price: of channels, of members, from a quantity on, and those of every channel
    /// that begin or end within it. A price of every channel for all the days is the list price already.
    private static func prices(_ scenario: Scenario, _ dataset: Dataset) -> [PricePlan] {
        let (first, end) = (scenario.clock.start, scenario.clock.end)
        return dataset.prices.compactMap { row in
            guard row.from < end, row.through >= first else { return nil }
            let isPlain = row.channel == nil && row.segment == nil && row.minimumQuantity <= 1
            if isPlain && row.from <= first && row.through >= end - 1 { return nil }
            return PricePlan(
                sku: row.sku, price: row.price, channel: row.channel, segment: row.segment,
                minimumQuantity: row.minimumQuantity, begins: CivilTime(row.from).instant(from: first),
                ends: CivilTime(min(row.through, end) + 1).instant(from: first))
        }
    }

    private static func stockTakes(_ stock: Scenario.Stock) -> StockTakePlan {
        let count = stock.countsPerDay
        return StockTakePlan(
            errorRate: stock.countErrors, errorSize: stock.countErrorSize,
            counts: (0..<count).map { Int32((2 * $0 + 1) * 86_400 / (2 * count)) }, countedShare: stock.countedShare,
            lossShare: stock.countLosses)
    }

    private static func segments(_ scenario: Scenario, _ dataset: Dataset) -> [Segment] {
        let segments =
            dataset.segments.isEmpty
            ? [Segment(code: "all", name: "All", share: .one, returnRate: .zero)] : dataset.segments
        return segments.map { segment in
            var segment = segment
            if let rate = scenario.measured.returnRate { segment.returnRate = rate }
            let returns = Double(segment.returnRate.partsPerMillion) * scenario.afterSales.returnMultiplier
            segment.returnRate = Rate(partsPerMillion: Int64(min(1e6, returns.rounded())))
            return segment
        }
    }

    private static func channels(
        _ scenario: Scenario, _ dataset: Dataset, _ resolution: ScenarioResolution, step: DemandStep, rows: StockRows
    ) -> [ChannelPlan] {
        let quotas =
            scenario.stock.sharing == .quota ? Quotas.share(rows, resolution.shares, scenario, dataset, step) : []
        return dataset.channels.indices.map { channel in
            var terms = dataset.channels[channel]
            if let share = scenario.measured.paidShare { terms.paidShare = share }
            if let lag = scenario.stock.channelLag { terms.synchronisationLag = Int32(lag.seconds.rounded()) }
            let buffer = Quantity(clamping: scenario.stock.buffer)
            let sharing: StockSharing =
                switch scenario.stock.sharing {
                case .shared: .ratio(.one, buffer: buffer)
                case .ratio: .ratio(resolution.shares[channel] ?? .one, buffer: buffer)
                case .quota: .quota(quotas[channel])
                case .priority:
                    .priority(
                        rank: resolution.ranks[channel], protection: resolution.shares[channel] ?? .zero, buffer: buffer
                    )
                }
            return ChannelPlan(
                channel: terms, sharing: sharing,
                deduction: Self.deduction(resolution.deductions[channel]), timeOut: resolution.timeOuts[channel],
                askedTiers: scenario.demand.tiers, pickup: resolution.pickups[channel])
        }
    }

    private static func promotion(_ promotion: Promotion, _ scenario: Scenario, _ dataset: Dataset) -> PromotionPlan? {
        let effect: PromotionPlan.Effect
        switch promotion.kind {
        case .priceCut: effect = .priceCut(depth: promotion.depth)
        case .flashSale: effect = .flashSale(depth: promotion.depth)
        case .spendAndSave, .coupon:
            effect = .spendAndSave(threshold: promotion.threshold, saving: promotion.saving)
        case .gift:
            guard let gift = promotion.gift else { return nil }
            effect = .gift(threshold: promotion.threshold, sku: gift, quantity: promotion.giftQuantity)
        case .presale:
            guard let terms = promotion.presale else { return nil }
            effect = .presale(
                PresaleTerms(
                    depth: promotion.depth, deposit: terms.deposit,
                    balanceBegins: terms.balanceBegins.instant(from: scenario.clock.start),
                    balanceEnds: terms.balanceEnds.instant(from: scenario.clock.start),
                    balancePaid: terms.balancePaid, atOnce: terms.paidAtOnce, withinTheHour: terms.paidWithinHour,
                    promisesReceipts: terms.sellsReceipts))
        }
        let stated = scenario.promotions.first { $0.code == promotion.code }?.deduct
        // A presale takes its stock with the deposit unless it says otherwise; what is still to come with the balance.
        let usual = promotion.presale.map { $0.sellsReceipts ? StockDeduction.atPayment : .atDeposit }
        let deduction = stated.map(Self.deduction) ?? usual
        var scope = BitMask(count: 0)
        for sku in dataset.skus.indices { scope.append(Uplift.covers(promotion.scope, sku, dataset.skus)) }
        return PromotionPlan(
            code: promotion.code, effect: effect, begins: promotion.begins.instant(from: scenario.clock.start),
            ends: promotion.ends.instant(from: scenario.clock.start), channel: promotion.channel, scope: scope,
            cap: promotion.cap, merchantShare: promotion.merchantShare, uplift: Uplift.quantity(promotion),
            stacking: promotion.stacking,
            times: promotion.times, heldBy: promotion.heldBy, perCustomer: promotion.perCustomer,
            perShop: promotion.isPerShop, deduction: deduction, timeOut: promotion.timeOut, reserve: promotion.reserve)
    }

    private static func deduction(_ deduction: Scenario.Deduction) -> StockDeduction {
        switch deduction {
        case .order: .atOrder
        case .payment: .atPayment
        case .deposit: .atDeposit
        }
    }

    /// The faults at their nodes' places among those that are open, and a note of each whose candidate was not opened.
    private static func faults(
        _ faults: [FaultPlan], _ dataset: Dataset, _ network: Network
    ) -> ([FaultPlan], [Assumption]) {
        var (kept, closed): ([FaultPlan], [Assumption]) = ([], [])
        for var fault in faults {
            let node: Node.Index
            switch fault.kind {
            case .nodeOutage(let place), .lateStock(.some(let place), _): node = place
            default:
                kept.append(fault)
                continue
            }
            let code = (dataset.nodes + dataset.candidates)[node.position].code
            guard let place = network.nodes.firstIndex(where: { $0.code == code }) else {
                closed.append(
                    Assumption(
                        subject: "fault \(fault.code)",
                        text: "has no effect: \(code) is a candidate site that this scenario does not open"))
                continue
            }
            if case .lateStock(_, let delay) = fault.kind {
                fault.kind = .lateStock(Node.Index(place), delay)
            } else {
                fault.kind = .nodeOutage(Node.Index(place))
            }
            kept.append(fault)
        }
        return (kept, closed)
    }

    private static func laneNotes(_ lanes: LaneTimes) -> [Assumption] {
        if lanes.count == 0 { return [] }
        return [
            Assumption(
                subject: "shipments.csv",
                text: "transit times of \(lanes.count) lanes are those of the data's parcels, not of the rate cards")
        ]
    }

    private static func notes(_ scenario: Scenario, _ dataset: Dataset) -> [Assumption] {
        var notes = [
            Assumption(
                subject: "payment",
                text: "time from order to payment as measured on Tmall in February 2020 "
                    + "(median 8 s, 95 % within 191 s); the part paid is the channel's"),
            Assumption(
                subject: "after_sales",
                text: "returns by segment times \(scenario.afterSales.returnMultiplier), back after 7 days on average; "
                    + "\(decimalText(scenario.afterSales.writeDown.partsPerMillion, scale: 4)) % written down"),
        ]
        if dataset.segments.isEmpty {
            notes.append(Assumption(subject: "segments.csv", text: "no segments: one for all buyers, without returns"))
        }
        for promotion in dataset.promotions
        where (promotion.kind == .gift && promotion.gift == nil)
            || (promotion.kind == .presale && promotion.presale == nil)
        {
            notes.append(
                Assumption(
                    subject: "promotion \(promotion.code)",
                    text: "\(promotion.kind.rawValue) promotions of the data set bring visits only"))
        }
        return notes
    }
}
