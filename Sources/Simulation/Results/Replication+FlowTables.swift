import Retail

/// Tables of routing, fulfilment, shipping and after-sales.
extension Replication {
    /// Where an order's time goes, a parcel's mean, step by step.
    mutating func timeSpent() -> RawTable {
        let paid = max(1, counters.ordersPaid)
        let released = max(1, counters.ordersReleased)
        let parcels = max(1, flow.parcelsTimed)
        let rows: [(String, Double)] = [
            ("paying", Double(flow.timePaying) / Double(paid)),
            ("handling", Double(counters.orderToRelease) / Double(released)),
            ("waiting_to_pick", Double(flow.timeWaiting) / Double(parcels)),
            ("picking", Double(flow.timePicking) / Double(parcels)),
            ("packing", Double(flow.timePacking) / Double(parcels)),
            ("waiting_for_carrier", Double(flow.timeForCarrier) / Double(parcels)),
            ("on_the_road", Double(flow.timeOnRoad) / Double(parcels)),
            ("failed_attempts", Double(flow.timeRetrying) / Double(parcels)),
        ]
        let total = rows.reduce(0) { $0 + $1.1 }
        return RawTable(
            "time_spent", [Column("activity", .text(rows.map(\.0) + ["altogether"]))],
            [
                ("time", "hours", (rows.map(\.1) + [total]).map { $0 / 3.6e9 }),
                ("share", "share", (rows.map(\.1) + [total]).map { total > 0 ? $0 / total : 0 }),
            ])
    }

    /// Parcels released and not begun at the end of each day.
    mutating func backlog() -> RawTable {
        let nodes = prepared.world.network.nodes
        let start = prepared.world.clock.start
        return RawTable(
            "backlog",
            [
                Column("node", .text(nodes.flatMap { node in (0..<flow.days).map { _ in node.code } })),
                Column("day", .text(nodes.flatMap { _ in (0..<flow.days).map { (start + $0).description } })),
            ],
            [("parcels", "parcels", flow.backlog.array.map(Double.init))])
    }

    /// Work and waiting at each node, docks and pack stations included.
    mutating func nodeWork() -> RawTable {
        let nodes = prepared.world.network.nodes
        var (rate, carried): ([Double], [Double]) = ([], [])
        for node in nodes.indices {
            let busy = (0..<counters.hours).reduce(Int64(0)) { $0 + counters.busy[node * counters.hours + $1] }
            rate.append(ratio(counters.nodeLines[node] * 3_600_000_000, busy))
            carried.append(Double((0..<flow.days).map { flow.backlog[node * flow.days + $0] }.max() ?? 0))
        }
        func mean(_ sum: (Int) -> Double, _ count: borrowing FixedColumn<Int64>, _ unit: Double) -> [Double] {
            nodes.indices.map { sum($0) / unit / Double(max(1, count[$0])) }
        }
        return RawTable(
            "node_work", [Column("node", .text(nodes.map(\.code)))],
            [
                ("lines_per_hour", "lines/hour", rate),
                ("overtime", "hours", flow.overtime.array.map { Double($0) / 3.6e9 }),
                ("carried_over", "parcels", carried), ("packed", "parcels", flow.packed.array.map(Double.init)),
                ("pack_wait", "minutes", mean({ Double(flow.packWaiting[$0]) }, flow.packed, 60e6)),
                ("yard_units", "units", flow.yardUnits.array.map(Double.init)),
                ("yard_wait", "hours", mean({ flow.yardTime[$0] }, flow.yardUnits, 3.6e9)),
            ])
    }

    /// What the old rule would have done, region by region.
    mutating func routingShadow() -> RawTable {
        func money(_ column: borrowing FixedColumn<Int64>) -> [Double] { column.array.map { Double($0) / 10_000 } }
        let currency = prepared.world.currency.code
        let (routed, shadow) = (money(flow.routedCost), money(flow.shadowCost))
        return RawTable(
            "routing_shadow", [Column("region", .text(prepared.world.network.regions.map(\.code)))],
            [
                ("orders", "orders", flow.shadowCompared.array.map(Double.init)),
                ("different", "orders", flow.shadowDifferent.array.map(Double.init)),
                ("cost", currency, routed), ("old_cost", currency, shadow),
                ("saving", currency, zip(shadow, routed).map { $0 - $1 }),
            ])
    }

