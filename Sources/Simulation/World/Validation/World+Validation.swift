import Retail

extension World {
    /// Checks that the columns fit together and that the world can run.
    /// - Throws: `SimulationError.invalid` with the faults found (at most 50).
    public func validate() throws(SimulationError) {
        try branch?.base.validate()
        // Columns that do not fit would make the later checks read past their ends: they come first, alone.
        var faults = shapeFaults
        if faults.isEmpty {
            faults =
                clockFaults + channelFaults + stockFaults + deliveryFaults + promotionFaults + demandFaults
                + serviceFaults + flowFaults + tradeFaults
        }
        if faults.isEmpty { faults = sizeFaults + branchFaults }
        if !faults.isEmpty { throw .invalid(Array(faults.prefix(50))) }
    }

    private var shapeFaults: [WorldFault] {
        var faults: [WorldFault] = []
        func need(_ place: String, _ found: Int, _ expected: Int) {
            if found != expected {
                faults.append(WorldFault(place, "has \(found) entries where \(expected) are needed"))
            }
        }
        func need(_ place: String, _ count: Int, within range: ClosedRange<Int>) {
            if !range.contains(count) {
                faults.append(
                    WorldFault(place, "\(count) are given; \(range.lowerBound) to \(range.upperBound) can be run"))
            }
        }
        need("clock.days", clock.days, within: 1...180)
        need("clock.drainDays", clock.drainDays, within: 1...400)
        need("clock.secondsPerSlice", clock.secondsPerSlice.count, 24)
        need("skus", skus.count, within: 1...10_000_000)
        need("channels", channels.count, within: 1...255)
        need("segments", segments.count, within: 1...63)
        need("regions", network.regions.count, within: 1...1_023)
        need("nodes", network.nodes.count, within: 1...OrderRow.mostNodes)
        need("carriers", carriers.count, within: 1...100_000)
        need("skus.entities", skus.entities.count, skus.count)
        need("skus.weights", skus.weights.count, skus.count)
        need("skus.listPrices", skus.listPrices.count, skus.count)
        need("skus.unitCosts", skus.unitCosts.count, skus.count)
        need("skus.casePacks", skus.casePacks.count, skus.count)
        need("skus.categories", skus.categories.count, skus.count)
        need("skus.shops", skus.shops.count, skus.count)
        need("skus.shelfLives", skus.shelfLives.count, skus.count)
        need("stock.offsets", stock.offsets.count, skus.count + 1)
        if let levels = replenishment.levels {
            need("replenishment.levels.reorderPoints", levels.reorderPoints.count, levels.days * stock.rows.count)
            need("replenishment.levels.orderUpTos", levels.orderUpTos.count, levels.days * stock.rows.count)
        }
        need("network.upstream", network.upstream.count, network.nodes.count)
        need("network.distances", network.distances.count, network.nodes.count * network.regions.count)
        need("delivery.offsets", delivery.offsets.count, network.nodes.count * network.regions.count + 1)
        let cells = channels.count * network.regions.count * clock.days
        need("demand.orders", demand.orders.count, cells)
        need("demand.shape", demand.shape.count, channels.count * clock.days * DemandPlan.minutesPerDay)
        need("demand.baskets.channelOffsets", demand.baskets.channelOffsets.count, channels.count + 1)
        need("demand.baskets.channelOffsets' last", demand.baskets.channelOffsets.last ?? 0, demand.baskets.count)
        need("demand.baskets.lineOffsets' last", Int(demand.baskets.lineOffsets.last ?? 0), demand.baskets.skus.count)
        need("demand.baskets.quantities", demand.baskets.quantities.count, demand.baskets.skus.count)
        need("demand.basketWeights", demand.basketWeights.count, clock.days * demand.baskets.count)
        need("demand.multipliers", demand.multipliers.count, channels.count * clock.days * skus.count)
        need("routing.promiseDays", routing.promiseDays.count, 4)
        for plan in channels { need("channel \(plan.channel.code) askedTiers", plan.askedTiers.count, 4) }
        for plan in promotions { need("promotion \(plan.code) scope", plan.scope.count, skus.count) }
        return faults
    }

