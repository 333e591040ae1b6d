import Retail

extension World {
    /// Faults of prices, buyers, presales, live shows, lots, owners and the books of the stock.
    var tradeFaults: [WorldFault] {
        var found: [WorldFault] = []
        func need(_ isGood: Bool, _ place: String, _ message: String) {
            if !isGood && found.count < 50 { found.append(WorldFault(place, message)) }
        }
        func isPart(_ rate: Rate) -> Bool { rate >= .zero && rate <= .one }
        for price in prices {
            guard skus.codes.indices.contains(price.sku.position) else {
                need(false, "prices", "a price names a SKU that does not exist")
                continue
            }
            let place = "price of \(skus.codes[price.sku.position])"
            need(price.price >= .zero, place, "a price is not negative")
            need(price.minimumQuantity >= 1, place, "a quantity break begins at 1 unit or more")
            need(price.begins < price.ends, place, "must begin before it ends")
            need(
                price.channel.map { channels.indices.contains($0.position) } ?? true, place, "names an unknown channel")
            need(
                price.segment.map { segments.indices.contains($0.position) } ?? true, place, "names an unknown segment")
        }
        need(
            isPart(customers.chase) && isPart(customers.chaseGap) && isPart(customers.chaseReturn), "customers",
            "parts of buyers who fill up an order lie in 0 to 100 %")
        need(
            (0...1_000_000_000_000).contains(customers.count), "customers.count", "0 to 10^12 buyers can be told apart")
        need(isPart(afterSales.secondShare), "afterSales.secondShare", "a part of lines lies in 0 to 100 %")
        if let outlet = afterSales.outlet {
            need(
                isPart(outlet.price) && outlet.interval >= .minute, "afterSales.outlet",
                "pays 0 to 100 % of the list price, every minute or less often")
        }
        need(isPart(payment.withdrawn), "payment.withdrawn", "a part of orders lies in 0 to 100 %")
        let fraud = handling.fraud
        need(
            isPart(fraud.share) && isPart(fraud.detection) && isPart(fraud.falseAlarms), "handling.fraud",
            "parts of orders lie in 0 to 100 %")
        need(handling.clerks >= 1 || fraud.share == .zero, "handling.clerks", "the fraud rule needs at least 1 clerk")
        need(handling.mergeWindow ?? .start >= .start, "handling.mergeWindow", "a time is not negative")
        need(rebalancing ?? .minute >= .minute, "rebalancing", "share quotas out again every minute or less often")
        for segment in segments {
            need(
                segment.conversion > 0 && segment.conversion <= 1_000_000 && segment.priceSensitivity >= 0
                    && segment.priceSensitivity <= 100, "segment \(segment.code)",
                "conversion is a factor above 0, price sensitivity lies in 0 to 100")
        }
        for plan in channels {
            need(isPart(plan.pickup), "channel \(plan.channel.code)", "a part of buyers lies in 0 to 100 %")
        }
        need(
            isPart(pickup.forgotten) && pickup.delay >= .start && pickup.keep >= .start && pickup.radius >= 0
                && pickup.radius.isFinite, "pickup", "parts lie in 0 to 100 %, times and distances are not negative")
        found += promotionTermFaults + reserveFaults + showFaults + bookFaults
        return found
    }

    private var promotionTermFaults: [WorldFault] {
        var found: [WorldFault] = []
        for plan in promotions {
            let place = "promotion \(plan.code)"
            if case .presale(let terms) = plan.effect {
                let parts = [terms.depth, terms.deposit, terms.balancePaid, terms.atOnce, terms.withinTheHour]
                if parts.contains(where: { $0 < .zero || $0 > .one })
                    || terms.atOnce.partsPerMillion + terms.withinTheHour.partsPerMillion > 1_000_000
                {
                    found.append(WorldFault(place, "a presale's parts lie in 0 to 100 %, also together"))
                }
                if terms.balanceBegins < plan.ends || terms.balanceEnds <= terms.balanceBegins {
                    found.append(
                        WorldFault(place, "the balance falls due after the last deposit, in a window that is not empty")
                    )
                }
            }
            let isSaving =
                switch plan.effect {
                case .spendAndSave: true
                default: false
                }
            if plan.perShop && !isSaving {
                found.append(WorldFault(place, "only savings are reckoned shop by shop"))
            }
            if let uses = plan.perCustomer {
                switch plan.effect {
                case .spendAndSave, .gift: break
                default: found.append(WorldFault(place, "only savings and gifts are limited by buyer"))
                }
                if uses < 1 { found.append(WorldFault(place, "a buyer gets it once or more")) }
            }
            if let timeOut = plan.timeOut, timeOut.microseconds <= 0 {
                found.append(WorldFault(place, "the payment time-out must be longer than nothing"))
            }
            if plan.reserve < .zero || plan.reserve > .one {
                found.append(WorldFault(place, "a campaign keeps back 0 to 100 % of the stock"))
            }
        }
        return found
    }