    mutating func returnReasons() -> RawTable {
        let reasons = prepared.world.afterSales.reasons
        return RawTable(
            "return_reasons", [Column("return_reason", .text(reasons.map(\.reason.rawValue)))],
            [("orders", "orders", reasons.indices.map { Double(flow.reasons[$0]) })])
    }

    /// What became of the orders that ask for the hour where a front warehouse is in reach, all front warehouses
    /// together: those asked are those delivered and those lost on the way, each for one reason.
    mutating func hourOutcomes() -> RawTable {
        let byNode = theHour()
        // The last column is a time.
        var names = byNode.values.dropLast().map(\.name)
        var sums = byNode.values.dropLast().map { $0.cells.reduce(0, +) }
        func sum(_ name: String) -> Double { zip(names, sums).first { $0.0 == name }?.1 ?? 0 }
        let late = sum("late_by_review") + sum("late_by_picking") + sum("late_on_the_road")
        sums.append(sum("delivered_within") - late)
        names.append("in_time")
        return RawTable("hour_outcomes", [Column("outcome", .text(names))], [("orders", "orders", sums)])
    }

    /// The same by front warehouse.
    mutating func theHour() -> RawTable {
        let nodes = prepared.world.network.nodes
        let fronts = nodes.indices.filter { nodes[$0].kind == .front }
        func counts(_ outcome: HourCounters.Outcome) -> [Double] { fronts.map { Double(hour.of($0, outcome)) } }
        func column(_ name: String, _ outcome: HourCounters.Outcome) -> (String, String, [Double]) {
            (name, "orders", counts(outcome))
        }
        let lost: [HourCounters.Outcome] = [.soldOut, .closed, .notHeld, .outOfStock, .noRider, .moved, .delivered]
        let ended = fronts.map { node in
            Double(lost.reduce(hour.of(node, .asked) + hour.of(node, .gained)) { $0 - hour.of(node, $1) })
        }
        let delivered = fronts.reduce(0.0) { $0 + Double(hour.of($1, .delivered)) }
        return RawTable(
            "the_hour", [Column("node", .text(fronts.map { nodes[$0].code }))],
            [
                column("asked_in_reach", .asked), column("closed_then", .closed), column("not_held", .notHeld),
                ("out_of_stock", "orders", zip(counts(.outOfStock), counts(.soldOut)).map { $0 + $1 }),
                column("no_rider", .noRider),
                ("moved_at_release", "orders", zip(counts(.moved), counts(.gained)).map { $0 - $1 }),
                ("not_completed", "orders", ended), column("delivered_within", .delivered),
                column("late_by_review", .lateByReview), column("late_by_picking", .lateByPicking),
                column("late_on_the_road", .lateOnTheRoad),
                ("order_to_door", "hours", fronts.map { _ in delivered > 0 ? counters.tierHours[0] / delivered : 0 }),
            ])
    }

    /// Work of this stage beyond the spine, for the table of stages.
    mutating func flowStages() -> [(String, String, Int64)] {
        [
            ("reserve", "orders_with_two_savings", flow.ordersStacked), ("route", "plans", flow.plans),
            ("route", "nodes_scored", flow.nodesScored),
            ("route", "orders_split_to_save", flow.ordersSplitToSave), ("route", "orders_merged", flow.ordersMerged),
            ("fulfil", "short_picks", flow.shortPicks), ("route", "lines_rerouted", flow.linesRerouted),
            ("fulfil", "units_missing", flow.unitsMissing), ("ship", "tracking_events", flow.trackingEvents),
            ("ship", "waits_for_riders", flow.riderWaits), ("ship", "orders_insured", flow.insured),
            ("after_sales", "refusals", flow.refusals), ("after_sales", "exchanges", flow.exchanges),
            ("after_sales", "exchanges_refunded", flow.exchangesRefunded), ("after_sales", "visits", flow.visits),
            ("after_sales", "contacts", flow.contacts), ("replenish", "lateral_transfers", flow.lateral),
            ("replenish", "lateral_units", flow.lateralUnits),
            ("replenish", "short_deliveries", flow.shortDeliveries),
            ("replenish", "units_not_delivered", flow.unitsNotDelivered),
            ("replenish", "late_deliveries", flow.lateDeliveries),
            ("replenish", "presale_units_moved", flow.presaleUnits), ("replenish", "units_bought_fast", flow.fastUnits),
        ]
    }
}
