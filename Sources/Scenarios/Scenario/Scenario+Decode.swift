import Replenishment
import Retail

/// Typed access to checked settings: a value as written, else the table's default.
struct SettingsReader {
    let values: [String: SettingValue]

    func isGiven(_ path: String) -> Bool { values[path] != nil }

    private func value(_ path: String) -> SettingValue? {
        if let value = values[path] { return value }
        guard let setting = SettingTable.setting(path), let text = setting.fallback else { return nil }
        return Self.defaultValue(setting.kind, text)
    }

    /// A default of the table; money is in the data set's currency, so its text carries none.
    static func defaultValue(_ kind: SettingKind, _ text: String) -> SettingValue? {
        switch kind {
        case .amount: (try? exactDecimal(text, scale: 4)).map { .money(Money(units: $0, currency: nil)) }
        case .scope: text == "everything" ? .scope(.everything) : nil
        case .choiceOrCodes: .text(text)
        default: try? kind.parse(text)
        }
    }

    func text(_ path: String) -> String? { if case .text(let v)? = value(path) { v } else { nil } }
    func day(_ path: String) -> Day? { if case .day(let v)? = value(path) { v } else { nil } }
    func moment(_ path: String) -> CivilTime? { if case .moment(let v)? = value(path) { v } else { nil } }
    func integer(_ path: String) -> Int64? { if case .integer(let v)? = value(path) { v } else { nil } }
    func number(_ path: String) -> Double? { if case .number(let v)? = value(path) { v } else { nil } }
    func duration(_ path: String) -> Instant? { if case .duration(let v)? = value(path) { v } else { nil } }
    func rate(_ path: String) -> Rate? { if case .rate(let v)? = value(path) { v } else { nil } }
    func money(_ path: String) -> Money? { if case .money(let v)? = value(path) { v } else { nil } }
    func codes(_ path: String) -> [String]? { if case .codes(let v)? = value(path) { v } else { nil } }
    func scope(_ path: String) -> ScopeText? { if case .scope(let v)? = value(path) { v } else { nil } }
    func count(_ path: String) -> Int { if case .list(let count)? = value(path) { count } else { 0 } }

    func choice<T: RawRepresentable<String>>(_ path: String, _ fallback: T) -> T {
        text(path).flatMap(T.init(rawValue:)) ?? fallback
    }

    func channels<T>(_ path: String, _ read: (SettingValue) -> T?) -> [ChannelSetting<T>] {
        guard case .perChannel(let entries)? = value(path) else { return [] }
        return entries.compactMap { entry in
            read(entry.value).map { ChannelSetting(channel: entry.channel, value: $0) }
        }
    }
}