    /// Stock that campaigns keep back is kept from the first day until each begins: together no more than there is.
    private var reserveFaults: [WorldFault] {
        let ahead = promotions.filter { $0.reserve > .zero && $0.begins > .start }
        guard ahead.reduce(0, { $0 + $1.reserve.partsPerMillion }) > 1_000_000 else { return [] }
        for sku in 0..<skus.count {
            let keepers = ahead.filter { $0.scope[sku] }
            let total = keepers.reduce(Int64(0)) { $0 + $1.reserve.partsPerMillion }
            guard total > 1_000_000 else { continue }
            return [
                WorldFault(
                    "promotions \(keepers.map(\.code).joined(separator: ", "))",
                    "keep back \(Double(total) / 10_000) % of the stock of \(skus.codes[sku]); "
                        + "keep back at most 100 % of an article together")
            ]
        }
        return []
    }

    private var showFaults: [WorldFault] {
        var found: [WorldFault] = []
        if demand.shows.count > 255 {
            found.append(WorldFault("demand.shows", "\(demand.shows.count) live shows are given; up to 255 can be run"))
        }
        for show in demand.shows {
            let place = "live show \(show.code)"
            if !channels.indices.contains(show.channel.position) {
                found.append(WorldFault(place, "names a channel that does not exist"))
            }
            if show.begins >= show.ends { found.append(WorldFault(place, "must begin before it ends")) }
            if !(show.factor >= 1 && show.factor <= 100_000) {
                found.append(WorldFault(place, "brings 1 to 100,000 times the orders"))
            }
            if show.returnRate < .zero || show.returnRate > .one {
                found.append(WorldFault(place, "a part of lines lies in 0 to 100 %"))
            }
        }
        if let attach = demand.attach {
            let categories = skus.categoryNames.count
            if attach.affinities.count != categories * categories || attach.popularity.count != skus.count {
                found.append(
                    WorldFault("demand.attach", "needs an affinity for each pair of categories and a popularity a SKU"))
            } else if (attach.affinities + attach.popularity).contains(where: { !($0 >= 0 && $0.isFinite) }) {
                found.append(WorldFault("demand.attach", "affinities and popularity are finite and not negative"))
            }
            if attach.rate < .zero || attach.rate > .one {
                found.append(WorldFault("demand.attach", "a part of orders lies in 0 to 100 %"))
            }
        }
        return found
    }

    /// Faults of lots, owners, sharing by priority, counts and warehouses' reports.
    private var bookFaults: [WorldFault] {
        var found: [WorldFault] = []
        if owners.count > 255 { found.append(WorldFault("owners", "\(owners.count) are given; up to 255 can be kept")) }
        if skus.shelfLives.contains(where: { $0 < 0 || $0 > 36_500 }) {
            found.append(WorldFault("skus.shelfLives", "a shelf life lies in 0 to 36,500 days"))
        }
        var units: [Int: Int64] = [:]
        for lot in stock.lots {
            guard skus.codes.indices.contains(lot.sku.position), network.nodes.indices.contains(lot.node.position),
                let row = stock.index(lot.sku, lot.node)?.position
            else {
                found.append(WorldFault("lots", "a lot lies at a SKU and node that are not stocked"))
                continue
            }
            let place = "lots of \(skus.codes[lot.sku.position]) at \(network.nodes[lot.node.position].code)"
            if lot.quantity < 0 || !(0..<max(1, owners.count)).contains(lot.owner) {
                found.append(WorldFault(place, "a lot has units, not negative, and a known owner"))
            }
            units[row, default: 0] += Int64(lot.quantity)
            if found.count >= 50 { return found }
        }
        for (row, sum) in units.sorted(by: { $0.key < $1.key }) where sum > Int64(stock.rows[row].opening) {
            let place = stock.rows[row]
            found.append(
                WorldFault(
                    "lots of \(skus.codes[place.sku.position]) at \(network.nodes[place.node.position].code)",
                    "hold \(sum) units, more than the \(place.opening) on the shelf"))
            if found.count >= 50 { return found }
        }
        for plan in channels {
            guard case .priority(let rank, let protection, let buffer) = plan.sharing else { continue }
            if !(1...1_000).contains(rank) || protection < .zero || protection > .one || buffer < 0 {
                found.append(
                    WorldFault(
                        "channel \(plan.channel.code)",
                        "a rank lies in 1 to 1,000, a protection in 0 to 100 %, and a buffer is not negative"))
            }
        }
        let takes = stockTakes
        if takes.errorRate < .zero || takes.errorRate > .one || takes.errorSize < .zero || takes.errorSize > .one
            || takes.countedShare < .zero || takes.countedShare > .one || takes.lossShare < .zero
            || takes.lossShare > .one
        {
            found.append(WorldFault("stockTakes", "parts of rows and of the book lie in 0 to 100 %"))
        }
        if takes.counts.contains(where: { !(0..<86_400).contains($0) }) {
            found.append(WorldFault("stockTakes.counts", "a count begins at a time of day: 0 to 86,399 s"))
        }
        for node in network.nodes where !(0...86_400).contains(node.synchronisationLag) {
            found.append(WorldFault("node \(node.code)", "reports within 0 to 86,400 s"))
        }
        return found
    }
}
