import NumericCore
import Retail

/// Stage 2: orders in time order against the four stock layers.
extension Replication {
    /// A new order: what the shop shows is accepted, priced and posted; then stock is promised, when the channel
    /// deducts at order.
    mutating func place(_ event: Event) {
        let arrival = demand.arrivals[Int(event.slot)]
        let channel = Int(arrival.channel)
        board.advance(to: event.time)
        let day = day(of: event.time)
        counters.orders += 1
        counters.channelOrders[channel] += 1
        counters.segmentOrders[Int(arrival.segment)] += 1
        counters.tick(counters.placed, event.time)
        counters.lines += Int64(arrival.lineCount)

        let home = homeNode(arrival)
        let (asked, lost) = acceptLines(of: arrival, channel: channel, day: day, home: home)
        let slot = pool.makeOrder()
        pool.orders[slot].id = arrival.id
        pool.orders[slot].placed = event.time
        pool.orders[slot].askedTier = arrival.askedTier
        pool.orders[slot].live = arrival.live
        if arrival.live > 0 { counters.trade.liveOrders += 1 }
        pool.orders[slot].isCut = lost > 0
        if home >= 0 { counters.homeAsked[home] += asked }
        if scratch.lines.count == 0 {
            noteOrder(slot, at: event.time, lines: Int(arrival.lineCount), units: asked, accepted: 0)
            if arrival.askedTier == 0 {
                countHour(region: Int(arrival.region), front: nil, isSoldOut: true, at: event.time)
            }
            finish(slot, .lost, at: event.time)
            return
        }
        if terms.chases { chase(slot, at: event.time) }
        takeSavings(slot)
        addGift(slot)
        postPlacement(slot, day: day)
        counters.segmentValue[Int(arrival.segment)] += pool.orders[slot].due
        if savingTerms.hasPresales { findPresale(slot) }
        if terms.hasPickup { askPickup(slot) }
        noteOrder(slot, at: event.time, lines: Int(arrival.lineCount), units: asked, accepted: asked - lost)
        let (rank, timeOut) =
            savingTerms.hasDeductions ? deduction(of: slot) : (terms.deductions[channel], terms.timeOuts[channel])
        let waits = rank == 2 || (rank == 1 && pool.orders[slot].presale >= 0)
        if waits {
            if rank == 1 { pool.orders[slot].flags.insert(.deductsAtDeposit) }
            storeUnreserved(slot)
            commit(slot)
        } else {
            guard promise(slot, at: event.time, home: home) else { return }
        }
        toPay.append(UnpaidOrder(slot: Int32(slot), timeOut: timeOut, lag: arrival.payLag, luck: arrival.luck))
    }

    /// An order with a presale line is paid in two parts: of several presales the one due last says when.
    private mutating func findPresale(_ slot: Int) {
        var (promotion, deposit): (Int, Int64) = (-1, 0)
        for line in 0..<scratch.lines.count where scratch.lines[line].sale >= 0 {
            let sale = Int(scratch.lines[line].sale)
            let part = savingTerms.deposits[sale]
            guard part >= 0 else { continue }
            deposit += Rate(partsPerMillion: part).of(scratch.lines[line].due)
            if promotion < 0 || prepared.balances[sale].begins > prepared.balances[promotion].begins {
                promotion = sale
            }
        }
        guard promotion >= 0 else { return }
        pool.makePresale(PresaleRow(promotion: Int32(promotion), deposit: deposit), of: slot)
        counters.trade.presaleOrders += 1
        presales[promotion].orders += 1
    }

