import Retail

extension World {
    /// Faults of handling, fulfilment, shipping and of the events that go wrong.
    var serviceFaults: [WorldFault] {
        var found: [WorldFault] = []
        func need(_ isGood: Bool, _ place: String, _ message: String) {
            if !isGood { found.append(WorldFault(place, message)) }
        }
        func needPart(_ rate: Rate, _ place: String) {
            need(rate >= .zero && rate <= .one, place, "a part of orders lies in 0 to 100 %")
        }
        needPart(handling.addressFaults, "handling.addressFaults")
        needPart(handling.remarks, "handling.remarks")
        needPart(handling.priceAnomaly ?? .zero, "handling.priceAnomaly")
        need(handling.answerTime >= .start, "handling.answerTime", "a time is not negative")
        need(handling.releaseBacklog ?? .start >= .start, "handling.releaseBacklog", "a time is not negative")
        need(
            fulfilment.pickVariation >= 0 && fulfilment.pickVariation <= 10, "fulfilment.pickVariation",
            "a standard deviation is 0 to 10 times the mean")
        need(handling.retryInterval >= .minute, "handling.retryInterval", "look again after a minute or more")
        let mayReview = handling.addressFaults > .zero || handling.remarks > .zero || handling.priceAnomaly != nil
        need(handling.clerks >= 1 || !mayReview, "handling.clerks", "rules send orders to clerks; have at least 1")
        need(fulfilment.waveInterval >= .start, "fulfilment.waveInterval", "a time is not negative")
        need(fulfilment.zoneWalk >= .start, "fulfilment.zoneWalk", "a time is not negative")
        need(fulfilment.packTime >= .start, "fulfilment.packTime", "a time is not negative")
        need((1...10_000).contains(fulfilment.batchSize), "fulfilment.batchSize", "a tour takes 1 to 10,000 parcels")
        need((1...10_000).contains(fulfilment.zones), "fulfilment.zones", "a node has 1 to 10,000 zones")
        need(
            shipping.failedAttempts >= .zero && shipping.failedAttempts < .one, "shipping.failedAttempts",
            "the part of attempts that fail lies in 0 to below 100 %")
        need((1...10).contains(shipping.maximumAttempts), "shipping.maximumAttempts", "1 to 10 attempts can be made")
        need(shipping.retryDelay >= .start, "shipping.retryDelay", "a time is not negative")
        need(shipping.shipWithin ?? .day > .start, "shipping.shipWithin", "a clock runs for longer than nothing")
        for fault in faults { found += issues(fault) }
        return found
    }

    private func issues(_ fault: FaultPlan) -> [WorldFault] {
        let place = "fault \(fault.code)"
        var found: [WorldFault] = []
        if fault.begins >= fault.ends || fault.begins < .start {
            found.append(WorldFault(place, "must begin after the start and before it ends"))
        }
        switch fault.kind {
        case .systemPause: break
        case .nodeOutage(let node):
            if !network.nodes.indices.contains(node.position) {
                found.append(WorldFault(place, "names a node that does not exist"))
            }
        case .carrier(let carrier, let capacity, let surcharge):
            if let carrier, !carriers.indices.contains(carrier.position) {
                found.append(WorldFault(place, "names a carrier that does not exist"))
            }
            if !(capacity >= 0 && capacity <= 1_000) || surcharge < .zero || surcharge.partsPerMillion > 10_000_000 {
                found.append(WorldFault(place, "capacity lies in 0 to 1,000 times, a surcharge in 0 to 1,000 %"))
            }
        case .demandShock(let channel, let region, let factor):
            if let channel, !channels.indices.contains(channel.position) {
                found.append(WorldFault(place, "names a channel that does not exist"))
            }
            if let region, !network.regions.indices.contains(region.position) {
                found.append(WorldFault(place, "names a region that does not exist"))
            }
            if !(factor >= 0 && factor <= 1_000) {
                found.append(WorldFault(place, "a factor on demand lies in 0 to 1,000"))
            }
        case .supplierDelay(let supplier, let delay):
            if let supplier, !replenishment.suppliers.indices.contains(Int(supplier)) {
                found.append(WorldFault(place, "names a supplier that does not exist"))
            }
            if delay < .start || delay > .day * 400 { found.append(WorldFault(place, "a delay lies in 0 to 400 days")) }
        case .lateStock(let node, let delay):
            if let node, !network.nodes.indices.contains(node.position) {
                found.append(WorldFault(place, "names a node that does not exist"))
            }
            if delay < .start || delay > .day * 400 { found.append(WorldFault(place, "a delay lies in 0 to 400 days")) }
        }
        return found
    }
}
