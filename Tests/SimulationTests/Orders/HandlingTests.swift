import NumericCore
import Retail
import Testing

@testable import Simulation

/// Orders from payment to the door: rules, clerks, throttling, clocks, and what goes wrong on the way.
@Suite("Order handling and faults")
struct HandlingTests {
    @Test("orders come to a clerk as often as the rules say, and rules add to one another")
    func rules() throws {
        var world = TestWorld(days: 2, ordersPerDay: 3_000, cover: 3).make()
        world.handling.automaticShare = Rate(partsPerMillion: 900_000)
        world.handling.addressFaults = Rate(partsPerMillion: 100_000)
        world.handling.remarks = Rate(partsPerMillion: 200_000)
        world.handling.clerks = 200
        let result = try finished(world)
        // Independent reasons: none of the three holds with 0.9 x 0.9 x 0.8.
        let orders = result.figure(.orders) * 0.86
        let error = (0.648 * 0.352 / orders).squareRoot()
        #expect(abs(result.figure(.automaticReviewShare) - 0.648) < 4 * error)
    }

    @Test("an unreadable address holds an order for the time the buyer takes to answer")
    func hold() throws {
        var world = TestWorld(days: 2, ordersPerDay: 3_000, cover: 3).make()
        world.handling = HandlingPlan(
            captureInterval: Instant(microseconds: 1), automaticShare: .one, clerks: 500,
            reviewTime: Instant(seconds: 1),
            opens: 0, closes: 0, addressFaults: .one, answerTime: Instant(seconds: 3_600))
        world.afterSales.cancellationRate = .zero
        let result = try finished(world)
        // An exponential time of one hour: its mean, its median ln 2, its 95th percentile -ln 0.05.
        let error = 60 / (result.figure(.orders) * 0.86).squareRoot()
        #expect(abs(result.figure(.orderToRelease) - 60) < 4 * error + 0.6)
        #expect(abs(result.figure(.orderToReleaseMedian) - 41.59) < 4 * error + 1)
        #expect(abs(result.figure(.orderToReleaseP95) - 179.7) < 4 * 4.4 * error + 1)
        #expect(result.figure(.automaticReviewShare) == 0)
    }

    @Test("clerks look at every order discounted beyond the limit and at no other")
    func anomaly() throws {
        var world = TestWorld(days: 1, ordersPerDay: 1_000, cover: 3).make()
        world.handling.automaticShare = .one
        world.handling.clerks = 200
        world.handling.priceAnomaly = Rate(partsPerMillion: 300_000)
        #expect(try finished(world).figure(.automaticReviewShare) == 1)
        world.promotions = [
            PromotionPlan(
                code: "cut", effect: .priceCut(depth: Rate(partsPerMillion: 400_000)), begins: .start, ends: .day,
                scope: world.scope())
        ]
        #expect(try finished(world).figure(.automaticReviewShare) == 0)
    }

    @Test("a full warehouse gets its orders later, never fewer of them")
    func throttle() throws {
        var world = TestWorld(days: 2, fronts: 0, ordersPerDay: 4_000, cover: 4, picksPerHour: 900).make()
        let free = try audited(world)
        world.handling.releaseBacklog = Instant(seconds: 1_800)
        let held = try audited(world)
        let (throttled, released, all) = (
            held.counters.ordersThrottled, held.counters.ordersReleased, free.counters.ordersReleased
        )
        #expect(throttled > 0)
        #expect(free.counters.ordersThrottled == 0)
        // Held back, some are cancelled before they are released.
        #expect(released <= all && Double(released) > 0.9 * Double(all))
        #expect(held.counters.orderToRelease > free.counters.orderToRelease)
    }

    @Test("while the system is paused nothing is released, and afterwards everything is")
    func pause() throws {
        var world = TestWorld(days: 1, ordersPerDay: 2_000, cover: 3).make()
        let noon = Instant(seconds: 12 * 3_600)
        world.handling.automaticShare = .one
        world.afterSales.cancellationRate = .zero
        let before = try audited(world)
        world.faults = [FaultPlan(code: "pause", kind: .systemPause, begins: noon, ends: .day)]
        let paused = try audited(world)
        #expect(paused.counters.ordersReleased == before.counters.ordersReleased)
        let picked = paused.counters.picked.array
        // Picks released before noon are done within the hour; then none until midnight.
        #expect(picked[(13 * 60)...].allSatisfy { $0 == 0 })
        #expect(before.counters.picked.array[(13 * 60)...].contains { $0 > 0 })
    }

    @Test("no pick begins at a node while it is out, and the others take its orders")
    func outage() throws {
        var world = TestWorld(days: 1, fronts: 0, ordersPerDay: 2_000, cover: 6).make()
        let before = try audited(world)
        world.faults = [FaultPlan(code: "fire", kind: .nodeOutage(Node.Index(0)), begins: .start, ends: .day)]
        let out = try audited(world)
        let (parcels, others) = (out.counters.nodeParcels.array, before.counters.nodeParcels.array)
        #expect(parcels[1] > others[1])
        #expect((0..<24).allSatisfy { out.counters.busy[$0] == 0 })
        #expect(before.counters.busy.array[0..<24].contains { $0 > 0 })
    }