    /// Fills the scratch with the lines the shop accepts against what it shows, at the prices of the moment.
    private mutating func acceptLines(
        of arrival: Arrival, channel: Int, day: Int, home: Int
    ) -> (asked: Int64, lost: Int64) {
        scratch.lines.removeAll()
        var (asked, lost): (Int64, Int64) = (0, 0)
        for index in Int(arrival.lineBase)..<Int(arrival.lineBase + arrival.lineCount) {
            let line = demand.lines[index]
            let sku = Int(line.sku)
            asked += Int64(line.quantity)
            counters.skuDemanded[sku] += Int64(line.quantity)
            var accepted = Int32(truncatingIfNeeded: min(Int64(line.quantity), stock.shown(channel, sku)))
            if savingTerms.hasPresales, let onOffer = presaleUnits(sku, channel: channel) {
                accepted = Int32(truncatingIfNeeded: min(Int64(line.quantity), onOffer))
            }
            if shelves.isOn { checkShelf(sku, home, asked: line.quantity, accepted: accepted, at: arrival.time) }
            if accepted < line.quantity {
                lost += Int64(line.quantity - accepted)
                counters.skuLost[sku] += Int64(line.quantity - accepted)
                if accepted == 0 { continue }
            }
            scratch.lines.append(
                priced(sku, accepted, channel: channel, segment: Int(arrival.segment), at: arrival.time))
        }
        counters.unitsAsked += asked
        counters.unitsLost += lost
        counters.channelUnits[channel] += asked - lost
        counters.demandUnits[day * prepared.channelCount + channel] += asked
        return (asked, lost)
    }

    private mutating func checkShelf(_ sku: Int, _ home: Int, asked: Int32, accepted: Int32, at now: Int64) {
        let row = shelf(sku, home: home)
        shelves.ask(Int64(asked), row: row, placed: now)
        if accepted < asked { shelves.miss(Int64(asked - accepted), row: row, placed: now) }
    }

    /// Units a presale still offers of a SKU: what is left of its cap, whatever is on the shelves now, or what shelves
    /// and receipts to come leave; nil when it sells what the shop shows.
    @inline(__always)
    private mutating func presaleUnits(_ sku: Int, channel: Int) -> Int64? {
        let cell = board.cell(channel, sku)
        guard cell.isPresale else { return nil }
        let left = capLeft[Int(cell.offer)]
        if savingTerms.promisesReceipts[Int(cell.offer)] { return max(0, min(left, stock.presaleOffer(channel, sku))) }
        return left < 1 << 40 ? max(0, left) : nil
    }

    /// Promises stock to the lines in the scratch and stores the order's parts. What cannot be promised is oversold
    /// and leaves the order. Returns false when nothing is left and the order has ended.
    mutating func promise(_ slot: Int, at now: Int64, home: Int) -> Bool {
        endCommitment(slot)
        let order = pool.orders[slot]
        let channel = Int(order.channel)
        if !order.flags.contains(.isPickup) || !planPickup(slot) {
            plan(region: Int(order.region), asked: Int(order.askedTier), channel: channel, at: now)
        }
        dropLoneGifts()
        var isServedAtHome: Int64 = 0
        var kept = 0
        for index in 0..<scratch.parts.count {
            let part = scratch.parts[index]
            if part.row < 0 { continue }
            stock.reserve(part.quantity, row: Int(part.row), sku: Int(part.sku), channel: channel)
            if part.sale != LineRow.gift && stock.rows[Int(part.row)].node == Int32(home) {
                isServedAtHome += Int64(part.quantity)
            }
            kept += 1
        }
        if home >= 0 { counters.homeServed[home] += isServedAtHome }
        if scratch.short > 0 { dropOversold(slot, at: now) }
        if isObserved(slot) { tell(at: now, .reserved(nodes: nodeCodes(scratch.nodes), short: scratch.short)) }
        if kept == 0 {
            // Its parts have given back their flash units one by one.
            pool.recycleLines(of: slot)
            giveBackCaps(slot)
            finish(slot, .oversold, at: now)
            return false
        }
        store(slot, kept: kept)
        pool.orders[slot].hold = .held
        counters.ordersReserved += 1
        counters.tick(counters.reserved, now)
        if !pool.orders[slot].isCut { counters.ordersComplete += 1 }
        return true
    }