    private var clockFaults: [WorldFault] {
        var faults: [WorldFault] = []
        for (hour, seconds) in clock.secondsPerSlice.enumerated() where seconds <= 0 || 3_600 % seconds != 0 {
            faults.append(
                WorldFault("clock hour \(hour)", "\(seconds) s does not divide an hour; use 1, 10, 60, 300 ..."))
        }
        for second in replenishment.transferReviews + replenishment.supplierReviews where !(0..<86_400).contains(second)
        {
            faults.append(WorldFault("replenishment review", "\(second) s is not a time of day; use 0 to 86,399"))
        }
        if handling.clerks < 1 && handling.automaticShare < .one {
            faults.append(
                WorldFault("handling.clerks", "nobody reviews what the rules do not pass; have at least 1 clerk"))
        }
        if !(0..<86_400).contains(handling.opens) || !(0...86_400).contains(handling.closes)
            || handling.opens > handling.closes
        {
            faults.append(WorldFault("handling shift", "must open before it closes, within a day"))
        }
        if !(1...4).contains(routing.maximumParcels) {
            faults.append(WorldFault("routing.maximumParcels", "\(routing.maximumParcels) is outside 1 to 4"))
        }
        return faults
    }

    private var channelFaults: [WorldFault] {
        var faults: [WorldFault] = []
        var quotas = [Int64](repeating: 0, count: skus.count)
        for plan in channels {
            let place = "channel \(plan.channel.code)"
            if plan.channel.synchronisationLag < 0 {
                faults.append(WorldFault(place, "synchronisation lag \(plan.channel.synchronisationLag) s is negative"))
            }
            if plan.timeOut.microseconds <= 0 {
                faults.append(WorldFault(place, "the payment time-out must be longer than nothing"))
            }
            let asked = plan.askedTiers.reduce(Int64(0)) { $0 + $1.partsPerMillion }
            if asked != 1_000_000 || plan.askedTiers.contains(where: { $0 < .zero }) {
                faults.append(
                    WorldFault(place, "shares of asked tiers add up to \(asked) parts per million, not 1,000,000"))
            }
            switch plan.sharing {
            case .ratio(let ratio, let buffer):
                if ratio < .zero || ratio > .one || buffer < 0 {
                    faults.append(WorldFault(place, "a sharing ratio lies in 0 to 100 % and a buffer is not negative"))
                }
            case .priority: break
            case .quota(let units):
                if units.count != skus.count || units.contains(where: { $0 < 0 }) {
                    faults.append(WorldFault(place, "quotas need one number of units, not negative, for each SKU"))
                } else {
                    for sku in units.indices { quotas[sku] += Int64(units[sku]) }
                }
            }
        }
        let seconds = stock.secondChoice
        for sku in quotas.indices where quotas[sku] > 0 {
            let rows = Int(stock.offsets[sku])..<Int(stock.offsets[sku + 1])
            let pool = stock.opening(SKU.Index(sku)) - rows.reduce(0) { $0 + Int64(seconds[$1] ?? 0) }
            guard quotas[sku] > pool else { continue }
            faults.append(
                WorldFault(
                    "quotas of \(skus.codes[sku])",
                    "exclusive quotas add up to \(quotas[sku]), the pool opens with \(pool); lower them"))
            if faults.count >= 50 { break }
        }
        let shares = segments.reduce(Int64(0)) { $0 + $1.share.partsPerMillion }
        if abs(shares - 1_000_000) > Int64(segments.count) || segments.contains(where: { $0.share < .zero }) {
            faults.append(WorldFault("segments", "shares add up to \(shares) parts per million, not 1,000,000"))
        }
        return faults
    }

