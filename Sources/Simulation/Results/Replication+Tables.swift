import Retail

/// What a finished replication says: its tables.
extension Replication {
    mutating func tables() -> [RawTable] {
        [
            demandByDay(), ordersByMinute(), nodesTable(), profitAndLoss(), skuLosses(), carriersTable(), tiersTable(),
            channelsTable(), orderStates(), stockLayers(), settlement(), stages(), timeSpent(), nodeWork(), backlog(),
            routingShadow(), returnReasons(), segmentsTable(), hourOutcomes(), theHour(), presalesTable(), lotAges(),
            expiredGoods(), ridersTable(),
        ]
    }

    private var world: World { prepared.world }
    private var currency: String { prepared.world.currency.code }
    private mutating func major(_ minor: Int64) -> Double {
        Double(minor) / Double(prepared.world.currency.minorPerMajor)
    }

    private mutating func demandByDay() -> RawTable {
        let channels = prepared.channelCount
        var (days, codes): ([String], [String]) = ([], [])
        for day in 0..<world.clock.days {
            for channel in world.channels {
                days.append((world.clock.start + day).description)
                codes.append(channel.channel.code)
            }
        }
        let cells = world.clock.days * channels
        var keys = [Column("day", .text(days)), Column("channel", .text(codes))]
        let known = world.expectation
        for (name, column) in [
            ("forecast_units", known.forecast), ("p10", known.p10), ("p90", known.p90), ("actual_units", known.actual),
        ] where column.count == cells {
            keys.append(Column(name, unit: "units", .real(column)))
        }
        return RawTable(
            "demand_by_day", keys,
            [("simulated_units", "units", counters.demandUnits.array.map(Double.init))])
    }

    private mutating func ordersByMinute() -> RawTable {
        let linesPerOrder = max(1, ratio(counters.linesShipped, counters.ordersShipped, otherwise: 1))
        let capacity = (0..<counters.minutes).map { minute -> Double in
            var picks = 0.0
            for (node, place) in world.network.nodes.enumerated()
            where stations.isOpen(node, Int64(minute) * 60_000_000) { picks += Double(place.picksPerHour) / 60 }
            return picks / linesPerOrder
        }
        return RawTable(
            "orders_by_minute", [Column("minute", unit: "minutes", .integer((0..<counters.minutes).map { Int64($0) }))],
            [
                ("placed", "orders", counters.placed.array.map(Double.init)),
                ("reserved", "orders", counters.reserved.array.map(Double.init)),
                ("picked", "orders", counters.picked.array.map(Double.init)),
                ("pick_capacity", "orders", capacity),
                ("shipped", "orders", counters.shipped.array.map(Double.init)),
            ])
    }

    private mutating func nodesTable() -> RawTable {
        let nodes = world.network.nodes
        var (opening, closing) = (
            [Double](repeating: 0, count: nodes.count), [Double](repeating: 0, count: nodes.count)
        )
        for row in 0..<stock.rows.count {
            opening[Int(stock.rows[row].node)] += Double(stock.shelves[row].opening)
            closing[Int(stock.rows[row].node)] += Double(stock.rows[row].book)
        }

        return RawTable(
            "nodes",
            [Column("node", .text(nodes.map(\.code))), Column("kind", .text(nodes.map(\.kind.rawValue)))],
            [
                ("orders", "parcels", counters.nodeParcels.array.map(Double.init)),
                ("lines", "lines", counters.nodeLines.array.map(Double.init)),
                ("units", "units", counters.nodeUnits.array.map(Double.init)),
                (
                    "home_fill_rate", "share",
                    nodes.indices.map { ratio(counters.homeServed[$0], counters.homeAsked[$0], otherwise: 1) }
                ),
                ("split_share", "share", nodes.indices.map { ratio(counters.nodeSplit[$0], counters.nodeParcels[$0]) }),
                ("on_hand_start", "units", opening),
                ("on_hand_end", "units", closing),
                ("peak_utilisation", "share", nodes.indices.map { peakUtilisation(of: [$0]) }),
                (
                    "pick_hours", "hours",
                    nodes.indices.map { node in
                        let hours = (0..<counters.hours).reduce(Int64(0)) {
                            $0 + counters.busy[node * counters.hours + $1]
                        }
                        return Double(hours) / 3.6e9
                    }
                ),
                ("cost", currency, counters.nodeCost.array.map { major($0) }),
            ])
    }

    private mutating func profitAndLoss() -> RawTable {
        let ladder = ladder(subsidySent: counters.subsidySent)
        return RawTable(
            "profit_and_loss", [Column("step", .text(ladder.steps.map(\.name)))],
            [("amount", currency, ladder.steps.map { major($0.amount) })])
    }

    private mutating func skuLosses() -> RawTable {
        RawTable(
            "sku_losses", [Column("sku", .text(world.skus.codes))],
            [
                ("demanded", "units", counters.skuDemanded.array.map(Double.init)),
                ("lost", "units", counters.skuLost.array.map(Double.init)),
                ("lost_margin", currency, lostMargins()),
            ])
    }