extension Scenario {
    /// A scenario of settings the checker found nothing wrong with; nil when a required one is missing.
    init?(
        _ values: [String: SettingValue], places: [String: SourcePlace], defaultName: String, settings: SettingsNode
    ) {
        let read = SettingsReader(values: values)
        let nothing = Money(units: 0, currency: nil)
        guard let start = read.day("clock.start"), let dataFolder = read.text("data") else { return nil }
        name = read.text("name") ?? defaultName
        about = read.text("description") ?? ""
        self.dataFolder = dataFolder
        seed = UInt64(read.integer("seed") ?? 1)
        replications = Int(read.integer("replications") ?? 1)
        clock = Clock(start: start, days: Int(read.integer("clock.days") ?? 1), zone: read.text("clock.zone") ?? "UTC")
        let elasticity = read.number("demand.elasticity") ?? 0
        demand = Demand(
            volume: read.number("demand.volume") ?? 1, elasticity: elasticity,
            historyThrough: read.day("demand.history_through") ?? start - 1,
            tiers: ServiceTier.allCases.map { read.rate("demand.tiers.\($0.rawValue)") ?? .zero },
            evening: read.number("demand.evening") ?? 0,
            spikes: (0..<read.count("demand.spikes")).compactMap { ScenarioSpike(read, "demand.spikes[\($0)]") },
            live: (0..<read.count("demand.live")).compactMap { ScenarioShow(read, "demand.live[\($0)]") },
            attach: read.rate("demand.attach") ?? .zero, customers: read.integer("demand.customers") ?? 0,
            chase: read.rate("demand.chase") ?? .zero, chaseGap: read.rate("demand.chase_gap") ?? .zero,
            chaseReturn: read.rate("demand.chase_return") ?? .zero,
            isSampled: read.text("demand.uncertainty") == "sampled",
            effects: read.choice("demand.effects", .stated))
        promotions = (0..<read.count("promotions")).compactMap {
            ScenarioPromotion(read, "promotions[\($0)]", elasticity: elasticity)
        }
        let days = clock
        prices = (0..<read.count("prices")).map { ScenarioPrice(read, "prices[\($0)]", clock: days) }
        adjustments = (0..<read.count("adjustments")).compactMap {
            ScenarioAdjustment(read, "adjustments[\($0)]", clock: days)
        }
        network = NetworkPlan(read)
        stock = Stock(read)
        payment = Payment(
            deduct: read.choice("payment.deduct", .order),
            deductByChannel: read.channels("payment.deduct_by_channel") {
                if case .text(let word) = $0 { Deduction(rawValue: word) } else { nil }
            },
            timeOut: read.duration("payment.time_out") ?? .hour,
            timeOutByChannel: read.channels("payment.time_out_by_channel") {
                if case .duration(let time) = $0 { time } else { nil }
            },
            withdrawn: read.rate("payment.withdrawn") ?? .zero)
        pickup = Pickup(
            shares: read.channels("pickup.shares") { if case .rate(let rate) = $0 { rate } else { nil } },
            radius: read.number("pickup.radius") ?? 0, delay: read.duration("pickup.delay") ?? .hour,
            keep: read.duration("pickup.keep") ?? .day, forgotten: read.rate("pickup.forgotten") ?? .zero)
        handling = Handling(
            automaticShare: read.rate("handling.automatic_share") ?? .one,
            clerks: Int(read.integer("handling.clerks") ?? 1),
            reviewTime: read.duration("handling.review_time") ?? .minute,
            addressFaults: read.rate("handling.address_faults") ?? .zero,
            answerTime: read.duration("handling.answer_time") ?? .hour,
            remarks: read.rate("handling.remarks") ?? .zero, priceAnomaly: read.rate("handling.price_anomaly"),
            releaseBacklog: read.duration("handling.release_backlog"), fraud: read.rate("handling.fraud") ?? .zero,
            fraudDetection: read.rate("handling.fraud_detection") ?? .zero,
            fraudFalseAlarms: read.rate("handling.fraud_false_alarms") ?? .zero,
            mergeWindow: read.duration("handling.merge_window"))
        routing = Routing(
            maximumParcels: Int(read.integer("routing.maximum_parcels") ?? 1),
            costPerKilometre: read.money("routing.kilometre_cost") ?? nothing,
            costPerBacklogHour: read.money("routing.backlog_cost") ?? nothing)
        fulfilment = Fulfilment(
            capacity: read.number("fulfilment.capacity") ?? 1,
            overtime: read.duration("fulfilment.overtime") ?? .start,
            carrierCapacity: read.number("carriers.capacity") ?? 1,
            waveInterval: read.duration("fulfilment.wave_interval") ?? .start,
            batchSize: Int(read.integer("fulfilment.batch_size") ?? 1),
            zones: Int(read.integer("fulfilment.zones") ?? 1),
            zoneWalk: read.duration("fulfilment.zone_walk") ?? .start,
            packTime: read.duration("fulfilment.pack_time") ?? .start,
            failedAttempts: read.rate("carriers.failed_attempts") ?? .zero,
            retryDelay: read.duration("carriers.retry_delay") ?? .day,
            maximumAttempts: Int(read.integer("carriers.maximum_attempts") ?? 1),
            shipWithin: read.duration("carriers.ship_within"))
        afterSales = AfterSales(
            cancellationRate: read.rate("after_sales.cancellation_rate") ?? .zero,
            returnMultiplier: read.number("after_sales.return_multiplier") ?? 1,
            inspectionTime: read.duration("after_sales.inspection_time") ?? .day,
            writeDown: read.rate("after_sales.write_down") ?? .zero,
            secondChoice: read.rate("after_sales.second_choice") ?? .zero,
            outletPrice: read.rate("after_sales.outlet_price") ?? .zero,
            outletEvery: read.duration("after_sales.outlet_every") ?? .day)
        replenishment = ReplenishmentPlan(
            policy: read.choice("replenishment.policy", .reviewOrderUpTo),
            reviewDays: read.duration("replenishment.review").map { $0.seconds / 86_400 },
            costs: InventoryCosts(
                orderLine: read.money("replenishment.line_cost").map { Double($0.units) / 10_000 }
                    ?? InventoryCosts().orderLine,
                holdingRate: read.rate("replenishment.holding_rate")?.fraction ?? InventoryCosts().holdingRate))
        costs = Costs(
            vat: read.rate("costs.vat") ?? .zero, packaging: read.money("costs.packaging") ?? nothing,
            lateCompensation: read.money("costs.late_compensation") ?? nothing,
            oversoldCompensation: read.money("costs.oversold_compensation") ?? nothing,
            lateShippingCompensation: read.money("costs.late_shipping_compensation") ?? nothing)
        flow = ScenarioFlow(read)
        faults = (0..<read.count("faults")).compactMap { ScenarioFault(read, "faults[\($0)]") }
        measured = MeasuredLaws(read)
        self.settings = settings
        text = ScenarioWriter.text(settings)
        self.places = places
    }

