import Retail

/// What a finished replication says: its headline figures.
extension Replication {
    /// The ladder from list value to operating result, minor units, signed as they are added.
    struct Ladder {
        var steps: [(name: String, amount: Int64)] = []
        var placed: Int64 = 0
        var netRevenue: Int64 = 0
        var contributionMargin: Int64 = 0
        var operatingResult: Int64 = 0
    }

    /// - Parameter channel: nil for all channels and what belongs to none.
    mutating func ladder(channel: Int? = nil, subsidySent: Int64? = nil) -> Ladder {
        func balance(_ account: Account) -> Int64 { ledger.balance(account, channel: channel) }
        var ladder = Ladder()
        var sum: Int64 = 0
        func add(_ name: String, _ amount: Int64) {
            ladder.steps.append((name, amount))
            sum += amount
        }
        add("list_gmv", -balance(.listValue))
        add("price_cuts", -balance(.priceCuts))
        add("merchant_discounts", -balance(.merchantDiscounts))
        add("platform_discounts", -balance(.platformDiscounts))
        ladder.placed = sum
        ladder.steps.append(("gmv_placed", sum))
        add("unpaid", -balance(.droppedUnpaid))
        add("oversold", -balance(.droppedOversold))
        add("cancelled", -balance(.droppedCancelled))
        ladder.steps.append(("gmv_shipped", sum))
        let revenue = -balance(.revenue)
        let refunds = balance(.refunds)
        if let subsidySent {
            // Tax on sales is what the gross amount sent exceeds revenue by; the rest of the account is refunds'.
            add("platform_subsidy", subsidySent)
            let taxOnSales = sum - revenue
            // The outlet's tax is posted with its sales and is none of the orders'.
            let taxOnRefunds = taxOnSales + balance(.vatPayable) + counters.trade.outletTax
            add("refunds", -(refunds + taxOnRefunds))
            add("vat", -(taxOnSales - taxOnRefunds))
        }
        let forfeits = -balance(.forfeits)
        let outlet = -balance(.outletSales)
        if subsidySent != nil {
            add("forfeits", forfeits)
            add("outlet_sales", outlet)
        }
        sum = revenue - refunds + forfeits + outlet
        ladder.netRevenue = sum
        ladder.steps.append(("net_revenue", sum))
        add("cost_of_goods", -balance(.costOfGoods))
        add("write_down", -balance(.writeDown))
        add("commission", -balance(.commission))
        add("payment_fee", -balance(.paymentFee))
        add("freight", -balance(.freight))
        add("return_freight", -balance(.returnFreight))
        add("picking", -balance(.picking))
        add("packaging", -balance(.packaging))
        add("transfers", -balance(.transfers))
        add("compensation", -balance(.compensation))
        add("service", -balance(.service))
        add("insurance", -balance(.insurance))
        add("overtime", -balance(.overtime))
        add("shrinkage", -balance(.shrinkage))
        ladder.contributionMargin = sum
        ladder.steps.append(("contribution_margin", sum))
        add("node_fixed", -balance(.nodeFixed))
        ladder.operatingResult = sum
        ladder.steps.append(("operating_result", sum))
        return ladder
    }

    mutating func figures() -> [Double] {
        let ladder = ladder(subsidySent: counters.subsidySent)
        return FigureKey.allCases.map { value(of: $0, ladder) }
    }

    private mutating func major(_ minor: Int64) -> Double {
        Double(minor) / Double(prepared.world.currency.minorPerMajor)
    }

    private mutating func state(_ state: OrderState) -> Int64 { counters.states[Int(state.rawValue)] }