    private mutating func carriersTable() -> RawTable {
        RawTable(
            "carriers", [Column("carrier", .text(world.carriers.map(\.code)))],
            [
                ("parcels", "parcels", counters.carrierParcels.array.map(Double.init)),
                (
                    "on_time", "share",
                    world.carriers.indices.map {
                        ratio(counters.carrierOnTime[$0], counters.carrierParcels[$0], otherwise: 1)
                    }
                ),
                ("freight", currency, counters.carrierFreight.array.map { major($0) }),
                ("peak_load", "share", world.carriers.indices.map { peakLoad(of: $0) }),
            ])
    }

    /// A carrier's fullest day: parcels over what it takes in a day.
    private mutating func peakLoad(of carrier: Int) -> Double {
        let days = carrier * counters.carrierDays..<(carrier + 1) * counters.carrierDays
        let most = days.reduce(Int64(0)) { max($0, counters.carrierLoad[$1]) }
        return ratio(most, world.carriers[carrier].dailyCapacity)
    }

    private mutating func segmentsTable() -> RawTable {
        RawTable(
            "segments", [Column("segment", .text(world.segments.map(\.code)))],
            [
                ("orders", "orders", counters.segmentOrders.array.map(Double.init)),
                ("gmv_placed", currency, counters.segmentValue.array.map { major($0) }),
                ("refunded", currency, counters.segmentRefunds.array.map { major($0) }),
            ])
    }

    private mutating func tiersTable() -> RawTable {
        RawTable(
            "tiers", [Column("tier", .text(ServiceTier.allCases.map(\.rawValue)))],
            [
                ("orders", "orders", counters.tierOrders.array.map(Double.init)),
                ("on_time", "orders", counters.tierOnTime.array.map(Double.init)),
                (
                    "within_promise", "share",
                    (0..<4).map { ratio(counters.tierOnTime[$0], counters.tierOrders[$0], otherwise: 1) }
                ),
                (
                    "order_to_door", "hours",
                    (0..<4).map { counters.tierHours[$0] / Double(max(1, counters.tierOrders[$0])) }
                ),
            ])
    }

    private mutating func channelsTable() -> RawTable {
        let ladders = world.channels.indices.map { ladder(channel: $0) }
        return RawTable(
            "channels", [Column("channel", .text(world.channels.map(\.channel.code)))],
            [
                ("orders", "orders", counters.channelOrders.array.map(Double.init)),
                ("units", "units", counters.channelUnits.array.map(Double.init)),
                ("gmv_placed", currency, ladders.map { major($0.placed) }),
                ("gmv_paid", currency, counters.channelPaid.array.map { major($0) }),
                ("net_revenue", currency, ladders.map { major($0.netRevenue) }),
                ("contribution", currency, ladders.map { major($0.contributionMargin) }),
                ("oversold", "orders", counters.channelOversold.array.map(Double.init)),
                (
                    "oversell_rate", "share",
                    world.channels.indices.map { ratio(counters.channelOversold[$0], counters.channelOrders[$0]) }
                ),
            ])
    }

    private mutating func orderStates() -> RawTable {
        RawTable(
            "order_states", [Column("state", .text(OrderState.finals.map(\.key)))],
            [("orders", "orders", OrderState.finals.map { Double(counters.states[Int($0.rawValue)]) })])
    }

    /// Physical stock by node with its flows, then the shared pool and the channels' layer over all nodes.
    private mutating func stockLayers() -> RawTable {
        let nodes = world.network.nodes
        var layers = nodes.map { _ in "physical" }
        var places = nodes.map(\.code)
        var flows = [LayerFlows](repeating: LayerFlows(), count: nodes.count)
        var total = LayerFlows()
        for row in 0..<stock.rows.count {
            let (node, shelf, flow) = (Int(stock.rows[row].node), stock.shelves[row], stock.flows[row])
            let own = LayerFlows(
                opening: Int64(shelf.opening), received: flow.received,
                shipped: shelf.shipped + shelf.writtenDown + flow.cleared + flow.missing - flow.counted,
                returned: shelf.returned)
            total.add(own)
            flows[node].add(own)
            flows[node].received += flow.transferredIn
            flows[node].shipped += flow.transferredOut
        }
        var columns: [[Double]] = [
            flows.map { Double($0.opening) }, flows.map { Double($0.received) }, flows.map { Double($0.shipped) },
            flows.map { Double($0.returned) },
        ]
        var closing = flows.map { Double($0.opening + $0.received - $0.shipped + $0.returned) }
        func add(_ layer: String, _ place: String, opening: Int64, received: Int64, sold: Int64, back: Int64) {
            layers.append(layer)
            places.append(place)
            for (index, value) in [opening, received, sold, back].enumerated() { columns[index].append(Double(value)) }
            closing.append(Double(opening + received - sold + back))
        }
        if stock.lots.isOn {
            for owner in 0..<stock.lots.ownerCount {
                let name = owner < world.owners.count ? world.owners[owner] : "own"
                for grade in 0..<Grade.count {
                    let flow = stock.lots.flows[owner * Grade.count + grade]
                    add(
                        "logical", "\(name) \(Grade.names[grade])", opening: flow.opening, received: flow.received,
                        sold: flow.shipped + flow.writtenDown + flow.transferred, back: flow.returned + flow.moved)
                }
            }
        } else {
            add(
                "logical", "sellable", opening: total.opening, received: total.received, sold: total.shipped,
                back: total.returned)
        }
        var pool: Int64 = 0
        for sku in 0..<stock.skuCount { pool += stock.pool[sku] }
        let reserved = stock.unitsReserved - stock.unitsReleased
        let moved = pool - total.opening - total.received + reserved
        add("shared", "pool", opening: total.opening, received: total.received, sold: reserved, back: moved)
        for (channel, plan) in world.channels.enumerated() {
            guard case .quota(let units) = plan.sharing else { continue }
            var left: Int64 = 0
            for sku in 0..<stock.skuCount { left += stock.quota(channel, sku) }
            let opening = units.reduce(Int64(0)) { $0 + Int64($1) }
            let change = left - opening
            add(
                "channel", plan.channel.code, opening: opening, received: max(0, change), sold: max(0, -change), back: 0
            )
        }
        return RawTable(
            "stock_layers", [Column("layer", .text(layers)), Column("node", .text(places))],
            [
                ("opening", "units", columns[0]), ("received", "units", columns[1]), ("shipped", "units", columns[2]),
                ("returned", "units", columns[3]), ("closing", "units", closing),
            ])
    }