    /// Where a setting was written; the head of the file when its default holds.
    func place(_ path: String) -> SourcePlace {
        places[path] ?? places["granary"] ?? SourcePlace(file: name)
    }
}

extension Scenario.NetworkPlan {
    fileprivate init(_ read: SettingsReader) {
        frontWarehouses =
            if let codes = read.codes("network.front_warehouses") {
                .listed(codes)
            } else {
                read.text("network.front_warehouses") == "none" ? .none : .placed
            }
        maximumSites = Int(read.integer("network.maximum_sites") ?? 1)
        minimumSites = Int(read.integer("network.minimum_sites") ?? 0)
        requiredSites = read.codes("network.required_sites") ?? []
        forbiddenSites = read.codes("network.forbidden_sites") ?? []
        fixedCostBudget = read.money("network.fixed_cost_budget")
        radius = read.number("network.radius") ?? 0
        roadFactor = read.number("network.road_factor") ?? 1
        oneHourValue = read.money("network.one_hour_value") ?? Money(units: 0, currency: nil)
        coverDays = (read.duration("network.cover") ?? .day).seconds / 86_400
        wishes = PlacementWishes(read)
    }
}

extension Scenario.Stock {
    fileprivate init(_ read: SettingsReader) {
        sharing = read.choice("stock.sharing", .shared)
        shares = read.channels("stock.shares") { if case .rate(let rate) = $0 { rate } else { nil } }
        buffer = read.integer("stock.buffer") ?? 0
        channelLag = read.duration("stock.channel_lag")
        let level = read.rate("stock.service_level")?.fraction ?? 0.95
        service = ServicePolicy(
            ServiceTarget(kind: read.text("stock.service_target") ?? "cycle", level: level) ?? .cycle(level))
        for at in 0..<read.count("stock.promises") {
            let path = "stock.promises[\(at)]"
            let level = read.rate("\(path).level")?.fraction ?? 0.95
            guard let target = ServiceTarget(kind: read.text("\(path).target") ?? "cycle", level: level) else {
                continue
            }
            if let role = read.text("\(path).role").flatMap(ProductRole.init(rawValue:)) {
                service.byRole[role] = target
            } else {
                let from = read.rate("\(path).margin")?.fraction ?? -.infinity
                service.byMargin.append(.init(from: from, target: target))
            }
        }
        let weighsMargin = read.text("stock.assortment_weight") == "margin"
        if let share = read.rate("stock.assortment_service") {
            service.assortment = AssortmentGoal(.service(share.fraction), weighsMargin: weighsMargin)
        } else if let money = read.money("stock.assortment_money") {
            service.assortment = AssortmentGoal(.budget(Double(money.units) / 10_000), weighsMargin: weighsMargin)
        }
        opening = read.number("stock.opening") ?? 1
        ranks = read.channels("stock.ranks") { if case .integer(let rank) = $0 { Int(rank) } else { nil } }
        nodeLag = read.duration("stock.node_lag")
        rebalancing = read.duration("stock.rebalancing")
        countLosses = read.rate("stock.count_losses") ?? .one
        countErrors = read.rate("stock.count_errors") ?? .zero
        countErrorSize = read.rate("stock.count_error_size") ?? .zero
        countsPerDay = Int(read.integer("stock.counts_per_day") ?? 0)
        countedShare = read.rate("stock.counted_share") ?? .one
    }
}

