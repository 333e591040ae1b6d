import Retail

/// Tables of presales, of how old what is on the shelves is, and of riders; empty where a world has none.
extension Replication {
    /// Each presale from the order to the paid balance.
    mutating func presalesTable() -> RawTable {
        let world = prepared.world
        let places = world.promotions.indices.filter {
            if case .presale = world.promotions[$0].effect { true } else { false }
        }
        let currency = world.currency.code
        func money(_ minor: Int64) -> Double { Double(minor) / Double(world.currency.minorPerMajor) }
        return RawTable(
            "presales", [Column("promotion", .text(places.map { world.promotions[$0].code }))],
            [
                ("orders", "orders", places.map { Double(presales[$0].orders) }),
                ("deposits", "orders", places.map { Double(presales[$0].deposits) }),
                ("deposited", currency, places.map { money(presales[$0].deposited) }),
                ("balances_paid", "orders", places.map { Double(presales[$0].paid) }),
                ("forfeited", "orders", places.map { Double(presales[$0].forfeited) }),
                (
                    "paid_share", "share",
                    places.map { ratio(presales[$0].paid, presales[$0].paid + presales[$0].forfeited, otherwise: 1) }
                ),
                ("gmv_paid", currency, places.map { money(presales[$0].paidValue) }),
                ("units_moved", "units", places.map { Double(presales[$0].unitsMoved) }),
            ])
    }

    /// How long what lies on the shelves at the end of the clock's days may still be sold, by node.
    mutating func lotAges() -> RawTable {
        let world = prepared.world
        let names = ["expired", "within_7_days", "within_30_days", "within_90_days", "later", "never"]
        let nodes = stock.lots.isOn ? world.network.nodes.indices.map { $0 } : []
        var units = [Double](repeating: 0, count: nodes.count * names.count)
        var value = units
        let end = world.clock.end.microseconds
        for row in 0..<(nodes.isEmpty ? 0 : stock.rows.count) {
            let state = stock.rows[row]
            let cost = Double(terms.unitCosts[Int(state.sku)]) / 10_000
            stock.lots.forEach(row: row) { lot in
                let left = lot.expires == .max ? Int64.max : (lot.expires - end) / SliceGrid.microsecondsPerDay
                let age =
                    lot.expires <= end ? 0 : left < 7 ? 1 : left < 30 ? 2 : left < 90 ? 3 : left < .max ? 4 : 5
                let cell = Int(state.node) * names.count + age
                units[cell] += Double(lot.quantity)
                value[cell] += Double(lot.quantity) * cost
            }
        }
        return RawTable(
            "lot_ages",
            [
                Column("node", .text(nodes.flatMap { node in names.map { _ in world.network.nodes[node].code } })),
                Column("expires", .text(nodes.flatMap { _ in names })),
            ], [("units", "units", units), ("stock_value", world.currency.code, value)])
    }

    /// What was written off as expired, by node.
    mutating func expiredGoods() -> RawTable {
        let nodes = stock.lots.isOn ? Array(prepared.world.network.nodes.indices) : []
        return RawTable(
            "expired_goods", [Column("node", .text(nodes.map { prepared.world.network.nodes[$0].code }))],
            [
                ("expired", "units", nodes.map { Double(flow.expired[$0]) }),
                (
                    "expired_share", "share",
                    nodes.map { ratio(flow.expired[$0], flow.expired[$0] + counters.nodeUnits[$0]) }
                ),
            ])
    }

    /// The riders of each front warehouse.
    mutating func ridersTable() -> RawTable {
        let world = prepared.world
        let count = world.shipping.riders ?? 0
        let nodes = count > 0 ? world.network.nodes.indices.filter { world.network.nodes[$0].kind == .front } : []
        let hours = Double(world.clock.days * 24 * count)
        return RawTable(
            "riders", [Column("node", .text(nodes.map { world.network.nodes[$0].code }))],
            [
                ("riders", "", nodes.map { _ in Double(count) }),
                ("parcels", "parcels", nodes.map { Double(flow.riders[$0].parcels) }),
                ("waits", "parcels", nodes.map { Double(flow.riders[$0].waits) }),
                (
                    "wait", "minutes",
                    nodes.map { Double(flow.riders[$0].waiting) / 60e6 / Double(max(1, flow.riders[$0].waits)) }
                ),
                ("riding", "hours", nodes.map { Double(flow.riders[$0].riding) / 3.6e9 }),
                ("utilisation", "share", nodes.map { Double(flow.riders[$0].riding) / 3.6e9 / hours }),
            ])
    }
}
