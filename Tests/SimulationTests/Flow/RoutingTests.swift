import NumericCore
import Retail
import Testing

@testable import Simulation

/// Which node sends what: filters, score, splits, the old rule in shadow, and goods that are not there.
@Suite("Routing")
struct RoutingTests {
    /// Two warehouses, one next to every buyer and dear to work in, the other far and cheap.
    private func nearAndDear() -> World {
        var world = TestWorld(seed: 4, days: 1, regions: 1, fronts: 0, ordersPerDay: 600, cover: 8, paidShare: .one)
            .make()
        world.network.nodes[0].costPerLine = UnitPrice(units: 400_000)
        world.network.nodes[1].costPerLine = UnitPrice(units: 1_000)
        world.network.distances = [1, 300]
        world.afterSales.cancellationRate = .zero
        return world
    }

    @Test("where the nearest node loses money the router does not send from it")
    func nearestLoses() throws {
        var world = nearAndDear()
        world.routing.rule = .nearest
        var nearest = try audited(world)
        world.routing.rule = .cheapest
        var cheapest = try audited(world)
        // Picking at the near node costs more than anything the orders earn; the far one serves them at a profit.
        let (near, far) = (nearest.counters.nodeParcels.array, cheapest.counters.nodeParcels.array)
        #expect(near[0] > near[1])
        #expect(far[1] > 10 * far[0])
        let (picked, paid) = (nearest.ledger.balance(.picking), cheapest.ledger.balance(.picking))
        #expect(picked > 10 * paid)
        let (loss, gain) = (nearest.ladder().contributionMargin, cheapest.ladder().contributionMargin)
        #expect(loss < 0 && gain > 0)
    }

    @Test("the old rule in shadow costs what running by it costs, and is never cheaper than the score's own choice")
    func shadow() throws {
        var world = nearAndDear()
        world.routing.shadow = .nearest
        let result = try audited(world)
        let (compared, different) = (result.flow.shadowCompared[0], result.flow.shadowDifferent[0])
        let (cost, old) = (result.flow.routedCost[0], result.flow.shadowCost[0])
        #expect(compared > 400 && different > compared / 2)
        #expect(old > cost)
        world.routing.rule = .nearest
        let same = try audited(world)
        let (none, routed, shadowed) = (same.flow.shadowDifferent[0], same.flow.routedCost[0], same.flow.shadowCost[0])
        #expect(none == 0 && routed == shadowed)
    }