    private mutating func settlement() -> RawTable {
        RawTable(
            "settlement", [Column("channel", .text(world.channels.map(\.channel.code)))],
            [
                ("expected", currency, counters.expected.array.map { major($0) }),
                ("paid", currency, counters.settledPaid.array.map { major($0) }),
                (
                    "difference", currency,
                    world.channels.indices.map { major(counters.settledPaid[$0] - counters.expected[$0]) }
                ),
                (
                    "matched", "share",
                    world.channels.indices.map { ratio(counters.matched[$0], counters.statements[$0], otherwise: 1) }
                ),
            ])
    }

    private mutating func stages() -> RawTable {
        let spine: [(String, String, Int64)] = [
            ("demand", "orders", counters.orders), ("demand", "lines", counters.lines),
            ("reserve", "orders", counters.ordersReserved), ("reserve", "units", stock.unitsReserved),
            ("reserve", "gift_units", counters.giftUnits), ("reserve", "gift_units_short", counters.giftsShort),
            ("pay", "orders", counters.ordersPaid), ("handle", "orders_by_clerk", counters.ordersReviewed),
            ("handle", "address_faults", counters.addressFaults), ("handle", "remarks", counters.remarks),
            ("handle", "price_anomalies", counters.priceAnomalies),
            ("handle", "orders_throttled", counters.ordersThrottled),
            ("handle", "orders_merged", counters.trade.ordersMerged),
            ("handle", "fraud_rejected", counters.trade.fraudCaught),
            ("handle", "fraud_sent", counters.trade.fraudMissed),
            ("handle", "false_alarms", counters.trade.falseAlarms),
            ("demand", "orders_of_live_shows", counters.trade.liveOrders),
            ("demand", "orders_filled_up_for_a_saving", counters.trade.ordersChased),
            ("pay", "presale_orders", counters.trade.presaleOrders), ("pay", "deposits", counters.trade.depositsPaid),
            ("pay", "deposits_forfeited", counters.trade.presalesForfeited),
            ("ship", "pickups", counters.trade.pickups), ("ship", "pickups_forgotten", counters.trade.pickupsForgotten),
            ("after_sales", "units_second_choice", counters.trade.unitsSecond),
            ("after_sales", "units_sold_by_outlet", counters.trade.unitsOutlet),
            ("pay", "units_committed_of_receipts", counters.trade.unitsCommitted),
            ("stock", "units_expired", counters.trade.unitsExpired),
            ("stock", "rows_counted", counters.trade.rowsCounted),
            ("stock", "units_corrected", counters.trade.unitsCorrected),
            ("stock", "units_rebalanced", stock.unitsRebalanced),
            ("ship", "failed_attempts", counters.failedAttempts),
            ("route", "orders", counters.ordersReleased), ("route", "orders_replanned", counters.ordersSwapped),
            ("route", "orders_split", counters.ordersSplit), ("fulfil", "lines", counters.linesShipped),
            ("fulfil", "units", counters.unitsShipped), ("ship", "parcels", counters.parcels),
            ("after_sales", "lines", counters.linesReturned), ("account", "postings", counters.postings),
            ("replenish", "transfers", counters.transfers), ("replenish", "purchases", counters.purchases),
        ]
        let rows = spine + flowStages()
        return RawTable(
            "stages", [Column("stage", .text(rows.map(\.0))), Column("what", .text(rows.map(\.1)))],
            [("count", "", rows.map { Double($0.2) })])
    }
}

/// What a layer of the stock held, and what came and went.
private struct LayerFlows {
    var opening: Int64 = 0
    var received: Int64 = 0
    var shipped: Int64 = 0
    var returned: Int64 = 0

    mutating func add(_ other: LayerFlows) {
        opening += other.opening
        received += other.received
        shipped += other.shipped
        returned += other.returned
    }
}