    private var stockFaults: [WorldFault] {
        var faults: [WorldFault] = []
        for (index, row) in stock.rows.enumerated() {
            guard row.sku.position >= 0 && row.sku.position < skus.count, row.node.position >= 0,
                row.node.position < network.nodes.count
            else {
                faults.append(WorldFault("stock row \(index)", "names a SKU or node that does not exist"))
                continue
            }
            let place = "stock of \(skus.codes[row.sku.position]) at \(network.nodes[row.node.position].code)"
            if index > 0, stock.rows[index - 1].sku == row.sku, stock.rows[index - 1].node == row.node {
                faults.append(WorldFault(place, "is given twice; keep one"))
            }
            let limit: Quantity = 100_000_000
            if !(0...limit).contains(row.opening) || !(0...limit).contains(row.orderUpTo) || row.reorderPoint > limit {
                faults.append(WorldFault(place, "stock and levels lie in 0 to \(limit) units"))
            }
            if row.leadTime < 0 || row.leadTimeDeviation < 0 || !row.leadTime.isFinite
                || !row.leadTimeDeviation.isFinite
            {
                faults.append(WorldFault(place, "a lead time is a number of days, not negative"))
            }
            if faults.count >= 50 { break }
        }
        for (index, receipt) in stock.receipts.enumerated() {
            guard (0..<skus.count).contains(receipt.sku.position),
                (0..<network.nodes.count).contains(receipt.node.position),
                stock.index(receipt.sku, receipt.node) != nil
            else {
                faults.append(WorldFault("receipt \(index)", "goes to a SKU and node that are not stocked"))
                continue
            }
            if receipt.quantity <= 0 || receipt.quantity > 100_000_000 || receipt.due < .start {
                faults.append(
                    WorldFault("receipt \(index)", "needs 1 to 100,000,000 units and a due time after the start"))
            }
            if faults.count >= 50 { break }
        }
        for node in network.nodes where node.stations < 1 || node.picksPerHour < 1 || node.opens > node.closes {
            faults.append(
                WorldFault(
                    "node \(node.code)", "needs a pick station, a pick rate, and a shift that opens before it closes"))
        }
        return faults
    }

    private var deliveryFaults: [WorldFault] {
        var faults: [WorldFault] = []
        let laws =
            delivery.laws.map { ("a law of a lane", $0) } + [("the law of payment", payment.lag)]
            + (afterSales.returnLaw.map { [("the law of returns", $0)] } ?? [])
        for (name, law) in laws {
            if let fault = law.fault { faults.append(WorldFault(name, fault)) }
        }
        if delivery.options.contains(where: {
            max($0.transitLaw, $0.spreadLaw, $0.heavySpreadLaw) >= delivery.laws.count
        }) {
            faults.append(WorldFault("delivery", "an option names a law that does not exist"))
        }
        for option in delivery.options where !(0..<carriers.count).contains(option.carrier.position) {
            faults.append(WorldFault("delivery", "an option names a carrier that does not exist"))
            break
        }
        for option in delivery.options
        where !(option.transit > 0 && option.transit.isFinite && option.transitDeviation >= 0) {
            faults.append(
                WorldFault("delivery", "a transit time is a positive number of hours; one is \(option.transit)"))
            break
        }
        for region in network.regions.indices {
            let isServed = network.nodes.indices.contains { node in
                delivery.options(Node.Index(node), Region.Index(region)).contains { $0.tier != .oneHour }
            }
            if !isServed {
                faults.append(
                    WorldFault(
                        "region \(network.regions[region].code)",
                        "no node has an ordinary way to it; add a rate for zone \(network.regions[region].zone), or one "
                            + "that reaches as far"))
            }
        }
        return faults
    }

    private var promotionFaults: [WorldFault] {
        var faults: [WorldFault] = []
        if promotions.count > 32_000 {
            faults.append(WorldFault("promotions", "\(promotions.count) are given; up to 32,000 can be run"))
        }
        for plan in promotions {
            let place = "promotion \(plan.code)"
            if plan.ends <= .start || plan.begins >= clock.end || plan.begins >= plan.ends {
                faults.append(
                    WorldFault(
                        place, "runs from \(plan.begins) to \(plan.ends), outside the clock of \(clock.days) days"))
            }
            switch plan.effect {
            case .priceCut(let depth), .flashSale(let depth):
                if depth < .zero || depth > .one { faults.append(WorldFault(place, "a cut lies in 0 to 100 %")) }
            case .gift(let threshold, let sku, let quantity):
                if threshold < .zero || !(1...1_000_000).contains(quantity) || !(0..<skus.count).contains(sku.position)
                {
                    faults.append(
                        WorldFault(place, "a gift is 1 to 1,000,000 units of a known SKU from a threshold on"))
                }
            case .presale: break
            case .spendAndSave(let threshold, let saving):
                if threshold <= .zero || saving < .zero || saving > threshold {
                    faults.append(WorldFault(place, "a saving lies between nothing and its threshold"))
                }
            }
            let isSaving = if case .spendAndSave = plan.effect { true } else { false }
            if !isSaving && (plan.stacking != .shop || plan.times != 1 || plan.heldBy != .one) {
                faults.append(
                    WorldFault(place, "stacking, times and heldBy are of savings; another kind of promotion takes none")
                )
            }
            if plan.times < 1 || plan.heldBy < .zero || plan.heldBy > .one {
                faults.append(WorldFault(place, "a saving is given once or more, to 0 to 100 % of buyers"))
            }
            if plan.merchantShare < .zero || plan.merchantShare > .one {
                faults.append(WorldFault(place, "the merchant's share lies in 0 to 100 %"))
            }
            if !(plan.uplift >= 0 && plan.uplift <= 1_000) {
                faults.append(WorldFault(place, "uplift lies in 0 to 1,000"))
            }
        }
        return faults
    }