    private mutating func value(of key: FigureKey, _ ladder: Ladder) -> Double {
        let placedOrders = counters.orders
        switch key {
        case .orders: return Double(placedOrders)
        case .unitsDemanded: return Double(counters.unitsAsked)
        case .gmvPlaced: return major(ladder.placed)
        case .gmvPaid: return major(counters.channelPaid.array.reduce(0, +))
        case .netRevenue: return major(ladder.netRevenue)
        case .contributionMargin: return major(ladder.contributionMargin)
        case .operatingResult: return major(ladder.operatingResult)
        case .fillRate: return 1 - ratio(counters.unitsLost + counters.unitsOversold, counters.unitsAsked)
        case .orderFillRate: return ratio(counters.ordersComplete, placedOrders, otherwise: 1)
        case .lostSales: return Double(counters.unitsLost + counters.unitsOversold)
        case .lostMargin: return lostMargins().reduce(0, +)
        case .oversoldOrders: return Double(counters.ordersOversold)
        case .oversellRate: return ratio(counters.unitsOversold, counters.unitsAsked - counters.unitsLost)
        case .onTimeShare: return ratio(counters.tierOnTime.array.reduce(0, +), counters.ordersDelivered, otherwise: 1)
        case .oneHourShare: return ratio(counters.tierOrders[0], counters.ordersDelivered)
        case .orderToShipMedian: return shipQuantile(0.5)
        case .orderToShipP95: return shipQuantile(0.95)
        case .orderToRelease: return ratio(counters.orderToRelease, counters.ordersReleased) / 60e6
        case .orderToReleaseMedian: return releaseQuantile(0.5)
        case .orderToReleaseP95: return releaseQuantile(0.95)
        case .onTimeShipping: return ratio(counters.ordersShippedInTime, counters.ordersShipped, otherwise: 1)
        case .perfectOrderShare: return ratio(counters.ordersPerfect, counters.ordersDelivered, otherwise: 1)
        case .reroutedShare: return ratio(flow.ordersRerouted, counters.ordersReleased)
        case .routingSaving:
            let compared = flow.shadowCompared.array.reduce(0, +)
            let saved = flow.shadowCost.array.reduce(0, +) - flow.routedCost.array.reduce(0, +)
            return compared > 0 ? Double(saved) / 10_000 / Double(compared) : 0
        case .linesPerPickHour:
            return ratio(counters.linesShipped * 3_600_000_000, counters.busy.array.reduce(0, +))
        case .overtimeHours: return Double(flow.overtime.array.reduce(0, +)) / 3.6e9
        case .carriedOver: return Double(mostCarriedOver())
        case .contactsPerOrder: return ratio(flow.contacts, counters.ordersDelivered)
        case .throttledShare: return ratio(counters.ordersThrottled, counters.ordersReleased)
        case .unpaidShare: return ratio(state(.unpaid), placedOrders)
        case .cancelledShare:
            return ratio(state(.cancelled) + state(.refused) + state(.withdrawn) + state(.rejected), placedOrders)
        case .returnShare: return ratio(counters.unitsReturned, counters.unitsShipped)
        case .peakOrdersPerMinute: return Double(counters.placed.array.max() ?? 0)
        case .peakPickUtilisation: return peakUtilisation(of: Array(0..<prepared.nodeCount))
        case .automaticReviewShare: return 1 - ratio(counters.ordersReviewed, counters.ordersPaid)
        case .forfeitedShare: return ratio(counters.trade.presalesForfeited, counters.trade.depositsPaid)
        case .mergedShare: return ratio(counters.trade.ordersMerged, counters.ordersPaid)
        case .pickupShare: return ratio(counters.trade.pickups, counters.ordersShipped)
        case .ordersPerClerkHour: return ratio(counters.ordersReviewed * 3_600_000_000, counters.reviewTime)
        case .splitShare: return ratio(counters.ordersSplit, counters.ordersReleased)
        case .parcelsPerOrder: return ratio(counters.parcels, counters.ordersShipped)
        case .freightPerOrder: return major(ledger.balance(.freight)) / Double(max(1, counters.ordersShipped))
        case .costPerOrder:
            let costs: [Account] = [.freight, .picking, .packaging, .transfers, .nodeFixed, .overtime]
            return major(costs.reduce(0) { $0 + ledger.balance($1) }) / Double(max(1, counters.ordersShipped))
        case .transferUnits: return Double(counters.transferUnits)
        case .stockEndValue: return stockValue.closing
        case .turnoverDays:
            let sold = major(ledger.balance(.costOfGoods)) / Double(max(1, prepared.world.clock.days))
            return sold > 0 ? (stockValue.opening + horizonValue) / 2 / sold : 0
        case .matchedShare:
            return ratio(
                counters.matched.array.reduce(0, +), counters.statements.array.reduce(0, +), otherwise: 1)
        }
    }

    /// Parcels not begun at the worst midnight, all nodes together.
    private mutating func mostCarriedOver() -> Int64 {
        (0..<flow.days).map { day in
            (0..<prepared.nodeCount).reduce(Int64(0)) { $0 + flow.backlog[$1 * flow.days + day] }
        }.max() ?? 0
    }

    /// Value at cost of the goods on the shelves when the run began and when it was all over, major units.
    private var stockValue: (opening: Double, closing: Double) {
        var (opening, closing): (Int64, Int64) = (0, 0)
        for row in 0..<stock.rows.count {
            let cost = terms.unitCosts[Int(stock.rows[row].sku)]
            opening += cost * Int64(stock.shelves[row].opening)
            closing += cost * Int64(stock.rows[row].book)
        }
        return (Double(opening) / 10_000, Double(closing) / 10_000)
    }

    /// Margin lost with units that were not sold, by SKU: list price without tax less cost, major units.
    mutating func lostMargins() -> [Double] {
        (0..<prepared.skuCount).map { sku in
            let net = Double(terms.listPrices[sku]) * 1e6 / Double(1_000_000 + terms.vat)
            return Double(counters.skuLost[sku]) * (net - Double(terms.unitCosts[sku])) / 10_000
        }
    }

    /// Minutes from payment to release that a part of the released orders stays below, to ten seconds.
    private mutating func releaseQuantile(_ level: Double) -> Double {
        Self.quantileCell(counters.releaseTimes.array, level) / 6
    }

    /// Hours from order to departure that a part of the shipped orders stays below.
    private mutating func shipQuantile(_ level: Double) -> Double {
        Self.quantileCell(counters.orderToShip.array, level) / 60
    }

    /// The cell of a histogram up to which a part of what it counts lies; 0 when it is empty.
    private static func quantileCell(_ counts: [Int64], _ level: Double) -> Double {
        let total = counts.reduce(0, +)
        guard total > 0 else { return 0 }
        let rank = Int64((level * Double(total)).rounded(.up))
        var seen: Int64 = 0
        for cell in counts.indices {
            seen += counts[cell]
            if seen >= rank { return Double(cell) }
        }
        return Double(counts.count - 1)
    }

    /// The busiest hour of some nodes together: station time used over station time in the hour.
    mutating func peakUtilisation(of nodes: [Int]) -> Double {
        let servers = nodes.reduce(0) { $0 + Int(prepared.world.network.nodes[$1].stations) }
        guard servers > 0 else { return 0 }
        var most: Int64 = 0
        for hour in 0..<counters.hours {
            most = max(most, nodes.reduce(0) { $0 + counters.busy[$1 * counters.hours + hour] })
        }
        return Double(most) / (Double(servers) * 3.6e9)
    }
}