    /// Writes the reserved parts of the scratch as the order's lines.
    mutating func store(_ slot: Int, kept: Int) {
        var place = pool.makeLines(kept, for: slot)
        for index in 0..<scratch.parts.count where scratch.parts[index].row >= 0 {
            pool.lines[place] = scratch.parts[index]
            place += 1
        }
        pool.orders[slot].node = scratch.nodes
        pool.orders[slot].parcels = UInt8(scratch.parcels)
        pool.orders[slot].tier = UInt8(scratch.tier)
    }

    private mutating func storeUnreserved(_ slot: Int) {
        let count = scratch.lines.count
        let base = pool.makeLines(count, for: slot)
        for index in 0..<count {
            let line = scratch.lines[index]
            pool.lines[base + index] = LineRow(
                sku: line.sku, quantity: line.quantity, row: -1, sale: line.sale, due: line.due, subsidy: line.subsidy)
        }
    }

    /// A gift goes with goods or not at all.
    private mutating func dropLoneGifts() {
        var gifts: Int32 = 0
        for index in 0..<scratch.parts.count where scratch.parts[index].row >= 0 {
            if scratch.parts[index].sale != LineRow.gift { return }
            gifts += scratch.parts[index].quantity
        }
        if gifts == 0 { return }
        for index in 0..<scratch.parts.count { scratch.parts[index].row = -1 }
        scratch.short += Int64(gifts)
    }

    /// Parts that no shipment can send leave the order; the buyer is compensated for what was bought.
    private mutating func dropOversold(_ slot: Int, at now: Int64) {
        let order = pool.orders[slot]
        var bought: Int64 = 0
        for index in 0..<scratch.parts.count where scratch.parts[index].row < 0 {
            let part = scratch.parts[index]
            if part.sale == LineRow.gift {
                counters.giftsShort += Int64(part.quantity)
            } else {
                bought += Int64(part.quantity)
                counters.skuLost[Int(part.sku)] += Int64(part.quantity)
                if shelves.isOn {
                    let home = homeNode(region: Int(order.region), asked: Int(order.askedTier))
                    shelves.miss(
                        Int64(part.quantity), row: shelf(Int(part.sku), home: home), placed: order.placed)
                }
                giveBackFlash(part)
            }
            pool.orders[slot].due -= part.due
            pool.orders[slot].subsidy -= part.subsidy
            postOversold(part, of: order, day: day(of: now))
        }
        guard bought > 0 else { return }
        counters.unitsOversold += bought
        counters.ordersOversold += 1
        counters.channelOversold[Int(order.channel)] += 1
        pool.orders[slot].isCut = true
        postCompensation(prepared.world.costs.oversoldCompensation.minor, order: order, day: day(of: now))
    }

    /// The buyer's first choice: the front warehouse within the hour when asked for, else the region's node.
    mutating func homeNode(_ arrival: Arrival) -> Int {
        homeNode(region: Int(arrival.region), asked: Int(arrival.askedTier))
    }

    mutating func homeNode(region: Int, asked: Int) -> Int {
        if asked == 0 && terms.frontOffsets[region] < terms.frontOffsets[region + 1] {
            return Int(terms.frontNodes[Int(terms.frontOffsets[region])])
        }
        return Int(terms.homeNodes[region])
    }

    private mutating func noteOrder(_ slot: Int, at now: Int64, lines: Int, units: Int64, accepted: Int64) {
        let order = pool.orders[slot]
        if isObserved(slot) {
            tell(
                at: now,
                .placed(
                    channel: prepared.world.channels[Int(order.channel)].channel.code,
                    region: prepared.world.network.regions[Int(order.region)].code, lines: lines, units: units,
                    accepted: accepted, due: Amount(minor: order.due)))
        }
    }

    mutating func nodeCodes(_ nodes: SIMD4<Int16>) -> [String] {
        (0..<4).filter { nodes[$0] >= 0 }.map { prepared.world.network.nodes[Int(nodes[$0])].code }
    }
}
