import Retail
import Simulation

/// Looks codes up and collects what is not there.
struct ResolutionCheck {
    let scenario: Scenario
    let dataset: Dataset
    var issues: [ScenarioIssue] = []
    private let channelCodes: [String]
    private let skuPositions: [String: Int]

    init(scenario: Scenario, dataset: Dataset) {
        self.scenario = scenario
        self.dataset = dataset
        channelCodes = dataset.channels.map(\.code)
        skuPositions = Dictionary(
            dataset.skus.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    mutating func report(_ path: String, _ value: String, _ problem: ScenarioProblem) {
        issues.append(.init(scenario.place(path), path, value, problem))
    }

    mutating func position(_ code: String, in known: [String], entity: String, _ path: String) -> Int? {
        if let position = known.firstIndex(of: code) { return position }
        report(path, code, .unknownCode(entity: entity, nearest: nearestName(to: code, in: known)))
        return nil
    }

    mutating func channel(_ code: String, _ path: String) -> Channel.Index? {
        position(code, in: channelCodes, entity: "channel", path).map { Channel.Index($0) }
    }

    mutating func promotion(_ number: Int) -> Promotion? {
        let stated = scenario.promotions[number]
        let path = "promotions[\(number)]"
        let before = issues.count
        let channel = stated.channel.flatMap { self.channel($0, "\(path).channel") }
        let scope = self.scope(stated.scope, "\(path).scope")
        let gift = stated.gift.flatMap { code -> Int? in
            if let place = skuPositions[code] { return place }
            let nearest = nearestName(to: code, in: dataset.skus.map(\.code))
            report("\(path).gift", code, .unknownCode(entity: "sku", nearest: nearest))
            return nil
        }
        guard issues.count == before else { return nil }
        return Promotion(
            code: stated.code, name: stated.name, kind: stated.kind, begins: stated.begins, ends: stated.ends,
            channel: channel, scope: scope, depth: stated.depth,
            threshold: stated.threshold.amount(in: dataset.currency),
            saving: stated.saving.amount(in: dataset.currency), cap: stated.cap,
            merchantShare: stated.merchantShare, elasticity: stated.elasticity, uplift: stated.uplift,
            stacking: stated.stacking, times: stated.times, heldBy: stated.heldBy, gift: gift.map { SKU.Index($0) },
            giftQuantity: stated.giftQuantity, presale: Self.presale(stated), isPerShop: stated.isPerShop,
            perCustomer: stated.perCustomer, timeOut: stated.timeOut, reserve: stated.reserve)
    }

    mutating func price(_ number: Int) -> PriceChange? {
        let stated = scenario.prices[number]
        let path = "prices[\(number)]"
        let before = issues.count
        let channel = stated.channel.flatMap { self.channel($0, "\(path).channel") }
        let scope = self.scope(stated.scope, "\(path).scope")
        guard issues.count == before else { return nil }
        return PriceChange(
            scope: scope, channel: channel, from: stated.from, through: stated.through, factor: stated.factor,
            price: stated.price?.price)
    }

    mutating func adjustment(_ number: Int) -> Adjustment? {
        let stated = scenario.adjustments[number]
        let path = "adjustments[\(number)]"
        let before = issues.count
        let channel = stated.channel.flatMap { self.channel($0, "\(path).channel") }
        let region = stated.region.flatMap {
            position($0, in: dataset.regions.map(\.code), entity: "region", "\(path).region")
        }
        let scope = self.scope(stated.scope, "\(path).scope")
        guard issues.count == before else { return nil }
        return Adjustment(
            scope: scope, channel: channel, region: region.map { Region.Index($0) }, from: stated.from,
            through: stated.through, kind: stated.kind, value: stated.value, author: stated.author,
            reason: stated.reason, expires: stated.expires)
    }

    private static func presale(_ stated: ScenarioPromotion) -> Promotion.Presale? {
        guard stated.kind == .presale, let begins = stated.balanceBegins, let ends = stated.balanceEnds else {
            return nil
        }
        return Promotion.Presale(
            deposit: stated.deposit, balanceBegins: begins, balanceEnds: ends, balancePaid: stated.balancePaid,
            sellsReceipts: stated.sellsReceipts, paidAtOnce: stated.paidAtOnce,
            paidWithinHour: stated.paidWithinHour)
    }

    /// A fault with its codes looked up. Which nodes are open is decided later: a fault of a candidate that stays
    /// closed is reported as an assumption, in `WorldStep`; here nodes are counted over nodes and then candidates.
    mutating func fault(_ number: Int) -> FaultPlan? {
        let stated = scenario.faults[number]
        let path = "faults[\(number)]"
        let before = issues.count
        func place(_ code: String?, _ known: [String], _ entity: String, _ check: inout Self) -> Int? {
            code.flatMap { check.position($0, in: known, entity: entity, "\(path).\(entity)") }
        }
        let nodes = (dataset.nodes + dataset.candidates).map(\.code)
        let node = place(stated.node, nodes, "node", &self)
        let carrier = place(stated.carrier, dataset.carriers.map(\.code), "carrier", &self)
        let supplier = place(stated.supplier, dataset.suppliers.map(\.code), "supplier", &self)
        let channel = place(stated.channel, channelCodes, "channel", &self)
        let region = place(stated.region, dataset.regions.map(\.code), "region", &self)
        guard issues.count == before else { return nil }
        let kind: FaultPlan.Kind
        switch stated.kind {
        case .systemPause: kind = .systemPause
        // That the node is stated is a rule of the file.
        case .nodeOutage: kind = .nodeOutage(Node.Index(node ?? 0))
        case .carrier:
            kind = .carrier(
                carrier.map { Carrier.Index($0) }, capacity: stated.capacity, surcharge: stated.surcharge)
        case .supplierDelay: kind = .supplierDelay(supplier.map { Int32($0) }, stated.delay)
        // Nodes are counted over nodes and then candidates here too.
        case .lateStock: kind = .lateStock(node.map { Node.Index($0) }, stated.delay)
        case .demandShock:
            kind = .demandShock(
                channel: channel.map { Channel.Index($0) }, region: region.map { Region.Index($0) },
                factor: stated.factor)
        }
        return FaultPlan(
            code: stated.code, kind: kind, begins: stated.begins.instant(from: scenario.clock.start),
            ends: stated.ends.instant(from: scenario.clock.start))
    }

    private mutating func scope(_ scope: ScopeText, _ path: String) -> PromotionScope {
        switch scope {
        case .everything: return .everything
        case .category(let levels):
            let isKnown = dataset.skus.contains { $0.categories.starts(with: levels) }
            if !isKnown {
                let known = Set(dataset.skus.flatMap { $0.categories }).sorted()
                let nearest = levels.last.flatMap { nearestName(to: $0, in: known) }
                report(
                    "\(path).category[0]", levels.joined(separator: " / "),
                    .unknownCode(entity: "category", nearest: nearest))
            }
            return .category(levels)
        case .skus(let codes):
            var skus: [SKU.Index] = []
            for (i, code) in codes.enumerated() {
                if let position = skuPositions[code] {
                    skus.append(SKU.Index(position))
                } else {
                    let nearest = nearestName(to: code, in: dataset.skus.map(\.code))
                    report("\(path).skus[\(i)]", code, .unknownCode(entity: "sku", nearest: nearest))
                }
            }
            return .skus(skus)
        }
    }

    mutating func checkAmounts() {
        for path in scenario.places.keys.sorted() {
            guard let kind = SettingTable.setting(path)?.kind, case .amount = kind, let text = scenario.value(at: path),
                case .money(let money)? = try? kind.parse(text), let currency = money.currency,
                currency != dataset.currency.code
            else { continue }
            report(path, moneyText(money), .wrongCurrency(currency: dataset.currency.code))
        }
    }

    /// Every carrier has a rate card, every region one that reaches it by an ordinary tier, and every lane known ends.
    mutating func checkRates() {
        for (number, carrier) in dataset.carriers.enumerated()
        where !dataset.rates.contains(where: { $0.carrier.position == number }) {
            report("data", carrier.code, .carrierWithoutRate)
        }
        let zones = Set(dataset.rates.filter { $0.tier != .oneHour }.map(\.zone))
        for region in dataset.regions where !zones.contains(region.zone) {
            report("data", region.code, .regionWithoutRate(zone: region.zone))
        }
        let nodes = (dataset.nodes + dataset.candidates).map(\.code)
        for (number, lane) in scenario.measured.lanes.enumerated() {
            let path = "carriers.lanes[\(number)]"
            if let from = lane.from { _ = position(from, in: nodes, entity: "node", "\(path).from") }
            if let to = lane.to {
                _ = position(to, in: dataset.regions.map(\.code), entity: "region", "\(path).to")
            }
            if let tier = lane.tier, !dataset.rates.contains(where: { $0.tier == tier }) {
                report("\(path).tier", tier.rawValue, .laneWithoutRate(tier: tier.rawValue))
            }
        }
    }

    /// A forecast needs two weeks of history before `history_through`, and may not be asked for years beyond it.
    mutating func checkHistory() {
        let axis = dataset.demand.axis
        let first = axis.origin + 14
        let last = axis.origin + axis.count - 1
        let through = scenario.demand.historyThrough
        guard through < first || through > last || scenario.clock.start - through > 92 else { return }
        let path = through < first || through > last ? "demand.history_through" : "clock.start"
        let place = scenario.places[path] ?? scenario.place("clock.start")
        issues.append(
            .init(
                place, path, path == "clock.start" ? "\(scenario.clock.start)" : "\(through)",
                .noHistory(from: "\(first)", to: "\(last)")))
    }
}