    @Test("what is recorded in shadow changes nothing else")
    func shadowIsSilent() throws {
        var world = TestWorld(ordersPerDay: 800).make()
        let plain = try finished(world)
        world.routing.shadow = .fixed
        let watched = try finished(world)
        for key in FigureKey.allCases where key != .routingSaving { #expect(plain.figure(key) == watched.figure(key)) }
    }

    @Test("the score counts the surcharge of the moment a parcel would leave")
    func surcharge() {
        var world = nearAndDear()
        func freight(_ carrier: Carrier.Index?, from: Int64, to: Int64) -> Int64 {
            world.faults = [
                FaultPlan(
                    code: "DEAR", kind: .carrier(carrier, capacity: 1, surcharge: .one), begins: .hour * from,
                    ends: .hour * to)
            ]
            var run = Replication(Prepared(world), seed: 1, number: 0)
            return run.score(0, 0, asked: 3, grams: 500, lines: 1, at: 10 * 3_600_000_000).freight
        }
        let post = Carrier.Index(0)
        // The post takes 2.90 and leaves at 18:00, the other 3.10 at 20:00.
        #expect(freight(post, from: 0, to: 12) == 29_000)
        #expect(freight(post, from: 17, to: 19) == 31_000)
        #expect(freight(nil, from: 17, to: 19) == 31_000)
        #expect(freight(nil, from: 17, to: 21) == 58_000)
    }

    /// The cheapest of all ways to give the lines of the scratch to two nodes or one, tried one by one.
    private func bruteForce(_ run: inout Replication, region: Int, nodes: Int) -> Int64 {
        let count = run.scratch.lines.count
        func row(_ line: Int, _ node: Int) -> Int? {
            let sku = Int(run.scratch.lines[line].sku)
            return (Int(run.stock.offsets[sku])..<Int(run.stock.offsets[sku + 1])).first {
                Int(run.stock.rows[$0].node) == node && run.stock.rows[$0].free >= run.scratch.lines[line].quantity
            }
        }
        var best = Int64.max
        for first in 0..<nodes {
            for second in 0..<nodes {
                for mask in 0..<(1 << count) {
                    var total: Int64 = 0
                    for (node, side) in [(first, 1), (second, 0)] {
                        let lines = (0..<count).filter { mask >> $0 & 1 == side }
                        if lines.isEmpty { continue }
                        if lines.contains(where: { row($0, node) == nil }) {
                            total = .max
                            break
                        }
                        let grams = lines.reduce(Int64(0)) {
                            $0 + Int64(run.terms.weights[Int(run.scratch.lines[$1].sku)])
                                * Int64(run.scratch.lines[$1].quantity)
                        }
                        let score = run.score(node, region, asked: 3, grams: grams, lines: Int64(lines.count), at: 0)
                        if !score.hasRoute {
                            total = .max
                            break
                        }
                        total += score.total + (side == 0 && lines.count < count ? run.routing.costPerSplit : 0)
                    }
                    best = min(best, total)
                }
            }
        }
        return best
    }

    @Test("when splits are compared by cost, no assignment of lines to one or two nodes is cheaper", arguments: 1...30)
    func pairs(seed: Int) throws {
        var random = RandomStream(
            seed: UInt64(seed), stream: RandomStreamID.generator.rawValue, entity: 9, replication: 0)
        var world = TestWorld(
            seed: UInt64(seed), skus: 8, regions: 2, fronts: 2, ordersPerDay: 300, cover: 3
        ).make()
        world.routing.splitsWhenCheaper = true
        world.routing.costPerSplit = UnitPrice(units: Int64(random.integer(below: 20_000)))
        world.routing.costPerKilometre = UnitPrice(units: 300)
        for node in world.network.nodes.indices {
            world.network.nodes[node].costPerLine = UnitPrice(units: Int64(random.integer(below: 60_000)))
        }
        var rows = world.stock.rows
        for row in rows.indices where random.uniform() < 0.4 { rows[row].opening = Quantity(random.integer(below: 3)) }
        world.stock = StockRows(skuCount: world.skus.count, rows: rows)
        var run = Replication(Prepared(world), seed: 1, number: 0)
        for _ in 0..<10 {
            let chosen = (0..<world.skus.count).filter { _ in random.uniform() < 0.4 }.prefix(5)
            if chosen.count < 2 { continue }
            run.scratch.lines.removeAll()
            for sku in chosen {
                run.scratch.lines.append(
                    WorkLine(sku: Int32(sku), quantity: Int32(1 + random.integer(below: 3)), due: 100, subsidy: 0))
            }
            run.plan(region: 0, asked: 3, channel: -1, at: 0)
            let (planned, short) = (run.routeScratch.cost, run.scratch.short)
            let best = bruteForce(&run, region: 0, nodes: world.network.nodes.count)
            if best == .max {
                #expect(planned < 0 || short > 0)
            } else {
                #expect(planned == best, "seed \(seed)")
            }
        }
    }

    @Test("a front warehouse kept for the hour gives an ordinary order what nobody else has, and no more")
    func keptFronts() throws {
        var world = TestWorld(days: 1, regions: 1, fronts: 1, ordersPerDay: 300, cover: 8).make()
        world.routing.keepsFronts = true
        let front = world.network.nodes.count - 1
        let held = world.stock.rows.filter { $0.node.position == front && $0.opening > 0 }.map(\.sku.position)
        try #require(held.count >= 3)
        let (rare, common) = (held[0], held[1..<3])
        var rows = world.stock.rows
        for row in rows.indices where rows[row].sku.position == rare && rows[row].node.position != front {
            rows[row].opening = 0
        }
        world.stock = StockRows(skuCount: world.skus.count, rows: rows)
        for parcels in 1...3 {
            world.routing.maximumParcels = parcels
            var run = Replication(Prepared(world), seed: 1, number: 0)
            run.scratch.lines.removeAll()
            for sku in [rare] + common {
                run.scratch.lines.append(WorkLine(sku: Int32(sku), quantity: 1, due: 100, subsidy: 0))
            }
            run.plan(region: 0, asked: 3, channel: -1, at: 0)
            let short = run.scratch.short
            var senders: [Int: Int] = [:]
            for part in 0..<run.scratch.parts.count {
                let line = run.scratch.parts[part]
                senders[Int(line.sku)] = Int(run.stock.rows[Int(line.row)].node)
            }
            #expect(senders.count == 3 && short == 0 && senders[rare] == front)
            // With one parcel it is all or nothing.
            for sku in common { #expect((senders[sku] == front) == (parcels == 1)) }
        }
    }

    @Test("splitting when it pays lowers the cost of the same orders and never makes one short")
    func splitsPay() throws {
        var world = TestWorld(days: 1, fronts: 3, ordersPerDay: 1_000, cover: 6).make()
        world.routing.costPerTierStep = UnitPrice(units: 0)
        world.routing.costPerKilometre = UnitPrice(units: 2_000)
        let whole = try audited(world)
        world.routing.splitsWhenCheaper = true
        let split = try audited(world)
        let (before, after) = (whole.counters.ordersSplit, split.counters.ordersSplit)
        #expect(split.flow.ordersSplitToSave > 0 && after > before)
        let (short, none) = (split.counters.unitsOversold, whole.counters.unitsOversold)
        #expect(short == none)
    }

    @Test("hazardous goods leave from the kinds of node that may send them and from no other")
    func hazardous() throws {
        var world = TestWorld(days: 1, fronts: 2, ordersPerDay: 800, cover: 4).make()
        world.skus.handling = world.skus.handling.indices.map { $0 % 2 == 0 ? .hazardous : .normal }
        world.routing.hazardousSenders = [.central]
        let result = try audited(world)
        var (kept, others): (Int64, Int64) = (0, 0)
        for row in 0..<result.stock.rows.count {
            let isCentral = world.network.nodes[Int(result.stock.rows[row].node)].kind == .central
            if world.skus.handling[Int(result.stock.rows[row].sku)] != .hazardous { continue }
            let shipped = result.stock.shelves[row].shipped
            if isCentral { kept += shipped } else { others += shipped }
        }
        #expect(kept > 0 && others == 0)
    }

    @Test("kinds of node that do not send ordinary parcels send the hour's only")
    func senders() throws {
        var world = TestWorld(days: 1, fronts: 2, ordersPerDay: 800, cover: 4).make()
        world.routing.senders = [.central, .regional]
        let result = try audited(world)
        let (hour, front) = (result.counters.tierOrders[0], result.counters.nodeParcels.array[2...].reduce(0, +))
        let (refused, oversold) = (
            result.counters.states[Int(OrderState.refused.rawValue)], result.counters.tierOrders[0]
        )
        #expect(front >= hour && front <= hour + refused && oversold > 0)
    }

    @Test("lines that are not found are sent from elsewhere or refunded, and the books follow")
    func shortPicks() throws {
        var world = TestWorld(days: 2, ordersPerDay: 1_500, cover: 4).make()
        world.fulfilment.shortPicks = Rate(partsPerMillion: 60_000)
        let result = try audited(world)
        let (short, moved, missing) = (result.flow.shortPicks, result.flow.linesRerouted, result.flow.unitsMissing)
        let lines = Double(result.counters.linesShipped + short)
        #expect(abs(Double(short) / lines - 0.06) < 4 * (0.06 * 0.94 / lines).squareRoot())
        #expect(moved > short / 2 && moved <= short)
        var lost: Int64 = 0
        for row in 0..<result.stock.flows.count { lost += result.stock.flows[row].missing }
        #expect(lost == missing)
        let (written, orders) = (result.ledger.balance(.shrinkage), result.flow.ordersRerouted)
        #expect(written > 0 && orders > 0)
    }

    @Test("a count below what is promised moves reservations to other nodes in the same step")
    func correction() throws {
        let world = TestWorld(days: 1, fronts: 0, ordersPerDay: 600, cover: 4).make()
        var run = Replication(Prepared(world), seed: 2, number: 0)
        let noon = run.wheel.grid.slice(of: 12 * SliceGrid.microsecondsPerHour)
        for slice in 0..<noon { run.step(slice) }
        var corrected = 0
        for row in 0..<run.stock.rows.count where run.stock.rows[row].reserved > 1 {
            let state = run.stock.rows[row]
            let missing = state.free + state.reserved / 2
            // As a stock-take does: the books give up what is not there.
            run.stock.rows[row].book -= missing
            run.stock.flows[row].missing += Int64(missing)
            run.stock.pool[Int(state.sku)] -= Int64(missing)
            run.settleShortage(row: row, at: 12 * SliceGrid.microsecondsPerHour)
            #expect(run.stock.rows[row].free >= 0)
            corrected += 1
        }
        #expect(corrected > 0)
        _ = try run.audit(isOver: false)
        for slice in noon..<run.sliceCount { run.step(slice) }
        while run.wheel.pending > 0 { run.step(run.sliceCount - 1) }
        _ = try run.audit(isOver: true)
        #expect(run.flow.linesRerouted > 0)
    }

    @Test("an order's story tells what each node would have cost, and the cheapest of them sends it")
    func alternatives() throws {
        var world = nearAndDear()
        world.routing.shadow = .nearest
        var stage = DemandStage(Prepared(world), seed: 9, replication: 0)
        while !stage.isDone { stage.generate() }
        let id = OrderID(bits: stage.arrivals[stage.arrivals.count / 2].id)
        let story = try Simulator.trace(world, seed: 9, replication: 0, order: id)
        var found: [TraceStep.Alternative] = []
        var (nodes, postings): ([String], Int) = ([], 0)
        for step in story {
            if case .considered(let alternatives) = step.what { found = alternatives }
            if case .reserved(let codes, _) = step.what { nodes = codes }
            if case .posted(let legs) = step.what {
                postings += 1
                let sum = legs.reduce(Int64(0)) { $0 + $1.amount.minor }
                #expect(sum == 0)
            }
        }
        let best = found.filter { $0.covers == $0.of && $0.isReachable }.min { $0.total.minor < $1.total.minor }
        #expect(best != nil && nodes.first == best?.node)
        #expect(postings > 2)
    }
}