extension ScenarioSpike {
    fileprivate init?(_ read: SettingsReader, _ path: String) {
        guard let at = read.moment("\(path).at") else { return nil }
        self.at = at
        channel = read.text("\(path).channel")
        fast = read.number("\(path).fast") ?? 0
        slow = read.number("\(path).slow") ?? 0
        fastDecay = read.duration("\(path).fast_decay") ?? .minute
        slowDecay = read.duration("\(path).slow_decay") ?? .minute
    }
}

extension ScenarioShow {
    fileprivate init?(_ read: SettingsReader, _ path: String) {
        guard let code = read.text("\(path).code"), let channel = read.text("\(path).channel"),
            let begins = read.moment("\(path).begins"), let ends = read.moment("\(path).ends")
        else { return nil }
        self.code = code
        self.channel = channel
        self.begins = begins
        self.ends = ends
        factor = read.number("\(path).factor") ?? 1
        returnRate = read.rate("\(path).return_rate") ?? .zero
    }
}

extension ScenarioPromotion {
    fileprivate init?(_ read: SettingsReader, _ path: String, elasticity: Double) {
        guard let code = read.text("\(path).code"), let begins = read.moment("\(path).begins"),
            let ends = read.moment("\(path).ends"),
            let kind = read.text("\(path).kind").flatMap(PromotionKind.init(rawValue:))
        else { return nil }
        self.code = code
        self.name = read.text("\(path).name") ?? code
        self.kind = kind
        self.begins = begins
        self.ends = ends
        scope = read.scope("\(path).scope") ?? .everything
        channel = read.text("\(path).channel")
        depth = read.rate("\(path).depth") ?? .zero
        threshold = read.money("\(path).threshold") ?? Money(units: 0, currency: nil)
        saving = read.money("\(path).saving") ?? Money(units: 0, currency: nil)
        cap = read.integer("\(path).cap")
        merchantShare = read.rate("\(path).merchant_share") ?? .one
        self.elasticity = read.number("\(path).elasticity") ?? elasticity
        uplift = read.number("\(path).uplift") ?? 1
        stacking = read.choice("\(path).stacking", kind == .coupon ? .coupon : .shop)
        times = Int32(clamping: read.integer("\(path).times") ?? 1)
        heldBy = read.rate("\(path).held_by") ?? .one
        gift = read.text("\(path).gift")
        giftQuantity = Quantity(clamping: read.integer("\(path).gift_quantity") ?? 1)
        isPerShop = read.text("\(path).over") == "shop"
        perCustomer = read.integer("\(path).per_customer").map { Int32(clamping: $0) }
        deduct = read.text("\(path).deduct").flatMap(Scenario.Deduction.init(rawValue:))
        timeOut = read.duration("\(path).pay_within")
        reserve = read.rate("\(path).reserve") ?? .zero
        deposit = read.rate("\(path).deposit") ?? .zero
        balanceBegins = read.moment("\(path).balance_begins")
        balanceEnds = read.moment("\(path).balance_ends")
        balancePaid = read.rate("\(path).balance_paid") ?? .one
        sellsReceipts = read.text("\(path).sells") == "receipts"
        paidAtOnce = read.rate("\(path).paid_at_once") ?? .zero
        paidWithinHour = read.rate("\(path).paid_within_hour") ?? .zero
        ebb = read.duration("\(path).ebb") ?? .minute
    }
}