    @Test("a carrier that is out carries nothing, and a surcharge is paid on every parcel")
    func carrier() throws {
        var world = TestWorld(days: 1, ordersPerDay: 1_000, cover: 3).make()
        let long = Instant(seconds: 60 * 86_400)
        let before = try audited(world)
        world.faults = [
            FaultPlan(
                code: "strike", kind: .carrier(Carrier.Index(1), capacity: 0, surcharge: .zero), begins: .start,
                ends: long)
        ]
        let strike = try audited(world)
        // Only tiers that no other carrier serves wait for it, for two weeks at most.
        let days = strike.counters.carrierDays
        #expect(strike.counters.carrierLoad.array[days..<(days + 14)].allSatisfy { $0 == 0 })
        #expect(before.counters.carrierLoad.array[days..<(days + 14)].contains { $0 > 0 })
        world.faults = [
            FaultPlan(
                code: "peak", kind: .carrier(nil, capacity: 1, surcharge: .one), begins: .start, ends: long)
        ]
        let peak = try audited(world)
        let (dear, cheap) = (peak.ledger.balance(.freight), before.ledger.balance(.freight))
        // Freight is rounded to the cent once a parcel.
        #expect(abs(dear - 2 * cheap) <= before.counters.parcels)
    }

    @Test("a demand shock multiplies orders within its hours and leaves the others as they were")
    func shock() throws {
        var world = TestWorld(days: 1, ordersPerDay: 4_000, cover: 6).make()
        let before = try audited(world)
        world.faults = [
            FaultPlan(
                code: "viral", kind: .demandShock(channel: nil, region: nil, factor: 3), begins: .start,
                ends: Instant(seconds: 12 * 3_600))
        ]
        let after = try audited(world)
        let (calm, busy) = (before.counters.placed.array, after.counters.placed.array)
        let (morning, tripled) = (calm[0..<720].reduce(0, +), busy[0..<720].reduce(0, +))
        #expect(calm[720...] == busy[720...])
        #expect(abs(Double(tripled) - 3 * Double(morning)) < 4 * (12 * Double(morning)).squareRoot())
    }

    @Test("orders that leave after the platform's clock are compensated, each once")
    func clock() throws {
        var world = TestWorld(days: 2, ordersPerDay: 1_000, cover: 3).make()
        world.costs.lateCompensation = .zero
        world.costs.oversoldCompensation = .zero
        world.shipping = ShippingPlan(
            shipWithin: Instant(seconds: 6 * 3_600), lateShippingCompensation: Amount(minor: 700))
        let result = try audited(world)
        let late = result.counters.ordersShipped - result.counters.ordersShippedInTime
        #expect(late > 0 && result.counters.ordersShippedInTime > 0)
        let paid = result.ledger.balance(.compensation)
        #expect(paid == 700 * late)
    }

    @Test("failed attempts are those of a geometric law cut at the last attempt")
    func attempts() throws {
        var world = TestWorld(days: 2, ordersPerDay: 3_000, cover: 4).make()
        world.shipping.failedAttempts = Rate(partsPerMillion: 400_000)
        let result = try audited(world)
        // Of three attempts the first fails with 0.4, the second with 0.16; the third is the last.
        let parcels = Double(result.counters.parcels)
        let deviation = (0.24 * 1 + 0.16 * 4 - 0.56 * 0.56).squareRoot()
        #expect(abs(Double(result.counters.failedAttempts) / parcels - 0.56) < 4 * deviation / parcels.squareRoot())
    }

    @Test("walking is shared by the parcels of a tour and never visits more zones than there are")
    func walking() {
        func time(batch: Int, lines: Int) -> Double {
            FulfilmentPlan(batchSize: batch, zones: 10, zoneWalk: .minute).fixedTime(lines: lines) / 60e6
        }
        #expect(abs(time(batch: 1, lines: 1) - 1) < 1e-12)
        // Two lines meet in one of ten zones with probability one tenth.
        #expect(abs(time(batch: 1, lines: 2) - 1.9) < 1e-12)
        #expect(time(batch: 1, lines: 10_000) <= 10)
        #expect(abs(time(batch: 2, lines: 1) - 0.95) < 1e-12)
        #expect(time(batch: 20, lines: 3) < time(batch: 5, lines: 3))
        #expect(FulfilmentPlan().fixedTime(lines: 5) == 0)
    }

    @Test("in waves no pick begins between two waves while stations are free")
    func waves() throws {
        var world = TestWorld(days: 1, fronts: 0, ordersPerDay: 500, cover: 4, picksPerHour: 4_000_000).make()
        world.fulfilment = FulfilmentPlan(pickVariation: 0, waveInterval: Instant(seconds: 7_200))
        let picked = try audited(world).counters.picked.array
        for minute in picked.indices where picked[minute] > 0 { #expect(minute % 120 <= 5) }
        #expect(picked.contains { $0 > 0 })
    }
}