    private var demandFaults: [WorldFault] {
        var faults: [WorldFault] = []
        for (index, orders) in demand.orders.enumerated() where !(orders >= 0 && orders <= 1e9) {
            faults.append(WorldFault("demand.orders[\(index)]", "\(orders) is no number of orders in a day"))
            break
        }
        if demand.shape.contains(where: { !($0 >= 0 && $0.isFinite) }) {
            faults.append(WorldFault("demand.shape", "weights of minutes are finite and not negative"))
        }
        if demand.basketWeights.contains(where: { !($0 >= 0 && $0.isFinite) }) {
            faults.append(WorldFault("demand.basketWeights", "weights of baskets are finite and not negative"))
        }
        if demand.multipliers.contains(where: { !($0 >= 0 && $0 <= 1_000_000) }) {
            faults.append(WorldFault("demand.multipliers", "factors lie in 0 to 1,000,000"))
        }
        if demand.baskets.quantities.contains(where: { $0 < 1 || $0 > 10_000_000 })
            || demand.baskets.skus.contains(where: { !(0..<skus.count).contains($0.position) })
        {
            faults.append(WorldFault("demand.baskets", "every line has a known SKU and 1 to 10,000,000 units"))
        }
        let offsets = demand.baskets.lineOffsets
        if zip(offsets, offsets.dropFirst()).contains(where: { Int($1) - Int($0) > OrderRow.mostAsked - 2 }) {
            faults.append(
                WorldFault("demand.baskets", "a basket has up to \(OrderRow.mostAsked - 2) lines; part the larger ones")
            )
        }
        if !faults.isEmpty { return faults }
        for (channel, plan) in channels.enumerated() {
            let place = "channel \(plan.channel.code)"
            for day in 0..<clock.days {
                let orders = network.regions.indices.reduce(0.0) {
                    $0 + demand.orders[(channel * network.regions.count + $1) * clock.days + day]
                }
                guard orders > 0 else { continue }
                let base = (channel * clock.days + day) * DemandPlan.minutesPerDay
                let shape = demand.shape[base..<base + DemandPlan.minutesPerDay]
                if shape.allSatisfy({ $0 == 0 }) {
                    faults.append(
                        WorldFault(place, "day \(day) has orders but an empty shape; give its minutes weights"))
                }
                let weights = demand.baskets.templates(channel).map {
                    demand.basketWeights[day * demand.baskets.count + $0]
                }
                if weights.allSatisfy({ $0 == 0 }) {
                    faults.append(WorldFault(place, "day \(day) has orders but no basket with a weight"))
                }
            }
        }
        return faults
    }

    /// The largest line must leave its products with rates far inside 64 bits.
    private var sizeFaults: [WorldFault] {
        let units = Double(demand.baskets.quantities.max() ?? 0)
        let factor = Double(demand.multipliers.max() ?? 1) * promotions.reduce(1) { $0 * max(1, $1.uplift) }
        var faults: [WorldFault] = []
        for sku in 0..<skus.count {
            let price = Double(max(skus.listPrices[sku].units, skus.unitCosts[sku].units))
            if skus.listPrices[sku] < .zero || skus.unitCosts[sku] < .zero || skus.weights[sku] < 0 {
                faults.append(WorldFault("SKU \(skus.codes[sku])", "price, cost and weight are not negative"))
            } else if price * min(units * max(1, factor), 1e8) > 1e12 {
                faults.append(
                    WorldFault(
                        "SKU \(skus.codes[sku])",
                        "a line of it could cost more than 100 million; check price and factors"))
            }
            if faults.count >= 50 { break }
        }
        return faults
    }
}
