import Retail

extension World {
    /// Faults of routing, fulfilment, shipping and after-sales.
    var flowFaults: [WorldFault] {
        var found: [WorldFault] = []
        func need(_ isGood: Bool, _ place: String, _ message: String) {
            if !isGood { found.append(WorldFault(place, message)) }
        }
        func part(_ rate: Rate, _ place: String) {
            need(rate >= .zero && rate <= .one, place, "a part lies in 0 to 100 %")
        }
        func price(_ price: UnitPrice, _ place: String) {
            need(
                price.units >= 0 && price.units <= 10_000_000_000, place,
                "a price lies in 0 to 1,000,000 of the currency")
        }
        func time(_ time: Instant, _ place: String, _ most: Instant = .day * 400) {
            need(time >= .start && time <= most, place, "a time lies in 0 to \(most)")
        }
        price(routing.costPerSplit, "routing.costPerSplit")
        price(routing.costPerLateDay, "routing.costPerLateDay")
        price(routing.costOfImbalance, "routing.costOfImbalance")
        part(routing.markdownRisk, "routing.markdownRisk")
        time(routing.maximumBacklog ?? .start, "routing.maximumBacklog")
        need(!routing.senders.isEmpty, "routing.senders", "some kind of node must send ordinary parcels")
        for (handling, kinds) in [(Handling.bulky, routing.bulkySenders), (.hazardous, routing.hazardousSenders)]
        where skus.handling.contains(handling) {
            need(
                network.nodes.contains { kinds.contains($0.kind) }, "routing",
                "there are \(handling.rawValue) goods and no node may send them; name a kind of node that is open")
        }
        need(
            (0...100).contains(fulfilment.packStationsPerTen), "fulfilment.packStationsPerTen",
            "0 to 100 pack stations for ten pick stations")
        for node in network.nodes {
            need(
                (0...100_000).contains(node.packStations) && (0...1_000_000_000_000).contains(node.dockCapacity),
                "node \(node.code)", "pack stations lie in 0 to 100,000, a dock capacity in 0 to 10^12 units")
        }
        time(fulfilment.overtime, "fulfilment.overtime", .day)
        price(fulfilment.overtimeCost, "fulfilment.overtimeCost")
        part(fulfilment.shortPicks, "fulfilment.shortPicks")
        need((1...100_000).contains(shipping.riders ?? 1), "shipping.riders", "1 to 100,000 riders")
        need(
            shipping.presaleShipWithin ?? .day > .start, "shipping.presaleShipWithin",
            "a clock runs for longer than nothing")
        time(replenishment.presaleMoves ?? .start, "replenishment.presaleMoves")
        time(shipping.riderWait, "shipping.riderWait", .day)
        for carrier in carriers where carrier.dailyCapacity < 0 || carrier.hourlyCapacity < 0 {
            need(false, "carrier \(carrier.code)", "a capacity is not negative")
        }
        for region in network.regions.indices {
            let options = network.nodes.indices.flatMap { delivery.options(Node.Index($0), Region.Index(region)) }
            let ordinary = options.filter { $0.tier != .oneHour && $0.carrier.position < carriers.count }
            need(
                ordinary.isEmpty || ordinary.contains { carriers[$0.carrier.position].dailyCapacity > 0 },
                "region \(network.regions[region].code)",
                "every carrier that goes there has a daily capacity of 0; give one a capacity")
            let senders = network.nodes.indices.filter { routing.senders.contains(network.nodes[$0].kind) }
            let isSent = senders.contains { node in
                delivery.options(Node.Index(node), Region.Index(region)).contains { $0.tier != .oneHour }
            }
            need(
                ordinary.isEmpty || isSent, "region \(network.regions[region].code)",
                "none of the kinds of node in routing.senders has an ordinary way to it; add a kind or a rate")
        }
        let after = afterSales
        for (rate, name) in [
            (after.cancellationRate, "cancellationRate"), (after.refusalRate, "refusalRate"),
            (after.restockShare, "restockShare"), (after.exchangeShare, "exchangeShare"),
            (after.insuredShare, "insuredShare"), (after.installationShare, "installationShare"),
            (after.repairShare, "repairShare"),
        ] { part(rate, "afterSales.\(name)") }
        price(after.insurancePremium, "afterSales.insurancePremium")
        price(after.visitCost, "afterSales.visitCost")
        price(after.contactCost, "afterSales.contactCost")
        time(after.repairDelay, "afterSales.repairDelay")
        for (mean, name) in [
            (after.contactsPerOrder, "contactsPerOrder"), (after.contactsWhenTroubled, "contactsWhenTroubled"),
        ] { need(mean >= 0 && mean <= 100, "afterSales.\(name)", "a mean number lies in 0 to 100") }
        for terms in after.reasons {
            part(terms.share, "afterSales.reasons")
            part(terms.restockShare, "afterSales.reasons")
        }
        let shares = after.reasons.reduce(Int64(0)) { $0 + $1.share.partsPerMillion }
        need(
            after.reasons.isEmpty || shares == 1_000_000, "afterSales.reasons",
            "shares of reasons add up to \(shares) parts per million, not 1,000,000")
        need(after.reasons.count <= 8, "afterSales.reasons", "up to 8 reasons")
        need((inbound.dailyCapacity ?? 1) >= 1, "inbound.dailyCapacity", "docks take 1 unit a day or more")
        need((0..<86_400).contains(inbound.opens), "inbound.opens", "docks open at a time of the day")
        time(inbound.putAway, "inbound.putAway", .day * 60)
        for supplier in replenishment.suppliers {
            let place = "supplier \(supplier.code)"
            need(supplier.weeklyCapacity >= 0, place, "a weekly capacity is not negative")
            need(
                supplier.deliveryDays.count == 7 && supplier.deliveryDays.contains(true), place,
                "delivers on one or more of seven weekdays")
            part(supplier.shortRate, place)
            part(supplier.shortPart, place)
            part(supplier.lateRate, place)
            need(supplier.lateDays >= 0 && supplier.lateDays <= 400, place, "is 0 to 400 days late")
            need((1...1_000).contains(supplier.reviewDays), place, "takes orders every 1 to 1,000 days")
        }
        need(
            replenishment.rollingWeight >= 0 && replenishment.rollingWeight <= 1, "replenishment.rollingWeight",
            "a weight lies in 0 to 1")
        if let plan = replenishment.rolling {
            let cells = stock.rows.count * plan.days
            need(
                plan.days >= 1 && plan.mean.count == cells && plan.deviation.count == cells
                    && plan.rows.count == stock.rows.count, "replenishment.rolling",
                "needs a day or more, and a mean and deviation for each stock row and day")
            need(
                plan.mean.allSatisfy { $0 >= 0 && $0 <= 1e9 } && plan.deviation.allSatisfy { $0 >= 0 && $0 <= 1e9 },
                "replenishment.rolling", "expected units lie in 0 to 10^9 a day")
        } else {
            need(
                replenishment.rollingWeight == 0, "replenishment.rollingWeight",
                "a rolling forecast needs what was expected day by day")
        }
        func isFine(_ second: SecondSource) -> Bool {
            let units: ClosedRange<Quantity> = 0...100_000_000
            return second.supplier >= -1 && Int(second.supplier) < replenishment.suppliers.count
                && units.contains(second.level) && units.contains(second.minimumQuantity)
                && units.contains(second.orderMultiple) && (0...400).contains(second.leadTime)
                && (0...400).contains(second.leadTimeDeviation) && second.premium.units >= 0
                && second.premium.units <= 10_000_000_000
        }
        for row in stock.rows {
            let isGood =
                row.supplier >= -1 && Int(row.supplier) < replenishment.suppliers.count
                && (0...100_000_000).contains(row.minimumQuantity) && (0...100_000_000).contains(row.orderMultiple)
                && (row.second.map(isFine) ?? true)
            if !isGood {
                need(
                    false, "stock of \(skus.codes[max(0, min(skus.count - 1, row.sku.position))])",
                    "names a supplier that does not exist, or quantities outside 0 to 100,000,000")
                break
            }
        }
        return found
    }
}
